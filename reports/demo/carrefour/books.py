"""The approved frames of the first employer, its sales, and what it asks for the year to come."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from backoffice.engine.money import cents
from reports.demo.carrefour.organisation import CASG, SASPP
from reports.demo.carrefour.payments import announced
from reports.demo.plans import NEXT_YEAR, Asked
from reports.demo.rows import YEARS, Row, row_touches


def _position(
    place: str, function: str, diploma: str, fte: str, period: tuple[date, date | None]
) -> Row:
    """The place is approval:code; both days included."""
    approval, code = place.split(":")
    return {
        "approval": approval,
        "code": code,
        "function": function,
        "diploma": diploma,
        "origin": "complementary" if function == "coordination" else "minimum",
        "fte": Decimal(fte),
        "reference": f"AGREMENT-DEMO-{approval.removesuffix('-DEMO')}",
        "starts_on": period[0],
        "ends_on": period[1],
    }


_FIRST = date(2010, 1, 1), date(2023, 12, 31)
_NOW = date(2024, 1, 1), None
_NAMUR = date(2017, 7, 1), None
POSITIONS: tuple[Row, ...] = (
    _position(f"{CASG}:SOC-2010", "social", "bachelor", "2", _FIRST),
    _position(f"{CASG}:ADM-2010", "administration", "cess", "0.5", _FIRST),
    _position(f"{CASG}:SOC", "social", "bachelor", "3", _NOW),
    _position(f"{CASG}:ADM", "administration", "cess", "1", _NOW),
    _position(f"{CASG}:COORD", "coordination", "bachelor", "0.5", (date(2010, 1, 1), None)),
    _position(f"{SASPP}:SOC", "social", "bachelor", "2", _NAMUR),
    _position(f"{SASPP}:COORD", "coordination", "bachelor", "0.25", _NAMUR),
)


def position_rows(year: int) -> Sequence[Row]:
    """The lines of the approved frames with a day in the year."""
    return [row for row in POSITIONS if row_touches(year, row)]


_SALES = (
    ("Journée de formation", "625.00", (3, 12), (4, 9)),
    ("Location de la salle", "180.00", (6, 17), (7, 3)),
    ("Animation d'un atelier", "340.00", (11, 4), (12, 2)),
)
"""What is sold every year: words, EUR, month and day of the invoice and of its payment."""


def sale_rows(year: int) -> Sequence[Row]:
    """The three sales invoices of a year."""
    return [
        {
            "number": f"V{year}-{rank:03d}",
            "customer": "DEMO Maison de quartier des Palettes",
            "nature": "firm",
            "issued_on": date(year, *issued),
            "description": f"DEMO {words}",
            "account": "700",
            "approval": CASG,
            "amount": Decimal(amount),
            "received_on": date(year, *received),
            "payment_reference": f"BANQUE-DEMO-V{year}-{rank:03d}",
        }
        for rank, (words, amount, issued, received) in enumerate(_SALES, start=1)
    ]


_ASKED = (
    ("COCOF", CASG, "cocof_casg", "CASG, subvention organique"),
    ("COCOM", None, "cocom_facultative", "Aide juridique et action de quartier"),
    ("SASPP", SASPP, "wallonia_saspp", "SASPP, forfait annuel"),
    ("MARIBEL", CASG, "maribel", "Maribel social, fonds 332"),
    ("APE", SASPP, "ape", "APE, décision de base"),
    ("ACS", CASG, "acs", "ACS, convention"),
)


def asked() -> tuple[Asked, ...]:
    """The six subsidies, asked again for the next year."""
    return tuple(
        Asked(
            reference=f"DEM-{code}-{NEXT_YEAR}",
            approval=approval,
            scheme=scheme,
            label=label,
            announced=cents(announced(scheme, YEARS[-1])),
            is_fixed=scheme in {"maribel", "ape", "acs"},
        )
        for code, approval, scheme, label in _ASKED
    )
