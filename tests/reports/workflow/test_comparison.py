"""Two justifications side by side: what is more, less or otherwise, with the totals of all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import State
from reports.workflow.comparing import compare, compare_years
from reports.workflow.content import document_of
from tests.factories import (
    AssignmentFactory,
    ContractLineFactory,
    PayItemFactory,
    PayMonthFactory,
    WorkerFactory,
)
from tests.reports.checks.situations import Service
from tests.reports.workflow.conftest import Desk
from tests.reports.workflow.life import Life, life
from tests.reports.workflow.test_page import text_of

pytestmark = pytest.mark.django_db


def document(one: Life) -> dict:
    return document_of(one.place.dossier(one.award))


def test_the_same_dossier_differs_in_nothing() -> None:
    one = life()
    found = compare(document(one), document(one))
    assert not found.differs
    assert found.words == ""
    assert [section.same for section in found.sections] == [1, 1, 0]


def test_lines_are_added_removed_or_otherwise_with_what_differs_and_the_totals() -> None:
    one = life("cocom_facultative", granted="5000.00")
    first = one.place.invoice(one.award)
    before = document(one)
    one.raise_pay()
    second = one.place.invoice(one.award, number="F2")
    first.ventilations.all().delete()
    found = compare(before, document(one))
    heads, staff, invoices = found.sections
    (change,) = staff.changes
    name = one.place.worker.name
    assert (change.kind, change.name) == ("changed", f"W01 {name}, mars 2024, poste P1")
    assert change.about.startswith("brut")
    assert (change.presented.before, change.presented.difference) == (300_000, 10_000)
    assert (staff.presented.before, staff.presented.after) == (300_000, 310_000)
    kinds = {one.name.split(",")[0]: one.kind for one in invoices.changes}
    assert kinds == {first.piece: "removed", second.piece: "added"}
    assert invoices.presented.difference == 0
    assert {change.kind for change in heads.changes} == {"changed"}
    assert "Présenté : 3\u202f200,00\u202f€ → 3\u202f300,00\u202f€" in found.words
    assert "Factures : 1 en plus" in found.words


def test_a_value_and_a_document_that_changed_are_named() -> None:
    one = life()
    before = document(one)
    one.award.terms.filter(code="ceiling").update(value="44000.00")
    one.place.month.evidence = "CI-2024"
    one.place.month.save()
    found = compare(before, document(one))
    assert ("43\u202f000,00\u202f€", "44\u202f000,00\u202f€") in [
        (old.partition("/")[0], new.partition("/")[0]) for _name, old, new in found.figures
    ]
    assert "les pièces" in found.others


def test_two_exercises_are_compared_by_worker_and_category() -> None:
    one = life("cocom_facultative", granted="5000.00")
    one.place.invoice(one.award)
    after = document(one)
    one.place.invoice(one.award, number="F2")
    found = compare_years(after, document(one))
    _heads, staff, invoices = found.sections
    assert (staff.same, staff.changes) == (1, ())
    (change,) = invoices.changes
    assert (change.presented.before, change.presented.after) == (20_000, 40_000)


def test_the_page_compares_with_the_frozen_version_and_lets_choose_another(desk: Desk) -> None:
    assert "il n'y a rien à comparer" in text_of(desk.get("comparaison/version/"))
    desk.life.reach(State.SENT)
    assert "Rien ne diffère." in text_of(desk.get("comparaison/version/"))
    desk.life.move("correct")
    desk.life.raise_pay()
    desk.life.reach(State.FROZEN)
    assert "Rien ne diffère." in text_of(desk.get("comparaison/version/"))
    shown = text_of(desk.get("comparaison/version/", avec="1"))
    assert "3\u202f100,00" in shown
    assert "brut" in shown
    assert "1 ligne est la même." not in shown.partition('id="staff"')[2].partition("</section>")[0]


def test_the_fragment_is_that_of_the_whole_page(desk: Desk) -> None:
    desk.life.reach(State.FROZEN)
    desk.life.raise_pay()
    address = f"{desk.page}comparaison/version/"
    part = desk.finance.get(address, {"au": "2025-03-01"}, headers={"HX-Request": "true"})
    whole = desk.get("comparaison/version/").content.decode()
    assert part.content.decode().strip() in whole
    assert part.content.decode().strip().startswith('<div id="differences"')


def test_the_exercise_before_is_the_draft_of_the_award_it_renews(desk: Desk) -> None:
    assert "n'en reconduit aucune" in text_of(desk.get("comparaison/annee/"))
    award = desk.life.award
    before = desk.life.place.award("maribel", "AVANT")
    type(before).objects.filter(pk=before.pk).update(starts_on="2023-01-01", ends_on="2023-12-31")
    award.renews = before
    award.save()
    shown = text_of(desk.get("comparaison/annee/"))
    assert "AVANT, exercice 2023, brouillon du jour" in shown
    assert "Personnel, par travailleur" in shown


@pytest.mark.parametrize("path", ["", "comparaison/version/", "comparaison/annee/", "repetition/"])
def test_the_queries_do_not_grow_with_the_lines(
    desk: Desk, path: str, django_assert_num_queries
) -> None:
    desk.life.reach(State.FROZEN)
    desk.get(path)
    with CaptureQueriesContext(connection) as one:
        desk.get(path)
    for number in range(20):
        add_worker(desk.life.place, desk.life, f"W{number + 10}")
    with django_assert_num_queries(len(one)):
        desk.get(path)


def add_worker(place: Service, one: Life, number: str) -> None:
    worker = WorkerFactory(organisation=place.organisation, number=number)
    ContractLineFactory(worker=worker, scale_column="gradue")
    PayItemFactory(pay_month=PayMonthFactory(worker=worker, month=place.month.month))
    AssignmentFactory(worker=worker, post=one.award.posts.get())


def test_a_line_that_is_gone_since_a_frozen_version_still_names_its_worker(desk: Desk) -> None:
    desk.life.reach(State.FROZEN)
    worker = desk.life.place.worker
    worker.assignments.all().delete()
    page = text_of(desk.get("comparaison/version/"))
    assert f"W01 {worker.name}, mars 2024, poste P1" in page
    assert worker.identity.pseudonym not in page
