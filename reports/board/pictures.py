"""The pictures of a comparison: who pays, own funds by year, the bridge, what moves them."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from reports.board.reading import Reading
from reports.board.yearly import OTHERS, Compared, Side, others_name
from reports.charts import Chart, Over, Series, bars, bridge, gaps, lines
from reports.scenarios.labels import funder_name

Table = Mapping[str, Compared]
OWN = -1
_FUNDED = "funded."


def payers(table: Table, names: Sequence[str]) -> Chart:
    """What each funder and own funds pay of staff over all the years, today and each scenario."""
    places = table["own_funds"].calculated
    doubts = [table["own_funds"].sides[place].total.doubt for place in places]
    series = [
        Series(label, tuple(one.sides[place].total.known for place in places), colour)
        for label, one, colour in _parts(table)
    ]
    title = _("Qui paie le personnel, sur toute la période")
    return bars("payeurs", title, Over([names[place] for place in places], doubts), series)


def payers_by_year(read: Reading, place: int) -> Chart:
    """The same by year, of today (place 0) or of one scenario."""
    own = read.table["own_funds"].sides[place]
    series = [
        Series(label, tuple(value.known for value in one.sides[place].values), colour)
        for label, one, colour in _parts(read.table)
    ]
    title = _("Qui paie le personnel, par an : %s") % read.names[place]
    return bars(f"payeurs-{place}", title, _over(read, own), series)


def own_funds(read: Reading) -> Chart:
    """Own funds by year, a line for today and for each scenario."""
    one = read.table["own_funds"]
    sides = [one.sides[place] for place in one.calculated]
    series = [
        Series(read.names[side.place], tuple(value.known for value in side.values), side.place)
        for side in sides
    ]
    title = _("Fonds propres sur le personnel, par an")
    return lines("fonds-propres", title, _over(read, sides[-1]), series)


def from_one_to_the_next(table: Table, names: Sequence[str]) -> Chart:
    """From today's own funds to those of the last scenario, one step for each in between."""
    own = table["own_funds"]
    places = own.calculated
    levels = [own.sides[place].total.amount for place in places]
    steps = [
        (names[place], after - before)
        for place, before, after in zip(places[1:], levels, levels[1:], strict=False)
    ]
    ends = (names[0], levels[0]), (_("Après : %s") % names[places[-1]], levels[-1])
    title = _("Fonds propres, d'un scénario au suivant (chacun part de celui d'avant)")
    return bridge("pont", title, ends, steps)


def from_today(table: Table, names: Sequence[str]) -> Chart:
    """How far own funds are from today's under each scenario, each apart from the others."""
    own = table["own_funds"]
    moves = [(names[place], own.sides[place].total.delta or 0) for place in own.calculated[1:]]
    title = _("Fonds propres : écart avec aujourd'hui, par scénario")
    return gaps("ecarts", title, moves)


def why(table: Table, names: Sequence[str], place: int) -> Chart:
    """Why own funds differ from today's: what costs more, what each funder pays less."""
    own = table["own_funds"].sides
    ends = (names[0], own[0].total.amount), (names[place], own[place].total.amount)
    title = _("Pourquoi les fonds propres changent : %s") % names[place]
    return bridge(f"pourquoi-{place}", title, ends, reasons(table, place))


def reasons(table: Table, place: int) -> list[tuple[str, int]]:
    """The cost first, then each funder that pays something else; they sum to the difference."""
    moved = table["cost"].sides[place].total.delta or 0
    steps = [(_("Coût du personnel"), moved)] if moved else []
    for label, one, colour in _parts(table):
        delta = one.sides[place].total.delta or 0
        if colour != OWN and delta:
            steps.append((label, -delta))
    return steps


def payer_name(code: str) -> str:
    """Who pays, by the code of its figure."""
    funder = code.removeprefix(_FUNDED)
    return others_name() if funder == OTHERS else funder_name(funder)


def _parts(table: Table) -> Iterator[tuple[str, Compared, int]]:
    """Who pays: each funder in the order of the table, each in its colour, then own funds."""
    paying = [one for code, one in table.items() if code.startswith(_FUNDED) and not one.is_empty]
    for colour, one in enumerate(paying):
        yield payer_name(one.code), one, colour
    yield _("Fonds propres"), table["own_funds"], OWN


def _over(read: Reading, side: Side) -> Over:
    return Over([str(year) for year in read.years], [value.doubt for value in side.values])
