"""The way of a justification on the site: what each person is shown and may do, and says no to."""

import hashlib
import io
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from backoffice.federation.audit import acting
from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import StoredFile
from reports.models import Justification, State
from tests.factories import MembershipFactory
from tests.reports.checks.situations import service
from tests.reports.workflow.conftest import Desk
from tests.reports.workflow.life import Life, life

NOW = "%Y-%m-%dT%H:%M"


def picture() -> bytes:
    """The smallest PNG that opens."""
    kept = io.BytesIO()
    Image.new("L", (1, 1)).save(kept, "PNG")
    return kept.getvalue()


PNG = picture()


def text_of(response) -> str:
    return re.sub(r"[ \n]+", " ", response.content.decode())


def test_two_people_bring_it_from_preparation_to_frozen_and_its_files_come_back(desk: Desk) -> None:
    shown = text_of(desk.get())
    assert "Prochaine étape :" in shown
    assert "la déclarer prête" in shown
    assert desk.post("etat/prete/").status_code == 302
    assert "l&#x27;approuver (une autre personne)" in text_of(desk.get())
    assert desk.post("approbation/approuver/", by=desk.director).status_code == 302
    assert desk.post("etat/figer/").status_code == 302
    assert "en train d'être figée" in text_of(desk.get())
    assert desk.get().context["bar"].buttons == ()
    run_until_empty()
    assert desk.life.file.state == State.FROZEN
    version = Justification.objects.get()
    for row in version.files.all():
        answer = desk.finance.get(f"/fichiers/{row.stored_id}/")
        content = b"".join(answer) if answer.streaming else answer.content
        name = f"justification-a-2024.{row.extension}"
        assert hashlib.sha256(content).hexdigest() == version.file_digests[name]
    content = desk.get("version-1/json/").content
    assert hashlib.sha256(content).hexdigest() == version.document_digest


def test_each_person_sees_the_buttons_of_their_role_alone(desk: Desk) -> None:
    desk.life.reach(State.READY)
    assert [one.slug for one in desk.get().context["bar"].buttons] == []
    director = desk.get(by=desk.director).context["bar"]
    assert [one.slug for one in director.buttons] == ["approuver", "deverrouiller"]
    assert director.may
    assert director.people == (desk.life.director.username,)


def test_approving_is_offered_to_those_alone_who_may(desk: Desk) -> None:
    organisation = desk.life.place.organisation
    MembershipFactory(organisation=organisation, role="director", user__is_active=False)
    colleague = MembershipFactory(organisation=organisation, role="director").user
    with acting(desk.life.director):
        desk.life.raise_pay()
    desk.life.reach(State.READY)
    bar = desk.get(by=desk.director).context["bar"]
    assert [one.slug for one in bar.buttons] == ["deverrouiller"]
    assert not bar.may
    assert bar.people == (colleague.username,)


@pytest.mark.parametrize("path", ["etat/prete/", "etat/figer/", "etat/envoyer/"])
def test_a_role_without_the_right_is_refused_with_whom_to_ask(desk: Desk, path: str) -> None:
    answer = desk.post(path, by=desk.director)
    assert answer.status_code == 403
    assert "Votre rôle ne permet pas" in text_of(answer)


@pytest.mark.parametrize(
    "path", ["etat/approuver/", "approbation/figer/", "etat/rien/", "approbation/rien/"]
)
def test_a_move_at_another_address_does_not_exist(desk: Desk, path: str) -> None:
    by = desk.finance if path.startswith("etat") else desk.director
    assert desk.post(path, by=by).status_code == 404


def test_a_double_submit_and_an_old_tab_end_in_a_sentence(desk: Desk) -> None:
    seen = desk.mark()
    address = f"{desk.page}etat/prete/?au=2025-03-01"
    assert desk.finance.post(address, {"seen": seen}).status_code == 302
    again = desk.finance.post(address, {"seen": seen})
    assert again.status_code == 422
    assert "elle est prête" in text_of(again)
    assert desk.life.file.moves.count() == 1


def test_the_back_button_after_a_freeze_changes_nothing_and_keeps_what_was_typed(
    desk: Desk,
) -> None:
    desk.life.reach(State.READY)
    seen = desk.mark(desk.director)
    desk.life.reach(State.FROZEN)
    address = f"{desk.page}approbation/deverrouiller/?au=2025-03-01"
    typed = {"seen": seen, "deverrouiller-reason": "Une facture oubliée"}
    answer = desk.director.post(address, typed)
    assert answer.status_code == 422
    assert "a changé depuis que vous" in text_of(answer)
    assert 'value="Une facture oubliée"' in text_of(answer)
    assert desk.life.file.state == State.FROZEN


def test_unlocking_asks_a_reason_beside_its_field_and_the_history_keeps_it(desk: Desk) -> None:
    desk.life.reach(State.FROZEN)
    path = "approbation/deverrouiller/"
    refused = desk.post(path, {"deverrouiller-reason": " "}, by=desk.director)
    assert refused.status_code == 422
    assert "Indiquez pourquoi" in text_of(refused)
    assert desk.life.file.state == State.FROZEN
    typed = {"deverrouiller-reason": "Une facture oubliée"}
    assert desk.post(path, typed, by=desk.director).status_code == 302
    assert desk.life.file.state == State.DRAFT
    history = re.search(r'<details class="history">.*?</details>', text_of(desk.get()))
    assert history
    assert "Une facture oubliée" in history[0]
    assert desk.life.director.username in history[0]


def test_an_identical_resubmission_is_refused_on_the_page_with_what_was_sent(desk: Desk) -> None:
    desk.life.reach(State.SENT)
    assert desk.post("etat/corriger/", {"corriger-reason": "relire"}).status_code == 302
    answer = desk.post("etat/prete/")
    assert answer.status_code == 422
    assert "dit déjà la même chose" in text_of(answer)
    assert desk.life.file.state == State.DRAFT


def test_a_correction_opened_by_mistake_is_abandoned_from_its_page_and_today_follows(
    desk: Desk,
) -> None:
    desk.life.reach(State.DRAFT)
    assert "Abandonner la correction" not in text_of(desk.get())
    desk.life.reach(State.DECIDED)
    assert desk.post("etat/corriger/", {"corriger-reason": "relire"}).status_code == 302
    assert "Abandonner la correction" in text_of(desk.get())
    desk.finance.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    assert "De verbetering opgeven" in text_of(desk.get())
    desk.finance.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    silent = desk.post("etat/abandonner/", {"abandonner-reason": " "})
    assert silent.status_code == 422
    assert "Indiquez pourquoi la correction est abandonnée." in text_of(silent)
    assert "la déclarer prête" in text_of(desk.finance.get("/aujourdhui/"))
    why = {"abandonner-reason": "Ouverte par erreur"}
    assert desk.post("etat/abandonner/", why).status_code == 302
    assert desk.life.file.state == State.DECIDED
    page = text_of(desk.get())
    assert "La correction est abandonnée : la justification a repris son état." in page
    assert "Ouverte par erreur" in page
    assert "Abandonner la correction" not in page
    today = text_of(desk.finance.get("/aujourdhui/"))
    assert "la déclarer prête" not in today
    assert "encoder le paiement du solde et clore" in today


def test_who_approves_in_the_other_language_reads_the_same_content(desk: Desk) -> None:
    desk.life.reach(State.READY)
    desk.director.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    assert "Volgende stap" in text_of(desk.get(by=desk.director))
    assert desk.get(by=desk.director).context["bar"].changed == ""
    assert desk.post("approbation/approuver/", by=desk.director).status_code == 302
    assert desk.life.file.state == State.APPROVED


def test_a_content_that_changed_is_said_on_the_page_and_sends_it_back(desk: Desk) -> None:
    desk.life.reach(State.READY).raise_pay()
    shown = desk.get(by=desk.director)
    assert "Le contenu a changé" in text_of(shown)
    assert "3\u202f100,00\u202f€" in shown.context["bar"].changed
    assert desk.post("approbation/approuver/", by=desk.director).status_code == 302
    assert desk.life.file.state == State.DRAFT
    assert "de nouveau en préparation" in text_of(desk.get(by=desk.director))


def test_a_sending_keeps_its_proof(desk: Desk) -> None:
    desk.life.reach(State.FROZEN)
    proof = SimpleUploadedFile("accusé.png", PNG)
    at = f"{timezone.localtime():{NOW}}"
    answer = desk.post("etat/envoyer/", {"envoyer-at": at, "envoyer-proof": proof})
    assert answer.status_code == 302
    file = desk.life.file
    assert file.state == State.SENT
    assert file.sent_proof.sha256 == hashlib.sha256(PNG).hexdigest()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"envoyer-reference": ""}, "Joignez la preuve"),
        ({"envoyer-at": "demain"}, "écrivez-la jj/mm/aaaa hh:mm"),
        ({"envoyer-at": "to come"}, "à venir"),
    ],
)
def test_a_sending_typed_wrongly_is_said_beside_it(desk: Desk, changed: dict, said: str) -> None:
    desk.life.reach(State.FROZEN)
    if changed.get("envoyer-at") == "to come":
        changed = {"envoyer-at": f"{timezone.localtime() + timedelta(days=2):{NOW}}"}
    typed = {"envoyer-at": f"{timezone.localtime():{NOW}}", "envoyer-reference": "RP 123"}
    answer = desk.post("etat/envoyer/", {**typed, **changed})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert ('value="RP 123"' in text_of(answer)) == ("envoyer-reference" not in changed)
    assert desk.life.file.state == State.FROZEN


def test_a_proof_that_is_refused_or_not_used_is_not_kept(desk: Desk) -> None:
    desk.life.reach(State.FROZEN)
    kept = StoredFile.objects.count()
    script = SimpleUploadedFile("preuve.pdf", b"<svg><script>alert(1)</script></svg>")
    at = f"{timezone.localtime():{NOW}}"
    answer = desk.post("etat/envoyer/", {"envoyer-at": at, "envoyer-proof": script})
    assert answer.status_code == 422
    old = {
        "seen": "1-frozen-0",
        "envoyer-at": at,
        "envoyer-proof": SimpleUploadedFile("p.png", PNG),
    }
    answer = desk.post("etat/envoyer/", old)
    assert answer.status_code == 422
    assert StoredFile.objects.count() == kept


def test_another_service_has_no_such_justification(desk: Desk) -> None:
    stranger = Desk(_other(), desk.finance, desk.director)
    assert stranger.finance.post(f"{stranger.page}etat/prete/").status_code == 404
    assert stranger.finance.get(f"{stranger.page}version-1/json/").status_code == 404


def _other() -> Life:
    return life("acs", service(), reference="AUTRE", granted="2000.00")


def test_what_other_awards_pay_on_the_same_hours_stands_between_payable_and_own_funds(
    client, db
) -> None:
    place = service()
    acs = place.funded("acs", "ACS")
    place.funded("cocof_casg", "COCOF")
    client.force_login(MembershipFactory(organisation=acs.organisation).user)
    shown = text_of(client.get(f"/subventions/{acs.reference}/2024/"))
    amounts = shown.partition('id="montants"')[2].partition("</section>")[0]
    assert "Complété par ailleurs" in amounts
    assert amounts.index("1\u202f000,00") < amounts.index("Fonds propres")
