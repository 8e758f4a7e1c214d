"""The report of a roll-over: what changed, in French lines and as JSON."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from backoffice.web.words import Spoken
from reports.year.rollover_content import Line, RollOver

KINDS = Spoken(
    {
        "award": "Subvention",
        "term": "Termes",
        "post": "Poste",
        "assignment": "Affectation",
        "instalment": "Tranche",
    }
)
PARTS = Spoken(
    {
        "carried": "Reconduit",
        "changed": "Changé",
        "going_on": "Se poursuit",
        "not_carried": "Non reconduit",
        "to_do": "À faire",
        "already": "Déjà reconduit",
    }
)


def sections(plan: RollOver) -> Iterator[tuple[str, list[tuple[str, Line]]]]:
    """Title and lines of each part that has some, each line with its kind in words."""
    for name, title in PARTS.items():
        lines = [(KINDS[line.kind], line) for line in getattr(plan, name)]
        if lines:
            yield title, lines


def conclusion(plan: RollOver, *, applied: bool) -> str:
    """The outcome in one sentence."""
    if plan.nothing_left and plan.already:
        return _("L'exercice %(year)d est déjà reconduit : rien n'a changé.") % {"year": plan.year}
    if plan.nothing_left:
        return _("Rien n'est à reconduire vers %(year)d.") % {"year": plan.year}
    if applied:
        return _("L'exercice %(year)d est reconduit.") % {"year": plan.year}
    return _("Aperçu de la reconduction vers %(year)d : rien n'est enregistré.") % {
        "year": plan.year
    }


def as_text(plan: RollOver, *, applied: bool) -> str:
    """The report as a person reads it."""
    lines = [conclusion(plan, applied=applied)]
    for title, found in sections(plan):
        lines += ["", f"{title} ({len(found)})"]
        lines += [f"  {kind:<12}{line.subject} : {line.words}" for kind, line in found]
    return "\n".join(lines)


def as_json(plan: RollOver, *, applied: bool) -> dict[str, Any]:
    """The report as a program reads it."""
    return {
        "format": "rollover",
        "format_version": 1,
        "organisation": plan.organisation.enterprise_number,
        "year": plan.year,
        "applied": applied and not plan.nothing_left,
        "conclusion": conclusion(plan, applied=applied),
        **{
            name: [
                {"kind": line.kind, "subject": line.subject, "words": line.words}
                for line in getattr(plan, name)
            ]
            for name in PARTS
        },
    }
