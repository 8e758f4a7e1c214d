"""The risk of recovery of a service, from its awards and its pay to its page."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backoffice.federation.models import Organisation
from backoffice.federation.roles import Role
from grants.models import Award
from reports.risk.page import NoPayThatYear, Risk, RiskPage, page_of
from reports.risk.seen import closed_years, misses_of
from staffing.models import PayItem, Worker
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    InvoiceFactory,
    JustificationFactory,
    JustificationFileFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    TermFactory,
    VentilationFactory,
    WorkerFactory,
)
from tests.people import member

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 6, 30)
WHOLE = {"starts_on": date(2024, 1, 1), "ends_on": date(2025, 12, 31)}


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory()


def paid_worker(organisation: Organisation, *years: int, gross: str = "1000.00") -> Worker:
    worker = WorkerFactory(organisation=organisation)
    ContractLineFactory(worker=worker)
    for year in years:
        for month in range(1, 13):
            row = PayMonthFactory(worker=worker, month=date(year, month, 1))
            PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal(gross))
    return worker


def granted(organisation: Organisation, amount: str, *, worker: Worker | None) -> Award:
    """An award of 2024 and 2025 for one post."""
    award = AwardFactory(organisation=organisation, scheme="cocof_facultative", **WHOLE)
    for year in (2024, 2025):
        days = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
        TermFactory(award=award, value=amount, **days)
    post = PostFactory(award=award, **WHOLE)
    if worker:
        AssignmentFactory(worker=worker, post=post, **WHOLE)
    return award


def page(organisation: Organisation, month: int | None = None, year: int = 2025) -> RiskPage:
    found = page_of(organisation, year, month, AS_OF)
    assert found is not None
    return found


def only(organisation: Organisation, month: int | None = None) -> Risk:
    [one] = page(organisation, month).risks
    return one


def test_what_is_not_justified_is_told_with_its_days(organisation: Organisation) -> None:
    granted(organisation, "15000.00", worker=paid_worker(organisation, 2024, 2025))
    one = only(organisation, 12)
    assert (one.granted, one.projected, one.lost) == (15_000_00, 12_000_00, 3_000_00)
    assert (one.ends_on, one.days_left) == (date(2025, 12, 31), 0)
    assert only(organisation, 6).days_left == 184
    assert page(organisation).lost == 3_000_00


def test_a_year_is_seen_from_the_pay_of_its_month(organisation: Organisation) -> None:
    worker = paid_worker(organisation, 2024, 2025)
    granted(organisation, "15000.00", worker=worker)
    early = only(organisation, 6).projected
    PayItem.objects.filter(pay_month__month__gte=date(2025, 7, 1)).delete()
    worker.pay_months.filter(month__gte=date(2025, 7, 1)).delete()
    seen = page(organisation)
    assert (seen.month, seen.months) == (6, (1, 2, 3, 4, 5, 6))
    assert page(organisation, 12).month == 6
    assert only(organisation).projected == early


def test_the_band_is_what_closed_years_missed_by(organisation: Organisation) -> None:
    worker = paid_worker(organisation, 2023, 2024, 2025)
    granted(organisation, "15000.00", worker=worker)
    # In June 2024 nobody knew that the second half of the year would cost less.
    for row in worker.pay_months.filter(month__year=2024, month__month__gte=7):
        row.items.update(amount=Decimal("900.00"))
    [miss] = misses_of([organisation], [2024], 6, AS_OF)
    assert miss.real == 11_400_00
    assert miss.projected > miss.real
    one = only(organisation, 6)
    assert one.band is not None
    assert one.projected is not None
    assert one.granted is not None
    error = miss.projected - miss.real
    assert (one.band.high, one.band.count) == (min(one.projected + error, one.granted), 1)
    assert one.projected - one.band.low == miss.projected - miss.real
    whole = page(organisation, 6)
    assert whole.closed == (2024,)
    assert (whole.most, whole.least) == (one.most, one.least)
    assert one.most is not None
    assert one.lost is not None
    assert one.most - one.lost == miss.projected - miss.real


def test_a_year_without_pay_is_refused_with_those_that_have_some(
    organisation: Organisation,
) -> None:
    paid_worker(organisation, 2024, 2025)
    with pytest.raises(NoPayThatYear, match=r"Aucune paie en 2031 : .* 2025, 2024\."):
        page_of(organisation, 2031, None, AS_OF)
    client = member(Role.DIRECTOR, organisation)
    shown = client.get(reverse("risk"), {"annee": "2031"}).content.decode()
    assert "Aucune paie en 2031" in shown
    assert f'href="{reverse("risk")}' in shown


def test_a_year_teaches_only_once_it_is_over_and_after_another(organisation: Organisation) -> None:
    months = [date(year, month, 1) for year in (2022, 2023, 2024) for month in range(1, 13)]
    assert closed_years(months, 2025) == [2024, 2023]
    assert closed_years(months, 2024) == [2023]
    assert closed_years(months[:-1], 2025) == [2023]
    assert closed_years(months[:12], 2023) == []
    granted(organisation, "15000.00", worker=paid_worker(organisation, 2025))
    assert only(organisation, 6).band is None


def test_somebody_whom_nobody_pays_would_save_the_award(organisation: Organisation) -> None:
    free = paid_worker(organisation, 2024, 2025)
    granted(organisation, "15000.00", worker=None)
    [help_] = only(organisation, 12).helps
    assert help_.worker.startswith(free.number)
    assert (help_.first % 12 + 1, help_.last % 12 + 1, help_.source) == (1, 12, "")
    assert help_.gain == 12_000_00
    [one] = page(organisation, 12).risks
    assert help_.act_by == one.pieces_on


def test_months_to_come_are_saved_before_they_begin(organisation: Organisation) -> None:
    paid_worker(organisation, 2024, 2025)
    award = granted(organisation, "15000.00", worker=None)
    award.posts.update(starts_on=date(2025, 9, 1))
    [help_] = only(organisation, 6).helps
    assert (help_.first % 12 + 1, help_.act_by) == (9, date(2025, 8, 31))


def test_nobody_of_another_function_is_proposed(organisation: Organisation) -> None:
    worker = paid_worker(organisation, 2024, 2025)
    granted(organisation, "15000.00", worker=None)
    worker.contract_lines.update(function="administration")
    assert only(organisation, 12).helps == ()


def test_invoices_that_no_award_bears_would_help(organisation: Organisation) -> None:
    award = granted(organisation, "12500.00", worker=paid_worker(organisation, 2024, 2025))
    days = {"organisation": organisation, "issued_on": date(2025, 3, 1), "category": "office"}
    InvoiceFactory(amount=Decimal("200.00"), **days)
    half = InvoiceFactory(amount=Decimal("100.00"), **days)
    VentilationFactory(invoice=half, award=award, share_numerator=1, share_denominator=2)
    one = only(organisation, 12)
    assert one.lost == 450_00
    [bills] = one.helps
    assert (bills.invoices, bills.amount, bills.gain) == (2, 250_00, 250_00)


def test_what_has_been_sent_is_no_more_to_save(organisation: Organisation) -> None:
    paid_worker(organisation, 2024, 2025)
    award = granted(organisation, "15000.00", worker=None)
    assert only(organisation, 12).helps
    version = JustificationFactory(award=award, year=2025)
    JustificationFileFactory(justification=version, year=2025)
    one = only(organisation, 12)
    assert one.helps == ()
    assert one.lost == 15_000_00


def test_more_workers_and_invoices_ask_no_more_queries(organisation: Organisation) -> None:
    worker = paid_worker(organisation, 2024, 2025)
    granted(organisation, "15000.00", worker=worker)
    InvoiceFactory(organisation=organisation, issued_on=date(2025, 3, 1))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(organisation, 6)
        return len(seen)

    few = queries()
    for _ in range(3):
        granted(organisation, "9000.00", worker=paid_worker(organisation, 2024, 2025))
        InvoiceFactory(organisation=organisation, issued_on=date(2025, 3, 1))
    assert queries() == few


def test_the_page_says_it_in_words_and_without_pay_says_so(organisation: Organisation) -> None:
    client = member(Role.DIRECTOR, organisation)
    assert client.get(reverse("risk")).status_code == 200
    free = paid_worker(organisation, 2024, 2025)
    award = granted(organisation, "15000.00", worker=None)
    shown = client.get(reverse("risk"), {"annee": "2025", "mois": "6", "au": "2026-06-30"})
    text = shown.content.decode()
    assert award.reference in text
    assert free.number in text
    assert "Vu à la fin du mois" in text
