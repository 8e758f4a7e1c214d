"""Taking an organisation's awards, posts and assignments to the next year.

`plan_roll_over` only reads and says everything that would change; `roll_over` writes exactly that
plan, whole or not at all. Nothing is carried twice: what has been carried says so.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.federation.models import Organisation
from backoffice.web.templatetags.money import day, eur, fte, hours
from grants.models import Award, Post, Term
from grants.scheme import schemes
from grants.services.instalments import Expected, expect_instalments, expected_of, granted_for
from grants.services.renewals import NotRenewed, Renewal, renew_award, renewal_of
from grants.terms import TERMS
from reports.year.carrying import Carry, Staffed, staffed
from staffing.services import carry_assignment


class NothingToCarry(ValueError):
    """The organisation has no award in the former year; the message says so."""


@dataclass(frozen=True)
class Line:
    """One thing that happens or does not: an award, terms, a post, an assignment, payments."""

    kind: str
    subject: str
    words: str


@dataclass(frozen=True)
class Step:
    """One award: its renewal (None: it goes on), who stands on it again, what to expect."""

    award: Award
    renewal: Renewal | None
    carries: tuple[Carry, ...]
    expected: tuple[Expected, ...]


@dataclass
class RollOver:
    """The plan for one organisation: what is written, and each line of its report.

    `references` are the awards that may be renewed, to choose from.
    """

    organisation: Organisation
    year: int
    steps: list[Step] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    carried: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    going_on: list[Line] = field(default_factory=list)
    not_carried: list[Line] = field(default_factory=list)
    to_do: list[Line] = field(default_factory=list)
    already: list[Line] = field(default_factory=list)

    @property
    def nothing_left(self) -> bool:
        """Whether everything that can be carried has been."""
        return not self.steps


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
        renewal = renewal_of(award, facts.taken | planned)
    except NotRenewed as error:
        plan.not_carried.append(Line("award", award.reference, str(error)))
        return
    plan.references.append(award.reference)
    if only is not None and award.reference not in only:
        plan.not_carried.append(Line("award", award.reference, _("non retenue")))
        return
    carries = [
        carry for post in renewal.posts for carry in _carries(plan, facts, post, renewal.ends_on)
    ]
    plan.steps.append(Step(award, renewal, tuple(carries), ()))
    plan.carried.append(
        Line("award", renewal.reference, _("reconduit %(former)s") % {"former": award.reference})
    )
    plan.changed += _changes(renewal)
    for post in renewal.posts:
        words = _("%(fte)s ETP") % {"fte": fte(post.fte)}
        plan.carried.append(Line("post", f"{renewal.reference} {post.code}", words))
    _carried(plan, renewal.reference, carries)
    for post in renewal.closed:
        words = _("poste fermé le %(day)s") % {"day": day(post.ends_on)}
        plan.not_carried.append(Line("post", f"{award.reference} {post.code}", words))
    plan.to_do += _to_do(facts, renewal, carries)


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
    _carried(plan, award.reference, carries)
    expected = _expected(plan, facts, award, known_on)
    ending = ", ".join(TERMS[term.code].fr for term in _ending(award, facts.last))
    if ending:
        words = _("termes finis le %(day)s, sans suite : %(terms)s") % {
            "day": day(facts.last),
            "terms": ending,
        }
        plan.to_do.append(Line("term", award.reference, words))
    if carries or expected:
        plan.steps.append(Step(award, None, tuple(carries), expected))


def _expected(plan: RollOver, facts: Staffed, award: Award, known_on: date) -> tuple[Expected, ...]:
    """The payments to expect of an award whose amount of the new year is known, unless written."""
    granted = granted_for(award, plan.year, known_on)
    if granted is None or award.pk in facts.awaited:
        return ()
    expected = expected_of(schemes()[award.scheme], plan.year, granted)
    for one in expected:
        words = _("%(amount)s attendus le %(day)s") % {
            "amount": eur(one.amount),
            "day": day(one.due_on),
        }
        plan.carried.append(Line("instalment", f"{award.reference} n° {one.number}", words))
    return expected


def _carries(plan: RollOver, facts: Staffed, post: Post, until: date | None) -> Iterator[Carry]:
    """Who stands again on a post; `until` is the end of the new award, None when it goes on."""
    for former in facts.current(post):
        why = facts.why_not(former)
        subject = f"{former.worker.number} \u2192 {post.award.reference} {post.code}"
        if until is None and (former.ends_on != facts.last or facts.goes_on(former)):
            if why and former.ends_on is None:
                words = _("affectation sans fin, mais %(why)s : fermez-la") % {"why": why}
                plan.to_do.append(Line("assignment", subject, words))
        elif why:
            plan.not_carried.append(Line("assignment", subject, why))
        else:
            whole = date(facts.first.year, 12, 31)
            ends = [one for one in (whole, post.ends_on, post.award.ends_on) if one is not None]
            end = until or min(ends)
            last = end if former.ends_on == facts.last else former.ends_on
            yield Carry(former, post.code, facts.first, last)


def _carried(plan: RollOver, reference: str, carries: list[Carry]) -> None:
    for carry in carries:
        until = _("jusqu'au %(day)s") % {"day": day(carry.ends_on)} if carry.ends_on else ""
        words = _("%(hours)s h par semaine dès le %(first)s %(until)s") % {
            "hours": hours(carry.former.weekly_hours),
            "first": day(carry.starts_on),
            "until": until or _("sans fin"),
        }
        subject = f"{carry.former.worker.number} \u2192 {reference} {carry.post}"
        plan.carried.append(Line("assignment", subject, words))


def _changes(renewal: Renewal) -> Iterator[Line]:
    """What the new award says otherwise than the former one."""
    former = renewal.former
    pairs = (
        (_("intitulé"), former.label, renewal.label),
        (
            _("période"),
            f"{day(former.starts_on)} \u2013 {day(former.ends_on)}",
            f"{day(renewal.starts_on)} \u2013 {day(renewal.ends_on)}",
        ),
        (_("lettre"), former.letter_reference, _("à recevoir")),
    )
    for name, before, after in pairs:
        if before != after:
            words = _("%(name)s : %(before)s devient %(after)s") % {
                "name": name,
                "before": before or _("à recevoir"),
                "after": after,
            }
            yield Line("award", renewal.reference, words)


def _to_do(facts: Staffed, renewal: Renewal, carries: list[Carry]) -> Iterator[Line]:
    """What nobody can know before the letter, and what the staff of the new year leaves open."""
    reference = renewal.reference
    words = _("encoder la lettre quand elle arrive : référence, date, notification")
    yield Line("award", reference, words)
    held = {term.code for term in renewal.terms}
    required = schemes()[renewal.former.scheme].required_terms
    absent = dict.fromkeys(code for code in (*required, *renewal.dropped) if code not in held)
    if absent:
        names = ", ".join(TERMS[code].fr for code in absent)
        words = _("encoder les termes de la lettre : %(terms)s") % {"terms": names}
        yield Line("term", reference, words)
    if renewal.terms:
        names = ", ".join(f"{TERMS[term.code].fr} = {term.value}" for term in renewal.terms)
        words = _("confirmer les termes proposés : %(terms)s") % {"terms": names}
        yield Line("term", reference, words)
    filled = {carry.post for carry in carries}
    for post in renewal.posts:
        if post.code not in filled:
            yield Line("post", f"{reference} {post.code}", _("affecter quelqu'un : poste vacant"))
    yield from _other_hours(facts, carries)


def _other_hours(facts: Staffed, carries: list[Carry]) -> Iterator[Line]:
    """Workers whose contract changes with the year."""
    for worker in dict.fromkeys(carry.former.worker for carry in carries):
        before, after = facts.hours(worker.pk, facts.last), facts.hours(worker.pk, facts.first)
        if before is not None and after is not None and before != after:
            words = _("vérifier ses heures : son contrat passe de %(before)s à %(after)s h") % {
                "before": hours(before),
                "after": hours(after),
            }
            yield Line("assignment", worker.number, words)


def _ending(award: Award, last: date) -> list[Term]:
    """The terms that end with the year and have no successor."""
    terms = list(award.terms.all())
    going = {one.code for one in terms if one.ends_on is None or one.ends_on > last}
    ended = {one.code: one for one in terms if one.ends_on == last and one.code not in going}
    return [ended[code] for code in TERMS if code in ended]
