"""Posts of a function that the scheme, or the legal form of the beneficiary, does not finance."""

import pytest

from grants.models import Award, Post
from reports.pages.explanation import explain
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db

REFUSED, UNLISTED = "function_not_financed", "function_not_listed"


def with_function(place: Service, function: str, scheme: str = "cocof_cssi", **terms: str) -> Award:
    award = place.funded(scheme, **terms)
    Post.objects.update(function=function)
    return award


@pytest.mark.parametrize("form", ["umbrella", "multi"])
@pytest.mark.parametrize("function", ["social", "community"])
def test_a_function_that_the_base_approvals_finance_is_not_admitted(
    form: str, function: str
) -> None:
    place = service("CSSI")
    award = with_function(place, function, form=form)
    (check,) = place.found(award, REFUSED)
    assert (check.level, check.who, check.amount) == ("warning", "P1", 300_000)
    assert check.article.endswith("administration, accueil, coordination et psychologie")
    amounts = place.dossier(award).amounts
    assert (amounts.presented, amounts.admissible, amounts.payable) == (300_000, 0, 0)


@pytest.mark.parametrize("form", ["own", "umbrella", "multi"])
@pytest.mark.parametrize("function", ["administration", "reception", "coordination", "psychology"])
def test_what_every_form_finances_is_admitted(form: str, function: str) -> None:
    place = service("CSSI")
    award = with_function(place, function, form=form)
    assert place.found(award, REFUSED) == []
    assert place.dossier(award).amounts.payable == 300_000


def test_the_association_of_the_centre_itself_is_financed_for_all() -> None:
    place = service("CSSI")
    award = with_function(place, "social", form="own")
    assert place.found(award, REFUSED) == []
    assert place.dossier(award).amounts.payable == 300_000


def test_the_explanation_of_a_line_shows_the_step_that_takes_it_out() -> None:
    place = service("CSSI")
    award = with_function(place, "social", form="umbrella")
    steps = {one.label: one for one in explain(place.dossier(award), "lignes", "0").steps}
    step = steps["Coût des fonctions financées"]
    assert step.text.replace("\u202f", " ") == "0,00 €"
    assert "si la forme juridique finance la fonction, sinon 0" in step.rule


def test_without_its_form_the_award_is_unknown_and_asks_for_the_term() -> None:
    place = service("CSSI")
    award = place.funded("cocof_cssi", form=None)
    dossier = place.dossier(award)
    assert (dossier.amounts.presented, dossier.amounts.payable) == (300_000, None)
    (check,) = dossier.errors
    assert (check.code, check.subject) == ("terms_missing", "term:cocof_cssi.form")
    assert place.found(award, REFUSED) == []


def test_a_function_that_the_scheme_does_not_name_is_signed_off() -> None:
    place = service()
    award = with_function(place, "legal", scheme="cocof_casg")
    (check,) = place.found(award, UNLISTED)
    assert (check.level, check.who, check.amount) == ("warning", "P1", 300_000)
    assert "Aide juridique" in check.message
    assert place.dossier(award).amounts.payable == 300_000
    Post.objects.update(function="coordination")
    assert place.found(award, UNLISTED) == []


def test_a_scheme_whose_functions_were_not_found_says_nothing() -> None:
    place = service("CAP")
    award = with_function(place, "maintenance", scheme="cocom_cap")
    assert place.found(award, UNLISTED) == place.found(award, REFUSED) == []
