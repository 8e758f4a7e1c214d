"""Is everything known that the amounts rest on, and how surely? A letter answers, or a person."""

from datetime import date
from decimal import Decimal

import pytest

from reports.documents.words import without_capital
from tests.factories import (
    ApprovalFactory,
    FigureEntryFactory,
    PayItemFactory,
    SignOffFactory,
    TermFactory,
)
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scheme", ["maribel", "cocom_facultative"])
def test_a_plain_dossier_has_no_finding_but_those_of_its_scheme(scheme: str) -> None:
    place = service()
    checks = place.dossier(place.funded(scheme)).checks
    # The worker of the plain service holds the post in March alone: it is vacant afterwards.
    expected = {"cost_items_to_confirm", "dmfa_unknown", "post_vacant", "salary_limit_unknown"}
    assert {check.code for check in checks} <= expected


@pytest.mark.parametrize(
    ("scheme", "term"),
    [
        ("maribel", "fund"),
        ("maribel", "ceiling"),
        ("acs", "premium"),
        ("cocof_casg", "granted"),
        ("cocof_casg", "scales"),
        ("cocof_casg", "index_regime"),
        ("cocom_facultative", "granted"),
        ("cocom_facultative", "justify_by"),
        ("wallonia_saspp", "flat_amount"),
        ("wallonia_saspp", "units"),
        ("wallonia_saspp", "liquidation_rate"),
    ],
)
def test_a_missing_term_blocks_and_says_where_to_fill_it_in(scheme: str, term: str) -> None:
    place = service("SASPP" if scheme == "wallonia_saspp" else "CASG")
    award = place.funded(scheme, **{term: None})
    found = place.found(award, "terms_missing")
    assert {check.level for check in found} == {"error"}
    assert any(term in check.subject or "ceiling_" in check.subject for check in found)
    assert all("termes de la lettre" in check.todo for check in found)


def test_a_term_filled_in_clears_the_finding() -> None:
    place = service()
    award = place.funded("maribel", ceiling=None)
    assert place.found(award, "terms_missing")
    TermFactory(award=award, code="ceiling", value="43000.00")
    assert place.found(award, "terms_missing") == []


def test_a_general_value_filled_in_by_a_user_clears_the_finding_too() -> None:
    place = service()
    award = place.funded("maribel", ceiling=None)
    FigureEntryFactory(code="maribel.ceiling_332", since=date(2024, 1, 1), value="43000.00")
    assert place.found(award, "terms_missing") == []
    assert [check.who for check in place.found(award, "figure_to_confirm")] == [
        "maribel.ceiling_332"
    ]


def test_what_depends_on_a_missing_term_is_unknown_and_never_zero() -> None:
    place = service()
    amounts = place.dossier(place.funded("maribel", ceiling=None, granted=None)).amounts
    assert amounts.presented == 300_000
    assert [
        amounts.granted, amounts.admissible, amounts.payable, amounts.own_funds, amounts.balance,
        amounts.recovery,
    ] == [None] * 6  # fmt: skip


def test_a_rate_to_confirm_asks_for_a_named_sign_off() -> None:
    place = service()
    award = place.funded("acs", premium_rate=None)
    (check,) = place.found(award, "figure_to_confirm")
    assert (check.level, check.who) == ("warning", "acs.premium_rate")
    assert "bruxeo" in check.message
    TermFactory(award=award, code="premium_rate", value="0.95")
    assert place.found(award, "figure_to_confirm") == []


def test_a_forecast_blocks_until_the_letter_confirms_it() -> None:
    place = service()
    award = place.funded("maribel", ceiling=None)
    term = TermFactory(award=award, code="ceiling", value="43000.00", status="forecast")
    (check,) = place.found(award, "figure_forecast")
    assert check.level == "error"
    term.status = "confirmed"
    term.save()
    assert place.found(award, "figure_forecast") == []


def test_a_cost_item_of_doubtful_treatment_is_named() -> None:
    place = service()
    award = place.funded("maribel")
    (check,) = place.found(award, "cost_items_to_confirm")
    assert "chèques-repas" not in check.message
    PayItemFactory(pay_month=place.month, cost_item="meal_vouchers", amount=Decimal("120.00"))
    (check,) = place.found(award, "cost_items_to_confirm")
    assert "chèques-repas" in check.message
    assert check.level == "warning"


def test_an_acronym_inside_a_finding_keeps_its_capitals() -> None:
    place = service()
    award = place.funded("cocom_cap")
    PayItemFactory(pay_month=place.month, cost_item="employer_onss", amount=Decimal("120.00"))
    (check,) = place.found(award, "cost_items_to_confirm")
    assert "cotisations patronales ONSS" in check.message


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Chèques-repas", "chèques-repas"),
        ("Cotisations patronales ONSS", "cotisations patronales ONSS"),
        ("ONSS patronal", "ONSS patronal"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence_loses_its_first_capital_alone(label: str, inside: str) -> None:
    assert without_capital(label) == inside


def test_an_award_hangs_on_an_approval_that_its_scheme_finances() -> None:
    place = service("SASPP")
    award = place.funded("cocof_casg")
    (check,) = place.found(award, "approval_of_the_scheme")
    assert (check.level, "CASG" in check.message) == ("error", True)
    award.approval = ApprovalFactory(organisation=place.organisation, kind="CASG")
    award.save()
    assert place.found(award, "approval_of_the_scheme") == []


def test_an_award_without_approval_is_refused_where_the_scheme_asks_for_one() -> None:
    place = service()
    award = place.funded("cocof_casg")
    award.approval = None
    award.save()
    assert [check.level for check in place.found(award, "approval_of_the_scheme")] == ["error"]


def test_a_sign_off_covers_the_value_that_was_seen_and_not_the_next_one() -> None:
    place = service()
    award = place.funded("acs", premium_rate=None)
    term = TermFactory(award=award, code="premium_rate", value="0.95", status="to_confirm")
    (check,) = place.found(award, "figure_to_confirm")
    SignOffFactory(award=award, subject=check.subject, signed_by="Directrice")
    assert [one.signed_by for one in place.found(award, "figure_to_confirm")] == ["Directrice"]
    term.value = "1"
    term.save()
    assert [one.signed_by for one in place.found(award, "figure_to_confirm")] == [""]
