"""What a memorandum holds: its tables, in order."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from backoffice.engine.sheet import labels
from grants.scheme import schemes
from reports.lines import function_label
from reports.memorandum.cells import Counter, Pick, Whose
from reports.memorandum.lag import AT
from reports.memorandum.measures import FTE_COLUMNS, measures
from reports.memorandum.observed import Observed
from reports.memorandum.services import Service
from reports.memorandum.tables import (
    ALL,
    Column,
    Head,
    Label,
    Narrow,
    Row,
    Table,
    by_function,
    places,
    table,
)
from reports.memorandum.wages import BY

_FTE_BASES = ("approved", "posts", "paid", "target", "norm")
_BY_FUNDER = ("posts", "paid_posts", "present_posts", "posts_paid")
_BEARERS = ("carried", "payable", "topped", "left")
_LATE = (
    *("instalments", "late_instalments", "expected", "outstanding"),
    *("weighted_days", "median_days"),
)


def all_tables(seen: Observed, services: Sequence[Service]) -> list[Table]:
    """Every table that has something to show."""
    counter = Counter(seen)
    found = [
        *_staffing(seen, counter, services),
        *_funded(seen, counter, services),
        *_wages(seen, counter, services),
        *_lag(seen, counter, services),
        *_late(seen, counter, services),
    ]
    return [one for one in found if one.rows]


def _plain(codes: Sequence[str]) -> list[Column]:
    return [Column(Head(code, measures()[code].label), measures()[code]) for code in codes]


def _staffing(seen: Observed, counter: Counter, services: Sequence[Service]) -> Iterator[Table]:
    """The six levels of FTE and their gaps, for all functions and for each."""
    title = labels("ETP : toutes fonctions", "VTE: alle functies")
    yield table(counter, "fte", title, places(services), _plain(FTE_COLUMNS))
    for function in seen.functions(_FTE_BASES):
        name = function_label(function)
        title = labels(f"ETP : {name['fr'].lower()}", f"VTE: {name['nl'].lower()}")
        rows = places(services, frozenset({function}))
        yield table(counter, f"fte_{function}", title, rows, _plain(FTE_COLUMNS))


def _funded(seen: Observed, counter: Counter, services: Sequence[Service]) -> Iterator[Table]:
    """Funded FTE by funder: by sector, by function, and what is paid on those posts."""
    columns = [
        *_funders(seen, "posts", "posts"),
        *_plain(["shared", "funded"] if seen.used.get("shared") else ["funded"]),
    ]
    title = labels(
        "ETP financés par pouvoir et par secteur", "Gefinancierde VTE per overheid en sector"
    )
    yield table(counter, "funded_sector", title, places(services), columns)
    title = labels(
        "ETP financés par pouvoir et par fonction", "Gefinancierde VTE per overheid en functie"
    )
    rows = by_function(services, seen.functions(["posts"]))
    yield table(counter, "funded_function", title, rows, columns)
    title = labels(
        "Postes financés et occupés, par pouvoir", "Gefinancierde en bezette posten, per overheid"
    )
    yield table(counter, "posts", title, _funder_rows(seen, "posts", services), _plain(_BY_FUNDER))


def _wages(seen: Observed, counter: Counter, services: Sequence[Service]) -> Iterator[Table]:
    """The cost of work: who pays it by sector and function, who bears what a funder leaves."""
    payers = _funders(seen, "payable", "payable")
    parts = tuple(column.head.code for column in payers)
    cost = measures()["cost"]
    columns = [
        *payers,
        *_plain(["own_funds"]),
        Column(Head("cost", cost.label, (*parts, "own_funds")), cost),
    ]
    title = labels("Coût salarial : qui le paie, par secteur", "Loonkost: wie betaalt, per sector")
    yield table(counter, "cost_sector", title, places(services), columns)
    title = labels(
        "Coût salarial : qui le paie, par fonction", "Loonkost: wie betaalt, per functie"
    )
    rows = by_function(services, seen.functions(["cost"]))
    yield table(counter, "cost_function", title, rows, columns)
    title = labels(
        "Coût laissé par chaque pouvoir, et qui le porte",
        "Kost die elke overheid laat, en wie ze draagt",
    )
    rows = _funder_rows(seen, "carried", services)
    bearers = _plain(_BEARERS)
    heads = tuple(column.head.code for column in bearers[1:])
    bearers[0] = replace(bearers[0], head=replace(bearers[0].head, parts=heads))
    yield table(counter, "bearers", title, rows, bearers)
    title = labels(
        "Fonds propres : ce qu'ils portent, par secteur",
        "Eigen middelen: wat ze dragen, per sector",
    )
    parts = ("left", "left_twice", "uncarried")
    own = measures()["own_funds"]
    columns = [*_plain(parts), Column(Head("own_funds", own.label, parts), own)]
    yield table(counter, "own_funds", title, places(services), columns)
    title = labels("Qui complète qui", "Wie vult wie aan")
    rows = [
        Row(Head(_slug(pair), _pair_label(pair)), Pick(services, None, pair.__eq__))
        for pair in seen.names("topped")
    ]
    yield table(counter, "top_ups", title, rows, _plain(["topped"]))


def _lag(seen: Observed, counter: Counter, services: Sequence[Service]) -> Iterator[Table]:
    """The cost of the lag of the index, by event and by funder.

    A total covers the services whose every award is known: it is the sum of its parts only where
    all are.
    """
    names = [name.split(AT) for name in seen.names("lag")]
    events = sorted({event for event, _funder in names})
    funders = sorted({funder for _event, funder in names})
    lag = measures()["lag"]
    columns = [
        Column(Head(_slug(one), _funder_label(one)), lag, _only_funder(one)) for one in funders
    ]
    heads = tuple(column.head.code for column in columns)
    whole = seen.complete("lag")
    columns.append(Column(Head("all", ALL, heads if whole else ()), lag))
    rows = [
        Row(Head(_slug(one), _event_label(one)), Pick(services, None, _starts(one + AT)))
        for one in events
    ]
    if rows:
        codes = tuple(row.head.code for row in rows)
        rows.append(Row(Head("all", ALL, codes if whole else ()), Pick(services)))
        title = labels(
            "Coût du retard d'index, par événement", "Kost van de indexachterstand, per gebeurtenis"
        )
        yield table(counter, "index_lag", title, rows, columns)


def _late(seen: Observed, counter: Counter, services: Sequence[Service]) -> Iterator[Table]:
    """How late each funder pays; the total is their sum only where all is known."""
    title = labels("Retards de paiement", "Laattijdige betalingen")
    rows = _funder_rows(seen, "instalments", services)
    codes = tuple(row.head.code for row in rows)
    if rows:
        rows.append(
            Row(Head("all", ALL, codes if seen.complete("instalments") else ()), Pick(services))
        )
    yield table(counter, "late", title, rows, _plain(_LATE))


def _funders(seen: Observed, base: str, measure: str) -> list[Column]:
    return [
        Column(Head(_slug(one), _funder_label(one)), measures()[measure], _only(one))
        for one in seen.names(base)
        if one
    ]


def _funder_rows(seen: Observed, base: str, services: Sequence[Service]) -> list[Row]:
    return [
        Row(Head(_slug(one), _funder_label(one)), Pick(services, None, _of_funder(one)))
        for one in seen.names(base)
        if one
    ]


def _only(funder: str) -> Narrow:
    return lambda pick: replace(pick, whose=funder.__eq__)


def _only_funder(funder: str) -> Narrow:
    """Keeps the events of the row, of one funder."""
    return lambda pick: replace(
        pick, whose=lambda name: pick.whose(name) and name.endswith(AT + funder)
    )


def _of_funder(funder: str) -> Whose:
    """What a funder pays, and the pairs where it is the one topped up."""
    return lambda name: name == funder or name.startswith(funder + BY)


def _starts(text: str) -> Whose:
    return lambda name: name.startswith(text)


def _funder_label(funder: str) -> Label:
    return next(one.funder for one in schemes().values() if one.funder["fr"] == funder)


def _pair_label(pair: str) -> Mapping[str, str]:
    one, other = (_funder_label(name) for name in pair.split(BY))
    return labels(
        f"{one['fr']}, complété par {other['fr']}", f"{one['nl']}, aangevuld door {other['nl']}"
    )


def _event_label(event: str) -> Label:
    number, crossed = event.split()
    month = f"{crossed[5:]}/{crossed[:4]}"
    return labels(
        f"Pivot n° {int(number)}, franchi en {month}",
        f"Spilindex nr. {int(number)}, overschreden in {month}",
    )


def _slug(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", bare.lower()).strip("_")
