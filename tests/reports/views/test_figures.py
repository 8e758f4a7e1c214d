"""The reference values on the site: everyone reads them, the federation fills them in."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.federation.models import FigureEntry, FigureVerification
from grants.selectors import figures_registry
from tests.factories import FigureEntryFactory, UserFactory
from tests.people import federation, signed_in
from tests.reports.views.reading import markup, words

pytestmark = pytest.mark.django_db
FIGURE = "/valeurs/wallonia_saspp.flat_amount/"
VERIFY = f"{FIGURE}verifiee/"
LIMIT = "/valeurs/maribel.salary_limit/"
GOOD = {
    "since": "2026-01-01",
    "value": "12 345,60",
    "decided_on": "",
    "status": "confirmed",
    "source": "Circulaire du 3 mars 2026",
    "source_url": "",
    "verified_on": "2026-11-26",
}


@pytest.fixture
def reader() -> Client:
    return signed_in(UserFactory())


@pytest.fixture
def keeper() -> Client:
    return federation("finance")


@pytest.mark.parametrize("address", ["/valeurs/", FIGURE])
def test_nobody_reads_the_values_without_logging_in(client, address):
    assert client.get(address)["Location"].startswith("/connexion/")


@pytest.mark.parametrize("address", [FIGURE, VERIFY])
def test_nobody_writes_without_logging_in(client, address):
    assert client.post(address, GOOD)["Location"].startswith("/connexion/")
    assert not FigureEntry.objects.exists()


def test_a_reader_sees_what_is_missing_with_its_source_and_no_form(reader):
    page = words(reader.get("/valeurs/", {"etat": "missing", "famille": "wallonia_saspp"}))
    assert "Forfait par service ou antenne et par an" in page
    assert "manquante CRWASS art. 68/1-68/9 : montant non trouvé 22/11/2026" in page
    assert "Seule l'administration du site les remplit" in page
    assert "Enregistrer la valeur" not in words(reader.get(FIGURE))
    assert "Vérifiée aujourd'hui" not in words(reader.get(LIMIT))


@pytest.mark.parametrize("address", [FIGURE, VERIFY])
def test_a_reader_may_not_write(reader, address):
    assert reader.post(address, GOOD).status_code == 403
    assert not FigureEntry.objects.exists()
    assert not FigureVerification.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("finance", 302), ("administrator", 302), ("analyst", 403)]
)
def test_the_federation_fills_in_and_verifies_by_role(role, status):
    person = federation(role)
    page = markup(person.get(LIMIT))
    assert ("Enregistrer la valeur" in page) is (status == 302)
    assert ("Vérifiée aujourd'hui" in page) is (status == 302)
    assert person.post(FIGURE, GOOD).status_code == status
    known = {"since": "2003-01-01", "decided": "", "text": "64937.84"}
    assert person.post(f"{LIMIT}verifiee/", known).status_code == status


def test_the_flags_of_an_account_give_no_right_over_the_values():
    flagged = signed_in(UserFactory(is_staff=True, is_superuser=True))
    assert flagged.post(FIGURE, GOOD).status_code == 403
    assert not FigureEntry.objects.exists()


def test_the_administration_fills_in_a_value_that_everything_then_uses(keeper):
    answer = keeper.post(FIGURE, GOOD, follow=True)
    assert "La valeur est enregistrée." in words(answer)
    value = figures_registry().on("wallonia_saspp.flat_amount", date(2026, 6, 1))
    assert (value.value, value.status) == (Fraction("12345.60"), "confirmed")
    assert value.source.title == "Circulaire du 3 mars 2026"
    assert value.source.verified == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("value", "douze", "n'est pas un nombre"),
        ("value", "1e4", "n'est pas un nombre"),
        ("value", "", "obligatoire"),
        ("source", "", "obligatoire"),
        ("since", "2026-02-30", "valide"),
        ("since", "1989-12-31", "La date doit être entre 1990 et 2100."),
        ("decided_on", "0206-01-01", "La date doit être entre 1990 et 2100."),
        ("verified_on", "2101-01-01", "La date doit être entre 1990 et 2100."),
        ("verified_on", "", "obligatoire"),
        ("status", "missing", "missing"),
    ],
)
def test_a_value_that_cannot_be_trusted_is_refused_beside_its_field(keeper, name, written, told):
    answer = keeper.post(FIGURE, {**GOOD, name: written})
    assert answer.status_code == 422
    assert told in markup(answer)
    assert not FigureEntry.objects.exists()


def test_a_value_filled_in_says_who_did_it_and_when():
    keeper = federation("finance", first_name="Awa", last_name="Diallo")
    page = words(keeper.post(FIGURE, GOOD, follow=True))
    assert f"saisie le {timezone.localdate():%d/%m/%Y} par Awa Diallo" in page
    entry = FigureEntry.objects.get()
    assert entry.entered_by is not None
    assert entry.entered_at is not None


RATIO, INDEX = "/valeurs/employer.onss_worker/", "/valeurs/index.pivot/"
TOO_BIG = "n'est pas entre 0 et 92 233 720 368 547 758,07 : vérifiez le signe et les chiffres"


@pytest.mark.parametrize(
    ("address", "written", "told"),
    [
        (RATIO, "32,40", "« 32,40 » n'est pas entre -1 et 10 : un taux s'écrit comme un nombre"),
        (RATIO, "10,0001", "0,3240 pour 32,40 %"),
        (RATIO, "-1,01", "n'est pas entre -1 et 10"),
        (RATIO, "-1", ""),
        (RATIO, "0,3240", ""),
        (RATIO, "10", ""),
        (FIGURE, "-0,01", TOO_BIG),
        (FIGURE, "92233720368547758,08", TOO_BIG),
        (FIGURE, "92233720368547758,07", ""),
        (FIGURE, "0", ""),
        (INDEX, "-1", TOO_BIG),
        (INDEX, "128,33", ""),
    ],
)
def test_a_value_beyond_what_its_unit_allows_is_refused_with_the_bound(
    keeper, address, written, told
):
    answer = keeper.post(address, {**GOOD, "value": written})
    assert told in markup(answer)
    assert (answer.status_code, FigureEntry.objects.exists()) == (
        (422, False) if told else (302, True)
    )


def test_a_value_typed_twice_is_refused(keeper):
    keeper.post(FIGURE, GOOD)
    answer = keeper.post(FIGURE, GOOD)
    assert answer.status_code == 422
    assert "a déjà été saisie pour ce jour" in words(answer)


def test_the_code_of_the_page_wins_over_one_that_is_sent(keeper):
    keeper.post(FIGURE, {**GOOD, "code": "maribel.salary_limit"})
    assert FigureEntry.objects.get().code == "wallonia_saspp.flat_amount"


@pytest.mark.parametrize("address", ["/valeurs/moon.x/", "/valeurs/moon.x/verifiee/"])
def test_a_figure_that_does_not_exist_is_not_found(keeper, address):
    assert keeper.post(address, GOOD).status_code == 404


def test_a_value_verified_today_without_a_change_says_so(keeper):
    answer = keeper.post(
        f"{LIMIT}verifiee/", {"since": "2003-01-01", "decided": "", "text": "64937.84"}, follow=True
    )
    assert "La vérification d'aujourd'hui est enregistrée." in words(answer)
    kept = FigureVerification.objects.get()
    assert (kept.code, kept.since) == ("maribel.salary_limit", date(2003, 1, 1))
    assert kept.verified_by is not None
    assert f"{timezone.localdate():%d/%m/%Y}" in words(answer)
    keeper.post(f"{LIMIT}verifiee/", {"since": "2003-01-01", "decided": "", "text": "64937.84"})
    assert FigureVerification.objects.count() == 1


def test_a_verification_does_not_outlive_the_value_that_it_was_about(keeper):
    entry = FigureEntryFactory(
        code="maribel.salary_limit", since=date(2026, 1, 1), value="70000.00"
    )
    read = {"since": "2026-01-01", "decided": "", "text": "70000.00"}
    keeper.post(f"{LIMIT}verifiee/", read)
    assert verified_on(date(2026, 6, 1)) == timezone.localdate()
    FigureEntry.objects.filter(pk=entry.pk).update(value="71000.00")
    assert verified_on(date(2026, 6, 1)) == entry.verified_on
    answer = keeper.post(f"{LIMIT}verifiee/", read, follow=True)  # a page opened before the change
    assert "a changé entre-temps" in words(answer)
    assert verified_on(date(2026, 6, 1)) == entry.verified_on
    keeper.post(f"{LIMIT}verifiee/", {**read, "text": "71000.00"})
    assert verified_on(date(2026, 6, 1)) == timezone.localdate()


def verified_on(day: date) -> date | None:
    return figures_registry().on("maribel.salary_limit", day).source.verified


@pytest.mark.parametrize("since", ["2003-01-02", "", "hier"])
def test_a_value_that_a_figure_does_not_have_cannot_be_verified(keeper, since):
    assert keeper.post(f"{LIMIT}verifiee/", {"since": since, "decided": ""}).status_code == 404
    assert not FigureVerification.objects.exists()


def test_the_list_is_searched_without_accents_and_by_state_and_family(reader):
    page = words(reader.get("/valeurs/", {"texte": "fevrier moon"}))
    assert "Aucune valeur douteuse ne correspond." in page
    page = words(reader.get("/valeurs/", {"texte": ["Équivalent", "FORFAIT antenne"][1]}))
    assert "Forfait par service ou antenne et par an" in page
    page = markup(reader.get("/valeurs/", {"etat": "moon", "famille": "moon", "page": "999"}))
    assert "n'est pas" in page or "valeurs douteuses" in page


def test_a_value_filled_in_by_someone_leaves_the_list_of_missing_ones(reader):
    asked = {"texte": "wallonia_saspp.flat_amount", "etat": "missing"}
    assert "1 valeur douteuse" in words(reader.get("/valeurs/", asked))
    FigureEntryFactory(code="wallonia_saspp.flat_amount", since=date(2017, 1, 1), value="1")
    assert "Aucune valeur douteuse" in words(reader.get("/valeurs/", asked))


@pytest.mark.parametrize("address", ["/valeurs/", FIGURE])
def test_the_number_of_queries_does_not_grow(reader, django_assert_num_queries, address):
    FigureEntryFactory(code="wallonia_saspp.flat_amount", since=date(2000, 1, 1), value="1")
    with CaptureQueriesContext(connection) as one:
        reader.get(address)
    for year in range(2001, 2021):
        FigureEntryFactory(code="wallonia_saspp.flat_amount", since=date(year, 1, 1), value="1")
    with django_assert_num_queries(len(one)):
        reader.get(address)


def test_a_missing_value_says_so_once(keeper):
    page = markup(keeper.get("/valeurs/maribel.ceiling_332/"))
    assert page.count('class="badge error">manquant') == 1
