"""A term that chooses among what its scheme offers: anything else is refused with the list."""

from datetime import date

import pytest
from django.test import Client

from grants.models import Term
from grants.scheme import schemes
from grants.services.amendments import Decision, NotAmended, amend_award
from grants.terms import BadTerm, read_term
from tests.factories import AwardFactory, UserFactory
from tests.grants.test_admin import fields_of

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


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(("value", "written"), [("april", 0), ("former_text", 1)])
def test_the_administration_refuses_it_too(value: str, written: int) -> None:
    award = AwardFactory(scheme="cocof_casg")
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    row = {
        "award": str(award.pk),
        "code": "reading",
        "value": value,
        "starts_on": "01/01/2024",
        "ends_on": "",
        "decided_on": "01/12/2023",
        "letter_reference": "L1",
        "status": "confirmed",
    }
    form = fields_of(award) | {"terms-TOTAL_FORMS": "1"}
    form |= {f"terms-0-{name}": text for name, text in row.items()}
    page = client.post(f"/admin/grants/award/{award.pk}/change/", form).content.decode()
    assert Term.objects.count() == written
    assert ("n&#x27;est pas un choix de ce régime" in page) == (not written)
