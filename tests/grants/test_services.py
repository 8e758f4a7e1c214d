"""Amending an award: what is refused, what is written, how long a new value lasts."""

from dataclasses import replace
from datetime import date

import pytest

from grants.models import Amendment, Award, Term
from grants.services.amendments import Decision, NotAmended, amend_award
from tests.factories import AmendmentFactory, AwardFactory, TermFactory

pytestmark = pytest.mark.django_db

TODAY = date(2025, 2, 1)
DECISION = Decision("LETTRE-9", date(2024, 9, 2), date(2024, 6, 1), "Relèvement du plafond")


@pytest.fixture
def award() -> Award:
    award: Award = AwardFactory()
    TermFactory(award=award, code="ceiling", value="43000.00")
    return award


def amend(award: Award, decision: Decision = DECISION, **terms: str) -> Amendment:
    return amend_award(award=award, decision=decision, terms=terms, known_on=TODAY)


def refused(award: Award, decision: Decision = DECISION, **terms: str) -> tuple[str, ...]:
    with pytest.raises(NotAmended) as caught:
        amend(award, decision, **terms)
    assert not Amendment.objects.filter(letter_reference=decision.letter_reference).exists()
    return caught.value.problems


def test_a_retroactive_decision_adds_a_row_with_its_own_day(award: Award) -> None:
    amendment = amend(award, ceiling="45000,00")
    assert (amendment.number, amendment.effective_on) == (1, date(2024, 6, 1))
    first, second = award.terms.order_by("starts_on")
    assert first.value == "43000.00"
    assert (second.value, second.starts_on, second.ends_on) == (
        "45000,00",
        date(2024, 6, 1),
        date(2024, 12, 31),
    )
    assert (second.decided_on, second.letter_reference) == (date(2024, 9, 2), "LETTRE-9")


def test_a_new_value_stops_where_the_next_one_already_begins(award: Award) -> None:
    TermFactory(award=award, code="ceiling", value="44000.00", starts_on=date(2024, 10, 1))
    amend(award, ceiling="45000.00")
    assert Term.objects.get(value="45000.00").ends_on == date(2024, 9, 30)


def test_a_term_without_a_former_value_lasts_without_end(award: Award) -> None:
    amend(award, granted="90000.00")
    assert Term.objects.get(code="granted").ends_on is None


def test_the_next_number_follows_the_last_one(award: Award) -> None:
    AmendmentFactory(award=award, number=4)
    assert amend(award, ceiling="45000.00").number == 5


def test_a_decision_again_later_may_change_the_same_day(award: Award) -> None:
    amend(award, ceiling="45000.00")
    later = replace(DECISION, letter_reference="LETTRE-10", decided_on=date(2024, 11, 1))
    amend(award, later, ceiling="46000.00")
    assert list(
        award.terms.filter(starts_on=date(2024, 6, 1))
        .order_by("decided_on")
        .values_list("value", flat=True)
    ) == ["45000.00", "46000.00"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decided_on": date(2023, 11, 30)}, "avant la lettre d'octroi du 01/12/2023"),
        ({"decided_on": date(2025, 2, 2)}, "après aujourd'hui"),
        ({"effective_on": date(2025, 1, 1)}, "hors de la subvention"),
        ({"effective_on": date(2023, 12, 31)}, "hors de la subvention"),
        ({"letter_reference": " "}, "La référence de la lettre manque"),
        ({"reason": "x" * 251}, "L'objet manque ou dépasse 250 caractères"),
    ],
)
def test_a_letter_that_contradicts_the_award_is_refused(award: Award, changed, said) -> None:
    assert any(said in one for one in refused(award, replace(DECISION, **changed), ceiling="1"))


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({}, "Aucun terme ne change"),
        ({"nothing": "1"}, "« nothing » n'existe pas"),
        ({"ceiling": "beaucoup"}, "n'est pas un nombre"),
        ({"ceiling": " "}, "la nouvelle valeur manque"),
        ({"ceiling": "43 000,00"}, "vaut déjà 43 000,00"),
    ],
)
def test_a_term_that_changes_nothing_readable_is_refused(award: Award, terms, said) -> None:
    assert said in " ".join(refused(award, **terms))


def test_an_earlier_decision_for_the_same_day_is_refused(award: Award) -> None:
    amend(award, ceiling="45000.00")
    earlier = replace(DECISION, letter_reference="LETTRE-8", decided_on=date(2024, 8, 1))
    assert "une décision du 02/09/2024" in " ".join(refused(award, earlier, ceiling="44000.00"))


def test_the_same_letter_or_number_is_not_recorded_twice(award: Award) -> None:
    amend(award, ceiling="45000.00")
    with pytest.raises(NotAmended, match="déjà l'avenant n° 1"):
        amend(award, ceiling="46000.00")
    again = replace(DECISION, letter_reference="LETTRE-10", number=1, decided_on=date(2024, 10, 1))
    assert "L'avenant n° 1 existe déjà" in " ".join(refused(award, again, ceiling="46000.00"))


def test_an_award_that_is_only_expected_cannot_be_amended(award: Award) -> None:
    Award.objects.update(letter_reference="", letter_on=None, notified_on=None)
    award.refresh_from_db()
    assert "n'est pas reçue" in refused(award, ceiling="45000.00")[0]


def test_every_contradiction_is_said_at_once(award: Award) -> None:
    wrong = replace(DECISION, decided_on=date(2023, 1, 1), reason="")
    assert len(refused(award, wrong, ceiling="beaucoup", granted="")) == 4
