"""The page of one job: where it is, in words that say what to do when nothing moves."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.jobs.registry import kind_of
from backoffice.federation.jobs.selectors import is_alone
from backoffice.federation.models import Job
from backoffice.web.templatetags.labels import said
from reports.records.all import RECORDS
from reports.workflow.jobs import FREEZE

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
    """One job in the list: its kind and what it is about, in words, and the tone of its state."""

    job: Job
    label: str
    about: str
    tone: str


@dataclass(frozen=True)
class JobPage(JobRow):
    """What the page of one job prints; `link` is the address and the words of what was made."""

    active: bool
    alone: bool
    sentence: str
    link: tuple[str, str] | None
    as_of: date | None


def job_row(job: Job) -> JobRow:
    """One line of the list."""
    return JobRow(job, job_label(job), job_about(job), _TONES[State(job.state)])


def job_page(job: Job, now: datetime) -> JobPage:
    """Lay out one job as it stands."""
    row, alone = job_row(job), is_alone(job, now)
    as_of = job.arguments.get("as_of")
    page, words = job.result.get("page"), job.result.get("words")
    if not page and job.kind == FREEZE and job.state not in ACTIVE:
        page = reverse(
            "justification", args=[job.arguments[name] for name in ("reference", "year")]
        )
        words = _("Voir la justification")
    return JobPage(
        job=job,
        label=row.label,
        about=row.about,
        tone=row.tone,
        active=job.state in ACTIVE,
        alone=alone,
        sentence=_sentence(job, alone=alone),
        link=(page, words) if page and words else None,
        as_of=date.fromisoformat(as_of) if as_of else None,
    )


def job_label(job: Job) -> str:
    """What kind of work it is; its code when no app offers it any more."""
    kind = kind_of(job.kind)
    return said(kind.label) if kind else job.kind


def job_about(job: Job) -> str:
    """What a job is about: the list, the reference, the year and the formats that it names."""
    asked = job.arguments
    record = RECORDS.get(asked.get("record", ""))
    named = [str(record.label)] if record else []
    named += [str(asked[name]) for name in ("reference", "year") if asked.get(name)]
    formats = asked.get("formats") or [asked.get("format")]
    named += [one.upper() for one in formats if one]
    return ", ".join(named)


def _sentence(job: Job, *, alone: bool) -> str:
    if alone:
        return _(
            "Rien n'avance pour l'instant : votre demande est gardée et reprendra d'elle-même. Si "
            "cela dure, prévenez l'administrateur du site."
        )
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
