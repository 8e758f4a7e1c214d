"""Where an award stands, in words: its state, its next deadline, its balance."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.web.words import Spoken
from reports.dossier import Check, DeadlineLine, Dossier, InstalmentLine
from reports.workflow.selectors import Standing


@dataclass(frozen=True)
class State:
    """One word of state and its tone: "error", "warning", "done" or "draft"."""

    tone: str
    words: str


@dataclass(frozen=True)
class Due:
    """A deadline with the days left from the day of the statement, in words."""

    line: DeadlineLine
    words: str
    passed: bool
    close: bool


CLOSE_DAYS = 30
"""From how many days before it a deadline is shown as close."""
_CLOSED = Spoken({"done": "faite", "waived": "sans objet"})


def state_of(dossier: Dossier, standing: Standing | None = None) -> State:
    """Where a justification is on its way; in preparation, what blocks it.

    Args:
        dossier: the justification as it stands.
        standing: its state, None when nobody has moved it.
    """
    if standing is not None and standing.state != "draft":
        version = "" if standing.version is None else f" v{standing.version}"
        return State(standing.tone, f"{standing.label}{version}")
    errors, warnings = len(dossier.errors), len(unsigned(dossier))
    if errors:
        return State("error", ngettext("%s erreur", "%s erreurs", errors) % errors)
    if warnings:
        words = ngettext("%s avertissement", "%s avertissements", warnings)
        return State("warning", words % warnings)
    return State("draft", _("brouillon, sans remarque"))


def unsigned(dossier: Dossier) -> tuple[Check, ...]:
    """The warnings that nobody has accepted by name."""
    return tuple(c for c in dossier.checks if c.level == "warning" and not c.signed_by)


def due_of(line: DeadlineLine, as_of: date) -> Due:
    """A deadline seen from a day."""
    days = (line.due_on - as_of).days
    is_open = line.state == "open"
    words = days_words(days) if is_open else _CLOSED[line.state]
    return Due(line, words, days < 0, is_open and 0 <= days <= CLOSE_DAYS)


def days_words(days: int) -> str:
    """Days left (positive) or gone by (negative)."""
    if days == 0:
        return _("aujourd'hui")
    if days > 0:
        return ngettext("dans %s jour", "dans %s jours", days) % days
    return ngettext("passée depuis %s jour", "passée depuis %s jours", -days) % -days


def next_due(dossier: Dossier) -> Due | None:
    """The employer's next deadline, or its last one when all have gone by; None: unknown."""
    line = dossier.next_deadline
    if line is None:
        line = max(dossier.own_deadlines, key=lambda one: one.due_on, default=None)
    return None if line is None else due_of(line, dossier.cover.as_of)


def balance_words(balance: int | None) -> str:
    """Which way the money goes."""
    if balance is None:
        return ""
    if balance == 0:
        return _("soldé")
    return _("à recevoir") if balance > 0 else _("à rembourser")


def late_instalments(dossier: Dossier) -> tuple[InstalmentLine, ...]:
    """Payments that were due by the day of the statement and have not wholly come."""
    return tuple(
        line
        for line in dossier.instalments
        if line.received < line.expected and line.due_on < dossier.cover.as_of
    )
