"""The life of the scheme: an exercise outside it, and an award that runs past its last day."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from backoffice.engine.periods import Period
from reports.checks.rule import Case
from reports.documents.words import STATUSES
from reports.dossier import Check


def scheme_not_in_force(case: Case) -> Iterator[Check]:
    """The scheme does not exist in the exercise: nothing of it can be computed."""
    error = case.claim.award.outside_life
    if error is not None:
        yield Check(
            code="scheme_not_in_force",
            level="error",
            subject="life",
            who=case.award.row.reference,
            month="",
            message=_("%(error)s Rien n'est calculé pour cet exercice.") % {"error": error},
            todo=_followed(case) or _("Vérifiez le régime et les dates de la subvention."),
            article=case.award.scheme.life.end_source,
        )


def scheme_ends_before_award(case: Case) -> Iterator[Check]:
    """The award runs past the last day of its scheme; one without end, in that last exercise."""
    row, scheme, end = case.award.row, case.award.scheme, case.award.scheme.ends_on
    days = Period.inclusive(row.starts_on, row.ends_on)
    if end is None or not days.contains(end) or row.ends_on == end:
        return
    if row.ends_on is not None or case.award.exercise.contains(end):
        yield Check(
            code="scheme_ends_before_award",
            level="warning",
            subject=f"life:{end.isoformat()}",
            who=row.reference,
            month=f"{end:%Y-%m}",
            message=_(
                "Le régime prend fin le %(end)s (%(status)s), et la subvention court au-delà."
            )
            % {"end": f"{end:%d/%m/%Y}", "status": STATUSES[scheme.life.end_status]},
            todo=_followed(case) or _("Vérifiez auprès du pouvoir subsidiant ce qui suit."),
            article=scheme.life.end_source,
        )


def _followed(case: Case) -> str:
    names = _(" ; ").join(case.award.scheme.successor_labels())
    words = _("Suite prévue : %(schemes)s. Encodez cette subvention quand sa lettre arrive.")
    return words % {"schemes": names} if names else ""
