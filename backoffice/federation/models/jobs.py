"""Long work: one row per job, whoever carries it, and what it has already done."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models.organisations import Organisation


class Job(models.Model):
    """A long work asked by someone: its owner, state, progress, problems and result.

    `seen_at` is when its owner first saw that it had ended: until then every page mentions it.
    `subject` names the object that it works on ("import:0999000129", "memorandum:2025"): one
    active job per subject. `claim` is the token of the process that holds it and `heartbeat_at`
    its last sign of life; a running job whose process has gone silent is taken up again, and its
    steps already done (`JobStep`) are not done twice. `arguments`, `problems` and `result` hold
    ids, codes and sentences, never a name or a salary.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        FAILED = "failed", _("échoué")
        CANCELLED = "cancelled", _("annulé")

    kind = models.CharField(_("travail"), max_length=40)
    subject = models.CharField(_("objet"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="jobs", null=True, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="jobs",
        null=True,
        blank=True,
        verbose_name=_("demandé par"),
    )
    arguments = models.JSONField(_("demande"), default=dict, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(_("fait"), default=0)
    total = models.PositiveIntegerField(_("en tout"), default=0)
    doing = models.CharField(_("étape"), max_length=120, blank=True)
    problems = models.JSONField(_("problèmes"), default=list, blank=True)
    result = models.JSONField(_("résultat"), default=dict, blank=True)
    cancel_asked = models.BooleanField(_("annulation demandée"), default=False)
    claim = models.CharField(_("processus"), max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    asked_at = models.DateTimeField(_("demandé le"), auto_now_add=True)
    sent_at = models.DateTimeField(_("message parti le"), null=True, blank=True)
    started_at = models.DateTimeField(_("commencé le"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("dernier signe de vie"), null=True, blank=True)
    ended_at = models.DateTimeField(_("fini le"), null=True, blank=True)
    seen_at = models.DateTimeField(_("fin vue le"), null=True, blank=True)

    class Meta:
        verbose_name = _("travail")
        verbose_name_plural = _("travaux")
        indexes = [models.Index(fields=["state", "id"], name="job_by_state")]
        constraints = [
            UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=["queued", "running"]),
                name="job_one_active_per_subject",
                violation_error_message=_("Un travail est déjà en cours sur cet objet."),
            ),
            CheckConstraint(
                condition=Q(state="queued", claim="")
                | (Q(state="running", started_at__isnull=False) & ~Q(claim=""))
                | Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False),
                name="job_state_has_its_dates",
                violation_error_message=_("L'état du travail ne correspond pas à ses dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"


class JobStep(models.Model):
    """One step that a job has finished; written with its effect, so that it is done once."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("étape"), max_length=120)
    result = models.JSONField(_("résultat"), default=dict, blank=True)
    done_at = models.DateTimeField(_("faite le"), auto_now_add=True)

    class Meta:
        verbose_name = _("étape faite")
        verbose_name_plural = _("étapes faites")
        constraints = [UniqueConstraint(fields=["job", "name"], name="job_step_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.name}"
