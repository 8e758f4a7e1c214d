"""`backoffice risk` as typed: one line for each award, and the back-test of a closed year."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.federation.models import Organisation
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    TermFactory,
    WorkerFactory,
)
from tests.reports.commands.conftest import Terminal

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2023, 1, 1), "ends_on": date(2025, 12, 31)}


@pytest.fixture
def organisation() -> Organisation:
    """A worker paid 1,000.00 EUR a month for three years, on an award of 15,000.00 EUR a year."""
    found = OrganisationFactory()
    worker = WorkerFactory(organisation=found)
    ContractLineFactory(worker=worker)
    award = AwardFactory(organisation=found, scheme="cocof_facultative", reference="PROJET", **DAYS)
    post = PostFactory(award=award, **DAYS)
    AssignmentFactory(worker=worker, post=post, **DAYS)
    for year in (2023, 2024, 2025):
        whole = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        TermFactory(award=award, value="15000.00", **whole)
        for month in range(1, 13):
            row = PayMonthFactory(worker=worker, month=date(year, month, 1))
            PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal("1000.00"))
    return found


def test_each_award_has_its_line(terminal: Terminal, organisation: Organisation) -> None:
    number = organisation.enterprise_number
    asked = ["--organisation", number, "--year", "2025", "--month", "12", "--as-of", "2026-06-30"]
    assert terminal.run("risk", *asked) == 0
    assert terminal.out == (
        "2025, vu au 31/12/2025\n"
        "PROJET : accordé 15000.00 EUR, serait payable 12000.00 EUR, en danger 3000.00 EUR, "
        "entre 12000.00 et 12000.00 EUR\n"
    )


def test_a_closed_year_is_tested_month_by_month(
    terminal: Terminal, organisation: Organisation
) -> None:
    assert organisation
    assert terminal.run("risk", "--back-test", "--year", "2025", "--as-of", "2026-06-30") == 0
    lines = terminal.out.splitlines()
    assert [line.split(" :")[0] for line in lines] == [
        f"mois {month} {scheme}"
        for month in (3, 6, 9)
        for scheme in ("toutes", "cocof_facultative")
    ]
    assert all(": 1 subventions, erreur moyenne " in line for line in lines)
    assert all(line.endswith("dans la marge 1") for line in lines)


def test_a_month_that_is_none_is_refused(terminal: Terminal, organisation: Organisation) -> None:
    number = organisation.enterprise_number
    assert terminal.run("risk", "--organisation", number, "--year", "2025", "--month", "13") == 2
    assert terminal.err == "--month : « 13 » n'est pas un mois de 1 à 12.\n"


def test_a_year_without_pay_is_one_sentence(terminal: Terminal, organisation: Organisation) -> None:
    number = organisation.enterprise_number
    assert terminal.run("risk", "--organisation", number, "--year", "2031") == 2
    assert terminal.err == (
        "Aucune paie en 2031 : choisissez une année où il y en a, 2025, 2024, 2023.\n"
    )
