"""Each principle of the general law is cited from the text in force when a subsidy is granted."""

from datetime import date
from pathlib import Path

import pytest

from grants import general_law
from grants.general_law import InvalidLaw, LawNotInForce, principles, reference, references
from grants.pack import AUTHORITIES
from grants.scheme import schemes
from tests.golden import cases

CASES = cases("general_law.csv")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_principle_is_cited_from_the_text_of_the_day(case: dict[str, str]) -> None:
    asked = case["principle"], case["authority"], date.fromisoformat(case["day"])
    if case["status"] == "error":
        with pytest.raises(LawNotInForce, match="Vérifiez la date"):
            reference(*asked)
        return
    found = reference(*asked)
    assert (found.status, found.article) == (case["status"], case["article"])
    assert found.source


def test_every_boundary_is_asked_on_the_day_and_on_the_day_before() -> None:
    asked = {(case["principle"], case["authority"], case["day"]) for case in CASES}
    wanted = {
        (one.principle, one.authority, day.isoformat())
        for one in references()
        for day in (one.since, date.fromordinal(one.since.toordinal() - 1))
    }
    assert wanted - asked == set()


def test_a_grant_of_2024_and_one_of_2025_of_the_region_cite_their_own_law() -> None:
    before, after = (reference("double_charging", "brussels", date(y, 6, 1)) for y in (2024, 2025))
    assert "OOBCC" in before.text
    assert "art. 167, 4°" in after.text


def test_what_is_not_found_says_what_was_looked_for() -> None:
    found = reference("interest", "cocof", date(2024, 1, 1))
    assert (found.status, found.article) == ("missing", "")
    assert "Non trouvé" in found.text


def test_an_unknown_word_is_an_error() -> None:
    for asked in (("weather", "cocof"), ("purpose", "moon")):
        with pytest.raises(KeyError):
            reference(*asked, date(2024, 1, 1))


def test_every_scheme_has_an_authority_whose_law_is_held() -> None:
    assert {scheme.authority for scheme in schemes().values()} <= set(AUTHORITIES)
    assert all(words["fr"] and words["nl"] for words in principles().values())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('fr = "La partie', 'de = "La partie', "recovery"),
        ('authorities = ["maribel"]', 'authorities = ["moon"]', "moon"),
        ('control = "Loi', 'weather = "Loi', "weather"),
        ('until = 2025-01-01\nstatus = "to', 'until = 2025-01-02\nstatus = "to', "brussels"),
        (
            'seizure = "Code des finances publiques (ordonnance du 4 avril 2024), art. 200"\n',
            "",
            "brussels",
        ),
        ('status = "confirmed"', 'status = "sure"', "sure"),
    ],
)
def test_a_law_that_cannot_be_trusted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, told: str
) -> None:
    text = general_law.FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "general_law.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(general_law, "FILE", file)
    for cached in (references, principles):
        cached.cache_clear()
    try:
        with pytest.raises(InvalidLaw, match=told) as caught:
            references()
        assert file.name in str(caught.value)
    finally:
        for cached in (references, principles):
            cached.cache_clear()
