"""Deadlines: computed once from the rule, never silently moved, each change with its reason."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import User

from backoffice.engine.periods import year_period
from backoffice.federation.models import AuditEntry
from grants.dues import Due, dues_of
from grants.models import Award, Deadline, DeadlineEvent
from grants.scheme import schemes
from grants.services.deadlines import (
    NotChanged,
    Planned,
    close_deadline,
    move_deadline,
    plan_deadlines,
    reopen_deadline,
    waive_deadline,
)
from grants.snapshots import award_facts
from tests.factories import AwardFactory, DeadlineFactory, TermFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 1)


@pytest.fixture
def award() -> Award:
    """A CASG award of 2024: pieces on 15 April, report on 30 June, balance on 31 October 2025."""
    award: Award = AwardFactory(scheme="cocof_casg")
    TermFactory(award=award, code="granted", value="50000.00")
    return award


@pytest.fixture
def officer() -> User:
    user: User = UserFactory()
    return user


def plan(award: Award, year: int = 2024) -> Planned:
    return plan_deadlines(organisation=award.organisation, year=year, known_on=TODAY)


def dues(award: Award, year: int = 2024) -> dict[str, Due]:
    facts = award_facts(award, year_period(year), award.terms.all(), TODAY)
    return {due.code: due for due in dues_of(facts, year, TODAY)}


def stored(award: Award, code: str = "pieces") -> Deadline:
    return award.deadlines.get(code=code)


def move(award: Award, to: date, code: str = "pieces", by: User | None = None) -> DeadlineEvent:
    row, reason = stored(award, code), "Report accordé par courriel"
    return move_deadline(deadline=row, to=to, reason=reason, by=by, known_on=TODAY)


def test_the_days_of_the_rules_are_written_once(award: Award) -> None:
    assert [due.code for _award, due in plan(award).written] == ["pieces", "activity_report"]
    first = list(award.deadlines.order_by("due_on").values())
    assert [row["due_on"] for row in first] == [date(2025, 4, 15), date(2025, 6, 30)]
    assert plan(award).written == ()
    assert list(award.deadlines.order_by("due_on").values()) == first


def test_the_day_on_which_the_funder_pays_is_shown_and_not_planned(award: Award) -> None:
    plan(award)
    assert dues(award)["balance"].due_on == date(2025, 10, 31)
    assert not award.deadlines.filter(kind="balance").exists()


def test_a_day_that_only_a_letter_can_tell_is_awaited_until_somebody_writes_it() -> None:
    award = AwardFactory(scheme="cocom_facultative")
    planned = plan(award)
    assert (planned.written, [due.code for _award, due in planned.awaited]) == ((), ["letter"])
    assert dues(award)["letter"].due_on is None
    TermFactory(award=award, code="justify_by", value="2025-03-31")
    assert [due.due_on for _award, due in plan(award).written] == [date(2025, 3, 31)]


def test_nothing_is_due_for_an_exercise_after_the_end_of_a_scheme() -> None:
    award = AwardFactory(scheme="ape", ends_on=None)
    last = schemes()["ape"].ends_on
    assert last is not None
    assert dues(award, last.year)
    assert dues(award, last.year + 1) == {}


def test_a_moved_day_holds_and_says_who_moved_it_why_and_from_when(
    award: Award, officer: User
) -> None:
    plan(award)
    event = move(award, date(2025, 5, 15), by=officer)
    plan(award)
    due = dues(award)["pieces"]
    assert (due.due_on, due.rule_on, due.differs) == (date(2025, 5, 15), date(2025, 4, 15), False)
    assert stored(award).planned_on == date(2025, 4, 15)
    assert (event.by, event.reason) == (officer, "Report accordé par courriel")
    assert (event.day_before, event.day_after) == (date(2025, 4, 15), date(2025, 5, 15))


def test_a_rule_that_changes_moves_nothing_until_somebody_says_so() -> None:
    award = AwardFactory(scheme="cocom_facultative")
    TermFactory(award=award, code="justify_by", value="2025-03-31")
    plan(award)
    TermFactory(award=award, code="justify_by", value="2025-06-30", decided_on=date(2025, 2, 1))
    plan(award)
    due = dues(award)["letter"]
    assert (due.due_on, due.rule_on, due.differs) == (date(2025, 3, 31), date(2025, 6, 30), True)
    move(award, date(2025, 6, 30), "letter")
    assert (dues(award)["letter"].due_on, dues(award)["letter"].differs) == (
        date(2025, 6, 30),
        False,
    )


def test_a_day_may_be_kept_on_purpose_when_the_rule_changes() -> None:
    award = AwardFactory(scheme="cocom_facultative")
    TermFactory(award=award, code="justify_by", value="2025-03-31")
    plan(award)
    TermFactory(award=award, code="justify_by", value="2025-06-30", decided_on=date(2025, 2, 1))
    assert move(award, date(2025, 3, 31), "letter").kind == DeadlineEvent.Kind.KEPT
    assert (dues(award)["letter"].due_on, dues(award)["letter"].differs) == (
        date(2025, 3, 31),
        False,
    )
    with pytest.raises(NotChanged, match="déjà le 31/03/2025"):
        move(award, date(2025, 3, 31), "letter")


def test_a_rule_that_is_confirmed_later_shows_it_while_its_day_is_the_same(award: Award) -> None:
    plan(award)
    award.deadlines.update(status="forecast", source="Avant-projet")
    assert dues(award)["pieces"].status == "to_confirm"
    award.deadlines.update(rule_on=date(2025, 3, 31))
    assert (dues(award)["pieces"].status, dues(award)["pieces"].source) == (
        "forecast",
        "Avant-projet",
    )


def test_a_deadline_that_its_rule_no_longer_gives_stays_and_shows_it(award: Award) -> None:
    plan(award)
    Award.objects.update(scheme="maribel")
    award.refresh_from_db()
    due = dues(award)["activity_report"]
    assert (due.due_on, due.rule_on, due.differs) == (date(2025, 6, 30), None, True)


def test_a_day_may_be_kept_once_its_scheme_has_ended(officer: User) -> None:
    last = schemes()["ape"].ends_on
    assert last is not None
    row = DeadlineFactory(award__scheme="ape", award__ends_on=None, year=last.year + 1)
    assert dues(row.award, row.year)["pieces"].differs
    assert move(row.award, row.due_on, by=officer).kind == DeadlineEvent.Kind.KEPT
    row.award.refresh_from_db()
    due = dues(row.award, row.year)["pieces"]
    assert (due.due_on, due.rule_on, due.differs) == (row.due_on, None, False)
    with pytest.raises(NotChanged, match="déjà le 15/04/2025"):
        move(row.award, row.due_on)


def test_a_day_kept_without_its_rule_asks_again_when_the_rule_gives_one(award: Award) -> None:
    plan(award)
    award.deadlines.filter(code="pieces").update(rule_on=None)
    assert dues(award)["pieces"].differs


def test_a_day_kept_without_its_rule_keeps_its_own_source(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = schemes()["cocof_casg"].deadlines[0]
    silent = replace(rule, month=None, day=None, after="justify_by")
    monkeypatch.setattr("grants.scheme.Scheme.rules_due", lambda *_asked: [silent])
    row = DeadlineFactory(rule_on=None, source="Décret abrogé")
    due = dues(row.award)["pieces"]
    assert (due.source, due.differs) == ("Décret abrogé", False)


def test_what_is_done_has_its_day_and_its_proof_and_can_be_taken_back(
    award: Award, officer: User
) -> None:
    plan(award)
    close_deadline(
        deadline=stored(award), on=date(2025, 2, 27), evidence="REC-12", by=officer, today=TODAY
    )
    row = stored(award)
    assert (row.state, row.done_on, row.evidence) == ("done", date(2025, 2, 27), "REC-12")
    with pytest.raises(NotChanged, match="rouvrez-la"):
        move(award, date(2025, 5, 1))
    reopen_deadline(deadline=row, reason="Pièce refusée", by=officer)
    row = stored(award)
    assert (row.state, row.done_on, row.evidence) == ("open", None, "")
    kinds = list(row.events.order_by("pk").values_list("kind", "state_before", "state_after"))
    assert kinds == [("done", "open", "done"), ("reopened", "done", "open")]


def test_nothing_is_done_in_the_future_nor_waived_twice(award: Award) -> None:
    plan(award)
    with pytest.raises(NotChanged, match="02/03/2025"):
        close_deadline(
            deadline=stored(award), on=date(2025, 3, 2), evidence="", by=None, today=TODAY
        )
    waive_deadline(deadline=stored(award), reason="Dossier repris par la COCOF", by=None)
    with pytest.raises(NotChanged, match="sans objet"):
        waive_deadline(deadline=stored(award), reason="Encore", by=None)
    assert DeadlineEvent.objects.count() == 1


def test_two_rules_of_one_kind_keep_their_own_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = schemes()["cocom_cap"].deadlines[0]
    monkeypatch.setattr("grants.scheme.Scheme.rules_due", lambda *_asked: [rule, rule])
    assert list(dues(AwardFactory(scheme="cocom_cap"))) == [rule.kind, f"{rule.kind}-2"]


@pytest.mark.parametrize("code", sorted(schemes()))
def test_the_deadlines_of_every_scheme_fit_where_they_are_kept(code: str) -> None:
    award = AwardFactory(scheme=code)
    plan(award)
    for row in award.deadlines.all():
        row.full_clean(exclude=["award"])


def test_the_trail_says_why_a_deadline_and_its_event_changed(award: Award, officer: User) -> None:
    plan(award)
    move(award, date(2025, 5, 2), by=officer)
    row = stored(award)
    close_deadline(deadline=row, on=TODAY, evidence="REC-1", by=officer, today=TODAY)
    reopen_deadline(deadline=row, reason="Envoi perdu", by=officer)
    waive_deadline(deadline=row, reason="Subvention retirée", by=officer)
    told = AuditEntry.objects.exclude(reason="").order_by("pk").values_list("model", "reason")
    assert list(told) == [
        (model, reason)
        for reason in ("Report accordé par courriel", "REC-1", "Envoi perdu", "Subvention retirée")
        for model in ("grants.deadline", "grants.deadlineevent")
    ]
