"""Taking a year's awards, posts and assignments to the next one: carried, not carried, and why."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from grants.models import Award, Instalment, Post, Term
from reports.documents.declaration import identity
from reports.documents.json_file import render_json
from reports.justifications import award_dossier
from reports.year.rollover import NothingToCarry, plan_roll_over
from reports.year.rollover_report import as_json, as_text
from staffing.models import Assignment
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    PostFactory,
    TermFactory,
)
from tests.reports.year.former_year import END, FIRST, LAST, TODAY, Year, former_year, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    return former_year()


def test_a_yearly_award_is_renewed_without_its_letter_nor_its_amounts(year: Year) -> None:
    year.apply()
    award = year.renewed()
    assert (award.reference, award.label) == ("CASG-2025", "Subvention organique 2025")
    assert (award.starts_on, award.ends_on) == (FIRST, END)
    assert (award.scheme, award.approval) == (year.award.scheme, year.award.approval)
    assert (award.letter_reference, award.letter_on, award.notified_on) == ("", None, None)
    assert award.is_expected
    assert not award.instalments.exists()


def test_only_the_terms_that_go_on_are_proposed_and_they_are_to_confirm(year: Year) -> None:
    year.apply()
    found = year.renewed().terms.order_by("code")
    assert [(one.code, one.value, one.status) for one in found] == [
        ("index_regime", "private_m2", "to_confirm"),
        ("scales", "332.00.20-ADMIN", "to_confirm"),
    ]
    assert {(one.starts_on, one.ends_on, one.letter_reference) for one in found} == {
        (FIRST, END, "LETTRE-1")
    }


def test_an_exception_of_one_letter_is_not_proposed_to_the_next(year: Year) -> None:
    TermFactory(award=year.award, code="started_early", value="oui")
    TermFactory(award=year.award, code="paid_in_period", value="oui")
    year.apply()
    proposed = {term.code for term in year.renewed().terms.all()}
    assert "paid_in_period" in proposed
    assert "started_early" not in proposed


def test_the_newest_decision_of_a_term_is_the_one_proposed(year: Year) -> None:
    TermFactory(award=year.award, code="scales", value="332.00.20-SOC", decided_on=date(2024, 6, 1))
    year.apply()
    assert year.renewed().terms.get(code="scales").value == "332.00.20-SOC"


def test_posts_and_assignments_that_ran_until_the_end_stand_again(year: Year) -> None:
    year.apply()
    post = year.renewed().posts.get()
    assert (post.code, post.fte, post.starts_on, post.ends_on) == ("P1", Decimal(1), FIRST, END)
    again = post.assignments.get()
    assert (again.worker, again.weekly_hours) == (year.former.worker, Decimal("38.00"))
    assert (again.starts_on, again.ends_on, again.reason) == (FIRST, END, "Accord du CA")
    year.former.refresh_from_db()
    assert year.former.ends_on == LAST


def test_an_open_post_and_an_open_assignment_stay_open_on_the_new_award(year: Year) -> None:
    Post.objects.update(ends_on=None)
    Assignment.objects.update(ends_on=None)
    year.apply()
    post = year.renewed().posts.get()
    assert (post.ends_on, post.assignments.get().ends_on) == (None, None)


def test_a_second_run_doubles_nothing_and_says_so(year: Year) -> None:
    year.apply()
    before = (Award.objects.count(), Term.objects.count(), Assignment.objects.count())
    second = year.apply()
    assert (Award.objects.count(), Term.objects.count(), Assignment.objects.count()) == before
    assert as_text(second, applied=True).startswith(
        "L'exercice 2025 est déjà reconduit : rien n'a changé."
    )
    assert as_json(second, applied=True)["applied"] is False


def test_a_preview_writes_nothing_and_says_what_applying_does(year: Year) -> None:
    preview = as_json(year.plan(), applied=False)
    assert not Award.objects.filter(renews__isnull=False).exists()
    applied = as_json(year.apply(), applied=True)
    for part in ("carried", "changed", "going_on", "not_carried", "to_do", "already"):
        assert preview[part] == applied[part]


def test_what_is_left_behind_says_why(year: Year) -> None:
    gone = year.worker("W02", ends_on=date(2024, 12, 31))
    AssignmentFactory(worker=gone, post=year.post, ends_on=LAST)
    moved = year.worker("W03")
    AssignmentFactory(worker=moved, post=year.post, ends_on=date(2024, 6, 30))
    PostFactory(award=year.award, code="P2", ends_on=date(2024, 8, 31))
    plan = year.apply()
    assert said(plan, "not_carried") == [
        "W02 → CASG-2024 P1 : le dernier contrat du travailleur se termine le 31/12/2024",
        "W03 → CASG-2024 P1 : terminée le 30/06/2024",
        "CASG-2024 P2 : poste fermé le 31/08/2024",
    ]
    assert Assignment.objects.filter(starts_on=FIRST).count() == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"ends_on": date(2024, 6, 30)}, "avant la fin de l'année"),
        ({"starts_on": date(2022, 1, 1)}, "Elle couvre plusieurs années"),
    ],
)
def test_an_award_that_is_not_yearly_waits_for_a_decision(year: Year, changed, why) -> None:
    Award.objects.filter(pk=year.award.pk).update(**changed)
    plan = year.apply()
    assert why in said(plan, "not_carried")[0]
    assert Award.objects.count() == 1


def test_an_award_whose_approval_ends_is_not_renewed(year: Year) -> None:
    year.award.approval.ends_on = LAST
    year.award.approval.save()
    assert "L'agrément" in said(year.apply(), "not_carried")[0]


def test_a_reference_already_used_is_left_to_the_user(year: Year) -> None:
    AwardFactory(organisation=year.organisation, reference="CASG-2025", ends_on=None)
    assert "CASG-2025 existe déjà" in said(year.apply(), "not_carried")[0]


def test_only_the_awards_chosen_are_renewed(year: Year) -> None:
    AwardFactory(organisation=year.organisation, reference="PROJET", label="Projet")
    plan = year.apply(only=["PROJET"])
    renewed = Award.objects.get(renews__isnull=False)
    assert (renewed.reference, renewed.label) == ("PROJET-2025", "Projet 2025")
    assert "CASG-2024 : non retenue" in said(plan, "not_carried")


def test_an_award_that_goes_on_keeps_its_open_assignments_and_carries_those_of_the_year(
    year: Year,
) -> None:
    Award.objects.update(ends_on=date(2026, 12, 31))
    Post.objects.update(ends_on=None)
    open_one = AssignmentFactory(worker=year.worker("W04"), post=year.post)
    plan = year.apply()
    assert Award.objects.count() == 1
    again = Assignment.objects.get(starts_on=FIRST)
    assert (again.worker, again.ends_on) == (year.former.worker, END)
    open_one.refresh_from_db()
    assert open_one.ends_on is None
    assert said(plan, "going_on") == ["CASG-2024 : se poursuit jusqu'au 31/12/2026"]
    assert year.apply().nothing_left


def test_a_known_amount_of_the_next_year_brings_its_instalments_once(year: Year) -> None:
    Award.objects.update(ends_on=END)
    TermFactory(award=year.award, value="100000.01", starts_on=FIRST, ends_on=END)
    year.apply()
    year.apply()
    found = Instalment.objects.filter(year=2025).order_by("number")
    assert [(one.due_on, one.amount.amount) for one in found] == [
        (date(2025, 2, 15), Decimal("50000.01")),
        (date(2025, 6, 15), Decimal("25000.00")),
        (date(2025, 9, 15), Decimal("25000.00")),
    ]


def test_once_its_letter_fixes_the_amount_a_renewed_award_gets_its_instalments(year: Year) -> None:
    year.apply()
    award = year.renewed()
    TermFactory(award=award, value="80000.00", starts_on=FIRST, ends_on=END)
    assert "CASG-2024 : déjà reconduite par CASG-2025" in said(year.apply(), "already")
    amounts = [one.amount.amount for one in award.instalments.order_by("number")]
    assert amounts == [Decimal(40000), Decimal(20000), Decimal(20000)]
    assert year.apply().nothing_left


def test_two_awards_that_would_get_the_same_reference_are_not_both_renewed(year: Year) -> None:
    AwardFactory(organisation=year.organisation, reference="CASG", label="Autre")
    plan = year.apply()
    assert "CASG-2024 : La référence CASG-2025 existe déjà" in said(plan, "not_carried")[0]
    assert Award.objects.get(renews__isnull=False).renews.reference == "CASG"


def test_an_amount_that_merely_runs_on_is_not_taken_for_the_next_year(year: Year) -> None:
    Award.objects.update(ends_on=None)
    Term.objects.filter(code="granted").update(ends_on=None)
    year.apply()
    assert not Instalment.objects.exists()


def test_what_is_to_do_names_the_letter_the_terms_the_vacant_posts_and_the_new_hours(
    year: Year,
) -> None:
    PostFactory(award=year.award, code="P9")
    year.former.worker.contract_lines.update(ends_on=LAST)
    ContractLineFactory(worker=year.former.worker, starts_on=FIRST, weekly_hours=Decimal("19.00"))
    todo = "\n".join(said(year.plan(), "to_do"))
    assert "CASG-2025 : encoder la lettre quand elle arrive" in todo
    assert "encoder les termes de la lettre : Montant accordé" in todo
    assert "confirmer les termes proposés : Barèmes admis = 332.00.20-ADMIN" in todo
    assert "CASG-2025 P9 : affecter quelqu'un : poste vacant" in todo
    assert "W01 : vérifier ses heures : son contrat passe de 38,00 à 19,00 h" in todo


def test_a_renewed_award_cannot_be_final_before_its_letter(year: Year) -> None:
    year.apply()
    dossier = award_dossier(year.organisation, "CASG-2025", 2025, date(2026, 2, 1))
    assert dossier.amounts.granted is None
    assert "La lettre d'octroi n'est pas reçue" in " ".join(
        check.message for check in dossier.errors
    )


def test_documents_say_that_the_letter_is_to_come(year: Year) -> None:
    year.apply()
    dossier = award_dossier(year.organisation, "CASG-2025", 2025, date(2026, 2, 1))
    entries = dict(entry for _title, block in identity(dossier.cover) for entry in block)
    assert entries["Lettre d'octroi"] == "inconnue (lettre à recevoir)"
    assert entries["Notifiée le"] == "pas encore"
    cover = json.loads(render_json(dossier))["cover"]
    assert (cover["letter_reference"], cover["letter_on"]) == ("", None)


@pytest.mark.parametrize(
    "letter",
    [
        {"letter_reference": "LETTRE-1", "letter_on": None, "notified_on": None},
        {"letter_reference": "", "letter_on": FIRST, "notified_on": FIRST},
        {"letter_reference": "LETTRE-1", "letter_on": FIRST, "notified_on": None},
    ],
)
def test_the_database_holds_a_letter_whole_or_not_at_all(letter) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AwardFactory(**letter)


def test_the_command_prints_a_preview_then_carries_then_says_it_is_done(year: Year, capsys) -> None:
    words = ("rollover", "--organisation", year.organisation.enterprise_number, "--to", "2025")
    call_command(*words, "--dry-run")
    assert "Aperçu de la reconduction vers 2025 : rien n'est enregistré." in capsys.readouterr().out
    assert Award.objects.count() == 1
    call_command(*words, "--json")
    report = json.loads(capsys.readouterr().out)
    assert (report["applied"], len(report["carried"])) == (True, 3)
    call_command(*words)
    assert "L'exercice 2025 est déjà reconduit" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--to", "25"], "--to : « 25 » n'est pas une année"),
        (["--to", "2031"], "ne touche 2030"),
        (["--to", "2025", "--award", "NOPE"], "Possibles : CASG-2024"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(year: Year, extra, said) -> None:
    with pytest.raises(CommandError, match=said) as caught:
        call_command("rollover", "--organisation", year.organisation.enterprise_number, *extra)
    assert caught.value.returncode == 2
    assert Award.objects.count() == 1


def test_a_year_without_any_award_is_refused(year: Year) -> None:
    with pytest.raises(NothingToCarry, match="ne touche 2030"):
        plan_roll_over(year.organisation, 2031, TODAY)


def test_the_plan_takes_the_same_queries_for_one_worker_and_for_ten(
    year: Year, django_assert_num_queries
) -> None:
    with django_assert_num_queries(8):
        year.plan()
    for number in range(10):
        worker = year.worker(f"X{number}")
        AssignmentFactory(worker=worker, post=year.post, ends_on=LAST)
    with django_assert_num_queries(8):
        year.plan()
