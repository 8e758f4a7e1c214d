"""An address that only receives a form, when it is read; and one that only reads, when sent to."""

from django.test import Client

from tests.reports.views.reading import words


def test_reading_the_address_of_a_refused_step_leads_back_to_its_dossier(service):
    asked = "?organisation=1&au=2025-02-01"
    refused = service.client.post(f"{service.page}etat/prete/")
    assert refused.status_code == 422
    read = service.client.get(f"{service.page}etat/prete/{asked}")
    assert read.headers["Location"] == service.page + asked


def test_the_language_chosen_on_a_refused_form_leads_back_to_its_page(service):
    address = f"{service.page}etat/prete/"
    chosen = service.client.post("/langue/", {"language": "nl", "next": address}, follow=True)
    assert [place for place, _status in chosen.redirect_chain] == [address, service.page]
    assert '<html lang="nl"' in chosen.content.decode()


def test_a_page_that_receives_nothing_says_so_in_the_layout_of_the_site(service):
    answer = service.client.post("/demandes/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "Rien à envoyer ici" in words(answer)


def test_an_address_to_send_to_still_asks_who_reads_it(service):
    answer = Client().get(f"{service.page}etat/prete/")
    assert answer.headers["Location"].startswith("/connexion/")
