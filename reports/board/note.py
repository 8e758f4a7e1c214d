"""What the note for the board says: four pages from one comparison, the context of its template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import DASH, MINUS, amount, day, fte_column
from reports.board.answer import answer
from reports.board.gains import Gain
from reports.board.pictures import own_funds, payer_name, payers_by_year, why
from reports.board.reading import Reading
from reports.board.swings import swings
from reports.board.yearly import HIDDEN, MISSING, UNCHOSEN, Compared, Value
from reports.charts import tornado
from reports.scenarios.assumed import Assumed, lacking_words, value_words
from reports.scenarios.codes import spoken
from reports.scenarios.figures import DOUBTS, EUR
from reports.scenarios.labels import STATUSES
from reports.scenarios.provisions import changes_of, provisions_of
from reports.scenarios.scenario import Scenario
from reports.scenarios.sentences import sentence

_CENTS = 100
_FTE, _ROOMY, _NAME, _TITLE = 10_000, 6, 40, 120
_TIGHT, _TEXT, _LEAST, _LINE = 3, 220, 1, 110
"""From which length on the texts, then the lines, are cut, and after how many characters."""
_KEYS = ("cost", "funded", "own_funds", "fte", "posts_at_risk", "asked_fte", "unpriced_fte")
MARKS = {"to_confirm": "c", "forecast": "p", "assumption": "h", "missing": "?"}
"""The letter beside an amount that says what it rests on; none where it is confirmed."""
NO_CHANGE = "="


class Lengths(NamedTuple):
    """How many lines each list of a page shows at most, page by page."""

    question: int
    payers: int
    reasons: int
    assumptions: int


@dataclass(frozen=True)
class Cut:
    """The first lines of a list, and how many are left out."""

    shown: tuple[Any, ...]
    left: int


@dataclass(frozen=True)
class Line:
    """A row of a table: its name, then the text and the letter of each cell."""

    name: str
    cells: tuple[tuple[str, str], ...]
    strong: bool = False
    quiet: bool = False


def shown(read: Reading) -> dict[str, Any]:
    """What the note says at any length: the first scenario compared, beside the others.

    Args:
        read: what may be read of the comparison, with at least one scenario.
    """
    table = read.table
    names = [short(name) for name in read.names]
    return {
        "horizon": read.base.horizon,
        "title": short(read.names[1], _TITLE),
        "names": names,
        "years": read.years,
        "answer": answer(read),
        "keys": [_totals(table[code]) for code in _KEYS if _counts(table, code)],
        "posts": _posts(table),
        "letters": [(letter, STATUSES[code]) for code, letter in MARKS.items()],
        **_pictures(read, names),
    }


def listed(read: Reading, most: Lengths) -> dict[str, Any]:
    """The lists of the note, each cut to what its page has room for."""
    first = read.scenarios[0]
    return {
        "facing": _cut(_lines(first.faced, most.question), most.question),
        "by_year": [*_by_year(read.table, most.payers), *_owed(read)],
        "gains": _cut([_gain(one) for one in first.gains], most.reasons),
        **_asked(first.scenario, most.question),
        **_back(read, most.assumptions),
    }


def _asked(scenario: Scenario, most: int) -> dict[str, Any]:
    """What is asked: the description, cut where there is no room for it, and the changes."""
    told = scenario.told(get_language() or "fr")
    cut = told if most > _TIGHT else short(told, _TEXT)
    changes = [sentence(one, scenario) for one in scenario.changes]
    return {"told": cut, "told_cut": cut != told, "changes": _cut(_lines(changes, most), most)}


def _pictures(read: Reading, names: Sequence[str]) -> dict[str, Any]:
    """Those whose figures may all be read, and what moves own funds."""
    known = read.tells("own_funds", "funded", "cost")
    counts = read.scenarios[0].is_calculated
    places = [0, 1] if counts and not (known and not _moves(read.table)) else [0]
    moving = swings(read.base, read.target, apart=read.found is not None)
    return {
        "trend": own_funds(read) if read.tells("own_funds") else None,
        "payers": [payers_by_year(read, place) for place in places] if known else [],
        "unmoved": known and counts and not _moves(read.table),
        "why": why(read.table, names, 1) if known and len(places) > 1 else None,
        "swings": tornado("tornade", _("Ce qui fait bouger les fonds propres"), moving),
    }


def _moves(table: Mapping[str, Compared]) -> bool:
    """Whether the first scenario changes what staff costs, or who pays it."""
    paid = [one for code, one in table.items() if code in _KEYS[:3] or code.startswith("funded.")]
    return any(value.delta for one in paid for value in one.sides[1].values)


def short(text: str, most: int = _NAME) -> str:
    """A text of so many characters at most; by default, a name that fits above a column."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _back(read: Reading, most: int) -> dict[str, Any]:
    """The last page: assumptions, what is supposed, what is not known."""
    first = read.scenarios[0]
    unknown = [
        _("« %(name)s » : pas calculé, un choix manque (%(choices)s).")
        % {"name": name, "choices": ", ".join(one.scenario.unchosen)}
        for name, one in zip(read.names[1:], read.scenarios, strict=True)
        if one.scenario.unchosen
    ]
    unknown += map(lacking_words, first.lacking)
    source = first.scenario.sourced(get_language() or "fr")
    return {
        "source": source if most > _TIGHT else short(source, _TEXT),
        "assumptions": _cut([_assumption(one) for one in first.used], most),
        "supposed": _cut(first.supposed, most),
        "unknown": _cut(unknown, most),
    }


def _lines(lines: Sequence[str], most: int) -> list[str]:
    return [line if most > _LEAST else short(line, _LINE) for line in lines]


def _cut(lines: Sequence[Any], most: int) -> Cut:
    return Cut(tuple(lines[:most]), max(len(lines) - most, 0))


def _counts(table: Mapping[str, Compared], code: str) -> bool:
    return code in table and (code in _KEYS[:4] or not table[code].is_empty)


def _totals(one: Compared) -> Line:
    """Today and each scenario over the whole period, with the difference."""
    cells = [cell_text(one, side.total) for side in one.sides]
    return Line(one.label, tuple(cells), strong=one.code == "own_funds")


def _by_year(table: Mapping[str, Compared], most: int) -> Iterator[Line]:
    """By year, the scenario and, where there is room, its difference: cost, funders, own funds."""
    for code, one in table.items():
        if code in {"cost", "own_funds"} or (code.startswith("funded.") and not one.is_empty):
            name = payer_name(code) if code.startswith("funded.") else one.label
            yield _years(one, 1, name)
            deltas = tuple(_deltas(one, 1))
            if most >= _ROOMY and any(text != NO_CHANGE for text, _letter in deltas):
                yield Line(_("différence avec aujourd'hui"), deltas, quiet=True)


def _owed(read: Reading) -> Iterator[Line]:
    """The provision for holiday pay of all the employers read, where their rows may be."""
    if read.found is None or not read.scenarios[0].is_calculated:
        return
    each = provisions_of(read.found, read.found.outcomes[0])
    sums = [
        None if None in year else sum(year)
        for year in zip(*(one.scenario for one in each), strict=True)
    ]
    doubts = [
        max(year, key=DOUBTS.index) for year in zip(*(one.doubts for one in each), strict=True)
    ]
    cells = [
        (DASH, "?") if cents is None else (amount(cents), MARKS[doubt])
        for cents, doubt in zip(sums, doubts, strict=True)
    ]
    name = _("provision pour pécules de vacances au 31 décembre, hors coût")
    yield Line(name, (*cells, ("", "")), quiet=True)
    changes = [DASH if cents is None else signed(cents, EUR) for cents in changes_of(tuple(sums))]
    yield Line(
        _("variation de cette provision"), (*((one, "") for one in changes), ("", "")), quiet=True
    )


def _years(one: Compared, place: int, name: str) -> Line:
    side = one.sides[place]
    values = (*side.values, side.total)
    return Line(name, tuple(cell_text(one, value) for value in values), strong=True)


def _deltas(one: Compared, place: int) -> Iterator[tuple[str, str]]:
    side = one.sides[place]
    for value in (*side.values, side.total):
        yield _untold(value) or signed(value.delta or 0, one.unit), ""


def _gain(one: Gain) -> Line:
    if one.more is None:
        return Line(one.name, ((_("masqué"), ""),))
    values = (*one.more, one.total or 0)
    return Line(one.name, tuple((signed(value, EUR), "") for value in values))


def _assumption(one: Assumed) -> dict[str, str]:
    return {
        "code": capfirst(spoken(one.code)),
        "value": value_words(one),
        "since": day(one.since),
        "said": one.sentence,
        "source": one.source,
        "signed": f"{one.author}, {day(one.signed_on)}",
    }


def cell_text(one: Compared, value: Value) -> tuple[str, str]:
    """The text of an amount of a figure and its letter; a dash where no post is asked."""
    untold = _untold(value)
    if untold:
        return untold, ""
    if one.is_asked and not value.amount:
        return (_("inconnu") if value.doubt == MISSING else DASH), ""
    return written(value.amount, one.unit), MARKS.get(value.doubt, "")


def _untold(value: Value) -> str:
    """What stands where an amount is hidden, or not calculated."""
    return {HIDDEN: _("masqué"), UNCHOSEN: DASH}.get(value.doubt, "")


def written(value: int, unit: str) -> str:
    """Cents as an amount, ten-thousandths of FTE with two decimals."""
    return amount(value) if unit == EUR else fte_column(Fraction(value, _FTE))


def signed(value: int, unit: str) -> str:
    """A difference: with its sign, or "=" where there is none to be seen."""
    text = written(value, unit)
    if text.lstrip(MINUS) == written(0, unit):
        return NO_CHANGE
    return f"+{text}" if value > 0 else text


def file_title(read: Reading) -> str:
    """What the note is about, for the title of the file."""
    return _("Note au conseil : %s") % read.names[1]


def whose(read: Reading) -> str:
    """Whose figures they are."""
    return read.base.scope.name or _("Ensemble des services")


def _posts(table: Mapping[str, Compared]) -> Line | None:
    """Posts at risk by year; the federation is not told of them."""
    one = table.get("posts_at_risk")
    return _years(one, 1, one.label) if one else None
