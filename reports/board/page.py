"""What the page of a comparison prints: the table of years, the pictures, the words around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import amount
from reports.board.answer import answer, headline
from reports.board.gains import Gain
from reports.board.lens import Lens
from reports.board.levers import Lever, levers_of
from reports.board.note import MARKS, NO_CHANGE, cell_text, signed
from reports.board.pictures import from_one_to_the_next, from_today, own_funds, payers, why
from reports.board.reading import Reading
from reports.board.yearly import HIDDEN, UNCHOSEN, Compared, Side, Value
from reports.charts import Chart
from reports.scenarios.assumed import lacking_words, needed_words
from reports.scenarios.codes import spoken
from reports.scenarios.labels import STATUSES
from reports.scenarios.provisions import Levels, explained, parts, provisions_of
from reports.scenarios.sentences import sentence

_MORE = "more"


@dataclass(frozen=True)
class Cell:
    """An amount of the table: its text, what it rests on, its difference, where it is explained."""

    text: str
    letter: str
    doubt: str
    delta: str
    tone: str
    address: str


@dataclass(frozen=True)
class Row:
    """Today or a scenario, over the years and in all."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """A figure with one row for today and one for each scenario."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Told:
    """A scenario in words: its answer, its changes in order, what it faces, what it supposes."""

    name: str
    headline: str
    answer: tuple[str, ...]
    changes: tuple[str, ...]
    faced: tuple[str, ...]
    supposed: tuple[str, ...]
    assumptions: tuple[str, ...]
    lacking: tuple[str, ...]
    gains: tuple[Gain, ...]


@dataclass(frozen=True)
class Slider:
    """A lever with where it stands."""

    lever: Lever
    value: int


def shown(lens: Lens, read: Reading) -> dict[str, Any]:
    """The context of the page, and of its part that the sliders redraw."""
    return {
        "lens": lens,
        "years": read.years,
        "names": read.names,
        "groups": [
            _group(lens, one, read.names) for one in read.table.values() if not one.is_empty
        ],
        "charts": list(_charts(read)),
        "owed": list(_owed(read)),
        "best": list(_best(lens, read)),
        "owed_told": explained(),
        "told": [_told(read, place) for place in range(1, len(read.names))],
        "letters": [(letter, STATUSES[code]) for code, letter in MARKS.items()],
        "sliders": [
            Slider(one, lens.held[one.code]) for one in levers_of(federation=lens.federation)
        ],
    }


def _best(lens: Lens, read: Reading) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Where the best allocation of each year is shown, today and under what is calculated."""
    if read.found is None:
        return
    for side, name in enumerate(read.names):
        if not side or read.scenarios[side - 1].is_calculated:
            addresses = [lens.address("scenario_optimum", cote=side, annee=y) for y in read.years]
            yield name, list(zip(read.years, addresses, strict=True))


def _owed(read: Reading) -> Iterator[Group]:
    """Holiday pay owed by each employer: today once, then each scenario that is calculated."""
    if read.found is None:
        return
    groups: dict[str, list[Row]] = {}
    for place, outcome in enumerate(read.found.outcomes, 1):
        for one in provisions_of(read.found, outcome):
            rows = groups.setdefault(one.employer, [])
            if not rows:
                rows += [
                    _owing(f"{read.names[0]} \u2013 {name}", today, one.doubts)
                    for name, today, _then in parts(one)
                ]
            if read.scenarios[place - 1].is_calculated:
                rows += [
                    _owing(f"{read.names[place]} \u2013 {name}", then, one.doubts)
                    for name, _today, then in parts(one)
                ]
    names = {one.enterprise_number: one.name for one in read.base.scope.organisations}
    for employer, rows in groups.items():
        yield Group(names.get(employer, employer), tuple(rows))


def _owing(name: str, levels: Levels, doubts: Sequence[str]) -> Row:
    cells = (
        Cell(_("inconnu"), "", "", "", "", "")
        if cents is None
        else Cell(amount(cents), MARKS[doubt], STATUSES[doubt], "", "", "")
        for cents, doubt in zip(levels, doubts, strict=True)
    )
    return Row(name, tuple(cells))


def _charts(read: Reading) -> Iterator[Chart]:
    """Those whose figures may all be read."""
    table, names = read.table, read.names
    if not read.tells("own_funds"):
        return
    yield own_funds(read)
    if read.tells("funded"):
        yield payers(table, names)
    moves = [abs(side.total.delta or 0) for side in table["own_funds"].sides]
    if any(moves) and read.tells("funded", "cost"):
        yield why(table, names, moves.index(max(moves)))
    if len(table["own_funds"].calculated) > 2:  # noqa: PLR2004 - today and one have no next one
        yield from_today(table, names)
        yield from_one_to_the_next(table, names)


def _group(lens: Lens, one: Compared, names: Sequence[str]) -> Group:
    return Group(
        one.label,
        tuple(
            Row(
                names[side.place],
                tuple(
                    _cell(one, value, _address(lens, one, side, year))
                    for year, value in _with_years(lens, side.values, side.total)
                ),
            )
            for side in one.sides
        ),
    )


def _with_years(
    lens: Lens, values: Sequence[Value], total: Value
) -> Iterator[tuple[int | None, Value]]:
    yield from zip(range(lens.horizon.first, lens.horizon.last + 1), values, strict=True)
    yield None, total


def _address(lens: Lens, one: Compared, side: Side, year: int | None) -> str:
    """Where a year is explained line by line; today asks no post."""
    asks_none = one.is_asked and not side.place
    if year is None or lens.federation or asks_none or side.total.doubt == UNCHOSEN:
        return ""
    return lens.address("scenario_explanation", figure=one.code, cote=side.place, annee=year)


def _cell(one: Compared, value: Value, address: str) -> Cell:
    text, letter = cell_text(one, value)
    if value.doubt in {HIDDEN, UNCHOSEN}:
        return Cell(text, "", "", "", "", "")
    delta = signed(value.delta or 0, one.unit)
    if delta == NO_CHANGE:
        return Cell(text, letter, STATUSES[value.doubt], "", "", address)
    tone = _MORE if (value.delta or 0) > 0 else "less"
    return Cell(text, letter, STATUSES[value.doubt], delta, tone, address)


def _told(read: Reading, place: int) -> Told:
    one = read.scenarios[place - 1]
    return Told(
        read.names[place],
        headline(read, place),
        tuple(answer(read, place)),
        tuple(sentence(each, one.scenario) for each in one.scenario.changes),
        one.faced,
        one.supposed,
        tuple(
            _("%(sentence)s (%(code)s, signée par %(author)s)")
            % {"sentence": each.sentence, "code": spoken(each.code), "author": each.author}
            for each in one.used
        ),
        (*map(lacking_words, one.lacking), *map(needed_words, one.needed)),
        one.gains,
    )
