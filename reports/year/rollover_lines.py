"""What a roll-over says of one award, line by line."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day, hours
from grants.models import Award, Term
from grants.scheme import schemes
from grants.services.renewals import Renewal
from grants.terms import TERMS
from reports.year.carrying import Carry, Staffed
from reports.year.rollover_content import Line


def carried_lines(reference: str, carries: list[Carry]) -> Iterator[Line]:
    """Who stands again on the posts of an award."""
    for carry in carries:
        until = _("jusqu'au %(day)s") % {"day": day(carry.ends_on)} if carry.ends_on else ""
        words = _("%(hours)s h par semaine dès le %(first)s %(until)s") % {
            "hours": hours(carry.former.weekly_hours),
            "first": day(carry.starts_on),
            "until": until or _("sans fin"),
        }
        subject = f"{carry.former.worker.number} \u2192 {reference} {carry.post}"
        yield Line("assignment", subject, words)


def changed_lines(renewal: Renewal) -> Iterator[Line]:
    """What the new award says otherwise than the former one."""
    former = renewal.former
    pairs = (
        (_("intitulé"), former.label, renewal.label),
        (
            _("période"),
            f"{day(former.starts_on)} \u2013 {day(former.ends_on)}",
            f"{day(renewal.starts_on)} \u2013 {day(renewal.ends_on)}",
        ),
        (_("lettre"), former.letter_reference or _("à recevoir"), _("à recevoir")),
    )
    for name, before, after in pairs:
        if before != after:
            words = _("%(name)s : %(before)s devient %(after)s") % {
                "name": name,
                "before": before,
                "after": after,
            }
            yield Line("award", renewal.reference, words)


def to_do_lines(facts: Staffed, renewal: Renewal, carries: list[Carry]) -> Iterator[Line]:
    """What nobody can know before the letter, and what the staff of the new year leaves open."""
    reference = renewal.reference
    words = _("encoder la lettre quand elle arrive : référence, date, notification")
    yield Line("award", reference, words)
    held = {term.code for term in renewal.terms}
    required = schemes()[renewal.former.scheme].required_terms
    absent = dict.fromkeys(code for code in (*required, *renewal.dropped) if code not in held)
    if absent:
        names = ", ".join(said(TERMS[code].words) for code in absent)
        words = _("encoder les termes de la lettre : %(terms)s") % {"terms": names}
        yield Line("term", reference, words)
    if renewal.terms:
        names = ", ".join(
            f"{said(TERMS[term.code].words)} = {term.value}" for term in renewal.terms
        )
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


def ending_terms(award: Award, last: date) -> list[Term]:
    """The terms that end with the year and have no successor."""
    terms = list(award.terms.all())
    going = {one.code for one in terms if one.ends_on is None or one.ends_on > last}
    ended = {one.code: one for one in terms if one.ends_on == last and one.code not in going}
    return [ended[code] for code in TERMS if code in ended]
