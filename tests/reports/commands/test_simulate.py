"""`backoffice simulate` as typed: files for one service, a sector or all, and what is refused."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backoffice.federation.models import Organisation
from reports.documents.presses import PRESSES, PressFailed
from tests.factories import (
    ApprovalFactory,
    AwardFactory,
    ContractLineFactory,
    OrganisationFactory,
    PayMonthFactory,
    PostFactory,
    TermFactory,
    WorkerFactory,
)
from tests.reports.commands.conftest import Terminal

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    found = OrganisationFactory()
    ApprovalFactory(organisation=found, kind="CASG")
    return found


def scenario(folder: Path, name: str, patches: str = "") -> str:
    path = folder / f"{name}.toml"
    path.write_text(f'name = "{name}"\npatches = [{patches}]\n', encoding="utf-8")
    return str(path)


def document(terminal: Terminal, whose: str) -> dict:
    text = (terminal.folder / f"simulation-{whose}-2026-2027.json").read_text(encoding="utf-8")
    return json.loads(text)


def asked(terminal: Terminal, *words: str) -> list[str]:
    return ["simulate", *words, "--years", "2026-2027", "--out", str(terminal.folder)]


def test_an_empty_scenario_changes_nothing_for_one_service(terminal, organisation) -> None:
    number = organisation.enterprise_number
    path = scenario(terminal.folder, "rien")
    assert terminal.run(*asked(terminal, path, "--organisation", number)) == 0
    assert terminal.err == ""
    [found] = document(terminal, number)["scenarios"]
    for figure in found["figures"]:
        assert [month["month"] for month in figure["months"]][:2] == ["2026-01", "2026-02"]
        assert {month["delta"] for month in figure["months"]} == {"0.00"}
    assert (terminal.folder / f"simulation-{number}-2026-2027.xlsx").exists()
    note = terminal.folder / f"simulation-{number}-2026-2027.pdf"
    assert note.read_bytes().startswith(b"%PDF")


def test_the_best_allocation_of_each_year_is_written_where_it_is_asked(
    terminal, organisation
) -> None:
    number, path = organisation.enterprise_number, scenario(terminal.folder, "rien")
    assert terminal.run(*asked(terminal, path, "--best")) == 2
    assert "ajoutez --organisation" in terminal.err
    worker = WorkerFactory(organisation=organisation)
    ContractLineFactory(worker=worker, function="social")
    PayMonthFactory(worker=worker, month=date(2025, 12, 1))
    award = AwardFactory(organisation=organisation, scheme="cocof_facultative", ends_on=None)
    PostFactory(award=award, function="social", code="P1")
    TermFactory(award=award, code="granted", value="1000.00", starts_on=award.starts_on)
    assert terminal.run(*asked(terminal, path, "--best", "--organisation", number)) == 0
    name = f"simulation-{number}-2026-2027.repartition.json"
    found = json.loads((terminal.folder / name).read_text(encoding="utf-8"))
    assert [side["scenario"] for side in found["sides"]] == [None, "rien"]
    for side in found["sides"]:
        assert [year["year"] for year in side["years"]] == [2026, 2027]
        for year in side["years"]:
            assert (year["granted"], year["today"]) == ("1000.00", "0.00")
            assert year["proof"]
            gains = sum(Decimal(move["gain"]) for move in year["moves"])
            assert gains == Decimal(year["proposed"]) - Decimal(year["today"])


def test_an_employer_of_whom_nothing_is_known_has_nothing_to_allocate(
    terminal, organisation
) -> None:
    number, path = organisation.enterprise_number, scenario(terminal.folder, "rien")
    assert terminal.run(*asked(terminal, path, "--best", "--organisation", number)) == 0
    name = f"simulation-{number}-2026-2027.repartition.json"
    found = json.loads((terminal.folder / name).read_text(encoding="utf-8"))
    assert {year["proposed"] for side in found["sides"] for year in side["years"]} == {"0.00"}


@pytest.mark.parametrize(("words", "whose"), [(("--sector", "CASG"), "casg"), ((), "tous")])
def test_a_library_scenario_runs_for_a_sector_or_for_all(
    terminal, organisation, words, whose
) -> None:
    code = "demand_01_social_per_centre"
    assert terminal.run(*asked(terminal, code, *words)) == 0
    [found] = document(terminal, whose)["scenarios"]
    [fte] = [one for one in found["figures"] if one["code"] == "asked_fte"]
    assert fte["months"][-1]["scenario"] == "1.00"
    assert [year["scenario"] for year in fte["years"]] == ["0.00", "1.00"]
    [cost] = [one for one in found["figures"] if one["code"] == "asked.cocof"]
    assert cost["months"][-1]["status"] == "missing"


def test_without_years_it_goes_from_this_one_over_five(terminal, organisation) -> None:
    asking = ["simulate", scenario(terminal.folder, "rien"), "--as-of", "2026-11-02"]
    assert terminal.run(*asking, "--out", str(terminal.folder)) == 0
    assert (terminal.folder / "simulation-tous-2026-2030.json").exists()


def test_a_note_that_fails_is_one_sentence_after_the_other_files(
    terminal, organisation, monkeypatch
) -> None:
    def failing(*_asked: object) -> bytes:
        raise PressFailed("no font")

    monkeypatch.setattr(PRESSES, "print", failing)
    assert terminal.run(*asked(terminal, scenario(terminal.folder, "rien"))) == 2
    assert terminal.err == (
        "La note n'a pas pu être mise en page (no font) : redemandez-la, ou signalez-le.\n"
    )
    assert document(terminal, "tous")["scenarios"]
    assert (terminal.folder / "simulation-tous-2026-2027.xlsx").exists()
    assert not (terminal.folder / "simulation-tous-2026-2027.pdf").exists()


def test_what_is_refused_is_said_and_the_others_are_written(terminal, organisation) -> None:
    bad = '{ kind = "award", target = "NO", from = 2026-01-01, stop = true }'
    broken = terminal.folder / "broken.toml"
    broken.write_text("name =", encoding="utf-8")
    paths = [scenario(terminal.folder, "a", bad), scenario(terminal.folder, "b"), str(broken)]
    assert terminal.run(*asked(terminal, *paths, str(terminal.folder / "absent.toml"))) == 0
    assert "a : Modification n° 1 : aucune subvention « NO »" in terminal.err
    assert "broken.toml : Ce fichier n'est pas du TOML" in terminal.err
    assert "absent.toml : ce fichier ne peut pas être lu" in terminal.err
    assert [one["name"] for one in document(terminal, "tous")["scenarios"]] == ["a", "b"]


def test_what_is_refused_is_said_in_the_language_asked(terminal, organisation) -> None:
    bad = '{ kind = "award", target = "NO", from = 1900-01-01, stop = true }'
    paths = [scenario(terminal.folder, "a", bad), "worker_at_half_time"]
    assert terminal.run(*asked(terminal, *paths, "--language", "nl")) == 0
    assert "a : Wijziging nr. 1: 01/01/1900 ligt vóór de gegevens" in terminal.err
    assert "kies eerst “Nummer van de werknemer”" in terminal.err
    assert terminal.run(*asked(terminal, "--language", "nl")) == 2
    assert terminal.err.startswith("Geen scenario om te vergelijken")


def test_a_choice_is_made_on_the_command_line(terminal, organisation) -> None:
    code = "worker_at_half_time"
    assert terminal.run(*asked(terminal, code)) == 0
    assert "Numéro du travailleur" in terminal.err
    assert terminal.run(*asked(terminal, code, "--set", "worker=W9")) == 0
    assert "aucun travailleur « W9 »" in terminal.err


def test_all_demands_run_as_they_are_without_the_one_that_a_body_must_be_chosen_for(
    terminal, organisation
) -> None:
    bodies = [ApprovalFactory(kind="BODY").organisation.enterprise_number for _ in range(2)]
    assert terminal.run(*asked(terminal, "demands_together")) == 0
    [found] = document(terminal, "tous")["scenarios"]
    assert found["calculated"]
    assert 16 in found["not_counted"]
    for number in bodies:
        assert f"--set federation={number} : " in terminal.err


def test_the_only_body_is_the_one_that_asks(terminal, organisation) -> None:
    body = ApprovalFactory(kind="BODY").organisation.enterprise_number
    assert terminal.run(*asked(terminal, "demands_together")) == 0
    [found] = document(terminal, "tous")["scenarios"]
    assert found["parameters"] == {"federation": body}
    assert 16 not in found["not_counted"]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("2024", "La paie est connue jusqu'à 05/2025"),
        ("2024", "jusqu'à 2025 au moins"),
        ("2010-2026", "Aucune paie n'est connue avant 2024"),
        ("1900-1905", "Aucune paie n'est connue avant 2024"),
        ("2080-2085", "finissez-les en 2055 au plus"),
        ("2024-2025", ""),
    ],
)
def test_years_of_which_the_data_cannot_tell_are_one_sentence(
    terminal, organisation, years, said
) -> None:
    worker = WorkerFactory(organisation=organisation)
    for month in (date(2024, 3, 1), date(2025, 5, 1)):
        PayMonthFactory(worker=worker, month=month)
    path = scenario(terminal.folder, "rien")
    asking = ["simulate", path, "--years", years, "--out", str(terminal.folder)]
    assert terminal.run(*asking) == (2 if said else 0)
    assert said in terminal.err


def test_a_scenario_that_cannot_be_counted_leaves_the_others(terminal, organisation) -> None:
    huge = '{ kind = "post", target = "*", from = 2026-01-01, fte = 1, cost = %s }'
    paths = [scenario(terminal.folder, "a", huge % "1e5"), scenario(terminal.folder, "b")]
    paths.append(scenario(terminal.folder, "c", huge % 10**10))
    assert terminal.run(*asked(terminal, *paths)) == 0
    assert "a : Modification n° 1 : cost : « 1e5 » n'est pas un nombre" in terminal.err
    assert "c : Modification n° 1 : cost : 10000000000 est hors des bornes" in terminal.err
    assert [one["name"] for one in document(terminal, "tous")["scenarios"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Aucun scénario à comparer"),
        (["x", "--organisation", "1", "--sector", "CASG"], "pas les deux"),
        (["ape_repealed", "--sector", "CAP"], "« CAP » ; les types d'ici : CASG."),
        (["ape_repealed", "--set", "worker"], "n'est pas écrit NOM=VALEUR"),
        (["ape_repealed", "--years", "2026"], ""),
        (["ape_repealed", "--years", "2030-2026"], "2026 est avant 2030"),
        (["ape_repealed", "--years", "2026-2090"], "finissez en 2055 au plus"),
        (["ape_repealed", "--years", "1900-1905"], "Vérifiez la date"),
        (["ape_repealed", "--years", "26"], "n'est pas écrit AAAA-AAAA"),
        (["ape_repealed"] * 7, "7 scénarios"),
    ],
)
def test_a_wrong_demand_is_one_sentence_and_code_2(terminal, organisation, words, said) -> None:
    more = [] if "--years" in words else ["--years", "2026-2027"]
    code = terminal.run("simulate", *words, *more, "--out", str(terminal.folder))
    assert code == (2 if said else 0)
    assert said in terminal.err


def test_a_file_that_is_not_there_and_a_choice_that_nobody_asks_are_said(terminal) -> None:
    assert terminal.run(*asked(terminal, "nulle_part.toml")) == 2
    assert "nulle_part.toml : ce fichier ne peut pas être lu (introuvable)" in terminal.err
    binary = terminal.folder / "octets.toml"
    binary.write_bytes(b"\xff\xfe")
    assert terminal.run(*asked(terminal, str(binary))) == 2
    assert "n'est pas un texte en UTF-8" in terminal.err
    assert "codec" not in terminal.err
    half = asked(terminal, "worker_at_half_time", "--set", "nimp=3")
    assert terminal.run(*half) == 2
    assert "ne demande « nimp » ; choix demandés : worker" in terminal.err
