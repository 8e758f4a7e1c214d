"""A new scheme is one file: no code, no migration, and its justification is there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from grants import scheme, selectors
from tests.factories import TermFactory
from tests.reports.checks.situations import TERMS, service

pytestmark = pytest.mark.django_db
WRITTEN = """
code = "invented"
authority = "fwb"
funder = { fr = "Pouvoir inventé", nl = "Verzonnen overheid" }
label = { fr = "Régime inventé", nl = "Verzonnen regeling" }
verified = 2026-11-22
shape = "capped_cost"
order = 5
approvals = []
required_terms = []
[life]
starts_on = 2024-01-01
[options]
bound = "worker_month"
[heads]
staff = "full"
running = "running_max"
[costs]
full = ["gross", "employer_onss", "onss_reduction"]
excluded = ["residence", "double_holiday", "exit_holiday", "year_end", "annual_premium", "commuting", "meal_vouchers", "accident_insurance", "occupational_medicine", "social_secretariat", "group_insurance", "severance", "interim", "staff_fees", "volunteers"]
status = "confirmed"
source = "Arrêté inventé, art. 3"
[[deadlines]]
kind = "pieces"
label = { fr = "Pièces", nl = "Stukken" }
day = "02-28"
source = "Arrêté inventé, art. 9"
status = "confirmed"
[figures.ceiling]
label = { fr = "Plafond", nl = "Plafond" }
unit = "EUR/FTE/year"
[[figures.ceiling.values]]
since = 2024-01-01
value = 30000
decided = 2023-12-01
status = "confirmed"
source = { title = "Arrêté inventé, art. 4", verified = 2026-11-22 }
"""  # noqa: E501


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The schemes of the house and one more file beside them."""
    for path in scheme.FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "invented.toml").write_text(WRITTEN, encoding="utf-8")
    caches = (scheme.schemes, scheme.general_figures, selectors._general_tables)  # noqa: SLF001
    with monkeypatch.context() as patch:
        patch.setattr(scheme, "FOLDER", tmp_path)
        for cached in caches:
            cached.cache_clear()
        yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("invented")
def test_one_file_is_enough_to_justify_an_award_of_a_new_scheme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(TERMS, "invented", {})
    place = service()
    award = place.funded("invented")
    dossier = place.dossier(award)
    assert dossier.cover.funder["fr"] == "Pouvoir inventé"
    assert (dossier.amounts.granted, dossier.amounts.presented) == (3_000_000, 300_000)
    assert dossier.amounts.payable == 250_000
    assert [line.due_on for line in dossier.deadlines] == [date(2025, 2, 28)]
    assert [use.source for use in dossier.figures] == ["Arrêté inventé, art. 4"]
    place.invoice(award)
    assert place.found(award, "terms_missing")
    TermFactory(award=award, code="running_max", value="150.00")
    assert place.dossier(award).amounts.payable == 265_000


def test_the_schemes_of_the_house_know_nothing_of_it() -> None:
    assert "invented" not in scheme.schemes()
