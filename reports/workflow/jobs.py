"""Freezing as a long work: its documents are laid out first, then all is kept, or nothing."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.jobs import Refused, Work, ask, job
from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.models import Job
from backoffice.federation.roles import Right
from backoffice.federation.storing import FileRefused, or_no_file
from grants.models import Award
from reports.workflow.claims import ClaimedElsewhere
from reports.workflow.preparing import draw_files, freeze_file
from reports.workflow.steps import MoveRefused, Step, locked

FREEZE = "freeze"


def ask_freeze(*, step: Step) -> Job:
    """Have an approved justification frozen.

    Raises:
        MoveRefused: see `locked`.
        AlreadyAsked: that waits or runs.
    """
    with transaction.atomic():
        file = locked(step, "freeze")
    arguments = {
        "award": step.award.pk,
        "reference": step.award.reference,
        "year": step.year,
        "seen": step.seen,
        "as_of": (file.as_of or step.as_of).isoformat(),
    }
    return ask(
        FREEZE,
        subject=_subject(step.award, step.year),
        arguments=arguments,
        owner=step.by,
        organisation=step.award.organisation,
    )


def freezing(award: Award, year: int) -> Job | None:
    """The job that freezes a justification now."""
    return Job.objects.filter(subject=_subject(award, year), state__in=ACTIVE).first()


def _subject(award: Award, year: int) -> str:
    return f"{FREEZE}:{award.pk}:{year}"


@job(
    FREEZE,
    label={"fr": "Figer une justification", "nl": "Een verantwoording bevriezen"},
    refusals=(MoveRefused, FileRefused),
    right=Right.JUSTIFY,
)
def freeze_justification(work: Work) -> dict[str, Any]:
    """Freeze what `ask_freeze` says; a content that changed meanwhile falls back, and is told."""
    step = _step(work)
    try:
        _freeze(work, step)
    except ClaimedElsewhere:  # its own sentence names a person
        raise Refused(
            _(
                "Un coût de cette justification est déjà demandé ailleurs : retirez-le (voyez les "
                "cumuls), puis figez à nouveau."
            )
        ) from None
    if (work.done(FREEZE) or {})["fell_back"]:
        work.problem(
            _(
                "Le contenu a changé depuis que la justification a été déclarée prête : elle est "
                "de nouveau en préparation. Son historique dit ce qui a changé."
            )
        )
    return {
        "page": reverse("justification", args=[step.award.reference, step.year]),
        "words": _("Voir la justification"),
    }


def _freeze(work: Work, step: Step) -> None:
    if work.done(FREEZE) is not None:
        return
    work.progress(0, 2, _("Mise en page des documents"))
    drawn = draw_files(step)
    work.progress(1, 2, _("Enregistrement : tout est gardé, ou rien"))
    with or_no_file(), work.once(FREEZE) as left:
        if left is not None:
            left["fell_back"] = bool(freeze_file(step=step, drawn=drawn).fell_back)
            work.progress(2, 2)


def _step(work: Work) -> Step:
    asked = work.arguments
    award = Award.objects.select_related("organisation").filter(pk=asked["award"]).first()
    if award is None or work.owner is None:
        raise Refused(_("Cette subvention n'existe plus."))
    as_of = date.fromisoformat(asked["as_of"])
    return Step(award, asked["year"], work.owner, asked["seen"], as_of)
