"""The DmfA of Maribel posts: funded hours that lack or differ, quarter by quarter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine import money
from backoffice.engine.claims.counted import OTHER_FUNDING
from backoffice.engine.payroll import qbis
from backoffice.engine.periods import Period, month_start, quarter_period, quarter_text
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur
from grants.snapshots import AwardFacts
from grants.terms import TERMS
from reports.checks.rule import Case
from reports.dossier import Check
from reports.lines import last_day
from staffing.models import Assignment
from staffing.snapshots import ContractFacts, hours_on_post, hundredths, other_funding

_CENTS = 100
_ARTICLE = mark("DmfA, données Maribel depuis le 4e trimestre 2018 (ONSS, rapport annuel 2018)")
_TODO = mark("Corrigez la DmfA de ce trimestre auprès de l'ONSS, puis importez-la de nouveau.")


@dataclass
class _Quarter:
    """A worker's quarter on the award: what is at stake in cents, hours funded and declared.

    `expected` are the hours of each stretch of days on which they stay the same, in the order of
    days; `declared` those of each line of the DmfA, which does not tell the days of its lines.
    """

    worker: str
    name: str
    cents: int = 0
    expected: list[int] = field(default_factory=list)
    declared: list[int] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """The lines follow one another as the hours do, or they are simultaneous and add up."""
        hours = set(self.expected)
        successive = set(self.declared) == hours and len(self.declared) <= len(self.expected)
        return successive or {sum(self.declared)} == hours


def funded_hours(case: Case) -> Iterator[Check]:
    """The DmfA of a quarter is known, and the funded hours of a worker lack or are wrong."""
    for quarter in _quarters(case):
        if not quarter.declared:
            yield _missing(quarter)
        elif quarter.expected and not quarter.is_right:
            yield _wrong(quarter)


def _missing(quarter: _Quarter) -> Check:
    return Check(
        code="qbis_missing",
        level="error",
        subject=f"qbis:{quarter.worker}:{quarter.name}",
        who=quarter.worker,
        month=quarter.name,
        message=_(
            "La DmfA ne dit pas les heures financées (Qbis) : la subvention du trimestre pour ce "
            "travailleur est nulle."
        ),
        todo=_(_TODO),
        article=_(_ARTICLE),
        amount=quarter.cents,
    )


def _wrong(quarter: _Quarter) -> Check:
    """Other hours than a full time x the FTE funded; the amount is the quarter's part in the gap.

    The hours are those of successive lines, or the sum of simultaneous ones; no more than what the
    award claims for the quarter is at stake.
    """
    hours = sorted(set(quarter.expected))
    declared, expected = sum(quarter.declared), sum(hours)
    gap = min(Fraction(1), Fraction(abs(declared - expected), expected))
    return Check(
        code="qbis_wrong",
        level="warning",
        subject=f"qbis:{quarter.worker}:{quarter.name}:{declared}",
        who=quarter.worker,
        month=quarter.name,
        message=_(
            "Heures financées (Qbis) : %(declared)s déclarées, %(expected)s attendues (heures "
            "d'un temps plein fois l'ETP financé)."
        )
        % {"declared": _hours(quarter.declared), "expected": _hours(hours)},
        todo=_(_TODO),
        article=_(_ARTICLE),
        amount=money.times_one(quarter.cents, gap),
    )


def subsidies_not_deducted(case: Case) -> Iterator[Check]:
    """The DmfA tells other subsidies for the workers of the award than those that it deducts."""
    if "qbis_since" not in case.award.scheme.options:
        return
    rows = sorted({case.facts.slice_facts[int(place)].pay for place in case.claim.rows})
    declared = int(other_funding(case.facts.staff).cents[rows].sum())
    known = case.facts.known[case.claim.award.index]
    use = known.use_if_any(OTHER_FUNDING, last_day(case.award))
    deducted = 0 if use is None else money.times_one(_CENTS, use[0])
    if declared > deducted:
        yield Check(
            code="subsidies_not_deducted",
            level="warning",
            subject=f"subsidies:{declared}:{deducted}",
            who=case.award.row.reference,
            month="",
            message=_(
                "La DmfA déclare %(declared)s de subventions autres que Maribel pour ces "
                "travailleurs ; la subvention en déduit %(deducted)s."
            )
            % {"declared": eur(declared), "deducted": eur(deducted)},
            todo=_("Encodez le terme « %(term)s » de la subvention, ou corrigez la DmfA.")
            % {"term": said(TERMS[OTHER_FUNDING].words)},
            article=_(_ARTICLE),
            amount=declared - deducted,
        )


def dmfa_unknown(case: Case) -> Iterator[Check]:
    """A quarter of the exercise is over and no DmfA of the employer is known for it."""
    if "qbis_since" not in case.award.scheme.options or not len(case.claim.rows):
        return
    known = {line.quarter for line in case.facts.staff.dmfa}
    silent = [
        quarter_text(quarter.start)
        for quarter in _calendar(case.award)
        if quarter.stop <= case.facts.as_of and quarter.start not in known
    ]
    if silent:
        yield Check(
            code="dmfa_unknown",
            level="info",
            subject=f"dmfa:{','.join(silent)}",
            who=case.award.row.reference,
            month="",
            message=_("DmfA inconnue ici : %(quarters)s. Les heures financées n'y sont pas vues.")
            % {"quarters": ", ".join(silent)},
            todo=_("Importez les heures financées (Qbis) déclarées."),
            article=_(_ARTICLE),
        )


def _quarters(case: Case) -> list[_Quarter]:
    """The worker-quarters with a claim on the award whose DmfA is known, by worker and quarter."""
    if "qbis_since" not in case.award.scheme.options:
        return []
    facts, known = case.facts, {line.quarter for line in case.facts.staff.dmfa}
    column = next(n for n in ("payable", "admissible", "presented") if n in case.claim.staff)
    values = case.claim.staff[column].values
    found: dict[tuple[int, date], _Quarter] = {}
    for row, place in enumerate(case.claim.rows):
        pay = facts.slice_facts[int(place)].pay
        first = quarter_period(month_start(int(facts.staff.pay.month[pay]))).start
        if first in known and first >= case.award.scheme.options["qbis_since"]:
            worker = int(facts.staff.pay.worker[pay])
            number = facts.staff.workers[worker].number
            quarter = found.setdefault((worker, first), _Quarter(number, quarter_text(first)))
            quarter.cents += int(values[row])
    for (worker, first), quarter in found.items():
        quarter.expected = _expected(case, worker, first)
        quarter.declared = [
            hundredths(line.funded_hours)
            for line in facts.staff.dmfa
            if line.worker_id == facts.staff.workers[worker].pk
            and line.quarter == first
            and line.funded_hours is not None
        ]
    return [found[key] for key in sorted(found)]


def _expected(case: Case, worker: int, first: date) -> list[int]:
    """The funded hours of the worker along a quarter, over every award of the kind."""
    pk = case.facts.staff.workers[worker].pk
    contracts = [one for one in case.facts.staff.contracts if one.worker == worker]
    awards = {one.row.pk: one for one in case.facts.awards if "qbis_since" in one.scheme.options}
    spans = [
        (days, _funded(assignment, contract))
        for assignment in case.facts.staff.assignments
        if assignment.worker_id == pk and assignment.post.award_id in awards
        if not (posted := _posted(awards[assignment.post.award_id], assignment, first)).is_empty
        for contract in contracts
        if not (days := posted.overlap(_life_of(contract))).is_empty
    ]
    bounds = sorted({day for days, _hours in spans for day in (days.start, days.stop)})
    sums = [sum(hours for days, hours in spans if days.contains(day)) for day in bounds]
    return [hours for hours in sums if hours]


def _funded(assignment: Assignment, contract: ContractFacts) -> int:
    """Hours a week: those put on the post, within a full time x its FTE and the contract."""
    most = qbis(contract.full_time, Fraction(assignment.post.fte))
    return min(hours_on_post(assignment, contract), most)


def _posted(award: AwardFacts, assignment: Assignment, first: date) -> Period:
    """The days of a quarter on which the award pays for the assignment."""
    post = assignment.post
    return (
        quarter_period(first)
        .overlap(award.exercise)
        .overlap(Period.inclusive(assignment.starts_on, assignment.ends_on))
        .overlap(Period.inclusive(post.starts_on, post.ends_on))
    )


def _life_of(contract: ContractFacts) -> Period:
    return Period.inclusive(contract.row.starts_on, contract.row.ends_on)


def _calendar(award: AwardFacts) -> Iterator[Period]:
    """The quarters of the exercise from the first whose DmfA holds funded hours."""
    quarter = quarter_period(max(award.exercise.start, award.scheme.options["qbis_since"]))
    while quarter.start < award.exercise.stop:
        yield quarter
        quarter = quarter_period(quarter.stop)


def _hours(found: list[int]) -> str:
    return " + ".join(f"{hours // 100},{hours % 100:02d} h" for hours in sorted(found)) or "0"
