"""What reading assumes of the years that nobody has written yet, and how it says so."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from backoffice.engine.scenario.run import Run, run
from backoffice.federation.models import Organisation
from grants.models import Award
from reports.projection.reading import projection_facts
from staffing.models import ContractLine, Worker
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

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 6, 30)
LAST = date(2025, 12, 31)


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory()


def worker_of(organisation: Organisation, *, paid: str = "159.60", unpaid: str = "0") -> Worker:
    """Someone full time since 2022, with pay for the whole of 2025; December as given."""
    worker = WorkerFactory(organisation=organisation)
    ContractLineFactory(worker=worker)
    for month in range(1, 13):
        hours = (paid, unpaid) if month == 12 else ("159.60", "0")
        row = PayMonthFactory(
            worker=worker,
            month=date(2025, month, 1),
            paid_hours=Decimal(hours[0]),
            unpaid_hours=Decimal(hours[1]),
        )
        PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal("3300.00"))
        PayItemFactory(pay_month=row, cost_item="meal_vouchers", amount=Decimal("90.00"))
    return worker


def yearly_award(organisation: Organisation, worker: Worker, *, ends_on: date = LAST) -> Award:
    """An award of 2025 with a letter's amount, held by the worker for the whole year."""
    award = AwardFactory(
        organisation=organisation,
        scheme="cocof_facultative",
        starts_on=date(2025, 1, 1),
        ends_on=ends_on,
    )
    TermFactory(award=award, value="20000.00", starts_on=date(2025, 1, 1), ends_on=ends_on)
    post = PostFactory(award=award, starts_on=date(2025, 1, 1), ends_on=ends_on)
    AssignmentFactory(worker=worker, post=post, starts_on=date(2025, 1, 1), ends_on=ends_on)
    return award


def projected(organisation: Organisation, last: int = 2027) -> Run:
    return run(projection_facts([organisation], 2026, last, AS_OF))


def notes_of(done: Run) -> dict[str, str]:
    return {note.code: note.subject or str(note.count) for note in done.notes}


def test_a_yearly_award_goes_on_with_its_amount_and_its_worker(organisation: Organisation) -> None:
    award = yearly_award(organisation, worker_of(organisation))
    done = projected(organisation)
    assert done.facts.years.year.tolist() == [2026, 2027]
    assert done.facts.years.granted.tolist() == [2_000_000, 2_000_000]
    assert done.facts.renewed.tolist() == [1, 1]
    assert done.funding.payable.tolist() == [2_000_000, 2_000_000]
    assert notes_of(done)["renewed"] == award.reference


def test_an_award_of_part_of_a_year_ends_with_its_letter(organisation: Organisation) -> None:
    yearly_award(organisation, worker_of(organisation), ends_on=date(2025, 9, 30))
    assert len(projected(organisation).facts.years) == 0


def test_an_award_like_it_from_the_next_day_follows_one_award_only(
    organisation: Organisation,
) -> None:
    worker = worker_of(organisation)
    followed, other = (yearly_award(organisation, worker) for _ in range(2))
    AwardFactory(
        organisation=organisation,
        scheme="cocof_facultative",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    first, second = sorted([followed.reference, other.reference])
    done = projected(organisation, last=2026)
    standing = {done.facts.names.awards[award] for award in done.facts.years.award}
    assert second in standing
    assert first not in standing


def test_an_award_that_another_renews_is_not_renewed_twice(organisation: Organisation) -> None:
    former = yearly_award(organisation, worker_of(organisation))
    AwardFactory(
        organisation=organisation,
        scheme="cocof_facultative",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        renews=former,
    )
    done = projected(organisation)
    names = [done.facts.names.awards[award] for award in done.facts.years.award]
    assert former.reference not in names
    assert done.facts.years.granted.tolist() == [2_000_000, 2_000_000]
    assert "grant_carried" in notes_of(done)


def test_an_award_pays_nothing_after_the_last_day_of_its_scheme(
    organisation: Organisation,
) -> None:
    AwardFactory(organisation=organisation, scheme="ape", starts_on=date(2022, 1, 1), ends_on=None)
    worker_of(organisation)
    assert projected(organisation).facts.years.year.tolist() == [2026]


def test_someone_away_stays_away_while_a_replacement_lasts(organisation: Organisation) -> None:
    away = worker_of(organisation, paid="0", unpaid="159.60")
    stand_in = worker_of(organisation)
    ContractLine.objects.filter(worker=stand_in).update(
        replaces=away, kind="replacement", ends_on=date(2026, 8, 31)
    )
    done = projected(organisation, 2026)
    place = done.facts.names.workers.index(away.number)
    gross = done.months.pay.costs["gross"][done.months.pay.worker == place]
    assert gross[:8].tolist() == [0] * 8
    assert (gross[8:] > 0).all()
    assert "absent_back" not in notes_of(done)


def test_someone_away_whom_nobody_replaces_is_counted_as_back_and_named(
    organisation: Organisation,
) -> None:
    worker_of(organisation, paid="0", unpaid="159.60")
    done = projected(organisation, 2026)
    assert notes_of(done)["absent_back"] == "1"


def test_items_of_the_last_year_come_again_in_their_month(organisation: Organisation) -> None:
    worker_of(organisation)
    done = projected(organisation, 2026)
    assert done.months.pay.costs["meal_vouchers"].tolist() == [9_000] * 12
    assert done.months.pay.costs["double_holiday"].nonzero()[0].tolist() == [5]


def test_the_last_month_that_the_index_tells_is_named(organisation: Organisation) -> None:
    worker_of(organisation)
    done = projected(organisation, 2030)
    assert notes_of(done)["index_stops"].startswith("private_m2 20")
    assert done.months.status.max() == done.months.status[-1]
    assert np.all(np.diff(done.facts.index.status[0]) >= 0)
