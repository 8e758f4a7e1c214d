"""Taking an organisation's awards, posts and assignments to the next year.

`plan_roll_over` only reads and says everything that would change; `roll_over` writes exactly that
plan, whole or not at all. Nothing is carried twice: what has been carried says so.
"""

from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.engine.claims.inputs import Known
from backoffice.engine.periods import year_period
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day, eur, fte
from grants.models import Award, Post
from grants.selectors import figures_registry
from grants.services.deadlines import plan_deadlines
from grants.services.instalments import Expected, expect_instalments, expected_for
from grants.services.renewals import NotRenewed, Renewal, renew_award, renewal_of
from grants.snapshots import award_facts
from grants.terms import TERMS
from reports.year.carrying import Carry, Staffed, staffed
from reports.year.rollover_content import Line, RollOver, Step
from reports.year.rollover_lines import carried_lines, changed_lines, ending_terms, to_do_lines
from staffing.services import carry_assignment


class NothingToCarry(ValueError):
    """The organisation has no award in the former year; the message says so."""


@transaction.atomic
def roll_over(
    *, organisation: Organisation, year: int, known_on: date, only: Collection[str] | None = None
) -> RollOver:
    """Write the plan; see `plan_roll_over`. The organisation is locked from reading to writing."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    plan = plan_roll_over(organisation, year, known_on, only)
    for step in plan.steps:
        award = step.award if step.renewal is None else renew_award(renewal=step.renewal)
        posts = {post.code: post for post in award.posts.all()}
        for carry in step.carries:
            carry_assignment(
                former=carry.former,
                post=posts[carry.post],
                starts_on=carry.starts_on,
                ends_on=carry.ends_on,
            )
        expect_instalments(award=award, year=year, expected=step.expected)
    plan_deadlines(organisation=organisation, year=year, known_on=known_on)
    return plan


def plan_roll_over(
    organisation: Organisation, year: int, known_on: date, only: Collection[str] | None = None
) -> RollOver:
    """What taking an organisation to `year` would write, and why the rest is left.

    Args:
        organisation: whose awards of the year before are looked at.
        year: the new year.
        known_on: decisions up to that day are known.
        only: references of the awards to renew; None renews every one that can be.

    Raises:
        NothingToCarry: no award touches the year before.
    """
    facts, plan = staffed(organisation, year), RollOver(organisation, year)
    if not facts.awards:
        raise NothingToCarry(
            _("Aucune subvention de %(name)s ne touche %(former)d : il n'y a rien à reconduire.")
            % {"name": organisation.name, "former": year - 1}
        )
    for award in facts.awards:
        after = getattr(award, "renewed_by", None)
        if after is not None:
            words = _("déjà reconduite par %(reference)s") % {"reference": after.reference}
            plan.already.append(Line("award", award.reference, words))
            expected = _expected(plan, facts, after, known_on)
            if expected:
                plan.steps.append(Step(after, None, (), expected))
        elif award.ends_on is None or award.ends_on > facts.last:
            _go_on(plan, facts, award, known_on)
        else:
            _renew(plan, facts, award, only)
    return plan


def _renew(plan: RollOver, facts: Staffed, award: Award, only: Collection[str] | None) -> None:
    """A yearly award: its next one, expected."""
    try:
        planned = {step.renewal.reference for step in plan.steps if step.renewal}
        renewal = renewal_of(award, facts.taken | planned, facts.renewed_before(award))
    except NotRenewed as error:
        plan.not_carried.append(Line("award", award.reference, str(error)))
        return
    plan.references.append(award.reference)
    if only is not None and award.reference not in only:
        plan.not_carried.append(Line("award", award.reference, _("non retenue")))
        return
    carries = [carry for post in renewal.posts for carry in _carries(plan, facts, post, renewal)]
    plan.steps.append(Step(award, renewal, tuple(carries), ()))
    plan.carried.append(
        Line("award", renewal.reference, _("reconduit %(former)s") % {"former": award.reference})
    )
    plan.changed += changed_lines(renewal)
    for post in renewal.posts:
        words = _("%(fte)s ETP") % {"fte": fte(post.fte)}
        plan.carried.append(Line("post", f"{renewal.reference} {post.code}", words))
    plan.carried += carried_lines(renewal.reference, carries)
    for post in renewal.closed:
        words = _("poste fermé le %(day)s") % {"day": day(post.ends_on)}
        plan.not_carried.append(Line("post", f"{award.reference} {post.code}", words))
    plan.to_do += to_do_lines(facts, renewal, carries)


def _go_on(plan: RollOver, facts: Staffed, award: Award, known_on: date) -> None:
    """An award that covers the new year too: only what was written until 31 December."""
    carries = [
        carry
        for post in sorted(award.posts.all(), key=lambda one: one.code)
        if post.ends_on is None or post.ends_on > facts.last
        for carry in _carries(plan, facts, post, None)
    ]
    for post in award.posts.all():
        if post.ends_on == facts.last:
            words = _("poste fermé le %(day)s, la subvention continue") % {"day": day(facts.last)}
            plan.not_carried.append(Line("post", f"{award.reference} {post.code}", words))
    until = _("jusqu'au %(day)s") % {"day": day(award.ends_on)} if award.ends_on else _("sans fin")
    words = _("se poursuit %(until)s") % {"until": until}
    plan.going_on.append(Line("award", award.reference, words))
    plan.carried += carried_lines(award.reference, carries)
    expected = _expected(plan, facts, award, known_on)
    ending = ", ".join(said(TERMS[term.code].words) for term in ending_terms(award, facts.last))
    if ending:
        words = _("termes finis le %(day)s, sans suite : %(terms)s") % {
            "day": day(facts.last),
            "terms": ending,
        }
        plan.to_do.append(Line("term", award.reference, words))
    if carries or expected:
        plan.steps.append(Step(award, None, tuple(carries), expected))


def _expected(
    plan: RollOver, former: Staffed, award: Award, known_on: date
) -> tuple[Expected, ...]:
    """The payments to expect of an award whose amount of the new year is known, unless written."""
    period = year_period(plan.year)
    facts = award_facts(award, period, award.terms.all(), known_on)
    granted = facts.granted(known_on)
    if granted is None or award.pk in former.awaited:
        return ()
    known = Known(facts.figures(figures_registry()), award.scheme, known_on)
    expected = expected_for(facts, granted, known)
    for one in expected:
        words = _("%(amount)s attendus le %(day)s") % {
            "amount": eur(one.amount),
            "day": day(one.due_on),
        }
        plan.carried.append(Line("instalment", f"{award.reference} n° {one.number}", words))
    return expected


def _carries(
    plan: RollOver, facts: Staffed, post: Post, renewal: Renewal | None
) -> Iterator[Carry]:
    """Who stands again on a post of an award that is renewed, or of one that goes on (None)."""
    for former in facts.current(post):
        why = facts.why_not(former)
        subject = f"{former.worker.number} \u2192 {post.award.reference} {post.code}"
        if renewal is None and (former.ends_on != facts.last or facts.goes_on(former)):
            if why and former.ends_on is None:
                words = _("affectation sans fin, mais %(why)s : fermez-la") % {"why": why}
                plan.to_do.append(Line("assignment", subject, words))
        elif why:
            plan.not_carried.append(Line("assignment", subject, why))
        else:
            end = facts.end_again(former, post, renewal)
            contract = facts.contract_end(former.worker_id)
            if contract is not None and (end is None or contract < end):
                words = _("jusqu'au %(day)s, fin de son contrat : prolongez-le ou remplacez-le")
                plan.to_do.append(Line("assignment", subject, words % {"day": day(contract)}))
                end = contract
            yield Carry(former, post.code, facts.first, end)
