"""Assignments rewritten month by month: the days of other months stay, equal neighbours join."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.periods import month_index, year_period
from staffing.allocation import Held, Stretch, rewritten
from staffing.models import AllocationNote, Assignment
from staffing.services.allocation import AllocationMoved, MonthChange, reallocate, versions_of
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    OrganisationFactory,
    PostFactory,
    UserFactory,
    WorkerFactory,
)

MARCH = month_index(date(2024, 3, 1))
OPEN = date.max.toordinal()


def day(month: int, number: int) -> int:
    return date(2024, month, number).toordinal()


def hours_on(rows, ordinal: int) -> int:
    return sum(row.hours for row in rows if row.start <= ordinal < row.stop)


def test_a_month_in_the_middle_splits_an_open_assignment_and_keeps_both_sides():
    rows = [Held(day(1, 1), OPEN, 3800, "lettre")]
    found = rewritten(rows, {MARCH: [Stretch(day(3, 1), day(4, 1), 1900)]})
    assert found == (
        Held(day(1, 1), day(3, 1), 3800, "lettre"),
        Held(day(3, 1), day(4, 1), 1900),
        Held(day(4, 1), OPEN, 3800, "lettre"),
    )


def test_the_former_hours_put_back_make_one_assignment_again():
    rows = [Held(day(1, 1), OPEN, 3800, "lettre")]
    split = rewritten(rows, {MARCH: [Stretch(day(3, 1), day(4, 1), 1900)]})
    assert rewritten(split, {MARCH: [Stretch(day(3, 1), day(4, 1), 3800)]}) == tuple(rows)


def test_neighbours_with_two_reasons_stay_two():
    rows = [Held(day(1, 1), day(3, 1), 1900, "un"), Held(day(4, 1), OPEN, 1900, "deux")]
    found = rewritten(rows, {MARCH: [Stretch(day(3, 1), day(4, 1), 1900)]})
    assert found == (Held(day(1, 1), day(4, 1), 1900, "un"), rows[1])


def test_rows_that_would_begin_together_are_added_up():
    rows = [Held(day(1, 1), OPEN, 1000), Held(day(2, 1), day(7, 1), 500)]
    found = rewritten(rows, {MARCH: []})
    assert [row.start for row in found] == sorted({row.start for row in found})
    assert [hours_on(found, day(month, 15)) for month in range(1, 9)] == [
        *(1000, 1500, 0, 1500, 1500, 1500, 1000, 1000)
    ]


@st.composite
def held(draw):
    start = draw(st.integers(day(1, 1) - 200, day(12, 31)))
    stop = draw(st.one_of(st.just(OPEN), st.integers(start + 1, day(12, 31) + 200)))
    reason = draw(st.sampled_from(["", "un", "deux"]))
    return Held(start, stop, draw(st.sampled_from([950, 1900, 3800])), reason)


@st.composite
def stretches(draw, month: int):
    first, stop = day(month, 1), date(2024 + month // 12, month % 12 + 1, 1).toordinal()
    cut = draw(st.integers(first, stop))
    parts = [(first, cut), (cut, stop)]
    drawn = [Stretch(*part, draw(st.sampled_from([0, 950, 1900]))) for part in parts]
    return [one for one in drawn if one.hours and one.start < one.stop]


@given(
    rows=st.lists(held(), max_size=4, unique_by=lambda row: row.start),
    wanted=st.fixed_dictionaries({3: stretches(3), 4: stretches(4), 12: stretches(12)}),
)
def test_each_day_carries_what_was_asked_and_every_other_day_what_it_did(rows, wanted):
    months = {month_index(date(2024, month, 1)): each for month, each in wanted.items()}
    found = rewritten(rows, months)
    assert len({row.start for row in found}) == len(found)
    assert all(row.hours > 0 and row.start < row.stop for row in found)
    for ordinal in range(day(1, 1) - 210, day(12, 31) + 210):
        month = date.fromordinal(ordinal)
        asked = wanted.get(month.month) if month.year == 2024 else None
        assert hours_on(found, ordinal) == hours_on(rows if asked is None else asked, ordinal)


@pytest.fixture
def held_post(db):
    organisation = OrganisationFactory()
    award = AwardFactory(organisation=organisation, reference="MARIBEL-1")
    post = PostFactory(award=award, code="P1")
    worker = WorkerFactory(organisation=organisation, number="W01")
    ContractLineFactory(worker=worker)
    AssignmentFactory(worker=worker, post=post)
    return organisation, worker, post


def change(worker, post, hours: int = 1900) -> MonthChange:
    stretch = Stretch(day(3, 1), day(4, 1), hours)
    return MonthChange(worker.pk, post.pk, MARCH, (stretch,), "38", "19")


def test_a_saved_month_is_dated_and_noted_with_who_and_why(held_post):
    organisation, worker, post = held_post
    by = UserFactory()
    reallocate(
        organisation=organisation,
        changes=[change(worker, post)],
        versions=versions_of([worker.pk], year_period(2024)),
        reason="Mi-temps demandé",
        by=by,
    )
    rows = Assignment.objects.order_by("starts_on")
    assert [(row.starts_on, row.ends_on, row.weekly_hours) for row in rows] == [
        (date(2024, 1, 1), date(2024, 2, 29), Decimal("38.00")),
        (date(2024, 3, 1), date(2024, 3, 31), Decimal("19.00")),
        (date(2024, 4, 1), None, Decimal("38.00")),
    ]
    note = AllocationNote.objects.get()
    assert (note.worker_number, note.award_reference, note.post_code) == ("W01", "MARIBEL-1", "P1")
    assert (note.before, note.after, note.reason, note.by) == ("38", "19", "Mi-temps demandé", by)


def test_a_year_that_a_colleague_changed_is_refused_and_nothing_is_written(held_post):
    organisation, worker, post = held_post
    read = versions_of([worker.pk], year_period(2024))
    Assignment.objects.update(weekly_hours=Decimal("30.00"))
    with pytest.raises(AllocationMoved) as error:
        reallocate(
            organisation=organisation,
            changes=[change(worker, post)],
            versions=read,
            reason="Mi-temps demandé",
            by=None,
        )
    assert error.value.workers == {worker.pk}
    assert Assignment.objects.get().weekly_hours == Decimal("30.00")
    assert not AllocationNote.objects.exists()


def test_a_worker_or_a_post_of_another_organisation_is_refused(held_post):
    organisation, worker, post = held_post
    for one in (change(WorkerFactory(), post), change(worker, PostFactory())):
        with pytest.raises((type(worker).DoesNotExist, type(post).DoesNotExist)):
            reallocate(organisation=organisation, changes=[one], versions={}, reason="Non", by=None)
    assert Assignment.objects.get().ends_on is None
