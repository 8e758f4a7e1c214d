"""What a projection supposes and what could not be applied, as its reader may know it.

The notes and refusals of one organisation name its awards and workers. Whoever reads the sum of
several reads how many are concerned, never which.
"""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.projection.facts import Note
from reports.board.hiding import is_alone
from reports.projection.notes import sentences
from reports.scenarios.comparing import Comparison, Outcome

_OPEN = frozenset({"invoices_repeated", "index_stops", "figure_missing", "cap_carried"})
"""Notes that name neither award nor worker."""
_AWARDS = frozenset({"renewed", "grant_carried", "grant_unknown"})


def supposed(found: Comparison, outcome: Outcome) -> list[str]:
    """What the projection supposes, each said once."""
    if is_alone(found):
        return list(dict.fromkeys([*found.notes, *outcome.notes]))
    known = set(found.base.notes)
    notes = [*found.base.notes, *(one for one in outcome.run.notes if one not in known)]
    kept = [note for note in notes if note.code in _OPEN]
    return [*_counted(notes), *sentences(found.base.facts.names, kept)]


def faced(found: Comparison, outcome: Outcome) -> list[str]:
    """The changes that do not count, and those that a later one undoes."""
    if is_alone(found):
        return [*outcome.refused, *outcome.overridden]
    refused = len(outcome.refused)
    if not refused:
        return list(outcome.overridden)
    text = ngettext(
        "%(n)s modification ne s'applique pas à ces services.",
        "%(n)s modifications ne s'appliquent pas à ces services.",
        refused,
    )
    return [text % {"n": refused}, *outcome.overridden]


def _counted(notes: list[Note]) -> list[str]:
    awards = Counter(note.code for note in notes if note.code in _AWARDS)
    workers = sum(note.count for note in notes if note.code not in _OPEN | _AWARDS)
    said = []
    if awards["renewed"]:
        said.append(
            _("Octrois reconduits aux mêmes conditions, sans lettre (hypothèse) : %s.")
            % awards["renewed"]
        )
    if awards["grant_carried"]:
        said.append(
            _("Montants repris du dernier exercice complet : %s.") % awards["grant_carried"]
        )
    if awards["grant_unknown"]:
        said.append(_("Octrois de montant inconnu : %s.") % awards["grant_unknown"])
    if workers:
        said.append(_("Cas où la paie d'un travailleur repose sur une hypothèse : %s.") % workers)
    return said
