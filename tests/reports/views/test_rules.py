"""The rule book on the site: read by every user, by nobody else."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice.federation.models import FigureEntry
from grants.pack import SECTIONS
from grants.scheme import schemes
from tests.factories import UserFactory
from tests.reports.views.reading import markup, words

pytestmark = pytest.mark.django_db
ADDRESSES = ["/regles/", "/regles/cocof_casg/"]


def fill_in(code: str, since: date, value: str) -> None:
    FigureEntry.objects.create(
        code=code, since=since, value=value, source="Lettre du SPW", verified_on=date(2026, 11, 25)
    )


@pytest.fixture
def reader() -> Client:
    """A user without any organisation."""
    client = Client()
    client.force_login(UserFactory())
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_reads_the_rules_without_logging_in(client, address):
    assert client.get(address)["Location"] == f"/connexion/?next={address}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_rules_are_only_read(reader, address):
    assert reader.post(address).status_code == 405


def test_a_scheme_that_does_not_exist_is_not_found(reader):
    assert reader.get("/regles/moon/").status_code == 404


def test_the_index_leads_to_every_scheme_and_compares_their_costs(reader):
    page = markup(reader.get("/regles/"))
    for code in schemes():
        assert f'href="/regles/{code}/"' in page
    assert page.count('<th scope="row">Rémunération brute') == 1


@pytest.mark.parametrize("code", list(schemes()))
def test_the_page_of_a_scheme_has_an_anchor_for_every_section_check_and_value(reader, code):
    page = markup(reader.get(f"/regles/{code}/"))
    for place in (*SECTIONS, "stacking", "values", "controle-terms_missing", "cout-gross"):
        assert f'id="{place}"' in page
    for figure in schemes()[code].figures:
        assert f'id="valeur-{figure.code}"' in page


@pytest.mark.parametrize("code", list(schemes()))
def test_headings_are_in_order_and_each_place_has_its_own_name(reader, code):
    page = markup(reader.get(f"/regles/{code}/"))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = re.findall(r'\sid="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(names)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)


def test_dutch_is_marked_as_dutch(reader):
    page = markup(reader.get("/regles/cocof_casg/"))
    assert '<span lang="nl">De begunstigde is een vzw' in page


def test_a_value_that_a_user_filled_in_stands_among_the_others(reader):
    fill_in("wallonia_saspp.flat_amount", date(2026, 1, 1), "12345.60")
    page = words(reader.get("/regles/wallonia_saspp/"))
    assert "12 345,60" in page
    assert "Lettre du SPW 25/11/2026" in page


def test_the_number_of_queries_does_not_grow_with_the_values(reader, django_assert_num_queries):
    fill_in("wallonia_saspp.flat_amount", date(2026, 1, 1), "1")
    with CaptureQueriesContext(connection) as one:
        reader.get("/regles/wallonia_saspp/")
    for year in range(2000, 2020):
        fill_in("wallonia_saspp.flat_amount", date(year, 1, 1), "1")
    with django_assert_num_queries(len(one)):
        reader.get("/regles/wallonia_saspp/")


def test_the_rules_are_a_page_of_the_bar_and_so_is_each_scheme_below_them(reader):
    assert 'href="/regles/" aria-current="page">Règles par régime' in markup(reader.get("/regles/"))
    below = markup(reader.get("/regles/ape/"))
    assert 'href="/regles/" aria-current="true">Règles par régime' in below
