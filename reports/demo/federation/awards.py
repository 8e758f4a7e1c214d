"""The awards of an employer: one a year for each one-year role, one that runs on for posts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from reports.demo.federation.plan import Employer, Service
from reports.demo.federation.services import FEDERATION, JOBS, MARIBEL, OPTIONAL, ORGANIC, PROJECT
from reports.demo.rows import YEARS, Row, touches

LABELS = {
    ORGANIC: "Subvention organique",
    MARIBEL: "Maribel social",
    JOBS: "Postes subventionnés",
    OPTIONAL: "Aide juridique et coordination",
    PROJECT: "Action communautaire de quartier",
}
_OPEN_SINCE = {
    "maribel": date(2021, 1, 1),
    "ape": date(2022, 1, 1),
    "acs": date(2005, 1, 1),
}
_LETTER_DAYS = {ORGANIC: 5, OPTIONAL: 11, PROJECT: 15}


@dataclass(frozen=True, eq=False)
class Granted:
    """An award and its letter; `year` is None when it runs on."""

    reference: str
    service: Service
    role: str
    year: int | None
    letter_on: date
    notified_on: date

    @property
    def scheme(self) -> str:
        return self.service.kind.schemes[self.role]

    @property
    def letter(self) -> str:
        return f"LETTRE-DEMO-{self.reference}"

    @property
    def starts_on(self) -> date:
        return _OPEN_SINCE[self.scheme] if self.year is None else date(self.year, 1, 1)

    @property
    def ends_on(self) -> date | None:
        return None if self.year is None else date(self.year, 12, 31)

    def exercises(self) -> tuple[int, ...]:
        """The years of the demonstration that it covers."""
        return YEARS if self.year is None else (self.year,)


@cache
def granted_awards(employer: Employer) -> tuple[Granted, ...]:
    """Every award of an employer, by service and role."""
    return tuple(
        award
        for service in employer.services
        for role in service.roles
        for award in _awards(service, role)
    )


def _awards(service: Service, role: str) -> Iterator[Granted]:
    template = service.kind.references[role]
    if "{year}" not in template:
        since = _OPEN_SINCE[service.kind.schemes[role]]
        letter_on = date(since.year - 1, 11, 16)
        yield Granted(template, service, role, None, letter_on, letter_on.replace(day=23))
        return
    for year in YEARS:
        letter_on = date(year - 1, 12, _LETTER_DAYS[role])
        notified_on = letter_on.replace(day=letter_on.day + 7)
        reference = template.format(year=year)
        yield Granted(reference, service, role, year, letter_on, notified_on)


def award_rows(employer: Employer, year: int, moved: set[object]) -> Sequence[Row]:
    """The awards of a year and those in `moved`, whose money moved in it, with the renewed ones."""
    wanted = {
        award.reference
        for award in granted_awards(employer)
        if touches(year, award.starts_on, award.ends_on) or award.reference in moved
    }
    renewed = {before for one in wanted if (before := _renews(one))}
    return [
        _row(award) for award in granted_awards(employer) if award.reference in wanted | renewed
    ]


def _renews(reference: str) -> str | None:
    """The yearly award of the year before, when the demonstration holds it."""
    stem, _dash, year = reference.rpartition("-")
    if not year.isdigit() or int(year) - 1 not in YEARS:
        return None
    return f"{stem}-{int(year) - 1}"


def _row(award: Granted) -> Row:
    label, code = LABELS[award.role], award.service.code
    service = "fédération" if code == FEDERATION.code else code
    year = "" if award.year is None else f" {award.year}"
    return {
        "reference": award.reference,
        "approval": award.service.code,
        "scheme": award.scheme,
        "label": f"DEMO {label}, {service}{year}",
        "letter_reference": award.letter,
        "letter_on": award.letter_on,
        "notified_on": award.notified_on,
        "starts_on": award.starts_on,
        "ends_on": award.ends_on,
        "renews": None if award.year is None else _renews(award.reference),
    }
