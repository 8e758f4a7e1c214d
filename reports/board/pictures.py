"""The pictures of a comparison: who pays, own funds by year, the bridge, what moves them."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from reports.board.reading import Reading
from reports.board.yearly import OTHERS, Compared, Side, others_name
from reports.charts import Chart, Over, Series, bars, bridge, lines
from reports.scenarios.labels import funder_name

Table = Mapping[str, Compared]
OWN = -1
_FUNDED = "funded."


def payers(table: Table, names: Sequence[str]) -> Chart:
    """What each funder and own funds pay of staff over all the years, today and each scenario."""
    own = table["own_funds"]
    doubts = [side.total.doubt for side in own.sides]
    series = [
        Series(label, tuple(side.total.known for side in one.sides), colour)
        for label, one, colour in _parts(table)
    ]
    title = _("Qui paie le personnel, sur toute la période")
    return bars("payeurs", title, Over(names, doubts), series)


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
    series = [
        Series(name, tuple(value.known for value in side.values))
        for name, side in zip(read.names, one.sides, strict=True)
    ]
    title = _("Fonds propres sur le personnel, par an")
    return lines("fonds-propres", title, _over(read, one.sides[-1]), series)


def from_one_to_the_next(table: Table, names: Sequence[str]) -> Chart:
    """From today's own funds to those of the last scenario, one step for each in between."""
    levels = [side.total.amount for side in table["own_funds"].sides]
    steps = [
        (name, after - before)
        for name, before, after in zip(names[1:], levels, levels[1:], strict=False)
    ]
    ends = (names[0], levels[0]), (_("Après : %s") % names[-1], levels[-1])
    return bridge("pont", _("D'un scénario au suivant, fonds propres"), ends, steps)


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
