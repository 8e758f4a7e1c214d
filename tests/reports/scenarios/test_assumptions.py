"""The page of the federation's assumptions: read by all, signed by the federation."""

from datetime import date
from fractions import Fraction

import pytest
from django.test import Client

from backoffice.federation.roles import FederationRole, Role
from reports.models import Assumption
from reports.scenarios.selectors import assumptions_on
from tests.factories import OrganisationFactory
from tests.people import federation, member

pytestmark = pytest.mark.django_db
ADDRESS = "/scenarios/hypotheses/"
TYPED = {
    "family": "fte_cost",
    "about": "master",
    "seniority": "0",
    "value": "61 234,50",
    "since": "01/01/2026",
    "source": "calcul interne",
    "sentence": "coût moyen supposé",
}


@pytest.fixture
def finance() -> Client:
    return federation(FederationRole.FINANCE, first_name="Ana", last_name="Exemple")


def test_a_signed_value_is_shown_with_its_author_and_the_former_one_beside_it(finance) -> None:
    assert finance.post(ADDRESS, TYPED).status_code == 302
    assert finance.post(ADDRESS, {**TYPED, "value": "62000"}).status_code == 302
    rows = Assumption.objects.order_by("pk").values_list("code", "value")
    assert list(rows) == [("fte_cost.master.0", "61234.50"), ("fte_cost.master.0", "62000")]
    page = finance.get(ADDRESS).content.decode()
    assert "Ana Exemple" in page
    assert page.index("62\u202f000,00") < page.index("61\u202f234,50") < len(page)
    assert page.count(">remplacée<") == 1
    assert finance.post(ADDRESS, {**TYPED, "since": "01/01/2030"}).status_code == 302
    assert finance.get(ADDRESS).content.decode().count(">remplacée<") == 1
    kept = assumptions_on(date(2100, 1, 1))["fte_cost.master.0"]
    assert [(one.since.year, one.value) for one in kept] == [
        (2026, 62_000),
        (2030, Fraction("61234.5")),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "beaucoup"}, "un nombre"),
        ({"about": ""}, "Aucun calcul ne lit"),
        ({"family": "index_path", "about": "public", "seniority": "", "value": "2"}, "0,02 pour 2"),
        ({"source": ""}, "obligatoire"),
        ({"since": "demain"}, "date"),
    ],
)
def test_what_nothing_reads_is_said_beside_what_was_typed(finance, change, said) -> None:
    answer = finance.post(ADDRESS, {**TYPED, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Assumption.objects.exists()


def test_what_scenarios_need_and_nobody_signed_is_named_until_it_is_signed(finance) -> None:
    wanted = "Coût d&#x27;un ETP bachelier, ancienneté 0"
    assert wanted in finance.get(ADDRESS).content.decode()
    finance.post(ADDRESS, {**TYPED, "about": "bachelor"})
    page = finance.get(ADDRESS).content.decode()
    missing = page[page.index('id="manquent"') :]
    assert wanted not in missing
    assert "ETP master" in missing


def test_a_service_reads_them_and_signs_none() -> None:
    director = member(Role.DIRECTOR, OrganisationFactory())
    assert "Signer une hypothèse" not in director.get(ADDRESS).content.decode()
    assert director.post(ADDRESS, TYPED).status_code == 403
