"""The posts of the awards and who holds them for how many hours a week."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from reports.demo.carrefour.awards import ACS, APE, MARIBEL, cocof, cocom, saspp
from reports.demo.carrefour.organisation import PLANTED
from reports.demo.rows import YEARS, Row, hours, row_touches
from reports.demo.truth import CLAIM_AFTER_END

LEFT_OPEN = next(fact for fact in PLANTED if fact.kind == CLAIM_AFTER_END)
"""Planted: this worker's assignment was left open until the end of the award of the year."""

_TOP_UP = "DEMO complément COCOF au-delà de la prime ACS"
_RELAY = "DEMO remplacement de W12, malade de longue durée"


def post_rows(year: int) -> Sequence[Row]:
    """Posts with a day in the year."""
    return [row for row in POSTS if row_touches(year, row)]


def assignment_rows(year: int) -> Sequence[Row]:
    """Assignments with a day in the year."""
    return [row for row in ASSIGNMENTS if row_touches(year, row)]


def _post(
    place: str, function: str, diploma: str, fte: str, period: tuple[date, date | None]
) -> Row:
    """The place is award:post; both days included."""
    award, code = place.split(":")
    return {
        "award": award,
        "code": code,
        "function": function,
        "diploma": diploma,
        "fte": Decimal(fte),
        "starts_on": period[0],
        "ends_on": period[1],
    }


def _yearly_posts(year: int) -> Iterator[Row]:
    """The frame of the COCOF award grew from 2 + 0.5 to 3 + 1 FTE in 2024."""
    whole = (date(year, 1, 1), date(year, 12, 31))
    social, clerk = ("2", "0.5") if year == YEARS[0] else ("3", "1")
    yield _post(f"{cocof(year)}:SOC", "social", "bachelor", social, whole)
    yield _post(f"{cocof(year)}:ADM", "administration", "cess", clerk, whole)
    yield _post(f"{cocof(year)}:COORD", "coordination", "bachelor", "0.5", whole)
    yield _post(f"{cocom(year)}:COORD", "coordination", "bachelor", "0.25", whole)
    yield _post(f"{cocom(year)}:JUR", "legal", "master", "0.8", whole)
    yield _post(f"{cocom(year)}:COM", "community", "bachelor", "0.5", whole)
    yield _post(f"{saspp(year)}:SOC", "social", "bachelor", "0.5", whole)
    yield _post(f"{saspp(year)}:COORD", "coordination", "bachelor", "0.25", whole)


POSTS: tuple[Row, ...] = (
    _post(f"{MARIBEL}:ACC", "reception", "cess", "1", (date(2021, 1, 1), None)),
    _post(
        f"{MARIBEL}:ADM", "administration", "cess", "0.5", (date(2021, 1, 1), date(2023, 12, 31))
    ),
    _post(f"{MARIBEL}:ACC2", "reception", "cess", "0.5", (date(2024, 1, 1), None)),
    _post(f"{APE}:SOC", "social", "bachelor", "1.5", (date(2022, 1, 1), None)),
    _post(f"{APE}:ADM", "administration", "cess", "0.5", (date(2022, 1, 1), None)),
    _post(f"{ACS}:SOC", "social", "bachelor", "1", (date(2013, 5, 1), None)),
    *(row for year in YEARS for row in _yearly_posts(year)),
    _post(
        f"{cocom(2024)}:COM2",
        "community",
        "bachelor",
        "0.5",
        (date(2024, 9, 1), date(2024, 12, 31)),
    ),
)


def _held(
    worker: str, place: str, weekly: int, period: tuple[date, date | None], reason: str = ""
) -> Row:
    """Weekly hours in hundredths; the place is award:post; both days included."""
    award, post = place.split(":")
    return {
        "worker": worker,
        "award": award,
        "post": post,
        "starts_on": period[0],
        "ends_on": period[1],
        "weekly_hours": hours(weekly),
        "reason": reason,
    }


def _yearly_assignments(year: int) -> Iterator[Row]:
    whole = (date(year, 1, 1), date(year, 12, 31))
    yield _held("W01", f"{cocof(year)}:COORD", 1900, whole)
    yield _held("W01", f"{cocom(year)}:COORD", 950, whole)
    yield _held("W01", f"{saspp(year)}:COORD", 950, whole)
    yield _held("W02", f"{cocof(year)}:SOC", 3800, whole)
    yield _held("W05", f"{cocof(year)}:ADM", 1900 if year == YEARS[0] else 3800, whole)
    yield _held("W07", f"{cocom(year)}:JUR", 3040, whole)
    yield _held("W14", f"{saspp(year)}:SOC", 1800, whole)
    if year > YEARS[0]:
        yield _held("W04", f"{cocof(year)}:SOC", 3800, whole, _TOP_UP)


ASSIGNMENTS: tuple[Row, ...] = (
    *(row for year in YEARS for row in _yearly_assignments(year)),
    _held("W03", f"{cocof(2023)}:SOC", 3800, (date(2023, 1, 1), date(2023, 12, 31))),
    _held("W03", f"{cocof(2024)}:SOC", 3800, (date(2024, 1, 1), date(2024, 4, 15))),
    _held("W03", f"{cocof(2024)}:SOC", 3040, (date(2024, 4, 16), date(2024, 12, 31))),
    _held("W03", f"{cocof(2025)}:SOC", 3040, (date(2025, 1, 1), date(2025, 12, 31))),
    _held("W04", f"{ACS}:SOC", 3800, (date(2013, 5, 1), None)),
    _held("W05", f"{MARIBEL}:ADM", 1900, (date(2021, 1, 1), date(2023, 12, 31))),
    _held("W06", f"{MARIBEL}:ACC", 3800, (date(2021, 1, 4), None)),
    _held("W08", f"{MARIBEL}:ACC2", 1900, (date(2024, 1, 15), None)),
    _held("W09", f"{cocom(2023)}:COM", 1900, (date(2023, 1, 1), date(2023, 12, 31))),
    _held(
        LEFT_OPEN.worker,
        f"{LEFT_OPEN.awards[0]}:COM",
        1900,
        (date(LEFT_OPEN.year, 1, 1), date(LEFT_OPEN.year, 12, 31)),
    ),
    _held("W10", f"{cocom(2024)}:COM2", 1900, (date(2024, 9, 1), date(2024, 12, 31))),
    _held("W10", f"{cocom(2025)}:COM", 1900, (date(2025, 1, 1), date(2025, 12, 31))),
    _held("W11", f"{APE}:ADM", 1800, (date(2022, 1, 1), None)),
    _held("W12", f"{APE}:SOC", 3600, (date(2022, 1, 1), date(2024, 2, 29))),
    _held("W13", f"{APE}:SOC", 3600, (date(2024, 3, 1), date(2024, 9, 30)), _RELAY),
    _held("W12", f"{APE}:SOC", 3600, (date(2024, 10, 1), None), "DEMO retour de maladie"),
    _held("W14", f"{APE}:SOC", 1800, (date(2022, 1, 1), None)),
)
