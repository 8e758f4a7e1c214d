"""Decisions that come after a dossier was sent: what is to claim, of which months, and why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backoffice.engine import money
from grants.models import Term
from reports.complements.content import months_of
from reports.justifications import award_dossier
from tests.factories import (
    FigureEntryFactory,
    InvoiceFactory,
    SupplierFactory,
    VentilationFactory,
)
from tests.golden import cases, name_of
from tests.reports.complements.situations import EARLY, Year, year_of

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("case", cases("complements.csv"), ids=name_of)
def test_a_late_decision_leaves_what_was_sent_and_gives_the_difference(
    case: dict[str, str],
) -> None:
    place = year_of(case["scheme"], int(case["year"]))
    place.term(case["term"], case["first"])
    sent = place.send()
    place.term(case["term"], case["second"], place.decided_on)
    found = place.only()
    assert money.text(found.sent or 0) == case["sent"]
    assert money.text(found.payable or 0) == case["now"]
    assert money.text(found.amount or 0) == case["complement"]
    assert sum(line.amount for line in found.lines) == found.amount
    (cause,) = found.causes
    assert (cause.old, cause.new) == (case["first"], case["second"])
    assert (cause.decided, cause.late) == (place.decided_on, True)
    document = sent.document
    sent.refresh_from_db()
    assert sent.document == document
    assert case["source"]


def late_ceiling() -> Year:
    place = year_of()
    place.term("ceiling", "41881.00")
    place.send()
    place.term("ceiling", "42978.00", place.decided_on)
    return place


def test_the_complement_is_spread_over_the_months_as_the_ledger_does() -> None:
    found = late_ceiling().only()
    assert [line.month for line in found.lines] == [2022 * 12 + month for month in range(12)]
    assert {line.head for line in found.lines} == {"staff"}
    assert {line.amount for line in found.lines} <= {9141, 9142}
    assert sum(line.amount for line in found.lines) == 109_700
    (*months,) = months_of((found,))
    assert sum(one.total for one in months) == 109_700
    assert months[0].heads == {"staff": found.lines[0].amount}


def test_a_past_day_does_not_know_what_was_decided_after_it() -> None:
    place = late_ceiling()
    before = place.only(place.decided_on - ONE_DAY)
    assert (before.amount, before.lines, before.causes) == (0, (), ())
    assert not before.differs
    assert place.seen(place.sent_on - ONE_DAY) == ()


def test_a_general_figure_that_a_user_fills_in_is_a_late_decision_too() -> None:
    place = year_of()
    code = "maribel.ceiling_329_02"
    since, source = date(2022, 1, 1), "Lettre du fonds 329.02"
    entry = {"code": code, "since": since, "status": "confirmed"}
    FigureEntryFactory(value="41881.00", decided_on=date(2021, 12, 15), **entry)
    place.send()
    FigureEntryFactory(value="42978.00", decided_on=place.decided_on, source=source, **entry)
    found = place.only()
    assert found.amount == 109_700
    (cause,) = found.causes
    assert (cause.code, cause.old, cause.new) == (code, "41881.00", "42978.00")
    assert (cause.source, cause.late) == (source, True)


def test_an_award_that_was_not_sent_is_simply_recomputed() -> None:
    place = year_of()
    place.term("ceiling", "41881.00")
    place.term("ceiling", "42978.00", place.decided_on)
    assert place.seen() == ()
    dossier = award_dossier(place.organisation, "A", 2022, place.decided_on)
    assert dossier.amounts.payable == 4_297_800


def test_a_second_version_sent_after_the_decision_leaves_nothing_to_claim() -> None:
    place = late_ceiling()
    place.send(place.decided_on)
    after = place.only()
    assert (after.version, after.amount) == (2, 0)
    place.term("ceiling", "43000.00", place.decided_on + ONE_DAY)
    third = place.only(place.decided_on + ONE_DAY)
    assert (third.version, third.amount) == (2, 2_200)
    assert [(cause.old, cause.new) for cause in third.causes] == [("42978.00", "43000.00")]
    between = place.only(place.decided_on - ONE_DAY)
    assert (between.version, between.amount) == (1, 0)


def test_a_worker_removed_since_is_to_give_back_and_is_no_decision() -> None:
    place = year_of()
    place.term("ceiling", "41881.00")
    place.send()
    place.worker.assignments.all().delete()
    found = place.only()
    assert (found.payable, found.amount) == (0, -4_188_100)
    assert (found.staff.removed, found.staff.added, found.staff.changed) == (12, 0, 0)
    assert found.causes == ()


def test_an_invoice_encoded_since_is_told_by_its_month_and_head() -> None:
    place = year_of("cocom_facultative", 2023)
    place.term("granted", "60000.00")
    place.send()
    supplier = SupplierFactory(organisation=place.organisation)
    invoice = InvoiceFactory(
        supplier=supplier,
        organisation=place.organisation,
        issued_on=date(2023, 5, 3),
        paid_on=date(2023, 5, 9),
        amount=Decimal("100.01"),
    )
    VentilationFactory(invoice=invoice, award=place.award)
    found = place.only()
    (line,) = found.lines
    assert (line.month, line.head, line.sent, line.now) == (2023 * 12 + 4, "running", 0, 9_801)
    assert found.invoices.added == 1
    assert not found.staff


def test_what_is_no_longer_known_is_said_and_never_0() -> None:
    place = year_of("cocom_facultative", 2023)
    place.term("granted", "60000.00")
    place.send()
    Term.objects.filter(code="granted").delete()
    found = place.only()
    assert (found.sent, found.payable, found.amount, found.lines) == (4_800_000, None, None, ())
    assert found.differs
    assert found.missing
    assert months_of((found,)) == ()


def test_an_award_that_no_longer_touches_the_exercise_is_named_and_not_dropped() -> None:
    place = year_of("cocom_facultative", 2023)
    place.term("granted", "60000.00")
    place.send()
    place.award.ends_on = date(2022, 12, 31)
    place.award.save()
    found = place.only()
    assert (found.sent, found.payable, found.amount) == (4_800_000, None, None)
    assert found.funder["fr"] == "Commission communautaire commune (COCOM)"
    assert "ne touche plus cet exercice" in found.missing[0]


def test_a_decision_taken_earlier_and_encoded_late_is_named_without_being_late() -> None:
    place = year_of()
    place.term("ceiling", "41881.00")
    place.send()
    Term.objects.filter(code="ceiling").delete()
    place.term("ceiling", "42978.00", EARLY + ONE_DAY)
    (cause,) = place.only().causes
    assert (cause.old, cause.new, cause.late) == ("41881.00", "42978.00", False)
