"""The page of the stacking matrix: every pair of schemes in force on a day, and the rules."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations_with_replacement

from backoffice.web.templatetags.labels import said
from backoffice.web.words import Spoken
from grants.scheme import Scheme, SchemeNotInForce, schemes
from grants.stacking import MEANING, TONE_WORDS, TONES, Stack, changes_between, stack_between
from reports.documents.words import STATUSES

SHORT = Spoken({"allowed": "autorisé", "suspicious": "suspect", "forbidden": "interdit"})


@dataclass(frozen=True)
class Pair:
    """One cell: the other scheme, the answer, its word, and the number of its rule below."""

    other: str
    tone: str
    word: str
    number: int


@dataclass(frozen=True)
class Written:
    """One answer of the list below the matrix, with the pairs that it holds for."""

    number: int
    stack: Stack
    words: str
    status: str
    pairs: tuple[str, ...]


@dataclass(frozen=True)
class MatrixPage:
    """What the template prints: rows by scheme, the rules by tone, and what is not in force.

    `changes` are the days on which the answer for some pair begins or changes, in order.
    """

    day: date
    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Pair, ...]], ...]
    rules: tuple[Written, ...]
    meanings: tuple[tuple[str, str, str], ...]
    asleep: tuple[str, ...]
    changes: tuple[date, ...]


def matrix_on(day: date) -> MatrixPage:
    """The matrix of a day, over the schemes that exist on it."""
    awake = [scheme for scheme in schemes().values() if _in_force(scheme, day)]
    rules = _rules(awake, day)
    number = {rule.stack: rule.number for rule in rules}
    return MatrixPage(
        day=day,
        labels=tuple(said(scheme.label) for scheme in awake),
        rows=tuple(
            (said(one.label), tuple(_pair(one, other, day, number) for other in awake))
            for one in awake
        ),
        rules=rules,
        meanings=tuple((tone, said(TONE_WORDS[tone]), said(MEANING[tone])) for tone in TONES),
        asleep=tuple(said(one.label) for one in schemes().values() if one not in awake),
        changes=_changes(),
    )


@cache
def _changes() -> tuple[date, ...]:
    pairs = combinations_with_replacement(schemes().values(), 2)
    return tuple(sorted({day for one, other in pairs for day, _ in changes_between(one, other)}))


def _pair(one: Scheme, other: Scheme, day: date, number: dict[Stack, int]) -> Pair:
    stack = stack_between(one, other, day)
    return Pair(said(other.label), stack.tone, SHORT[stack.tone], number[stack])


def _rules(awake: list[Scheme], day: date) -> tuple[Written, ...]:
    """Each different answer once, the strictest first, with its pairs in words."""
    pairs: dict[Stack, list[str]] = {}
    for place, one in enumerate(awake):
        for other in awake[place:]:
            words = f"{said(one.label)} + {said(other.label)}"
            pairs.setdefault(stack_between(one, other, day), []).append(words)
    ordered = sorted(pairs, key=lambda stack: (-TONES.index(stack.tone), stack.article))
    return tuple(
        Written(
            number,
            stack,
            said(TONE_WORDS[stack.tone]),
            STATUSES[stack.status],
            tuple(pairs[stack]),
        )
        for number, stack in enumerate(ordered, start=1)
    )


def _in_force(scheme: Scheme, day: date) -> bool:
    try:
        scheme.must_be_in_force(day)
    except SchemeNotInForce:
        return False
    return True
