"""`backoffice cash`: what the page of the treasury shows, as files."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from backoffice.federation.models import Organisation
from reports.treasury.page import page_of
from reports.treasury.reading import ground_of
from tests.factories import (
    AwardFactory,
    InstalmentFactory,
    OrganisationFactory,
    TermFactory,
    TreasuryRulesFactory,
)

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)


@pytest.fixture
def organisation() -> Organisation:
    found = OrganisationFactory()
    TreasuryRulesFactory(organisation=found, balance_on=AS_OF, balance="1000.00")
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    award = AwardFactory(organisation=found, scheme="cocof_facultative", **days)
    TermFactory(award=award, value="9000.00", **days)
    InstalmentFactory(
        award=award, year=2026, number=1, due_on=date(2026, 6, 1), amount="9000.00", kind="advance"
    )
    return found


def written(organisation: Organisation, tmp_path: Path, *more: str) -> dict:
    call_command(
        "cash",
        *("--organisation", organisation.enterprise_number, "--as-of", AS_OF.isoformat()),
        *("--out", str(tmp_path), *more),
    )
    (path,) = tmp_path.glob("*.json")
    return json.loads(path.read_text())


def test_the_file_has_each_day_of_the_years_as_the_page_shows_it(
    organisation: Organisation, tmp_path: Path
) -> None:
    found = written(organisation, tmp_path, "--years", "2026-2027")
    page = page_of(ground_of(organisation, AS_OF))
    assert found["known"]
    assert found["opening"] == {"day": "2026-03-31", "balance": "1000.00"}
    assert len(found["days"]) == (date(2027, 12, 31) - AS_OF).days
    last = found["days"][-1]
    assert last["day"] == "2027-12-31"
    assert last["balance"].replace(".", "") == str(page.shown.curve.on(date(2027, 12, 31)))
    assert {"day": "2026-06-01", "balance": "10000.00"} in found["days"]
    assert [one["month"] for one in found["months"]][:1] == ["2026-04"]
    (book,) = tmp_path.glob("*.xlsx")
    assert load_workbook(book).sheetnames


def test_a_later_first_year_opens_with_the_balance_of_the_evening_before(
    organisation: Organisation, tmp_path: Path
) -> None:
    found = written(organisation, tmp_path, "--years", "2027-2028")
    assert found["opening"]["day"] == "2026-12-31"
    assert {one["day"][:4] for one in found["days"]} == {"2027", "2028"}
    assert {one["month"][:4] for one in found["months"]} == {"2027", "2028"}


def test_a_scenario_moves_the_curve(organisation: Organisation, tmp_path: Path) -> None:
    path = tmp_path / "S.toml"
    path.write_text(
        'name = "Plus tard"\n[[patches]]\nkind = "pay_date"\ntarget = "*"\n'
        "from = 2026-04-01\ndelay_days = 60\n"
    )
    found = written(organisation, tmp_path, "--years", "2026", "--scenario", str(path))
    assert found["scenario"] == "Plus tard"
    balances = {one["day"]: one["balance"] for one in found["days"]}
    assert balances["2026-06-01"] == "1000.00"
    assert balances["2026-07-31"] == "10000.00"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--years", "2024-2025"), "commence au 31/03/2026"),
        (("--years", "deux"), "AAAA-AAAA"),
        (("--years", "2026", "--scenario", "rien.toml"), "rien.toml"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_sentence(
    organisation: Organisation, tmp_path: Path, more, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        written(organisation, tmp_path, *more)
