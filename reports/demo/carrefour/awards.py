"""The awards of the six schemes, by invented letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.demo.carrefour.organisation import CASG, SASPP
from reports.demo.rows import YEARS, Row

MARIBEL = "MARIBEL-332"
APE = "APE-NAMUR"
ACS = "ACS-CASG"


def cocof(year: int) -> str:
    """Reference of the yearly award of the COCOF."""
    return f"COCOF-{year}"


def cocom(year: int) -> str:
    """Reference of the yearly optional award of the COCOM."""
    return f"COCOM-{year}"


def saspp(year: int) -> str:
    """Reference of the yearly award of Wallonia."""
    return f"SASPP-{year}"


@dataclass(frozen=True)
class Award:
    """An award and its letter; without `ends_on` it runs on."""

    reference: str
    scheme: str
    label: str
    approval: str | None
    letter_on: date
    notified_on: date
    starts_on: date
    ends_on: date | None = None
    renews: str | None = None

    @property
    def letter(self) -> str:
        return f"LETTRE-DEMO-{self.reference}"


def _yearly(year: int) -> Iterator[Award]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    for reference, scheme, label, approval, day in (
        (cocof(year), "cocof_casg", "CASG, subvention organique", CASG, 5),
        (cocom(year), "cocom_facultative", "Aide juridique et action de quartier", None, 11),
        (saspp(year), "wallonia_saspp", "SASPP, forfait annuel", SASPP, 8),
    ):
        letter_on, notified_on = date(year - 1, 12, day), date(year - 1, 12, day + 7)
        renews = reference.replace(str(year), str(year - 1)) if year > YEARS[0] else None
        yield Award(
            reference, scheme, f"DEMO {label} {year}", approval, letter_on, notified_on,
            first, last, renews,
        )  # fmt: skip


AWARDS: tuple[Award, ...] = (
    Award(
        MARIBEL, "maribel", "DEMO Maribel social, fonds 332", CASG,
        date(2020, 11, 16), date(2020, 11, 23), date(2021, 1, 1),
    ),
    Award(
        APE, "ape", "DEMO APE, décision de base", SASPP,
        date(2021, 12, 6), date(2021, 12, 14), date(2022, 1, 1),
    ),
    Award(
        ACS, "acs", "DEMO ACS, convention", CASG,
        date(2013, 3, 18), date(2013, 3, 25), date(2013, 5, 1),
    ),
    *(award for year in YEARS for award in _yearly(year)),
)  # fmt: skip
BY_REFERENCE = {award.reference: award for award in AWARDS}


def award_row(reference: str) -> Row:
    """The row of one award."""
    award = BY_REFERENCE[reference]
    return {
        "reference": award.reference,
        "approval": award.approval,
        "scheme": award.scheme,
        "label": award.label,
        "letter_reference": award.letter,
        "letter_on": award.letter_on,
        "notified_on": award.notified_on,
        "starts_on": award.starts_on,
        "ends_on": award.ends_on,
        "renews": award.renews,
    }
