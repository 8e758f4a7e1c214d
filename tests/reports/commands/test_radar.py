"""`backoffice radar` as typed: lines or JSON, and an exit code for what is forbidden."""

import json

import pytest

from tests.factories import OrganisationFactory
from tests.reports.checks.situations import Service, service
from tests.reports.commands.conftest import Terminal
from tests.reports.radar.situations import move, send

pytestmark = pytest.mark.django_db


def asked(place: Service, *more: str) -> list[str]:
    number = place.organisation.enterprise_number
    return ["--organisation", number, "--year", "2024", "--as-of", "2025-03-01", *more]


def test_nothing_forbidden_ends_with_0(terminal: Terminal) -> None:
    place = service()
    place.funded("acs", "ACS")
    place.funded("cocof_casg", "COCOF")
    assert terminal.run("radar", *asked(place)) == 0
    assert "cumul suspect : W01 2024-03 ACS + COCOF 1000.00 EUR." in terminal.out
    assert "total : cumul interdit 0 (0.00 EUR)" in terminal.out


def test_something_forbidden_ends_with_3_and_one_sentence(terminal: Terminal) -> None:
    place = service()
    maribel, cocof = place.funded("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    send(place, maribel)
    move(place, maribel, to=cocof)
    assert terminal.run("radar", *asked(place)) == 3
    assert "MAR, envoyée v1" in terminal.out
    assert terminal.err == ("1 cumul interdit : 3000.00 EUR à retirer d'une des subventions.\n")


def test_the_json_holds_each_cell_and_names_nobody(terminal: Terminal) -> None:
    place = service()
    place.funded("maribel", "MAR")
    place.funded("cocof_casg", "COCOF")
    assert terminal.run("radar", *asked(place, "--json")) == 3
    found = json.loads(terminal.out)
    assert found["totals"]["forbidden"] == {"count": 1, "amount": "0.00", "unknown": 0}
    (finding,) = found["findings"]
    assert (finding["who"], finding["month"], finding["hours_a_week"]) == (
        "W01",
        "2024-03",
        "38.00",
    )
    assert [claim["amount"] for claim in finding["claims"]] == ["0.00", "3000.00"]
    assert place.worker.name not in terminal.out


def test_the_whole_federation_is_one_line_each_and_one_total(terminal: Terminal) -> None:
    place, other = service(), OrganisationFactory()
    place.funded("maribel", "MAR")
    place.funded("cocof_casg", "COCOF")
    assert terminal.run("radar", "--all", "--year", "2024", "--as-of", "2025-03-01") == 3
    assert f"{other.enterprise_number} : cumul interdit 0 (0.00 EUR)" in terminal.out
    assert f"{place.organisation.enterprise_number} : cumul interdit 1" in terminal.out
    assert terminal.run("radar", "--all", "--year", "2024", "--json") == 3
    found = json.loads(terminal.out)
    assert found["totals"]["forbidden"]["count"] == 1
    assert len(found["organisations"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Donnez --organisation BCE, ou --all"),
        (["--all", "--organisation", "0999000129"], "l'un des deux"),
        (["--all"], "L'option --year manque."),
        (["--all", "--year", "24"], "n'est pas une année"),
        (["--organisation", "0123", "--year", "2024"], "Aucune organisation n'a le numéro"),
        (["--all", "--year", "2024", "--as-of", "hier"], "n'est pas un jour"),
    ],
)
def test_a_wrong_demand_is_one_sentence_and_code_2(
    terminal: Terminal, words: list[str], said: str
) -> None:
    assert terminal.run("radar", *words) == 2
    assert said in terminal.err
    assert "Traceback" not in terminal.err
