"""The list of deadlines: sorted by its heads, kept as a view, totalled, and written as a file."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from reports.models import SavedView
from tests.reports.deadlines.conftest import TODAY
from tests.reports.views.reading import fetched, markup, words

SAVE = "/registres/deadlines/vues/"


def order(response) -> list[str]:
    return [row.item.due.code for row in response.context["page"].rows]


def test_a_click_on_a_head_sorts_the_rows_and_a_second_one_turns_them(service):
    page = service.get()
    by_day = order(page)
    (head,) = [one for one in page.context["page"].form.heads if one.label == "Jour"]
    assert head.direction == "ascending"
    turned = service.client.get(f"/echeances/{head.query}")
    assert order(turned) == by_day[::-1]
    assert 'aria-sort="descending"' in markup(turned)
    assert "2 échéances." in words(turned)
    by_name = words(service.get(tri="echeance"))
    assert by_name.index("Pièces justificatives") < by_name.index("Rapport")


@pytest.mark.parametrize("tri", ["enjeu", "-enjeu"])
def test_what_has_no_known_cost_comes_last_whichever_way(service, tri):
    assert order(service.get(tri=tri))[0] == "pieces"


def test_an_order_that_the_list_does_not_have_is_said_and_left_aside(service):
    page = service.get(tri="lune")
    assert order(page) == order(service.get())
    assert "n'est pas dans la liste" in words(page)


def test_the_total_counts_each_euro_once_and_says_what_is_not_known(service):
    page = words(service.get())
    assert "Total de la sélection 2 100 000,00 € en jeu, chaque euro compté une fois" in page
    assert "1 échéance sans conséquence connue" in page
    closed = words(service.get(etat="closes"))
    assert "en jeu" not in closed


def test_a_view_of_the_deadlines_is_kept_and_opens_the_list(service):
    kept = service.get(etat="en_retard", tri="-jour").context["saving"]["query"].value()
    assert kept == "etat=en_retard&tri=-jour"
    sent = {"name": "En retard d'abord", "query": kept, "is_default": "on"}
    saved = service.client.post(SAVE, sent)
    assert saved.headers["Location"].startswith("/echeances/?etat=en_retard&tri=-jour")
    opened = service.get()
    assert "etat=en_retard" in opened.headers["Location"]
    page = service.client.get(opened.headers["Location"])
    assert 'aria-current="true">En retard d\'abord' in markup(page)
    everything = service.client.get(f"/echeances/{page.context['page'].form.cleared}")
    assert everything.status_code == 200
    view = SavedView.objects.get()
    service.client.post(reverse("drop_list_view", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_a_view_of_a_list_that_does_not_exist_is_not_found(service):
    sent = {"name": "x", "query": ""}
    assert service.client.post("/registres/lune/vues/", sent).status_code == 404


def test_the_selection_is_written_as_a_workbook_in_its_order(service):
    asked = {"au": TODAY.isoformat(), "tri": "-jour"}
    given = fetched(service.client, "/echeances/classeur/", asked)
    rows = list(openpyxl.load_workbook(BytesIO(given.content)).worksheets[0].values)
    heads = next(place for place, row in enumerate(rows) if row[0] == "Échéance")
    assert rows[heads][:7] == (
        "Échéance",
        "Exercice",
        "Jour",
        "État",
        "Subvention",
        "Pouvoir subsidiant",
        "En jeu (EUR)",
    )
    first, second = rows[heads + 1 : heads + 3]
    assert (f"{first[2]:%d/%m/%Y}", first[6]) == ("30/06/2025", "inconnu")
    assert (f"{second[2]:%d/%m/%Y}", float(second[6])) == ("15/04/2025", 100000.0)


def test_what_is_done_puts_nothing_at_stake_in_the_workbook(service):
    service.change("faite", on="2025-04-10", evidence="REC-1")
    asked = {"au": TODAY.isoformat(), "etat": "closes"}
    given = fetched(service.client, "/echeances/classeur/", asked)
    rows = list(openpyxl.load_workbook(BytesIO(given.content)).worksheets[0].values)
    (row,) = [row for row in rows if row[4] == service.award.reference]
    assert float(row[6]) == 0
