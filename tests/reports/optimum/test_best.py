"""The best allocation of a year: what the page announces is what the justifications then say."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from random import Random

import pytest
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from backoffice.engine.scenario.funding import fund
from backoffice.federation.roles import Role
from grants.models import Post, Term
from grants.scheme import schemes
from grants.stacking import changes_between
from reports.grid.answers import places_of
from reports.grid.places import Places
from reports.justifications import year_dossiers
from reports.optimum.proposal import Proposal, proposal_of
from reports.optimum.reading import book_of
from staffing.models import AllocationNote, Assignment, ContractLine
from tests.factories import (
    AssignmentFactory,
    MembershipFactory,
    TermFactory,
)
from tests.people import member
from tests.reports.grid.conftest import AS_OF, Desk, add_paid_worker, build_desk

DAY = date(2025, 2, 1)


def places(desk: Desk) -> Places:
    return places_of(desk.organisation, 2024, DAY)


def proposal(desk: Desk) -> Proposal:
    return proposal_of(places(desk))


def payable(desk: Desk) -> int:
    """What the justifications of the year say, together."""
    found = [one.amounts.payable for one in year_dossiers(desk.organisation, 2024, DAY)]
    return sum(amount for amount in found if amount is not None)


def page(desk: Desk) -> HttpResponse:
    return desk.client.get(f"/grille/2024/optimum/?au={AS_OF}")


def accept(desk: Desk, *lines: str, **sent: str) -> HttpResponse:
    versions = re.search(r'name="versions" value="([^"]*)"', page(desk).content.decode())
    assert versions
    content = {
        "line": list(lines),
        "versions": versions[1].replace("&quot;", '"'),
        "reason": "Décision du bureau",
        **sent,
    }
    return desk.client.post(f"/grille/2024/optimum/accepter/?au={AS_OF}", content)


def test_everything_that_is_granted_is_justified_where_the_pay_is_enough(desk: Desk) -> None:
    found = proposal(desk)
    assert (found.granted, found.proposed, found.structural) == (40_000_00, 40_000_00, 0)
    assert found.today == payable(desk) < found.proposed
    assert found.is_best
    assert sum(line.gain for line in found.lines) == found.more


def test_the_lines_accepted_together_give_what_the_page_announced_to_the_cent(desk: Desk) -> None:
    found = proposal(desk)
    answer = accept(desk, *[line.value for line in found.lines])
    assert answer.status_code == 302
    assert payable(desk) == found.proposed
    assert AllocationNote.objects.filter(reason="Décision du bureau").exists()
    assert proposal(desk).lines == ()


def test_some_of_the_lines_give_what_the_page_says_of_them(desk: Desk) -> None:
    found = proposal(desk)
    some = [line.value for line in found.lines[:1]]
    told = accept(desk, *some, essai="1", reason="")
    assert told.status_code == 200
    assert not AllocationNote.objects.exists()
    accept(desk, *some)
    assert payable(desk) == found.today + found.lines[0].gain
    assert f"{payable(desk) // 100 // 1000}" in told.content.decode()


def test_what_was_accepted_can_be_taken_back(desk: Desk) -> None:
    before = list(Assignment.objects.values_list("worker", "post", "starts_on", "weekly_hours"))
    amount, address = payable(desk), f"/grille/2024/optimum/annuler/?au={AS_OF}"
    assert desk.client.post(address).status_code == 404
    accept(desk, *[line.value for line in proposal(desk).lines])
    assert desk.client.post(address).status_code == 302
    after = list(Assignment.objects.values_list("worker", "post", "starts_on", "weekly_hours"))
    assert (after, payable(desk)) == (before, amount)


UNDO = "Revenir à la répartition d"


def test_what_was_accepted_can_be_taken_back_by_a_colleague_until_something_changes(
    desk: Desk,
) -> None:
    before, (first, *_others) = payable(desk), proposal(desk).lines
    colleague = replace(desk, client=member(Role.FINANCE, desk.organisation))
    assert UNDO not in page(colleague).content.decode()
    accept(desk, first.value)
    assert UNDO in page(colleague).content.decode()
    assert colleague.client.post(f"/grille/2024/optimum/annuler/?au={AS_OF}").status_code == 302
    assert payable(desk) == before
    assert UNDO not in page(desk).content.decode()


def test_what_changed_since_is_not_taken_back(desk: Desk) -> None:
    accept(desk, *[line.value for line in proposal(desk).lines])
    Assignment.objects.order_by("pk").last().delete()
    assert UNDO not in page(desk).content.decode()
    assert desk.client.post(f"/grille/2024/optimum/annuler/?au={AS_OF}").status_code == 404


def test_a_year_without_data_says_what_is_missing_and_leads_to_where_it_is_entered(
    desk: Desk,
) -> None:
    desk.organisation.awards.update(ends_on=date(2024, 12, 31))
    Post.objects.update(ends_on=date(2024, 12, 31))
    ContractLine.objects.update(ends_on=date(2024, 12, 31))
    answer = desk.client.get(f"/grille/2026/optimum/?au={AS_OF}")
    assert answer.status_code == 200
    shown = unescape(answer.content.decode())
    assert "Aucune subvention ne court en 2026" in shown
    assert "Aucun contrat ne court en 2026" in shown
    assert "Aucun mois de paie n'est encodé pour 2026" in shown
    main = shown.split("<main")[1]
    for address in re.findall(r'<p class="files">.*?</p>', main):
        for one in re.findall(r'href="([^"]+)"', address):
            assert desk.client.get(one).status_code == 200
    assert desk.client.get("/grille/9999/optimum/").status_code == 404


def test_a_year_to_come_leads_to_its_projection(desk: Desk) -> None:
    shown = unescape(desk.client.get(f"/grille/2025/optimum/?au={AS_OF}").content.decode())
    assert "Aucun contrat" not in shown
    found = re.search(r'href="([^"]+)">Voir la meilleure répartition projetée de 2025', shown)
    assert found
    assert "Meilleure répartition 2025" in desk.client.get(found[1]).content.decode()


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(desk: Desk) -> None:
    lines = [line.value for line in proposal(desk).lines]
    answer = accept(desk, *lines, versions=json.dumps({desk.worker.pk: "old"}))
    assert answer.status_code == 422
    assert "a changé depuis que la page" in answer.content.decode()
    assert not AllocationNote.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": ""}, "Écrivez pourquoi"),
        ({"versions": "nothing"}, "rechargez-la"),
        ({"line": "1:2:3"}, "rechargez-la"),
        ({"line": "a:b:c:d:e"}, "rechargez-la"),
        ({"line": []}, "Cochez au moins une ligne"),
    ],
)
def test_what_does_not_come_from_the_page_is_refused(desk: Desk, sent: dict, said: str) -> None:
    line = proposal(desk).lines[0].value
    answer = accept(desk, **{"line": line, **sent})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_worker_of_another_function_is_not_proposed_and_the_page_says_what_it_costs(
    desk: Desk,
) -> None:
    ContractLine.objects.update(function="administration")
    found = proposal(desk)
    assert found.lines == ()
    assert found.structural == found.granted - found.today > 0
    assert "la fonction du contrat" in page(desk).content.decode()


def test_the_fte_of_a_post_is_a_limit_and_the_page_says_what_more_would_bring(desk: Desk) -> None:
    Post.objects.update(fte=Decimal("0.10"))
    found = proposal(desk)
    assert 0 < found.structural < found.granted
    assert found.is_best
    assert "est plein" in page(desk).content.decode()


def test_only_who_was_hired_for_the_scheme_is_put_on_its_posts(db: None) -> None:
    desk = build_desk("cocof_facultative", "ape")
    Term.objects.filter(award__scheme="ape").delete()
    ape = desk.posts[1].award
    TermFactory(award=ape, code="granted", value="20000.00")
    awards = {change.award for line in proposal(desk).lines for change in line.changes}
    assert awards == {"SUB-0"}
    add_paid_worker(desk.organisation, "W02")
    other = desk.organisation.workers.get(number="W02")
    AssignmentFactory(
        worker=other,
        post=desk.posts[1],
        weekly_hours=Decimal(1),
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    found = proposal(desk)
    assert {
        line.number for line in found.lines for one in line.changes if one.award == "SUB-1"
    } == {"W02"}


def test_hours_that_carry_two_awards_stay_and_are_told(desk: Desk) -> None:
    for post in desk.posts:
        AssignmentFactory(
            worker=desk.worker,
            post=post,
            weekly_hours=Decimal(38),
            starts_on=date(2024, 3, 1),
            ends_on=date(2024, 3, 31),
        )
    found = proposal(desk)
    assert found.frozen == 1
    moved = {(edit.worker, edit.number) for line in found.lines for edit in line.edits}
    assert (desk.worker.pk, 3) not in moved
    assert "Mois de travailleurs qui restent tels quels : 1" in page(desk).content.decode()


def test_a_year_without_an_award_that_may_change_says_the_way_out(desk: Desk) -> None:
    Term.objects.all().delete()
    assert "déverrouillez une justification" in page(desk).content.decode()


def test_the_batch_reads_the_year_as_the_ledger_does(desk: Desk) -> None:
    year = places(desk)
    funding = fund(book_of(year.facts))
    found = {claim.award.index: claim.payable for claim in year.ledger.claims}
    assert [found[index] for index in range(len(found))] == funding.payable.tolist()


def test_no_scheme_authorises_a_stack_that_the_best_allocation_would_have_to_propose() -> None:
    found = list(schemes().values())
    tones = {
        stack.tone
        for place, one in enumerate(found)
        for other in found[place:]
        for _day, stack in changes_between(one, other)
    }
    assert "allowed" not in tones


def test_somebody_who_only_reads_sees_the_lines_and_accepts_none(desk: Desk) -> None:
    reader = MembershipFactory(organisation=desk.organisation, role="director").user
    desk.client.force_login(reader)
    shown = page(desk).content.decode()
    assert "sans pouvoir l'accepter" in shown.replace("&#x27;", "'")
    assert 'type="checkbox"' not in shown


class TestAnyYear(TestCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, 2**32 - 1))
    def test_what_is_announced_is_payable_and_never_less_than_today(self, seed: int) -> None:
        desk = random_desk(Random(seed))  # noqa: S311
        found = proposal(desk)
        assert found.today == payable(desk) <= found.proposed
        assert found.proposed <= found.bound + found.cost_lines * 10
        if found.lines:
            accept(desk, *[line.value for line in found.lines])
        assert payable(desk) == found.proposed


def random_desk(draw: Random) -> Desk:
    """Three awards of different shapes, two or three workers on some of their posts."""
    names = draw.sample(("cocof_facultative", "wallonia_css", "region_facultative", "cocom_cap"), 3)
    desk = build_desk(*names)
    desk.organisation.awards.update(scheme=names[0])
    for award, name in zip(desk.organisation.awards.order_by("reference"), names, strict=True):
        award.scheme = name
        award.save()
    for number in range(draw.randint(1, 2)):
        add_paid_worker(desk.organisation, f"W1{number}")
    Post.objects.update(fte=Decimal(draw.choice(("1.0", "0.5", "0.8"))))
    Term.objects.filter(code="granted").update(value=f"{draw.randint(5_000, 60_000)}.00")
    for worker in desk.organisation.workers.all():
        AssignmentFactory(
            worker=worker,
            post=draw.choice(desk.posts),
            weekly_hours=Decimal(draw.randint(1, 38)),
            starts_on=date(2024, draw.randint(1, 12), 1),
        )
    return desk
