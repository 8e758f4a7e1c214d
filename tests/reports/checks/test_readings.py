"""The ambiguous exercise 2024 at COCOF: which reading is followed, what the other changes."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.federation.models import Organisation
from grants.models import Award
from grants.terms import TERMS
from reports.dossier import Dossier
from tests.factories import ReceiptFactory, TermFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db

OPEN, CHOSEN = "reading_to_choose", "reading_chosen"


def pieces_of(dossier: Dossier) -> list[date]:
    return [line.due_on for line in dossier.deadlines if line.kind == "pieces"]


def test_an_exercise_with_two_readings_asks_for_one_and_says_what_the_other_changes() -> None:
    place = service()
    award = place.funded("cocof_casg")
    (check,) = place.found(award, OPEN)
    assert check.level == "warning"
    assert "Suivi ici : nouveau texte dès le 1er janvier 2024." in check.message
    for words in (
        "pièces justificatives : 31/03/2025 au lieu de 15/04/2025",
        "25 % le 15/02/2024, 25 % le 15/05/2024, 25 % le 15/08/2024, 20 % le 15/11/2024, "
        "5 % le 31/10/2025 au lieu de 50 % le 15/02/2024, 25 % le 15/06/2024, 25 % le 15/09/2024",
        "cadre au 01/01/2024, fonction sociale : 2 ETP au lieu de 3 ETP",
        "cadre au 01/01/2024, administration : 0,5 ETP au lieu de 1 ETP",
    ):
        assert words in check.message
    assert f"« {TERMS['reading'].fr} »" in check.todo
    assert "from_january, former_text" in check.todo
    assert "art. 201" in check.article


@pytest.mark.parametrize(
    ("reading", "due", "advances"),
    [
        ("from_january", date(2025, 4, 15), 3),
        ("former_text", date(2025, 3, 31), 5),
    ],
)
def test_the_term_chooses_the_deadlines_and_the_instalments(
    reading: str, due: date, advances: int
) -> None:
    place = service()
    award = place.funded("cocof_casg", reading=reading)
    dossier = place.dossier(award)
    assert pieces_of(dossier) == [due]
    assert place.found(award, OPEN) == []
    (check,) = place.found(award, CHOSEN)
    assert (check.level, check.todo) == ("info", "")
    assert len(place.found(award, "instalment_not_recorded")) == advances


def test_the_reading_that_stands_by_default_is_the_words_of_the_decree() -> None:
    place = service()
    dossier = place.dossier(place.funded("cocof_casg"))
    assert pieces_of(dossier) == [date(2025, 4, 15)]


def test_a_scheme_with_one_reading_asks_nothing() -> None:
    place = service()
    assert place.found(place.funded("cocof_facultative"), OPEN) == []


def test_signing_the_warning_off_accepts_the_reading_that_is_followed() -> None:
    place = service()
    first, other = place.funded("cocof_casg"), _beside(place)
    assert [check.subject for check in place.found(first, OPEN)] == ["reading:2024:from_january"]
    assert [check.subject for check in place.found(other, CHOSEN)] == ["reading:2024:former_text"]


def _beside(place: Service) -> Award:
    award = place.award("cocof_casg", reference="B")
    TermFactory(award=award, code="reading", value="former_text")
    assert Organisation.objects.count() == 1
    return award


def test_advances_of_the_whole_grant_leave_a_balance_that_may_be_negative() -> None:
    """Since the reform the advances are 50 + 25 + 25 %: what is not justified is given back."""
    place = service()
    award = place.funded("cocof_casg", granted="4000.00", reading="from_january")
    for share, day in (("2000.00", 15), ("1000.00", 16), ("1000.00", 17)):
        ReceiptFactory(award=award, received_on=date(2024, 6, day), amount=Decimal(share))
    amounts = place.dossier(award).amounts
    assert (amounts.granted, amounts.payable, amounts.advances) == (400_000, 300_000, 400_000)
    assert (amounts.balance, amounts.recovery) == (-100_000, 100_000)
