"""The employer itself: its approvals, their approved frames and their sites."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from reports.demo.federation.names import BRUSSELS, WALLONIA, address, person
from reports.demo.federation.plan import Employer, Service
from reports.demo.federation.services import ORGANIC
from reports.demo.identifiers import iban
from reports.demo.rows import Row

_FRAMES, _SITES = 6000, 7000
_RAISED = {("CASG", "social"): 200, ("CASG", "administration"): 50}
"""Percents of a full time before 2024, where the frame grew that year."""
_RENEWED = date(2022, 1, 1), date(2026, 12, 31)
"""A CAP renews its approval every five years (ordinance of 7 November 2002, art. 7 and 8)."""
_GREW_ON, _BEFORE = date(2024, 1, 1), date(2023, 12, 31)


def organisation_row(employer: Employer) -> Row:
    """The employer."""
    return {
        "enterprise_number": employer.number,
        "name": employer.name,
        "legal_form": employer.legal_form,
        "address": address(employer.rank, _towns(employer.services[0])),
        "iban": iban(employer.rank),
        "contact": f"{person(employer.rank * 100 + 1)}, direction",
        "is_demo": True,
    }


def approval_rows(employer: Employer) -> Sequence[Row]:
    """Its approvals, each with its analytical account."""
    return [
        {
            "code": service.code,
            "kind": service.code,
            "name": f"DEMO {service.kind.name}, {_short(employer.name)}",
            "reference": f"AGREMENT-DEMO-{service.code}-{_since(employer, service).year}",
            "analytical_account": f"{place}00",
            "starts_on": _since(employer, service),
            "ends_on": _until(service),
        }
        for place, service in enumerate(employer.services, start=1)
    ]


def _short(name: str) -> str:
    return name.removeprefix("DEMO ").removesuffix(" ASBL").removesuffix(", mutualité (DEMO)")


def position_rows(employer: Employer) -> Sequence[Row]:
    """The approved frame: the decision's, which is neither what is funded nor what is paid."""
    return [row for service in employer.services for row in _positions(employer, service)]


def _positions(employer: Employer, service: Service) -> Iterator[Row]:
    since = _since(employer, service)
    raised: set[str] = set()
    for place, position in enumerate(service.kind.frame, start=1):
        code = f"{position.function[:3].upper()}{place}"
        row = {
            "approval": service.code,
            "function": position.function,
            "diploma": position.diploma,
            "origin": position.origin,
            "reference": f"AGREMENT-DEMO-{service.code}-{since.year}",
        }
        before = _RAISED.get((service.code, position.function))
        if before is not None:
            yield {
                **row, "code": f"{code}-2023", "fte": _fte(before), "starts_on": since,
                "ends_on": _BEFORE,
            }  # fmt: skip
        yield {
            **row,
            "code": code,
            "fte": _fte(position.percent),
            "starts_on": since if before is None else _GREW_ON,
            "ends_on": None,
        }
        more = _granted(service, position.function) - _minimum(service, position.function)
        if more > 0 and position.function not in raised:
            raised.add(position.function)
            yield {
                **row, "code": f"{code}C", "origin": "complementary", "fte": _fte(more),
                "starts_on": since, "ends_on": None,
            }  # fmt: skip


def _granted(service: Service, function: str) -> int:
    """Percents of a full time of a function that the approval's own award pays."""
    seats = [seat for seat in service.seats if seat.function == function]
    return sum(dict(seat.shares).get(ORGANIC, 0) for seat in seats)


def _minimum(service: Service, function: str) -> int:
    return sum(each.percent for each in service.kind.frame if each.function == function)


def _fte(percent: int) -> Decimal:
    return Decimal(percent).scaleb(-2)


def site_rows(employer: Employer) -> Sequence[Row]:
    """The seat of each approval and its antennas."""
    return [row for service in employer.services for row in _sites(employer, service)]


def _sites(employer: Employer, service: Service) -> Iterator[Row]:
    for place in range(service.antennas + 1):
        kind, name = ("antenna", f"Antenne {place}") if place else ("seat", "Siège")
        yield {
            "approval": service.code,
            "code": f"ANT{place:02d}" if place else "SIEGE",
            "name": f"DEMO {name} {service.code}",
            "kind": kind,
            "address": address(employer.rank * 7 + place, _towns(service)),
            "starts_on": _since(employer, service),
            "ends_on": None,
        }


def _towns(service: Service) -> tuple[str, ...]:
    return BRUSSELS if service.kind.in_brussels else WALLONIA


def _until(service: Service) -> date | None:
    """The last day of the approval, where it has one."""
    return _RENEWED[1] if service.code == "CAP" else None


def _since(employer: Employer, service: Service) -> date:
    """The first day of the approval: before every year of the demonstration."""
    if service.code == "CAP":
        return _RENEWED[0]
    return date(2000 + employer.chance(_FRAMES).randint(0, 4), 1, 1 + len(service.code) % 3)
