"""The funder's decision typed on its page: by line, by head, the rest in one go."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from reports.models import DecisionLine, Justification, State
from reports.workflow.deciding import answers_of
from reports.workflow.sent_lines import claimed_of
from tests.reports.workflow.conftest import Desk
from tests.reports.workflow.test_deciding import two_lines
from tests.reports.workflow.test_page import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Desk:
    """A sent justification with a worker-month of 3,000.00 and an invoice of 200.00."""
    one, clients = two_lines(), (Client(), Client())
    for client, user in zip(clients, (one.finance, one.director), strict=True):
        client.force_login(user)
    return Desk(one, *clients)


def typed(desk: Desk) -> dict[str, str]:
    """The fields of the page, empty."""
    lines = claimed_of(desk.life.file.justification).lines
    return {f"{field}-{line.name}": "" for line in lines for field in ("accepted", "reason")}


def test_an_amount_as_it_is_written_here_is_kept_with_its_refusal(sent: Desk) -> None:
    staff, invoice = claimed_of(sent.life.file.justification).lines
    data = typed(sent)
    data[f"accepted-{staff.name}"] = "2 900,50 €"
    data[f"reason-{staff.name}"] = "congé non admis"
    assert sent.post("decision/lignes/", data).status_code == 302
    found = answers_of(sent.life.file)
    assert set(found) == {staff.place}
    assert (found[staff.place].accepted, found[staff.place].refused) == (290_050, 9_950)
    shown = text_of(sent.get("decision/"))
    assert 'value="2900,50"' in shown
    assert "1 ligne sans réponse" in shown
    assert invoice.who in shown


def test_nobody_decides_on_a_version_that_was_changed_where_it_is_kept(sent: Desk) -> None:
    row = Justification.objects.get()
    Justification.objects.update(document=row.document.replace("3000.00", "9000.00"))
    answer = sent.get("decision/")
    assert answer.status_code == 500
    assert "n'est plus celle qui a été figée" in text_of(answer).replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("amount", "reason", "said"),
    [
        ("3000,01", "", "n&#x27;est pas entre 0,00\u202f€ et 3\u202f000,00\u202f€"),
        ("300 %", "", "n&#x27;est pas un nombre"),
        ("3.000", "", "2 chiffres après la virgule"),
        ("12,345", "x", "2 chiffres après la virgule"),
        ("-5", "x", "ne peut pas être négatif"),
        ("100", "", "indiquez le motif du refus"),
        ("NaN", "x", "n&#x27;est pas un nombre"),
    ],
)
def test_a_wrong_answer_is_said_on_its_line_and_nothing_is_kept_nor_lost(
    sent: Desk, amount: str, reason: str, said: str
) -> None:
    staff, invoice = claimed_of(sent.life.file.justification).lines
    data = typed(sent)
    data.update({f"accepted-{staff.name}": amount, f"reason-{staff.name}": reason})
    data[f"accepted-{invoice.name}"] = "200,00"
    answer = sent.post("decision/lignes/", data)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'value="200,00"' in text_of(answer)
    assert DecisionLine.objects.count() == 0


def test_ticked_lines_are_refused_with_one_reason(sent: Desk) -> None:
    staff, invoice = claimed_of(sent.life.file.justification).lines
    data = {**typed(sent), "action": "refuse", "tick": invoice.name, "common": "hors période"}
    data[f"accepted-{staff.name}"] = "3000"
    assert sent.post("decision/lignes/", data).status_code == 302
    found = answers_of(sent.life.file)
    assert (found[invoice.place].refused, found[invoice.place].reason) == (20_000, "hors période")
    assert found[staff.place].accepted == 300_000
    without = sent.post("decision/lignes/", {**data, "common": ""})
    assert "indiquez le motif du refus" in text_of(without)


def test_what_a_colleague_entered_meanwhile_is_not_overwritten_silently(sent: Desk) -> None:
    staff, invoice = claimed_of(sent.life.file.justification).lines
    old = {**typed(sent), f"was-{staff.name}": "|", f"was-{invoice.name}": "|"}
    sent.post("decision/lignes/", {**old, f"accepted-{staff.name}": "3000"})
    mine = {f"accepted-{staff.name}": "2900", f"reason-{staff.name}": "congé"}
    answer = sent.post("decision/lignes/", {**old, **mine})
    assert answer.status_code == 422
    assert "Quelqu&#x27;un vient de répondre pour cette ligne (3\u202f000,00\u202f€)" in text_of(
        answer
    )
    assert 'value="congé"' in text_of(answer)
    other = {**old, f"accepted-{invoice.name}": "200"}
    assert sent.post("decision/lignes/", other).status_code == 302
    assert {one.accepted for one in answers_of(sent.life.file).values()} == {300_000, 20_000}


def test_an_amount_for_a_head_is_shared_over_its_lines(sent: Desk) -> None:
    data = {"head-head": "running", "head-accepted": "150,00", "head-reason": "plafond interne"}
    assert sent.post("decision/rubrique/", data).status_code == 302
    row = DecisionLine.objects.get()
    assert (row.accepted, row.refused) == (Decimal("150.00"), Decimal("50.00"))
    wrong = sent.post("decision/rubrique/", {**data, "head-accepted": "250,00"})
    assert wrong.status_code == 422
    assert 'value="plafond interne"' in text_of(wrong)


def test_the_whole_is_recorded_and_the_amounts_are_shown(sent: Desk) -> None:
    _staff, invoice = claimed_of(sent.life.file.justification).lines
    data = {**typed(sent), "action": "refuse", "tick": invoice.name, "common": "hors période"}
    sent.post("decision/lignes/", data)
    whole = {"whole-on": f"{timezone.localdate()}", "whole-reference": "DEC-7"}
    open_line = sent.post("decision/enregistrer/", whole)
    assert open_line.status_code == 422
    assert "1 ligne n&#x27;a pas encore de réponse" in text_of(open_line)
    done = sent.post("decision/enregistrer/", {**whole, "whole-accept_rest": "on"})
    assert done.status_code == 302
    assert sent.life.file.state == State.DECIDED
    shown = text_of(sent.get())
    assert "(DEC-7) : accepté 3\u202f000,00\u202f€, payable 3\u202f000,00\u202f€" in shown
    assert "Clore" in shown
    lines = text_of(sent.get("decision/"))
    assert "hors période" in lines
    assert "Garder ces réponses" not in lines
    again = sent.post("decision/enregistrer/", {**whole, "whole-accept_rest": "on"})
    assert again.status_code == 422


def test_a_director_reads_the_decision_and_enters_nothing(sent: Desk) -> None:
    shown = text_of(sent.get("decision/", by=sent.director))
    assert "Garder ces réponses" not in shown
    assert sent.post("decision/lignes/", typed(sent), by=sent.director).status_code == 403


def test_what_is_not_frozen_has_no_decision(desk: Desk) -> None:
    assert desk.get("decision/").status_code == 404
