"""The whole demonstration employer agrees with plain fractions, award by award and to the cent."""

from datetime import date
from pathlib import Path

import pytest

from backoffice.federation.models import Organisation
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, YEARS, demo_rows
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.justifications import settled
from reports.snapshots import year_facts
from tests.engine.claims.reference import Amounts, reference_settle

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 11, 2)


@pytest.mark.parametrize("year", YEARS)
def test_a_year_of_the_demonstration_equals_the_exact_reference(tmp_path: Path, year: int) -> None:
    path = tmp_path / "demo.xlsx"
    write_workbook(
        demo_rows(year), path, enterprise_number=DEMO_ENTERPRISE_NUMBER, year=year, demo=True
    )
    import_workbook(path)
    organisation = Organisation.objects.get(enterprise_number=DEMO_ENTERPRISE_NUMBER)
    facts = year_facts(organisation, year, AS_OF)
    expected = reference_settle(facts.staff.pay, facts.slices, facts.inputs, facts.known)
    ledger = settled(facts)
    found = {
        claim.award.key: Amounts(claim.presented, claim.admissible, claim.payable)
        for claim in ledger.claims
    }
    assert len(found) >= 5
    assert found == expected.claims
    assert ledger.own_funds.tolist() == expected.own_funds
