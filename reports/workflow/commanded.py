"""Freezing by a command: the same checks and the same version, without a second person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.federation.storing import or_no_file
from grants.models import Award
from reports.documents.writing import render_files
from reports.dossier import Dossier
from reports.freezing import finalised
from reports.models import Justification, JustificationFile, State
from reports.workflow.claims import refuse_claimed_elsewhere
from reports.workflow.preparing import back_to_draft, keep_version, open_correction
from reports.workflow.steps import record


@dataclass(frozen=True)
class Frozen:
    """What a command froze: the final dossier, its version, and whether that version is new."""

    dossier: Dossier
    version: int
    is_new: bool


@or_no_file()
def freeze_by_command(
    *, award: Award, dossier: Dossier, write: Callable[[Mapping[str, bytes], Dossier], object]
) -> Frozen:
    """Freeze a justification whose points are all settled, by a command.

    Whoever may run one answers for it; the history of the justification says that it was one.

    Args:
        award: what is justified.
        dossier: as it stands on the day asked.
        write: told the contents of its files before it is frozen; it may raise to stop.

    Raises:
        NotFinal: something is still open.
        MoveRefused: another dossier claims the same costs.
    """
    final = finalised(award, dossier)
    refuse_claimed_elsewhere(award, final)
    contents = render_files(final)
    write(contents, final)
    row, new = keep_version(award, final, contents, None)
    _record_command(award, row)
    return Frozen(final, row.version, new)


def _record_command(award: Award, row: Justification) -> JustificationFile:
    """The justification that a command froze; after what was sent it is a correction.

    Nothing moves when this version stands already.
    """
    rows = JustificationFile.objects.filter(award=award, year=row.year)
    file = rows.exclude(state=State.CORRECTED).first()
    if file is None:
        file = JustificationFile.objects.create(award=award, year=row.year)
    if file.justification_id == row.pk:
        return file
    if file.state in {State.READY, State.APPROVED, State.FROZEN}:
        reason = _("version %d figée en ligne de commande") % row.version
        file = back_to_draft(file, None, reason)
    elif file.state != State.DRAFT:
        file = open_correction(file, None, _("corrigée en ligne de commande"))
    file.justification = row
    return record(file, State.FROZEN, None, _("figée en ligne de commande"))
