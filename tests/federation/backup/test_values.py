"""Values go into lines and come back exactly, whatever people typed."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.federation.backup.tables import Table
from backoffice.federation.models import Job, Organisation
from grants.models import Award, Instalment
from staffing.models import ContractLine
from tests.factories import AwardFactory, ContractLineFactory, JobFactory, OrganisationFactory

TYPED = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TYPED,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TYPED, inner, max_size=3),
    max_leaves=8,
)
CENTS = st.integers(-999_999_999_999, 999_999_999_999)
MOMENTS = st.integers(0, 4_000_000_000_000_000).map(
    lambda microseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def award(transactional_db: None) -> Award:
    return AwardFactory.create()


@pytest.fixture
def line(transactional_db: None) -> ContractLine:
    return ContractLineFactory.create()


def there_and_back(table: Table) -> None:
    """The rows of the table leave as lines and return."""
    before = list(table.lines())
    table.rows().delete()
    table.store(before)
    assert list(table.lines()) == before


@MANY
@given(cents=CENTS, day=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_an_amount_and_a_day(award: Award, cents: int, day: date) -> None:
    Instalment.objects.all().delete()
    amount = Decimal(cents).scaleb(-2)
    row = Instalment.objects.create(
        award=award, year=2024, number=1, kind="advance", due_on=day, amount=amount
    )
    there_and_back(Table(Instalment))
    row.refresh_from_db()
    assert (row.amount.amount, row.due_on) == (amount, day)


@MANY
@given(hundredths=st.integers(1, 999_999))
def test_a_number_of_hours(line: ContractLine, hundredths: int) -> None:
    hours = Decimal(hundredths).scaleb(-2)
    ContractLine.objects.update(weekly_hours=hours, full_time_hours=hours)
    there_and_back(Table(ContractLine))
    assert ContractLine.objects.get().weekly_hours == hours


@MANY
@given(name=TYPED)
def test_a_text_with_any_character(transactional_db: None, name: str) -> None:
    Organisation.objects.all().delete()
    OrganisationFactory.create(name=name)
    there_and_back(Table(Organisation))
    assert Organisation.objects.get().name == name


@MANY
@given(arguments=st.dictionaries(TYPED, JSON, max_size=4), moment=MOMENTS)
def test_a_document_and_a_moment(
    transactional_db: None, arguments: dict[str, object], moment: datetime
) -> None:
    Job.objects.all().delete()
    JobFactory.create(arguments=arguments, heartbeat_at=moment)
    there_and_back(Table(Job))
    job = Job.objects.get()
    assert (job.arguments, job.heartbeat_at) == (arguments, moment)


def test_a_table_longer_than_a_chunk_keeps_its_order_and_its_count(
    transactional_db: None,
) -> None:
    Organisation.objects.bulk_create(
        Organisation(enterprise_number=f"{number:010d}", name="Service") for number in range(4500)
    )
    there_and_back(Table(Organisation))
    assert Organisation.objects.count() == 4500
