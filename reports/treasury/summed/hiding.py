"""Which sums of cash, and which numbers of services, may be told without singling one out.

All that the federation reads is hidden together (decision 0053): two looks at the same services
beside each other must not tell what moved one of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reports.memorandum.disclosure import Cell, Line, Rule, hidden_cells, too_few

ALL, AWAITED, DAYS, PAYMENTS = "", "awaited", "days", "payments"
_KNOWN = "known"
GOOD = frozenset({"never", "paid"})
"""Answers that all may give together: that nobody lacks money gives no amount and no day."""
Atom = tuple[int, str, str]
"""An employer, a funder, and what is counted."""
Answers = Mapping[int, str]
"""What each service that is asked a question answers."""


def told_sums(
    values: Mapping[Atom, int], parts: Sequence[str]
) -> dict[tuple[str, str], int | None]:
    """The sums by funder, then of `ALL`: each part, `AWAITED` that sums them, days and payments.

    None is hidden. What an employer brings to days is its number of payments: a payment on its day
    counts too.
    """
    funders = sorted({funder for _employer, funder, _what in values})
    every = (*parts, AWAITED, DAYS, PAYMENTS)
    made = {AWAITED: tuple(parts)}
    cells = [
        _cell(values, funder, what, made.get(what, (what,)))
        for funder in (*funders, ALL)
        for what in every
    ]
    lines = [Line(_key(ALL, what), tuple(_key(one, what) for one in funders)) for what in every]
    lines += [
        Line(_key(one, AWAITED), tuple(_key(one, what) for what in parts))
        for one in (*funders, ALL)
    ]
    rule = Rule[Atom](lambda atom: atom[0], lambda atom: _size(values, atom))
    first, second = hidden_cells(cells, lines, rule)
    told = {
        one.key: None if one.key in first | second else sum(values[atom] for atom in one.atoms)
        for one in cells
    }
    return {(one, what): told[_key(one, what)] for one in (*funders, ALL) for what in every}


def told_counts(questions: Mapping[str, Answers]) -> dict[str, dict[str, int] | None]:
    """How many services give each answer to each question; None where one answer must be hidden.

    All answers of a question are hidden with it, those of nobody too. So is a question to which
    all answer alike, unless it is a good answer: it would tell of each of them.
    """
    known = sorted({service for answers in questions.values() for service in answers})
    cells = [Cell(_KNOWN, dict.fromkeys(known, 1), _KNOWN)]
    lines, counts = [], dict[str, dict[str, int]]()
    for question, answers in questions.items():
        who: dict[str, list[int]] = defaultdict(list)
        for service in sorted(answers):
            who[answers[service]].append(service)
        counts[question] = {answer: len(found) for answer, found in who.items()}
        for answer, found in who.items():
            cells.append(Cell(_key(question, answer), dict.fromkeys(found, 1), question))
        if len(answers) == len(known):
            lines.append(Line(_KNOWN, tuple(_key(question, answer) for answer in who)))
    first, second = hidden_cells(cells, lines, Rule[int](lambda one: one, lambda _one: 1))
    hidden = {key.rpartition("/")[0] for key in first | second}
    everything = _KNOWN in first | second
    return {
        question: None if everything or question in hidden or _tells_each(found) else found
        for question, found in counts.items()
    }


def told_costs(looks: Mapping[str, Mapping[int, int]]) -> dict[str, int | None]:
    """The cents of each look over the services that bring some.

    None where few bring them, or where few make the difference with a look told before.
    """
    told: dict[str, int | None] = {}
    for code, mine in looks.items():
        others = [looks[one] for one, amount in told.items() if amount is not None]
        is_hidden = (
            not mine
            or too_few(_sizes(mine))
            or any(too_few(_sizes(_between(mine, other))) for other in others)
        )
        told[code] = None if is_hidden else sum(mine.values())
    return told


def _between(mine: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {one: mine.get(one, 0) - other.get(one, 0) for one in mine.keys() | other.keys()}


def _sizes(amounts: Mapping[int, int]) -> dict[int, int]:
    return {one: abs(amount) for one, amount in amounts.items()}


def _tells_each(found: Mapping[str, int]) -> bool:
    return len(found) == 1 and not GOOD & found.keys()


def _cell(values: Mapping[Atom, int], funder: str, what: str, parts: Sequence[str]) -> Cell[Atom]:
    """The cell of a funder, or of all; days are hidden with the number of payments."""
    atoms = {atom: 1 for atom in sorted(values) if funder in (ALL, atom[1]) and atom[2] in parts}
    group = DAYS if what == PAYMENTS else what
    return Cell(_key(funder, what), atoms, _key(funder, group))


def _size(values: Mapping[Atom, int], atom: Atom) -> int:
    employer, funder, what = atom
    return abs(values[employer, funder, PAYMENTS] if what == DAYS else values[atom])


def _key(one: str, other: str) -> str:
    return f"{one}/{other}"
