"""Posts of the award that nobody holds: until when they may be filled, and what they are worth."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import day, fte
from reports.checks.rule import Case
from reports.dossier import Check
from reports.vacancies import PAID_BY_POST, VacantPost, vacant_posts


def posts_vacant(case: Case) -> Iterator[Check]:
    """A post vacant on the day of the statement, or that was filled too late in the exercise.

    Only of awards that pay for posts: elsewhere a vacancy is a cost that is not claimed.
    """
    if case.claim.award.shape not in PAID_BY_POST:
        return
    last = case.award.exercise.stop - timedelta(days=1)
    on = min(case.facts.as_of, last)
    for one in vacant_posts(case.facts, case.award):
        if one.is_vacant_on(on):
            yield _vacant(case, one, on)
        elif one.last_day is not None and one.vacancy.days.start <= on:
            filled_on = one.vacancy.days.stop
            if filled_on > one.last_day + timedelta(days=1):
                yield _filled_late(case, one, filled_on)


def _vacant(case: Case, one: VacantPost, on: date) -> Check:
    days = one.days_left(on)
    if days is None:
        words = _("aucun délai connu pour le pourvoir")
    elif days < 0:
        words = _("à pourvoir pour le %(day)s, dépassé de %(count)s jours") % {
            "day": day(one.last_day),
            "count": -days,
        }
    else:
        words = _("à pourvoir pour le %(day)s, dans %(count)s jours") % {
            "day": day(one.last_day),
            "count": days,
        }
    since = _("jamais pourvu depuis le") if one.vacancy.is_first else _("vacant depuis le")
    return _check(
        case,
        one,
        ("post_vacant", "warning" if days is not None and days < 0 else "info"),
        _("%(fte)s ETP %(since)s %(first)s : %(words)s.")
        % {
            "fte": fte(one.vacancy.fte),
            "since": since,
            "first": day(one.vacancy.days.start),
            "words": words,
        },
    )


def _filled_late(case: Case, one: VacantPost, filled_on: date) -> Check:
    return _check(
        case,
        one,
        ("post_filled_late", "warning"),
        _("%(fte)s ETP vacant dès le %(first)s, à pourvoir pour le %(last)s : pourvu le %(day)s.")
        % {
            "fte": fte(one.vacancy.fte),
            "first": day(one.vacancy.days.start),
            "last": day(one.last_day),
            "day": day(filled_on),
        },
    )


def _check(case: Case, one: VacantPost, what: tuple[str, str], message: str) -> Check:
    code, level = what
    first = one.vacancy.days.start
    return Check(
        code=code,
        level=level,
        subject=f"{code}:{one.post.code}:{first.isoformat()}:{one.vacancy.fte}",
        who=one.post.code,
        month=f"{first:%Y-%m}",
        message=message,
        todo=_(
            "Affectez un remplaçant, signalez le départ au pouvoir subsidiant, ou encodez le délai "
            "de la lettre (termes « Délai pour remplacer », « Engagement à faire avant le »)."
        ),
        article=one.clock_source,
        amount=one.yearly,
    )
