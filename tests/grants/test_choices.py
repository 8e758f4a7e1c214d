"""A term that chooses among what its scheme offers: anything else is refused with the list."""

from datetime import date

import pytest

from grants.models import Term
from grants.scheme import schemes
from grants.services.amendments import Decision, NotAmended, amend_award
from grants.terms import BadTerm, read_term
from tests.factories import AwardFactory

CASG = schemes()["cocof_casg"]
DECISION = Decision("LETTRE-9", date(2024, 9, 2), date(2024, 1, 1), "Lecture")


def test_a_choice_of_the_scheme_is_read() -> None:
    read_term("reading", "former_text", CASG.choices_of("reading"))
    read_term("reading", " from_january ", CASG.choices_of("reading"))


def test_an_unknown_choice_is_refused_with_those_that_exist() -> None:
    with pytest.raises(BadTerm, match=r"from_january .*former_text"):
        read_term("reading", "april", CASG.choices_of("reading"))


def test_a_scheme_without_choices_refuses_any() -> None:
    with pytest.raises(BadTerm, match="pas de choix"):
        read_term("reading", "from_january", schemes()["maribel"].choices_of("reading"))


def test_a_choice_waits_while_the_scheme_is_not_known() -> None:
    read_term("reading", "anything")


@pytest.mark.django_db
def test_an_amendment_cannot_choose_what_the_scheme_does_not_offer() -> None:
    award = AwardFactory(scheme="cocof_casg")
    with pytest.raises(NotAmended, match="former_text"):
        amend_award(
            award=award, decision=DECISION, terms={"reading": "april"}, known_on=date(2025, 1, 1)
        )
    amend_award(
        award=award, decision=DECISION, terms={"reading": "former_text"}, known_on=date(2025, 1, 1)
    )
    assert Term.objects.get().value == "former_text"
