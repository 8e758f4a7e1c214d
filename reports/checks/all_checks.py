"""The rules that run on every justification, in the order in which findings are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backoffice.engine.claims.claim import Claim
from grants.snapshots import AwardFacts
from reports.checks import (
    admission,
    amounts,
    approvals,
    body,
    decisions,
    declarations,
    employment,
    figures,
    files,
    functions,
    funds,
    hours,
    law,
    life,
    multi_year,
    pieces,
    premiums,
    readings,
    vacancies,
    volumes,
)
from reports.checks.rule import Case, Rule
from reports.dossier import Check
from reports.snapshots import YearFacts

RULES: tuple[Rule, ...] = (
    life.scheme_not_in_force,
    figures.terms_missing,
    figures.letter_to_come,
    approvals.approval_of_the_scheme,
    body.staff_share_below_minimum,
    body.staff_share_projected,
    body.granted_below_minimum,
    hours.assignments_outside_contract,
    hours.hours_financed_twice,
    hours.hours_twice_on_the_award,
    hours.posts_overfilled,
    pieces.invoices_claimed_twice,
    pieces.invoices_maybe_twice,
    pieces.invoices_without_evidence,
    declarations.funded_hours,
    files.documents_missing,
    hours.hours_above_contract,
    hours.months_without_pay,
    declarations.subsidies_not_deducted,
    pieces.staff_without_evidence,
    files.worker_file_unknown,
    files.contract_without_document,
    files.seniority_not_proven,
    files.diploma_below_minimum,
    files.documents_not_transmitted,
    pieces.payments_without_proof,
    multi_year.evaluations,
    multi_year.period_of_the_law,
    multi_year.amount_of_the_formula,
    multi_year.earlier_subsidies,
    multi_year.activity_under_approval,
    admission.invoices_not_admitted,
    admission.days_before_notification,
    admission.investment_of_the_year,
    approvals.approval_for_part_of_the_year,
    approvals.analytical_account_shared,
    approvals.analytical_account_without_costs,
    volumes.volumes_below,
    approvals.approval_ended_by_a_move,
    approvals.approval_too_long,
    readings.reading_to_choose,
    functions.function_not_financed,
    decisions.figures_stale,
    life.scheme_ends_before_award,
    premiums.premium_provisional,
    premiums.premium_rate_below,
    employment.vge_below_reference,
    employment.vep_not_reached,
    amounts.scale_not_admitted,
    amounts.grant_not_used,
    figures.figures_forecast,
    figures.figures_to_confirm,
    figures.cost_items_to_confirm,
    amounts.cost_cut_by_scale,
    amounts.cost_cut_by_frame,
    amounts.cost_above_bound,
    amounts.heads_above_maximum,
    amounts.instalments_late,
    amounts.instalments_not_recorded,
    amounts.negative_months,
    law.money_to_give_back,
    decisions.award_amended,
    decisions.retroactive_decisions,
    vacancies.posts_vacant,
    funds.salary_above_limit,
    funds.volume_below_reference,
    approvals.shared_workers,
    volumes.volumes_unknown,
    declarations.dmfa_unknown,
)
LEVELS = ("error", "warning", "info")


@dataclass(frozen=True)
class Signed:
    """The name under which a finding was accepted, and the account when there was one."""

    name: str = ""
    account: str = ""


NOT_SIGNED = Signed()


def run_checks(
    facts: YearFacts, claim: Claim, award: AwardFacts, signed: Mapping[str, Signed]
) -> tuple[Check, ...]:
    """Every finding on one award, errors first; a signed one carries the name."""
    case = Case(facts, claim, award)
    found = [
        replace(check, signed_by=by.name, signed_account=by.account, rule=rule.__name__)
        for rule in RULES
        for check in rule(case)
        for by in (signed.get(check.subject, NOT_SIGNED),)
    ]
    return tuple(sorted(found, key=lambda check: LEVELS.index(check.level)))
