"""Search and order without case nor accents, in Python and in the database alike."""

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from backoffice.federation.models import Organisation
from backoffice.web.folding import Fold, fold
from tests.factories import OrganisationFactory

NAMES = (
    "Élise Œuvrard",
    "ÉLISE",
    "e\u0301lise",
    "Zoé D\u2019Hondt",
    "François",
    "Ÿves",
    "été 100 %",
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("LÉ", "le"),
        ("lé", "le"),
        ("Œuvre", "œuvre"),
        ("D\u2019Hondt", "d'hondt"),
        ("e\u0301", "e"),
        ("Ÿ", "y"),
        (None, None),
    ],
)
def test_a_text_loses_its_capitals_and_accents(text: str | None, plain: str | None) -> None:
    assert fold(text) == plain


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_the_database_folds_as_we_do(name: str) -> None:
    OrganisationFactory(name=name)
    (found,) = Organisation.objects.values_list(Fold(F("name")), flat=True)
    assert found == fold(name)


@pytest.mark.django_db
def test_names_are_found_and_sorted_as_people_do() -> None:
    for name in ("Zoé", "élise", "Édouard", "eline"):
        OrganisationFactory(name=name)
    rows = Organisation.objects.alias(plain=Fold(Concat(F("name"), Value(" "))))
    assert list(rows.filter(plain__contains=fold("ÉL")).values_list("name", flat=True)) != []
    ordered = rows.order_by(Fold(F("name"))).values_list("name", flat=True)
    assert list(ordered) == ["Édouard", "eline", "élise", "Zoé"]
