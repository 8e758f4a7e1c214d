"""Scenarios that people keep: written field by field, put in order, copied, shared, exported."""

import re
from datetime import date
from fractions import Fraction

import pytest
from django.contrib.auth.models import User
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from backoffice.federation.models import AuditEntry, Organisation
from backoffice.web.templatetags.money import DASH
from reports.board.change_forms import ChangeForm, number_read
from reports.board.editing import DOWN, OFF, UP, NoSuchChange, acted, with_change
from reports.board.offered import Ground
from reports.board.offered import offered as offered_to
from reports.models import StoredScenario
from reports.scenarios.kinds import VALUES
from reports.scenarios.scenario import Scenario
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from reports.scenarios.toml.values import Unreadable
from reports.scenarios.toml.writing import write_scenario
from tests.reports.scenarios.beside import beside
from tests.reports.views.conftest import Service

THREE = read_scenario(
    "name = 'trois'\n"
    + "".join(
        f"[[patches]]\nkind = 'award'\ntarget = 'A{n}'\nfrom = 2027-01-01\nadd = {n}\n"
        for n in (1, 2, 3)
    )
)


def targets(scenario: Scenario) -> list[object]:
    return [one.target for one in scenario.changes]


@pytest.mark.parametrize(
    ("number", "act", "left"),
    [
        (1, UP, ["A1", "A2", "A3"]),
        (2, UP, ["A2", "A1", "A3"]),
        (2, DOWN, ["A1", "A3", "A2"]),
        (3, DOWN, ["A1", "A2", "A3"]),
        (1, OFF, ["A2", "A3"]),
    ],
)
def test_a_change_moves_by_one_place(number, act, left) -> None:
    found = acted(THREE, number, act)
    assert targets(found) == left
    assert [one.number for one in found.changes] == list(range(1, len(left) + 1))


def test_a_change_that_is_gone_cannot_be_moved() -> None:
    with pytest.raises(NoSuchChange):
        acted(THREE, 4, UP)


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([UP, DOWN])), max_size=6))
def test_moving_loses_no_change(moves) -> None:
    found = THREE
    for number, act in moves:
        found = acted(found, number, act)
    assert sorted(map(str, targets(found))) == ["A1", "A2", "A3"]
    assert read_scenario(write_scenario(found)) == found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("95 %", Fraction(95, 100)),
        ("0,95", Fraction(95, 100)),
        ("1.234,50 €", Fraction(123450, 100)),
        ("1 234,50", Fraction(123450, 100)),
        ("1234.5", Fraction(12345, 10)),
        ("-3", -3),
        ("1/38", Fraction(1, 38)),
    ],
)
def test_a_number_is_read_as_people_write_it(written, value) -> None:
    assert number_read(written) == value


def test_a_word_is_no_number() -> None:
    with pytest.raises(Unreadable):
        number_read("beaucoup")


@pytest.mark.parametrize("kind", VALUES)
def test_the_form_of_a_kind_asks_for_each_of_its_values(kind) -> None:
    assert set(ChangeForm(kind).fields) == {"target", "since", *VALUES[kind]}


def test_a_form_gives_the_change_that_a_file_would() -> None:
    form = ChangeForm("award", {"target": "*", "since": "01/03/2027", "factor": "95 %"})
    assert form.is_valid(), form.errors
    found = with_change(Scenario("essai"), form.change)
    written = "name='essai'\n[[patches]]\nkind='award'\ntarget='*'\nfrom=2027-03-01\nfactor='0.95'"
    assert found == read_scenario(written)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"target": "*", "since": "01/03/2027"}, "__all__"),
        ({"target": "*", "since": "hier", "factor": "1"}, "since"),
        ({"target": "*", "since": "01/03/2027", "factor": "beaucoup"}, "factor"),
        ({"target": "*", "since": "01/03/2027", "factor": "-1"}, "factor"),
        ({"target": "*", "since": "01/03/2027", "indexed_by": "r", "late": "1,5"}, "late"),
    ],
)
def test_a_form_that_is_not_filled_in_says_where(sent, field) -> None:
    assert field in ChangeForm("award", sent).errors


@pytest.fixture
def kept(service: Service) -> StoredScenario:
    sent = {"name": "Le mien", "reason": "pour le conseil"}
    answer = service.client.post("/scenarios/nouveau/", sent)
    row = StoredScenario.objects.get(organisation=service.organisation)
    assert answer.url == f"/scenarios/{row.pk}/"
    return row


@pytest.mark.django_db
def test_a_change_is_added_then_shown_in_words(service: Service, kept: StoredScenario) -> None:
    sent = {"target": "MARIBEL-1", "since": "01/01/2026", "granted": "40.000,00"}
    service.client.post(f"/scenarios/{kept.pk}/ajouter/award/", sent)
    page = service.client.get(f"/scenarios/{kept.pk}/").content.decode()
    assert "la subvention MARIBEL-1 : 40\u202f000,00\u202f€ par an" in page


@pytest.mark.django_db
def test_a_refused_change_comes_back_with_what_was_typed(
    service: Service, kept: StoredScenario
) -> None:
    sent = {"target": "MARIBEL-1", "since": "01/01/2026", "granted": "beaucoup"}
    answer = service.client.post(f"/scenarios/{kept.pk}/ajouter/award/", sent)
    assert answer.status_code == 422
    assert "beaucoup" in answer.content.decode()
    kept.refresh_from_db()
    assert read_scenario(kept.text).changes == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        ("award", "target", "Toutes les subventions"),
        ("award", "target", "50 000,00 € en 2025"),
        ("award", "indexed_by", "Index du secteur privé"),
        ("pay_date", "target", "Toutes les subventions"),
        ("scheme", "target", "Maribel social"),
        ("figure", "target", "Cotisations patronales de base"),
        ("index", "target", "Tous les régimes"),
        ("worker", "target", "W01"),
        ("worker", "target", "h par semaine"),
        ("post", "target", "Tous les services"),
        ("post", "funder", "COCOF"),
        ("merge", "target", "Service social du Canal"),
        ("merge", "into", "Service social du Canal"),
    ],
)
def test_what_a_change_names_is_chosen_among_what_stands_today(
    service: Service, kept: StoredScenario, kind: str, field: str, said: str
) -> None:
    asked = {"nature": kind, "au": "2025-02-01"}
    page = service.client.get(f"/scenarios/{kept.pk}/", asked).content.decode()
    after = page.split(f'id="id_{field}"')[1]
    assert said in re.sub(r"[\xa0\u202f]", " ", re.split(r"</(?:select|datalist)>", after)[0])


def test_what_is_not_there_is_said_beside_its_field(service: Service, kept: StoredScenario) -> None:
    sent = {"target": "NOPE", "since": "01/01/2026", "stop": "on"}
    answer = service.client.post(f"/scenarios/{kept.pk}/ajouter/award/", sent)
    assert answer.status_code == 422
    assert list(answer.context["adding"].errors) == ["target"]
    assert 'id="id_target_error"' in answer.content.decode()


def test_the_federation_chooses_no_award_worker_or_employer_of_a_service() -> None:
    ground = Ground(beside().facts, date(2026, 1, 1), {}, alone=False)
    for kind in VALUES:
        found = {code for code, _words in offered_to(kind, ground)["target"]}
        assert not found & {*ground.facts.names.awards, *ground.facts.names.workers, "E0", "E1"}


def test_a_file_comes_in_and_goes_out_the_same(service: Service, tmp_path) -> None:
    path = tmp_path / "trois.toml"
    path.write_text(write_scenario(THREE))
    with path.open("rb") as file:
        service.client.post("/scenarios/nouveau/", {"file": file, "reason": "essai"})
    row = StoredScenario.objects.get(organisation=service.organisation)
    text = service.client.get(f"/scenarios/{row.pk}/toml/").content.decode()
    assert read_scenario(text) == THREE


@pytest.mark.django_db
def test_a_scenario_of_the_library_is_copied_then_compared(service: Service) -> None:
    sent = {"source": "maribel_frozen", "name": "Gelé", "reason": "essai"}
    service.client.post("/scenarios/copier/", sent)
    row = StoredScenario.objects.get(organisation=service.organisation)
    asked = {"s": [str(row.pk), "maribel_frozen"], "au": "2025-02-01", "de": "2025", "a": "2026"}
    page = service.client.get("/scenarios/comparaison/", asked).content.decode()
    assert page.count('<section aria-labelledby="scenario-') == 2


@pytest.mark.django_db
def test_a_shared_scenario_is_seen_and_not_changed(
    service: Service, other: Service, kept: StoredScenario
) -> None:
    assert other.client.get(f"/scenarios/{kept.pk}/").status_code == 404
    sent = {
        "partage-whom": other.organisation.pk,
        "partage-reason": "à comparer",
    }
    service.client.post(f"/scenarios/{kept.pk}/partager/", sent)
    answer = other.client.get(f"/scenarios/{kept.pk}/")
    assert answer.status_code == 200
    assert "à comparer" not in answer.content.decode()
    assert kept.reason not in answer.content.decode()
    assert "à comparer" in service.client.get(f"/scenarios/{kept.pk}/").content.decode()
    taken = other.client.post(f"/scenarios/{kept.pk}/retirer/", {"retrait-reason": "non"})
    assert taken.status_code == 403
    assert StoredScenario.objects.filter(pk=kept.pk).exists()


def offered(page: str) -> list[str]:
    """Those with whom a scenario may be shared, as the page lists them."""
    (select,) = re.findall(r'<select name="partage-whom".*?</select>', page, re.DOTALL)
    return re.findall(r">([^<]+)</option>", select)


@pytest.mark.django_db
def test_a_scenario_is_shared_from_a_list_of_those_who_do_not_see_it_yet(
    service: Service, other: Service, kept: StoredScenario
) -> None:
    Organisation.objects.filter(pk=service.organisation.pk).update(name="Le nôtre")
    Organisation.objects.filter(pk=other.organisation.pk).update(name="L autre")
    address = f"/scenarios/{kept.pk}/"
    first = [DASH, "La fédération", "L autre"]
    assert offered(service.client.get(address).content.decode()) == first
    share = f"{address}partager/"
    for whom in (other.organisation.pk, "federation"):
        service.client.post(share, {"partage-whom": whom, "partage-reason": "à comparer"})
    assert offered(service.client.get(address).content.decode()) == [DASH]
    for whom in ("", other.organisation.pk, service.organisation.pk, "federation", 999_999):
        service.client.post(share, {"partage-whom": whom, "partage-reason": "encore"})
    found = kept.shares.values_list("organisation__name", "reason").order_by("pk")
    assert list(found) == [("L autre", "à comparer"), (None, "à comparer")]


@pytest.mark.django_db
def test_a_share_is_withdrawn_with_a_reason_and_the_trail_says_by_whom_and_when(
    service: Service, other: Service, kept: StoredScenario
) -> None:
    by = User.objects.get(pk=service.client.session["_auth_user_id"])
    User.objects.filter(pk=by.pk).update(first_name="Maud", last_name="Inventée")
    address = f"/scenarios/{kept.pk}/"
    sent = {"partage-whom": other.organisation.pk, "partage-reason": "à comparer"}
    service.client.post(f"{address}partager/", sent)
    page = service.client.get(address).content.decode()
    assert "Par Maud Inventée le" in page
    share = kept.shares.get()
    stop, reason = f"{address}partages/{share.pk}/cesser/", f"cesser-{share.pk}-reason"
    assert stop in page
    assert other.client.post(stop, {reason: "non"}).status_code == 403
    service.client.post(stop, {reason: ""})
    assert other.client.get(address).status_code == 200
    service.client.post(stop, {reason: "Mémorandum rendu"})
    assert other.client.get(address).status_code == 404
    assert stop not in service.client.get(address).content.decode()
    entry = AuditEntry.objects.filter(model="reports.scenarioshare").latest("pk")
    assert (entry.act, entry.actor, entry.reason) == ("deleted", by, "Mémorandum rendu")
    assert "Mémorandum rendu" in service.client.get("/journal/").content.decode()
    assert service.client.post(stop, {reason: "encore"}).status_code == 404


@pytest.mark.django_db
def test_the_page_names_the_person_who_changed_a_scenario(
    service: Service, kept: StoredScenario
) -> None:
    User.objects.filter(pk=kept.changed_by_id).update(first_name="Maud", last_name="Inventée")
    page = service.client.get(f"/scenarios/{kept.pk}/").content.decode()
    assert "Modifié par Maud Inventée le" in page


@pytest.mark.django_db
def test_a_scenario_goes_with_a_reason_only(service: Service, kept: StoredScenario) -> None:
    service.client.post(f"/scenarios/{kept.pk}/retirer/", {})
    assert StoredScenario.objects.filter(pk=kept.pk).exists()
    service.client.post(f"/scenarios/{kept.pk}/retirer/", {"retrait-reason": "fini"})
    assert not StoredScenario.objects.filter(pk=kept.pk).exists()


@pytest.mark.django_db
def test_a_scenario_that_cannot_be_read_any_more_leaves_the_others_and_says_why(
    service: Service, kept: StoredScenario
) -> None:
    StoredScenario.objects.filter(pk=kept.pk).update(text="name = ")
    for path in ("/scenarios/", f"/scenarios/{kept.pk}/"):
        assert "Le mien" in service.client.get(path).content.decode()
    with pytest.raises(NotAScenario) as why:
        read_scenario("name = ")
    asked = {"s": [str(kept.pk), "maribel_frozen"], "au": "2025-02-01"}
    page = service.client.get("/scenarios/comparaison/", asked).content.decode()
    assert escape(str(why.value)) in page
    sent = {"target": "*", "since": "01/01/2026", "add": "5"}
    refused = service.client.post(f"/scenarios/{kept.pk}/ajouter/award/", sent)
    assert escape(str(why.value)) in refused.content.decode()
    gone = service.client.post(f"/scenarios/{kept.pk}/modifications/1/monter/")
    assert gone.status_code == 404
    kept.refresh_from_db()
    assert kept.text == "name = "


@pytest.mark.parametrize(
    ("language", "source"),
    [("fr", "Choix du service"), ("nl", "Keuze van de dienst")],
)
def test_a_scenario_of_the_library_tells_its_source_in_the_language_of_the_reader(
    service: Service, language: str, source: str
) -> None:
    service.client.cookies["django_language"] = language
    page = service.client.get("/scenarios/bibliotheque/worker_at_half_time/").content.decode()
    assert source in page


def test_what_is_added_to_a_value_is_in_its_unit_and_what_is_added_to_an_award_in_euros() -> None:
    assert "€ par an" in str(ChangeForm("award").fields["add"].label)
    field = ChangeForm("figure").fields["add"]
    assert "€" not in str(field.label)
    assert "un taux en pour cent" in str(field.help_text)
