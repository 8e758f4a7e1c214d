"""The complements of an organisation: every version that was sent, against today."""

from datetime import date

from backoffice.federation.models import Organisation
from reports.complements.comparing import compare, out_of_exercise
from reports.complements.content import Complement
from reports.dossier import Dossier
from reports.justifications import year_dossiers
from reports.sent import sent_by


def complements(
    organisation: Organisation, as_of: date, year: int | None = None
) -> tuple[Complement, ...]:
    """Each frozen justification beside what its award would ask today, by exercise and reference.

    An award that was never sent has none: its draft simply follows. The number of queries depends
    on how many exercises were sent, not on the rows.
    """
    sent = sent_by(organisation, as_of, year)
    dossiers = {
        (dossier.cover.year, dossier.cover.reference): dossier
        for each in sorted({one.year for one in sent})
        for dossier in year_dossiers(organisation, each, as_of)
    }
    found = ((one, dossiers.get((one.year, one.reference))) for one in sent)
    return tuple(
        compare(one, dossier) if dossier else out_of_exercise(one, as_of) for one, dossier in found
    )


def complement_to(organisation: Organisation, dossier: Dossier) -> Complement | None:
    """What one award differs by from its version that was sent; None when none was."""
    cover = dossier.cover
    for one in sent_by(organisation, cover.as_of, cover.year):
        if one.reference == cover.reference:
            return compare(one, dossier)
    return None
