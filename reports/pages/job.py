"""The page of one job: where it is, in words that say what to do when nothing moves."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.jobs.registry import kind_of
from backoffice.federation.jobs.selectors import is_alone
from backoffice.federation.models import Job
from backoffice.web.templatetags.labels import said

State = Job.State
_TONES = {
    State.QUEUED: "draft",
    State.RUNNING: "warning",
    State.DONE: "done",
    State.FAILED: "error",
    State.CANCELLED: "draft",
}


@dataclass(frozen=True)
class JobRow:
    """One job in the list: its kind in words and the tone of its state."""

    job: Job
    label: str
    tone: str


@dataclass(frozen=True)
class JobPage(JobRow):
    """What the page of one job prints; `link` is the address and the words of what was made."""

    active: bool
    alone: bool
    sentence: str
    link: tuple[str, str] | None


def job_row(job: Job) -> JobRow:
    """One line of the list."""
    return JobRow(job, job_label(job), _TONES[State(job.state)])


def job_page(job: Job, now: datetime) -> JobPage:
    """Lay out one job as it stands."""
    row, alone = job_row(job), is_alone(job, now)
    page, words = job.result.get("page"), job.result.get("words")
    return JobPage(
        job=job,
        label=row.label,
        tone=row.tone,
        active=job.state in ACTIVE,
        alone=alone,
        sentence=_sentence(job, alone=alone),
        link=(page, words) if page and words else None,
    )


def job_label(job: Job) -> str:
    """What kind of work it is, in French; its code when no app offers it any more."""
    kind = kind_of(job.kind)
    return said(kind.label) if kind else job.kind


def _sentence(job: Job, *, alone: bool) -> str:
    if alone:
        return _("Aucun travailleur ne répond : lancez ./run serve ou backoffice worker.")
    if job.state == State.QUEUED and settings.CELERY_BROKER_URL and job.sent_at is None:
        return _(
            "Le serveur de messages ne répond pas : votre demande est gardée et partira dès "
            "qu'il répondra."
        )
    if job.state == State.QUEUED:
        return _("Ce travail attend son tour.")
    if job.state == State.RUNNING and job.cancel_asked:
        return _("Annulation demandée : le travail s'arrête à la fin de son étape.")
    if job.state == State.CANCELLED:
        return _cancelled(job)
    return job.doing


def _cancelled(job: Job) -> str:
    if job.steps.exists():
        return _("Ce travail est annulé : ce que ses étapes finies ont enregistré est resté.")
    return _("Ce travail est annulé : il n'a rien enregistré.")
