"""The two commands as a person types them: files and amounts, or one sentence and exit code 2."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from grants.models import Award
from reports.models import Justification, SignOff
from tests.factories import ReceiptFactory, TermFactory
from tests.reports.checks.situations import Service, service
from tests.reports.commands.conftest import Terminal

pytestmark = pytest.mark.django_db


def options(place: Service, award: Award, /, **changed: str) -> list[str]:
    plain = {
        "organisation": place.organisation.enterprise_number,
        "award": award.reference,
        "year": "2024",
        "as-of": "2025-03-01",
    }
    return [word for name, value in {**plain, **changed}.items() for word in (f"--{name}", value)]


@pytest.mark.parametrize("command", ["justify", "explain"])
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"organisation": "0123456789"}, "0123456789"),
        ({"award": "NOPE"}, "NOPE"),
        ({"year": "2019"}, "2019"),
        ({"year": "24"}, "AAAA"),
        ({"as-of": "01/03/2025"}, "AAAA-MM-JJ"),
    ],
)
def test_what_does_not_exist_is_one_sentence_and_exit_code_2(
    terminal: Terminal,
    command: str,
    changed: dict[str, str],
    said: str,
) -> None:
    place = service()
    words = options(place, place.funded("maribel"), **changed)
    extra = {"justify": ["--out", str(terminal.folder / "out")], "explain": ["--worker", "W01"]}
    month = ["--month", "2024-03"] if command == "explain" else []
    assert terminal.run(command, *words, *extra[command], *month) == 2
    assert said in terminal.err
    assert "Traceback" not in terminal.err
    assert len(terminal.err.strip().splitlines()) == 1
    assert not (terminal.folder / "out").exists()


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--worker", "W99", "--month", "2024-03"], "W99"),
        (["--worker", "W01", "--month", "2024-04"], "2024-03"),
        (["--worker", "W01", "--month", "mars"], "AAAA-MM"),
        (["--worker", "W01"], "--month"),
        (["--month", "2024-03"], "--worker"),
    ],
)
def test_a_worker_or_month_without_line_is_one_sentence_too(
    terminal: Terminal, extra: list[str], said: str
) -> None:
    place = service()
    words = options(place, place.funded("maribel"))
    assert terminal.run("explain", *words, *extra) == 2
    assert said in terminal.err


def test_explain_shows_each_step_with_its_rule_in_french_and_its_figure(
    terminal: Terminal,
) -> None:
    place = service()
    words = options(place, place.funded("maribel"))
    chosen = ["--worker", "W01", "--month", "2024-03"]
    assert terminal.run("explain", *words, *chosen, "--json") == 0
    (line,) = json.loads(terminal.out)["lines"]
    steps = {step["name"]: step for step in line["steps"]}
    assert steps["presented"]["value"] == "3000.00"
    assert steps["ceiling"]["value"] == "43000.00"
    assert steps["ceiling"]["figure"]["source"] == "LETTRE-1, 01/12/2023"
    assert steps["payable"]["value"] == "3000.00"
    assert terminal.run("explain", *words, *chosen) == 0
    shown = terminal.out.replace("\u202f", " ")
    assert "3 000,00 EUR" in shown
    assert "depuis le 01/01/2024 (décidé le 01/12/2023), confirmé" in shown
    assert "= heures / temps plein \u00d7 jours / mois \u00d7 payé / dû" in shown
    assert "full_time" not in shown


def test_a_draft_writes_its_three_files_and_freezes_nothing(
    terminal: Terminal,
) -> None:
    place = service()
    words = options(place, place.funded("maribel", granted="9000.00"))
    assert terminal.run("justify", *words, "--out", str(terminal.folder)) == 0
    assert "3000.00 EUR" in terminal.out
    assert sorted(path.suffix for path in terminal.folder.iterdir()) == [".json", ".pdf", ".xlsx"]
    assert Justification.objects.count() == 0


@pytest.mark.parametrize(
    ("scheme", "terms", "said"),
    [
        ("maribel", {"fund": None}, "(fund)"),
        ("maribel", {"ceiling": None}, "ceiling_332"),
        ("acs", {"premium_rate": None}, "acs.premium_rate"),
        ("maribel", {"granted": "9000.00"}, "--signed-by"),
    ],
)
def test_a_final_is_refused_while_a_point_is_open_and_says_where_to_settle_it(
    terminal: Terminal,
    scheme: str,
    terms: dict[str, str | None],
    said: str,
) -> None:
    place = service()
    words = options(place, place.funded(scheme, **terms))
    out = terminal.folder / "out"
    assert terminal.run("justify", *words, "--out", str(out), "--final") == 2
    assert said in terminal.err
    assert not out.exists()
    assert Justification.objects.count() == 0


def test_a_sign_off_needs_a_name_and_a_reason(
    terminal: Terminal,
) -> None:
    place = service()
    words = options(place, place.funded("maribel", granted="9000.00"))
    signed = ["--out", str(terminal.folder), "--final", "--signed-by", "Directrice"]
    assert terminal.run("justify", *words, *signed) == 2
    assert "--reason" in terminal.err
    assert SignOff.objects.count() == 0


def test_signing_does_not_help_against_an_error(
    terminal: Terminal,
) -> None:
    place = service()
    award = place.funded("maribel", ceiling=None)
    TermFactory(award=award, code="ceiling", value="43000.00", status="forecast")
    signed = ["--out", str(terminal.folder), "--final", "--signed-by", "D", "--reason", "vérifié"]
    assert terminal.run("justify", *options(place, award), *signed) == 2
    assert "prévision" in terminal.err


def test_a_signed_final_is_frozen_repeated_identically_and_corrected_by_a_second_version(
    terminal: Terminal,
) -> None:
    place = service()
    award = place.funded("maribel", granted="9000.00")
    words = [*options(place, award), "--final"]
    signed = ["--signed-by", "Directrice", "--reason", "vérifié"]
    assert terminal.run("justify", *words, *signed, "--out", str(terminal.folder / "a")) == 0
    assert "figée, version 1" in terminal.out
    accepted = [line for line in terminal.out.splitlines() if line.startswith("accepté : ")]
    assert len(accepted) == SignOff.objects.filter(user=None).count() == 2
    assert "0 erreur, 2 avertissements\n" in terminal.out
    first = Justification.objects.get()
    assert digests(terminal.folder / "a") == first.file_digests

    assert terminal.run("justify", *words, "--out", str(terminal.folder / "b")) == 0
    assert "à l'identique, version 1" in terminal.out
    assert digests(terminal.folder / "b") == first.file_digests

    ReceiptFactory(award=award, amount=Decimal("1000.00"))
    assert terminal.run("justify", *words, "--out", str(terminal.folder / "c")) == 0
    assert "version 2" in terminal.out
    second = Justification.objects.get(version=2)
    assert second.replaces == first
    assert digests(terminal.folder / "c") == second.file_digests


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def of_the_year(place: Service, out: Path, **changed: str) -> list[str]:
    plain = {
        "organisation": place.organisation.enterprise_number,
        "year": "2024",
        "as-of": "2025-03-01",
        "out": str(out),
    }
    found = [word for name, value in {**plain, **changed}.items() for word in (f"--{name}", value)]
    return ["justify", *found, "--all"]


def test_every_dossier_of_a_year_is_written_as_if_alone_with_a_line_for_each(
    terminal: Terminal,
) -> None:
    place = service()
    awards = [place.funded("maribel", "A"), place.award("acs", "B")]
    assert terminal.run(*of_the_year(place, terminal.folder / "all")) == 0
    assert terminal.out.splitlines() == [
        "1/2 A : justification-a-2024.*",
        "2/2 B : justification-b-2024.*",
    ]
    for award in awards:
        alone = ["--out", str(terminal.folder / "alone")]
        assert terminal.run("justify", *options(place, award), *alone) == 0
    assert len(digests(terminal.folder / "all")) == 6
    assert digests(terminal.folder / "all") == digests(terminal.folder / "alone")
    assert Justification.objects.count() == 0


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--award", "A"], "ne va pas avec --award :"),
        (["--final"], "ne va pas avec --final :"),
        (["--award", "A", "--final"], "ne va pas avec --award, --final :"),
        (["--signed-by", "Directrice", "--reason", "vérifié"], "avec --signed-by, --reason :"),
        (["--year", "2019"], "ne touche 2019 ; années avec des données : 2024."),
        (["--year", "24"], "AAAA"),
        (["--organisation", "0123456789"], "0123456789"),
        (["--as-of", "01/03/2025"], "AAAA-MM-JJ"),
        (["--out", ""], "--out"),
    ],
)
def test_a_year_asked_wrongly_is_one_sentence_and_writes_nothing(
    terminal: Terminal, extra: list[str], said: str
) -> None:
    place = service()
    place.funded("maribel")
    out = terminal.folder / "all"
    assert terminal.run(*of_the_year(place, out), *extra) == 2
    assert said in terminal.err
    assert len(terminal.err.strip().splitlines()) == 1
    assert not out.exists()
    assert SignOff.objects.count() == 0


def test_a_year_that_finds_a_file_in_place_of_its_folder_is_one_sentence(
    terminal: Terminal,
) -> None:
    place = service()
    place.funded("maribel")
    (terminal.folder / "all").write_text("not a folder", encoding="ascii")
    assert terminal.run(*of_the_year(place, terminal.folder / "all")) == 2
    assert "n'ont pas pu être écrits" in terminal.err
    assert "Traceback" not in terminal.err
