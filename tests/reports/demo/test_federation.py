"""The whole federation through the front door: the checks find what is planted, nothing else."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.db.models import Model, Sum

from backoffice.engine.money import cents
from backoffice.engine.periods import month_index
from backoffice.federation.models import Organisation
from invoices.models import Invoice, SalesInvoice
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.demo.federation.payments import AS_OF
from reports.demo.ledger_balance import ledger_balance
from reports.demo.loading import printed, with_openings
from reports.demo.totals import (
    Finding,
    differences_of,
    expected_of,
    findings_of,
    summary,
    totals_of,
)
from reports.demo.truth import CLAIM_AFTER_END, DOUBLE_CLAIM, FAULTS, ROUNDING, planted
from reports.dossier import Dossier
from reports.pages.listed import cents as cents_of
from reports.pages.listed import whole
from reports.radar.search import federation_radar
from reports.risk.back_test import back_test
from reports.tie_out.importing import import_balance
from reports.tie_out.statement import tie_out
from staffing.models import PayItem

Federation = dict[str, list[Dossier]]
ORGANIC_SCHEMES = {
    "cocof_casg", "cocom_cap", "wallonia_css", "wallonia_ili", "wallonia_saspp",
    "cocof_representative",
}  # fmt: skip


def of_year(federation: Federation, year: int) -> list[Dossier]:
    return [one for found in federation.values() for one in found if one.cover.year == year]


def differences(folder: Path) -> list[Finding]:
    """What the tie-out finds at the employers whose accounts are imported."""
    found = []
    for number in sorted(printed() | with_openings()):
        employer = Organisation.objects.get(enterprise_number=number)
        for year in YEARS:
            path = folder / f"{number}-{year}.csv"
            path.write_text(ledger_balance(employer, year, AS_OF), encoding="utf-8", newline="")
            assert import_balance(path, organisation=employer, year=year).stored
            found += differences_of(tie_out(employer, year, AS_OF))
    return found


def test_the_checks_find_all_that_is_planted_and_no_other_error(
    federation: Federation, tmp_path: Path
) -> None:
    findings = [f for dossiers in federation.values() for one in dossiers for f in findings_of(one)]
    findings += differences(tmp_path)
    missed, unexplained = summary(findings)
    assert missed == []
    assert unexplained == set()


@pytest.mark.parametrize(
    "code", ["figure_stale", "award_amended", "retroactive_decision", "shared_worker"]
)
def test_what_is_only_told_matches_the_list_both_ways(federation: Federation, code: str) -> None:
    found = {
        finding[:4]
        for dossiers in federation.values()
        for one in dossiers
        for finding in findings_of(one)
        if finding[3] == code
    }
    listed = {each for fact in planted() for each in expected_of(fact) if each[3] == code}
    assert found == listed
    assert len(found) >= 3


def test_the_errors_name_the_pieces_and_workers_of_the_list(federation: Federation) -> None:
    found = {
        (dossier.cover.enterprise_number, dossier.cover.year, check.code, check.who)
        for dossiers in federation.values()
        for dossier in dossiers
        for check in dossier.errors
    }
    listed = {
        (fact.organisation, fact.year, code, who)
        for fact in planted()
        if fact.kind in FAULTS
        for code in fact.checks
        for who in fact.where
    }
    assert found == listed


def test_the_radar_finds_the_double_claims_of_the_list_and_nothing_else_forbidden(
    federation: Federation,
) -> None:
    employers = [Organisation.objects.get(enterprise_number=number) for number in federation]
    found = [
        (radar.enterprise_number, radar.year, one.who, *one.others, one.amount, one.cost)
        for year in YEARS
        for radar in federation_radar(employers, year, AS_OF)
        for one in radar.of("forbidden")
    ]
    listed = [
        (fact.organisation, fact.year, *fact.pieces)
        for fact in planted()
        if fact.kind == DOUBLE_CLAIM
    ]
    assert sorted(one[:4] for one in found) == sorted(listed)
    assert all(amount == cost for *_where, amount, cost in found)


@pytest.mark.parametrize(
    "code",
    [
        "contract_without_document",
        "seniority_not_proven",
        "worker_document_not_transmitted",
        "qbis_wrong",
    ],
)
def test_what_is_told_of_a_worker_names_that_worker_alone(
    federation: Federation, code: str
) -> None:
    found = {
        (dossier.cover.enterprise_number, dossier.cover.year, check.who)
        for dossiers in federation.values()
        for dossier in dossiers
        for check in dossier.checks
        if check.code == code
    }
    facts = [fact for fact in planted() if code in fact.checks]
    assert found == {(fact.organisation, fact.year, fact.worker) for fact in facts}


def test_no_volume_dmfa_nor_file_of_the_demonstration_is_unknown(federation: Federation) -> None:
    unknown = {"volume_unknown", "dmfa_unknown", "worker_file_unknown"}
    codes = {c.code for found in federation.values() for one in found for c in one.checks}
    assert codes.isdisjoint(unknown)


def test_a_claim_after_an_end_is_not_paid_for_after_it(federation: Federation) -> None:
    for fact in (fact for fact in planted() if fact.kind == CLAIM_AFTER_END):
        (dossier,) = [
            one
            for one in federation[fact.organisation]
            if (one.cover.year, one.cover.reference) == (fact.year, fact.awards[0])
        ]
        months = {line.month for line in dossier.staff if line.worker == fact.worker}
        assert months, fact
        assert max(months) <= month_index(date.fromisoformat(fact.day)), fact


def test_the_parts_of_a_planted_split_are_the_whole_to_the_cent(federation: Federation) -> None:
    traps = [fact for fact in planted() if fact.kind == ROUNDING]
    for fact in traps:
        parts = sorted(
            line.presented
            for one in federation[fact.organisation]
            if one.cover.year == fact.year and one.cover.reference in fact.awards
            for line in one.invoices
            if line.piece == fact.pieces[0]
        )
        assert sum(parts) == cents(fact.value), fact
        assert parts in ([364, 17861], [365, 17860], [26169, 26169, 26170]), fact
    assert {fact.value for fact in traps} == {"182.25", "785.08"}


def test_2025_has_160_awards_whose_amounts_are_all_known(federation: Federation) -> None:
    dossiers = of_year(federation, 2025)
    assert len(dossiers) >= 160
    for one in dossiers:
        amounts = one.amounts
        known = (amounts.granted, amounts.admissible, amounts.payable, amounts.balance)
        assert None not in known, one.cover.reference
    assert len(totals_of(dossiers)) == 6


@pytest.mark.parametrize("year", YEARS)
def test_costs_exceed_subsidies_by_some_percent(federation: Federation, year: int) -> None:
    """Pay and invoices are the costs of an employer; what awards and sales do not cover is lost."""
    payable = {
        number: sum(one.amounts.payable or 0 for one in found if one.cover.year == year)
        for number, found in federation.items()
    }
    lost, costs = {}, {}
    for number in NUMBERS:
        costs[number] = _cents(PayItem, "pay_month__month", number, year)
        costs[number] += _cents(Invoice, "issued_on", number, year)
        lost[number] = costs[number] - payable[number]
        lost[number] -= _cents(SalesInvoice, "issued_on", number, year)
    parts = {number: Fraction(lost[number], costs[number]) for number in NUMBERS}
    assert Fraction(2, 100) < Fraction(sum(lost.values()), sum(costs.values())) < Fraction(8, 100)
    assert sum(Fraction(2, 100) <= part <= Fraction(8, 100) for part in parts.values()) >= 30
    assert min(parts.values()) > 0
    assert max(parts.values()) < Fraction(12, 100)


def test_the_approved_frame_follows_the_posts_of_the_award_of_the_approval() -> None:
    approved, funded = Decimal(), Decimal()
    for number in NUMBERS:
        rows = employer_rows(number, 2025)
        own = {row["reference"] for row in rows["awards"] if row["scheme"] in ORGANIC_SCHEMES}
        posts = [row for row in rows["posts"] if row["award"] in own]
        funded += sum(Decimal(str(row["fte"])) for row in posts)
        frame = [row for row in rows["positions"] if row["ends_on"] is None]
        approved += sum(Decimal(str(row["fte"])) for row in frame)
    assert Decimal("0.9") < approved / funded < Decimal("1.1")


def _cents(model: type[Model], day: str, number: str, year: int) -> int:
    owner = "pay_month__worker__organisation" if model is PayItem else "organisation"
    rows = model._default_manager.filter(  # noqa: SLF001
        **{f"{owner}__enterprise_number": number, f"{day}__year": year}
    )
    return whole(rows.aggregate(total=Sum(cents_of("amount")))["total"]) or 0


def test_walloon_subsidies_come_later_than_those_of_forem(federation: Federation) -> None:
    days: dict[str, list[int]] = {}
    for one in of_year(federation, 2024):
        days.setdefault(one.cover.scheme, []).extend(line.late_days for line in one.instalments)
    mean = {scheme: sum(found) / len(found) for scheme, found in days.items()}
    assert mean["wallonia_ili"] > mean["cocof_casg"] > mean["ape"]


def test_some_posts_are_vacant_and_some_months_are_unpaid_sickness() -> None:
    unpaid = [
        row
        for number in NUMBERS
        for row in employer_rows(number, 2024)["pay"]
        if Decimal(str(row["unpaid_hours"])) > 100
    ]
    assert len(unpaid) >= 10
    vacant = 0
    for number in NUMBERS:
        rows = employer_rows(number, 2023)
        held = {(row["award"], row["post"]) for row in rows["assignments"]}
        vacant += sum((row["award"], row["code"]) not in held for row in rows["posts"])
    assert vacant >= 1


def test_the_risk_of_a_closed_year_would_have_been_right(federation: Federation) -> None:
    assert federation
    every = list(Organisation.objects.order_by("enterprise_number"))
    whole, *schemes = back_test(every, 2025, (6,), AS_OF)
    assert whole.awards == sum(one.awards for one in schemes) == 169
    # In June, the payable of the year is known within 0.1 % of the grant on average, 3 % at worst,
    # and nine awards in ten end within the band that the year before gave to their employer.
    assert whole.mean < Fraction(1, 1_000)
    assert whole.largest < Fraction(3, 100)
    assert whole.within >= 150
