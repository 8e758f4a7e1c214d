"""What a reader knows besides the cells: which sum which, and what is never below 0.

A sum is kept only where it holds atom by atom: a gap over all functions, say, is its two sides
apart only where both are known of every service.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from reports.memorandum.intervals import Reader, Sum
from reports.memorandum.observed import Atom
from reports.memorandum.tables import Table

Vector = Mapping[Atom, int]
_NEVER_NEGATIVE = frozenset({"funded", "paid_present", "own_funds", "left"})
_ORDERED = (
    ("paid_posts", "present_posts"),
    ("instalments", "late_instalments"),
    ("expected", "outstanding"),
    ("carried", "payable"),
)


def reader_of(
    tables: Sequence[Table], vectors: Mapping[str, Vector], values: Mapping[str, int]
) -> Reader:
    """Everything a reader may use; `values` are those of the vectors, in any whole unit."""
    found = [one for one in _sums(tables, vectors) if _is_zero(one, vectors)]
    slack = dict(_slack(tables, values))
    positive = {
        figure.key
        for one in tables
        for figure in one.figures.values()
        if values[figure.key] >= 0
        and (figure.measure.code in _NEVER_NEGATIVE or len(figure.measure.terms) == 1)
    }
    kept = {
        **values,
        **{
            key: sum(values[one] * sign for one, sign in terms.items())
            for key, terms in slack.items()
        },
    }
    found += [{**terms, key: -1} for key, terms in slack.items()]
    return Reader(kept, tuple(found), frozenset(positive | slack.keys()))


def _sums(tables: Sequence[Table], vectors: Mapping[str, Vector]) -> Iterator[Sum]:
    for one in tables:
        for line in one.lines():
            yield {line.total: 1, **dict.fromkeys(line.parts, -1)}
        yield from _across(one)
    yield from functions(tables)
    same: dict[frozenset[tuple[Atom, int]], str] = {}
    for key, vector in vectors.items():
        first = same.setdefault(frozenset(vector.items()), key)
        if vector and first != key:
            yield {first: 1, key: -1}


def _across(one: Table) -> Iterator[Sum]:
    """A measure of several terms is the sum of the columns that hold them, or of two others."""
    for row in one.rows:
        figures = [one.figures[row.code, column.code] for column in one.columns]
        by_terms = defaultdict(list)
        for figure in figures:
            by_terms[figure.measure.terms].append(figure.key)
        for figure in figures:
            if len(figure.measure.terms) > 1:
                parts = {
                    key: -sign
                    for sign, base in figure.measure.terms
                    for key in by_terms[((1, base),)]
                }
                yield {figure.key: 1, **parts}
        for left, right in permutations(figures, 2):
            other = tuple((-sign, base) for sign, base in right.measure.terms)
            for key in by_terms.get((*left.measure.terms, *other), ()):
                yield {key: 1, left.key: -1, right.key: 1}


def functions(tables: Sequence[Table]) -> Iterator[Sum]:
    """All functions are the sum of each."""
    whole = [one for one in tables if one.code == "fte"]
    each = [one for one in tables if one.code.startswith("fte_")]
    for one in whole if each else ():
        for row, column in one.figures:
            parts = (other.key(row, column) for other in each)
            yield {one.key(row, column): 1, **dict.fromkeys(parts, -1)}


def _slack(tables: Sequence[Table], values: Mapping[str, int]) -> Iterator[tuple[str, Sum]]:
    """What a larger measure of a row holds beyond a smaller one, which no column says."""
    for one in tables:
        for row in one.rows:
            keys = {
                one.figures[row.code, column.code].measure.code: column for column in one.columns
            }
            for large, small in _ORDERED:
                if large in keys and small in keys:
                    above = one.key(row.code, keys[large].code)
                    below = one.key(row.code, keys[small].code)
                    if values[above] >= values[below]:
                        yield f"{above} - {below}", {above: 1, below: -1}


def _is_zero(one: Sum, vectors: Mapping[str, Vector]) -> bool:
    total: dict[Atom, int] = defaultdict(int)
    for key, sign in one.items():
        for atom, own in vectors[key].items():
            total[atom] += sign * own
    return not any(total.values())
