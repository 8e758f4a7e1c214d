"""A rehearsal of an inspection drawn for one award, and its workbook."""

from django.utils.translation import gettext as _

from grants.general_law import LawNotInForce
from grants.general_law import reference as law_of
from grants.models import Award
from grants.scheme import schemes
from reports.documents.list_file import imprint_of, rehearsal_file
from reports.dossier import Dossier
from reports.workflow.kept import proofs_of
from reports.workflow.rehearsal import Known, Rehearsal, rehearse


def draw(award: Award, dossier: Dossier, percent: int, seed: str) -> Rehearsal:
    """The lines that a seed draws, with the law of the funder and the files joined to them."""
    known = Known(_law(award), proofs_of(award.organisation))
    return rehearse(dossier, percent, seed, known)


def workbook_of(award: Award, dossier: Dossier, found: Rehearsal) -> bytes:
    """The documents to bring, as a workbook."""
    title = _("Répétition d'un contrôle, %(reference)s, %(percent)d %%, code %(seed)s") % {
        "reference": dossier.cover.reference,
        "percent": found.percent,
        "seed": found.seed,
    }
    imprint = imprint_of(title, [award.organisation], dossier.cover.year, dossier.cover.as_of)
    return rehearsal_file(found, imprint)


def _law(award: Award) -> str:
    """Where the general law says that the funder may inspect, on the day of the letter."""
    authority = schemes()[award.scheme].authority
    try:
        found = law_of("control", authority, award.letter_on or award.starts_on)
    except LawNotInForce:
        return ""
    return "" if found.status == "missing" else found.text
