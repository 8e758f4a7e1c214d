"""Every rule, in the order in which people read a workbook."""

from collections.abc import Callable, Iterator

from reports.exchange.problems import Problem
from reports.exchange.rules import (
    awards,
    files,
    money,
    plans,
    plausible,
    references,
    removal,
    renewals,
    rows,
    staff,
)
from reports.exchange.rules.facts import Facts

RULES: tuple[Callable[[Facts], Iterator[Problem]], ...] = (
    rows.one_employer,
    rows.twice,
    references.unknown,
    rows.reversed_days,
    rows.pay_of_the_year,
    money.unreadable_terms,
    staff.over_full_time,
    staff.replaced_by_oneself,
    staff.contracts_overlap,
    staff.without_contract,
    staff.pay_outside_contract,
    staff.assignment_outside,
    staff.assignments_overlap,
    files.proof_of_another_document,
    files.document_days_in_disorder,
    files.hours_over_a_week,
    files.quarter_of_the_year,
    plans.position_outside_approval,
    awards.post_outside_award,
    awards.exercise_outside_award,
    awards.received_in_the_future,
    awards.due_far_from_exercise,
    renewals.renews_another_kind,
    renewals.renewed_twice,
    renewals.letter_in_part,
    plans.accounts_of_another_class,
    plans.opening_without_award,
    plans.unfinished_applications,
    money.shares_above_whole,
    money.tiny_shares,
    money.unnamed_people,
    plausible.unusual_pay,
    removal.still_needed,
)


def broken_rules(facts: Facts) -> list[Problem]:
    """Every problem that a rule finds, once references are settled."""
    return [problem for rule in RULES for problem in rule(facts)]
