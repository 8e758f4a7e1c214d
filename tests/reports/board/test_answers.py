"""What a comparison answers first: what is known, what is not, and what it shows otherwise."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string

from backoffice.web.templatetags.money import DASH, MINUS
from reports.board.answer import answer
from reports.board.explained_year import NotExplained, year_of
from reports.board.note import NO_CHANGE, Lengths, listed, signed
from reports.board.pdf_file import PAGE as NOTE
from reports.board.pdf_file import context
from reports.board.reading import Reading, read_alone
from reports.scenarios.comparing import compare
from reports.scenarios.ready import library
from reports.scenarios.scenario import Change, Scenario
from tests.engine.projection.made import FIRST_YEAR
from tests.reports.board.test_pages import AU, PAGE, answers
from tests.reports.board.test_reading import BASE
from tests.reports.views.conftest import Service

pytestmark = pytest.mark.django_db
CHOICE = "worker_at_half_time"
PART = "Le coût d'une partie des ETP demandés n'est pas connu."


def shown(service: Service, **asked: object) -> str:
    """The page, its signs as people read them and its narrow spaces as plain ones."""
    page = service.client.get(PAGE, AU | asked).content.decode()
    return unescape(page).replace("\u202f", " ").replace("\u00a0", " ")


def row_of(page: str, figure: str, name: str) -> str:
    """The row of a scenario under a figure of the table of years."""
    group = page.split(f'colspan="4">{figure}</th>')[1]
    found = re.search(rf'<th scope="row" class="text">{name}</th>(.*?)</tr>', group, re.S)
    assert found
    return found.group(1)


def read_of(*scenarios: Scenario) -> Reading:
    return read_alone(compare(BASE, scenarios))


def asking(*costs: int | None) -> Scenario:
    """Posts asked of COCOF in each service, each at a cost or at none that is known."""
    since = date(FIRST_YEAR + 1, 1, 1)
    priced = [{} if cost is None else {"cost": cost} for cost in costs]
    post = {"fte": 1, "funder": "cocof"}
    return Scenario(
        "demande",
        tuple(Change(n, "post", "*", since, post | more) for n, more in enumerate(priced, 1)),
    )


def test_a_scenario_that_lacks_a_choice_is_not_calculated(service: Service) -> None:
    page = shown(service, s=CHOICE)
    assert "Pas calculé : choisissez d'abord « Numéro du travailleur »." in answers(page)
    assert "ne changent pas" not in page
    row = row_of(page, "Coût du personnel", "Un travailleur à mi-temps")
    assert re.findall(r'<td class="n">(.*?)</td>', row) == [DASH] * 3


def test_a_scenario_counts_once_its_choice_is_made(service: Service) -> None:
    sent = {"p-worker": "W01"}
    answer_to = service.client.post(f"/scenarios/choix/?{urlencode(AU | {'s': CHOICE})}", sent)
    assert "Pas calculé" not in service.client.get(answer_to.url).content.decode()


def test_the_note_says_which_scenario_is_not_calculated() -> None:
    read = read_of(library()["merger"], Scenario("rien"))
    told = context(read) | listed(read, Lengths(12, 12, 12, 12))
    page = unescape(render_to_string(NOTE, told))
    assert "« Fusion de deux services » : pas calculé, un choix manque" in page
    assert "ne changent pas" not in page
    own = next(one for one in told["keys"] if one.strong)
    assert own.cells[1] == (DASH, "")
    assert own.cells[2] == own.cells[0]


def test_a_cost_that_nobody_knows_comes_before_own_funds() -> None:
    first, *_others = answer(read_of(asking(None)))
    assert first.startswith("Coût inconnu : ")
    assert f"à partir de {FIRST_YEAR + 1} (COCOF)" in first
    assert "Fonds propres : inchangés si la subvention est accordée." in first


def test_a_part_of_the_cost_is_unknown_only_where_another_is_known() -> None:
    assert PART in answer(read_of(asking(60_000, None)))
    assert PART not in answer(read_of(asking(None)))
    assert PART not in answer(read_of(asking(60_000)))


def test_a_cost_is_unknown_only_in_the_scenario_that_asks_for_it() -> None:
    today, asked, other = read_of(asking(None), Scenario("rien")).table["asked.cocof"].sides
    assert asked.total.known is None
    assert today.total.known == other.total.known == 0


def test_each_scenario_is_answered_under_the_title(service: Service) -> None:
    page = shown(service, s=["acs_indexed", "maribel_frozen"])
    assert page.index('id="reponses"') < page.index('class="filters"') < page.index('id="annees"')
    assert page.split('id="reponses"')[1].split("</div>")[0].count("<li>") == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"de": "2026", "a": "2024"}, "L'année de fin précède l'année de début."),
        ({"a": "2099"}, "La projection va au plus jusqu'en 2032."),
        ({"de": "1999"}, "La projection commence ici en 2024."),
        ({"de": "demain"}, "« demain » n'est pas une année."),
        ({"s": sorted(library())[:8]}, "Au plus six scénarios : les 2 derniers sont laissés."),
    ],
)
def test_what_is_shown_otherwise_than_asked_is_said(service: Service, asked, said) -> None:
    assert said in shown(service, **asked)
    assert said not in shown(service)


@pytest.mark.parametrize(("value", "text"), [(49, NO_CHANGE), (-49, NO_CHANGE), (50, "+0,01")])
def test_a_difference_too_small_to_be_shown_is_none(value: int, text: str) -> None:
    assert signed(value, "FTE") == text


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", text).replace(",", ".").replace(MINUS, "-"))


def test_a_year_of_a_figure_is_the_sum_of_its_months() -> None:
    found = compare(BASE, [Scenario("rien")])
    told = year_of(found, 0, "own_funds", FIRST_YEAR)
    amounts = [number(text) for _at, text in told.months]
    assert len(amounts) == 12
    assert sum(amounts) == number(told.total)
    assert told.total in told.title


def test_posts_asked_have_no_workers_to_show() -> None:
    with pytest.raises(NotExplained):
        year_of(compare(BASE, [asking(None)]), 1, "asked_fte", FIRST_YEAR)
