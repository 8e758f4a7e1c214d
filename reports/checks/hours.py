"""Hours: outside a contract, above it, or financed twice."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from backoffice.engine.periods import Period, month_start
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur
from backoffice.web.templatetags.money import fte as fte_text
from grants.snapshots import AwardFacts
from grants.stacking import TONE_WORDS, stack_between
from reports.checks.rule import Case
from reports.dossier import Check
from staffing.models import Assignment
from staffing.snapshots import hundredths

_TONES = {"allowed": "info", "suspicious": "warning", "forbidden": "error"}


def assignments_outside_contract(case: Case) -> Iterator[Check]:
    """Days of an assignment on which the worker has no contract: nothing can be claimed there."""
    for assignment in _mine(case):
        common = _common(case.award, assignment)
        missing = set(_ordinals(common))
        for covered in _under_contract(case, assignment, common):
            missing.difference_update(_ordinals(covered))
        if missing:
            first, last = date.fromordinal(min(missing)), date.fromordinal(max(missing))
            number = case.facts.staff.workers[_place(case, assignment)].number
            yield Check(
                code="assignment_outside_contract",
                level="error",
                subject=f"assignment:{_key(case, assignment)}",
                who=number,
                month=f"{first:%Y-%m}",
                message=_(
                    "L'affectation au poste %(post)s court du %(first)s au %(last)s sans contrat "
                    "(%(count)s jours) : rien n'y est justifiable."
                )
                % {
                    "post": assignment.post.code,
                    "first": f"{first:%d/%m/%Y}",
                    "last": f"{last:%d/%m/%Y}",
                    "count": len(missing),
                },
                todo=_("Terminez l'affectation avec le contrat, ou encodez le contrat qui manque."),
            )


def hours_above_contract(case: Case) -> Iterator[Check]:
    """An assignment carries more hours than the contract has; the excess is not counted."""
    seen: set[int] = set()
    for row in case.claim.rows:
        source = case.facts.slice_facts[int(row)]
        assigned = hundredths(source.assignment.weekly_hours)
        if assigned > source.contract.hours and source.assignment.pk not in seen:
            seen.add(source.assignment.pk)
            yield Check(
                code="hours_above_contract",
                level="warning",
                subject=f"assignment-hours:{_key(case, source.assignment)}",
                who=case.worker_of(source.pay),
                month=case.month_of(source.pay),
                message=_("%(assigned)s h sur ce poste pour un contrat de %(contract)s h.")
                % {
                    "assigned": source.assignment.weekly_hours,
                    "contract": source.contract.row.weekly_hours,
                },
                todo=_("Ramenez les heures de l'affectation à celles du contrat."),
            )


def hours_twice_on_the_award(case: Case) -> Iterator[Check]:
    """A worker holds two posts of the same award for more hours than the contract has."""
    facts = case.facts
    weights: dict[int, int] = {}
    for row in case.claim.rows:
        pay = int(facts.slices.pay[row])
        weights[pay] = weights.get(pay, 0) + int(facts.slices.weights[row])
    over: dict[str, list[int]] = {}
    for pay, weight in weights.items():
        if weight > int(facts.staff.pay.contract[pay]):
            over.setdefault(case.worker_of(pay), []).append(pay)
    for worker, pays in sorted(over.items()):
        yield Check(
            code="hours_twice_on_the_award",
            level="error",
            subject=f"hours:{worker}",
            who=worker,
            month=f"{case.month_of(min(pays))} … {case.month_of(max(pays))}",
            message=_(
                "Les affectations à cette subvention dépassent les heures du contrat (%(count)s "
                "mois) : les mêmes heures y sont deux fois."
            )
            % {"count": len(pays)},
            todo=_("Ramenez le total des affectations de ce travailleur aux heures du contrat."),
        )


def posts_overfilled(case: Case) -> Iterator[Check]:
    """The paid holders of a post are together more than its FTE in a month."""
    facts, paid = case.facts, dict[tuple[int, int], Fraction]()
    for row, place in enumerate(case.claim.rows):
        source = facts.slice_facts[int(place)]
        key = source.assignment.post_id, int(facts.staff.pay.month[source.pay])
        paid[key] = paid.get(key, Fraction(0)) + case.claim.staff["fte"].ratio(row)
    over: dict[int, list[int]] = {}
    posts = {post.pk: post for post in case.award.posts}
    for (post, month), fte in sorted(paid.items()):
        if fte > Fraction(posts[post].fte):
            over.setdefault(post, []).append(month)
    for post, months in over.items():
        yield Check(
            code="post_overfilled",
            level="warning",
            subject=f"post:{posts[post].code}:{len(months)}",
            who=posts[post].code,
            month=f"{month_start(months[0]):%Y-%m}",
            message=_(
                "Le poste (%(fte)s ETP) est occupé au-delà de ses ETP pendant %(count)s mois."
            )
            % {"fte": fte_text(posts[post].fte), "count": len(months)},
            todo=_("Vérifiez les affectations qui se chevauchent, ou les ETP du poste."),
        )


def hours_financed_twice(case: Case) -> Iterator[Check]:
    """Hours that carry two awards: allowed, suspicious or forbidden by the stacking rules."""
    facts = case.facts
    weights = facts.slices.weights
    by_month: dict[int, dict[int, int]] = {}
    for row in range(len(facts.slices)):
        months = by_month.setdefault(int(facts.slices.pay[row]), {})
        award = int(facts.slices.award[row])
        months[award] = months.get(award, 0) + int(weights[row])
    found: dict[tuple[str, int], list[int]] = {}
    for pay, awards in by_month.items():
        over = sum(awards.values()) > int(facts.staff.pay.contract[pay])
        if over and case.claim.award.index in awards and len(awards) > 1:
            for other in awards:
                if other != case.claim.award.index:
                    found.setdefault((case.worker_of(pay), other), []).append(pay)
    for (worker, other), pays in sorted(found.items()):
        yield _stacked(case, worker, facts.awards[other], sorted(pays))


def _stacked(case: Case, worker: str, other: AwardFacts, pays: list[int]) -> Check:
    first = month_start(int(case.facts.staff.pay.month[pays[0]]))
    stack = stack_between(case.award.scheme, other.scheme, first)
    todo = {
        "allowed": _(
            "Ce que l'autre subvention paie est déduit. Une règle non confirmée s'accepte."
        ),
        "suspicious": _("Vérifiez que les deux subventions se cumulent, puis acceptez nommément."),
        "forbidden": _("Retirez les heures de l'une des deux subventions."),
    }
    confirmable = (stack.tone, stack.status) == ("allowed", "to_confirm")
    deducted = sum(case.total("deducted", pay) for pay in pays)
    return Check(
        code=f"stack_{stack.tone}",
        level="warning" if confirmable else _TONES[stack.tone],
        subject=f"stack:{worker}:{other.row.reference}",
        who=worker,
        month=f"{case.month_of(pays[0])} … {case.month_of(pays[-1])}",
        message=_("Mêmes heures que %(other)s (%(count)s mois) : %(words)s.%(deducted)s")
        % {
            "other": other.row.reference,
            "count": len(pays),
            "words": said(TONE_WORDS[stack.tone]),
            "deducted": _deducted_words(deducted),
        },
        todo=todo[stack.tone],
        article=stack.article,
        amount=deducted if deducted else None,
    )


def _deducted_words(deducted: int) -> str:
    """What is taken off here; the euros at stake between the two are on the page of stacks."""
    if not deducted:
        return ""
    return _(" Déjà payés par elle et déduits ici : %(amount)s.") % {"amount": eur(deducted)}


def months_without_pay(case: Case) -> Iterator[Check]:
    """An assigned worker under contract without any pay row in a month that is over."""
    facts = case.facts
    paid = {
        (int(worker), int(month))
        for worker, month in zip(facts.staff.pay.worker, facts.staff.pay.month, strict=True)
    }
    for assignment in _mine(case):
        worker = _place(case, assignment)
        common = _common(case.award, assignment)
        over = common.overlap(Period(date.min, facts.as_of))
        covered = _under_contract(case, assignment, over)
        months = sorted({month for period in covered for month in period.months()})
        absent = [month for month in months if (worker, month) not in paid]
        if absent:
            yield Check(
                code="months_without_pay",
                level="warning",
                subject=f"pay:{_key(case, assignment)}",
                who=facts.staff.workers[worker].number,
                month=f"{month_start(absent[0]):%Y-%m}",
                message=_("%(count)s mois affectés sans paie : rien n'y est présenté.")
                % {"count": len(absent)},
                todo=_("Importez la paie de ces mois, ou terminez l'affectation."),
            )


def _key(case: Case, assignment: Assignment) -> str:
    """An assignment within its award, in words of the user: the same in any database."""
    number = case.worker_number(assignment.worker_id)
    return f"{number}:{assignment.post.code}:{assignment.starts_on.isoformat()}"


def _mine(case: Case) -> Iterator[Assignment]:
    for assignment in case.facts.staff.assignments:
        if assignment.post.award_id == case.award.row.pk:
            yield assignment


def _place(case: Case, assignment: Assignment) -> int:
    return next(
        i for i, worker in enumerate(case.facts.staff.workers) if worker.pk == assignment.worker_id
    )


def _common(award: AwardFacts, assignment: Assignment) -> Period:
    mine = Period.inclusive(assignment.starts_on, assignment.ends_on)
    post = Period.inclusive(assignment.post.starts_on, assignment.post.ends_on)
    return mine.overlap(post).overlap(award.exercise)


def _ordinals(period: Period) -> range:
    return range(period.start.toordinal(), period.stop.toordinal())


def _under_contract(case: Case, assignment: Assignment, common: Period) -> Iterator[Period]:
    """The days in common with each contract line of the worker, where there are some."""
    place = _place(case, assignment)
    for line in case.facts.staff.contracts:
        if line.worker == place:
            shared = Period.inclusive(line.row.starts_on, line.row.ends_on).overlap(common)
            if not shared.is_empty:
                yield shared
