"""An employer-year read once: as known on its day, in a number of queries that rows do not move."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Award
from reports.justifications import award_dossier, federation_dossiers, year_dossiers, years_of
from tests.factories import (
    AssignmentFactory,
    ContractLineFactory,
    InstalmentFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    ReceiptFactory,
    TermFactory,
    WorkerFactory,
)
from tests.reports.checks.situations import AS_OF, Service, service

pytestmark = pytest.mark.django_db


def queries(place: Service) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert year_dossiers(place.organisation, 2024, AS_OF)
    return len(caught)


def grow(place: Service, award: Award, workers: int, invoices: int) -> None:
    for number in range(workers):
        worker = WorkerFactory(organisation=place.organisation, number=f"X{number:02d}")
        ContractLineFactory(worker=worker, scale_column="gradue")
        for month in (1, 2):
            row = PayMonthFactory(worker=worker, month=date(2024, month, 1))
            PayItemFactory(pay_month=row)
            PayItemFactory(pay_month=row, cost_item="employer_onss", amount=Decimal("800.00"))
        post = PostFactory(award=award, code=f"X{number:02d}")
        AssignmentFactory(worker=worker, post=post)
    for number in range(invoices):
        place.invoice(award, (1, 2), number=f"N{number}")


def test_many_employers_give_what_each_gives_and_share_the_figures() -> None:
    places = [service(), service()]
    for place, scheme in zip(places, ("maribel", "cocof_casg"), strict=True):
        place.invoice(place.funded(scheme))
    alone = {place.organisation: year_dossiers(place.organisation, 2024, AS_OF) for place in places}
    with CaptureQueriesContext(connection) as caught:
        found = dict(federation_dossiers(alone, 2024, AS_OF))
    assert [[one.cover for one in found[each]] for each in found] == [
        [one.cover for one in alone[each]] for each in alone
    ]
    assert [[one.amounts for one in found[each]] for each in found] == [
        [one.amounts for one in alone[each]] for each in alone
    ]
    assert sum("figureentry" in query["sql"] for query in caught.captured_queries) == 1


def test_the_number_of_queries_does_not_depend_on_workers_invoices_nor_awards() -> None:
    place = service()
    award = place.funded("cocom_facultative", "A")
    place.invoice(award)
    InstalmentFactory(award=award)
    ReceiptFactory(award=award)
    few = queries(place)
    grow(place, award, workers=20, invoices=50)
    for reference in ("B", "C", "D"):
        other = place.funded("maribel", reference)
        InstalmentFactory(award=other)
        ReceiptFactory(award=other)
    assert queries(place) == few


def test_a_year_without_award_has_no_dossier() -> None:
    place = service()
    place.funded("maribel")
    assert year_dossiers(place.organisation, 2022, AS_OF) == ()


def test_an_award_without_pay_invoice_nor_post_still_has_its_dossier() -> None:
    place = service()
    amounts = place.dossier(place.award("cocof_casg")).amounts
    assert (amounts.presented, amounts.admissible, amounts.payable) == (0, 0, 0)


def test_an_unknown_award_or_year_is_refused() -> None:
    place = service()
    place.funded("maribel", "A")
    for reference, year in (("B", 2024), ("A", 2022)):
        with pytest.raises(Award.DoesNotExist):
            award_dossier(place.organisation, reference, year, AS_OF)


def test_the_awards_come_by_reference_and_the_years_newest_first() -> None:
    place = service()
    award = place.funded("maribel", "B")
    place.funded("acs", "A")
    place.invoice(award, issued_on=date(2023, 5, 1))
    found = year_dossiers(place.organisation, 2024, AS_OF)
    assert [dossier.cover.reference for dossier in found] == ["A", "B"]
    assert years_of(place.organisation) == [2024, 2023]


def test_a_retroactive_decision_is_not_seen_in_a_statement_of_before_it() -> None:
    place = service()
    award = place.funded("maribel", granted=None, ceiling="30000.00")
    TermFactory(
        award=award, code="ceiling", value="36000.00", decided_on=date(2024, 10, 15),
        letter_reference="LETTRE-2",
    )  # fmt: skip
    before = place.dossier(award, date(2024, 10, 14))
    after = place.dossier(award, date(2024, 10, 15))
    assert before.amounts.admissible == 250_000
    assert after.amounts.admissible == 300_000
    assert [use.source for use in after.figures] == ["LETTRE-2, 15/10/2024"]


def test_a_retroactive_scale_or_fund_in_words_is_replayed_as_known_too() -> None:
    place = service()
    award = place.funded("maribel", ceiling=None, fund="329.02")
    TermFactory(award=award, code="fund", value="332", decided_on=date(2024, 10, 15))
    TermFactory(award=award, code="ceiling", value="36000.00", decided_on=date(2024, 10, 15))
    assert place.found(award, "terms_missing", date(2024, 10, 14))
    assert place.found(award, "terms_missing", date(2024, 10, 15)) == []


def test_a_term_in_words_of_an_earlier_year_does_not_outlive_its_end() -> None:
    place = service()
    award = place.funded("cocom_facultative", justify_by=None)
    award.starts_on = date(2023, 1, 1)
    award.save()
    TermFactory(
        award=award, code="justify_by", value="2024-03-31", starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )  # fmt: skip
    assert place.dossier(award).deadlines == ()
    assert place.found(award, "terms_missing")
    TermFactory(award=award, code="justify_by", value="2025-03-31")
    dossier = place.dossier(award)
    assert [line.due_on for line in dossier.deadlines] == [date(2025, 3, 31)]
    assert dossier.next_deadline == dossier.deadlines[0]


def test_what_an_award_leaves_and_another_pays_is_not_on_own_funds() -> None:
    place = service()
    acs, cocof = place.funded("acs", "ACS"), place.funded("cocof_casg", "COCOF")
    below, above = place.dossier(acs).amounts, place.dossier(cocof).amounts
    assert (below.payable, above.presented, above.payable) == (200_000, 100_000, 100_000)
    assert (below.topped_up, below.own_funds, above.own_funds) == (100_000, 0, 0)


def test_an_award_of_two_years_claims_each_exercise_apart() -> None:
    place = service()
    award = place.funded("maribel")
    award.starts_on, award.ends_on = date(2023, 7, 1), date(2024, 6, 30)
    award.save()
    found = place.dossier(award)
    assert found.cover.exercise_starts_on == date(2024, 1, 1)
    assert found.cover.exercise_ends_on == date(2024, 6, 30)
