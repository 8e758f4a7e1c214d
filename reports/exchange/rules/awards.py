"""Rules about what stays within an award: its posts, and the payments of its exercises."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils import timezone

from backoffice.engine.periods import Period
from backoffice.web.sentences import gettext as _
from grants.fitting import first_day_outside, has_exercise, is_due_far
from reports.exchange.columns import Value
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Facts, days


def post_outside_award(facts: Facts) -> Iterator[Problem]:
    """A post that starts before its award, or ends after it; an open end follows it."""
    awards = _periods(facts)
    for line in facts.lines("posts"):
        own, award = days(line.values), awards.get(line.values.get("award"))
        left = first_day_outside(own, award) if own and award else None
        if left is None:
            continue
        column, bound = left
        if award and bound == award.start:
            message = _("Ce poste commence avant sa subvention (le %(day)s).")
        else:
            message = _("Ce poste dépasse la fin de sa subvention (le %(day)s).")
        yield line.problem(
            "post_outside_award",
            column,
            message % {"day": f"{bound:%d/%m/%Y}"},
            _("Corrigez la date, ou celles de la subvention dans la feuille Subventions."),
        )


def exercise_outside_award(facts: Facts) -> Iterator[Problem]:
    """A payment, expected or received, of a year in which its award has no day."""
    awards = _periods(facts)
    for sheet in ("instalments", "receipts"):
        for line in facts.lines(sheet):
            award, year = awards.get(line.values.get("award")), line.values.get("year")
            if award is None or not isinstance(year, int) or has_exercise(award, year):
                continue
            yield line.problem(
                "exercise_outside_award",
                "year",
                _("La subvention n'a pas d'exercice %(year)d : elle va du %(first)s au %(last)s.")
                % {"year": year, **_bounds(award)},
                _(
                    "Corrigez l'exercice (l'année que le paiement finance, même payée plus tard), "
                    "ou la subvention."
                ),
            )


def received_in_the_future(facts: Facts) -> Iterator[Problem]:
    """A payment that would be received after today."""
    today = timezone.localdate()
    for line in facts.lines("receipts"):
        came = line.values.get("received_on")
        if isinstance(came, date) and came > today:
            yield line.problem(
                "received_in_the_future",
                "received_on",
                _("Ce jour est à venir : un versement s'encode quand il est reçu."),
                _("Corrigez la date, ou écrivez ce paiement dans la feuille Tranches."),
            )


def due_far_from_exercise(facts: Facts) -> Iterator[Problem]:
    """A payment expected long before or after its exercise: asked about, never refused."""
    for line in facts.lines("instalments"):
        due, year = line.values.get("due_on"), line.values.get("year")
        if isinstance(due, date) and isinstance(year, int) and is_due_far(due, year):
            yield line.problem(
                "due_far_from_exercise",
                "due_on",
                _("Ce paiement est attendu loin de son exercice (%(year)d).") % {"year": year},
                _("Vérifiez l'année de la date et l'exercice ; laissez si elles sont exactes."),
                blocking=False,
            )


def _periods(facts: Facts) -> Mapping[Value, Period | None]:
    """Reference of an award -> its days."""
    return {fact.values.get("reference"): days(fact.values) for fact in facts.merged("awards")}


def _bounds(award: Period) -> dict[str, str]:
    last = award.ends_on
    return {
        "first": f"{award.start:%d/%m/%Y}",
        "last": f"{last:%d/%m/%Y}" if last else "\u2026",
    }
