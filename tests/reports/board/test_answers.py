"""What a comparison answers first: what is known, what is not, and what it shows otherwise."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html import unescape
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string

from backoffice.web.templatetags.money import DASH, MINUS, eur
from reports.board.answer import answer, headline
from reports.board.explained_year import NotExplained, year_of
from reports.board.note import NO_CHANGE, Lengths, listed, signed
from reports.board.pdf_file import PAGE as NOTE
from reports.board.pdf_file import context
from reports.board.reading import Reading, read_alone, read_summed
from reports.scenarios.aggregates.view import aggregated_by
from reports.scenarios.comparing import compare
from reports.scenarios.json_file import content_of
from reports.scenarios.ready import library
from reports.scenarios.scenario import Change, Parameter, Reference, Scenario, Source
from tests.engine.projection.made import FIRST_YEAR, made
from tests.reports.board.test_pages import AU, PAGE, answers
from tests.reports.board.test_reading import BASE
from tests.reports.scenarios.beside import beside
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
    asked = AU | {"s": CHOICE, "a": "2028"}
    answer_to = service.client.post(f"/scenarios/choix/?{urlencode(asked)}", sent)
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
    amounts = [number(text.amount) for _at, text in told.months]
    assert len(amounts) == 12
    assert sum(amounts) == number(told.total.amount)
    assert told.total.amount in told.title


def test_posts_are_asked_by_a_scenario_alone() -> None:
    with pytest.raises(NotExplained):
        year_of(compare(BASE, [asking(None)]), 0, "asked_fte", FIRST_YEAR)


def awards(*targets: str) -> Scenario:
    since = date(FIRST_YEAR + 1, 1, 1)
    return Scenario(
        "subventions",
        tuple(
            Change(n, "award", one, since, {"factor": Fraction(9, 10)})
            for n, one in enumerate(targets, 1)
        ),
    )


def test_a_scenario_of_which_no_change_counts_is_not_calculated_and_says_the_way_out() -> None:
    read = read_of(awards("NO", "NEITHER"))
    said = headline(read, 1)
    assert said.startswith("Pas calculé : modifications n° 1, 2 refusées. Modification n° 1 : ")
    assert "aucune subvention « NO »" in said
    page = unescape(render_to_string(NOTE, context(read) | listed(read, Lengths(5, 5, 5, 5))))
    assert "Pas calculé : modifications n° 1, 2 refusées." in page
    assert "ne changent pas" not in page
    [found] = content_of(read.found)["scenarios"]
    assert (found["calculated"], found["not_counted"]) == (False, [1, 2])


def test_a_change_that_does_not_count_is_said_where_the_others_do() -> None:
    read = read_of(awards("NO", "*"))
    assert headline(read, 1).endswith(" ; sans la modification n° 1, qui ne compte pas")
    assert "La modification n° 1 ne compte pas." in answer(read)
    [found] = content_of(read.found)["scenarios"]
    assert (found["calculated"], found["not_counted"]) == (True, [1])


def test_a_change_hidden_from_the_federation_is_not_an_answer_of_no_change() -> None:
    base = beside(made(workers=2, employers=12).facts)
    worker = f"{base.facts.names.employers[0]}/{base.facts.names.workers[0]}"
    since = date(FIRST_YEAR + 1, 1, 1)
    one = Scenario("temps", (Change(1, "worker", worker, since, {"share": Fraction(1, 2)}),))
    read = read_summed(base, [aggregated_by(base, one)], "*")
    assert headline(read, 1).startswith("Pas calculé : modification n° 1 refusée. ")
    assert "ne changent pas" not in " ".join(answer(read))


def test_a_demand_whose_choice_is_among_organisations_leaves_the_others_to_count() -> None:
    since = date(FIRST_YEAR + 1, 1, 1)
    body = Reference(Source.PARAMETER, "federation")
    post = Change(1, "post", body, since, {"fte": 1})
    cut = Change(2, "award", "*", since, {"factor": Fraction(9, 10)})
    choice = {"federation": Parameter({"fr": "Fédération"}, among="BODY")}
    alone = Scenario("a", (post,), parameters=choice)
    assert "choisissez d'abord « Fédération »" in headline(read_of(alone), 1)
    both = Scenario("b", (post, cut), parameters=choice)
    read = read_of(both)
    assert headline(read, 1).endswith(" ; sans la modification n° 1, qui ne compte pas")
    assert read.table["own_funds"].calculated == [0, 1]


@pytest.mark.parametrize("seed", range(8))
def test_a_scenario_that_moves_nothing_says_what_is_foreseen_without_it(seed: int) -> None:
    base = beside(made(awards=2, seed=seed).facts)
    said = answer(read_alone(compare(base, [Scenario("rien")])))
    assert said[0].endswith("ne changent pas par rapport à ce qui est déjà prévu.")
    own = read_alone(compare(base, [Scenario("rien")])).table["own_funds"].sides[0].values
    before, after = (value.amount for value in own)
    foreseen = [one for one in said if one.startswith("Déjà prévu")]
    rising = f"de {eur(before)} en {FIRST_YEAR} à {eur(after)} en {FIRST_YEAR + 1}."
    assert [one.endswith(rising) for one in foreseen] == [True] * (after > before)


def test_what_is_foreseen_is_not_said_of_a_scenario_that_moves_something() -> None:
    assert not [one for one in answer(read_of(asking(60_000))) if one.startswith("Déjà prévu")]
