"""What an award asks for by a day: the day stored once, and every change of it or of its state."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.vocabulary import FigureStatus
from grants.models.awards import Award


class Deadline(Audited):
    """Something due to the funder of an award for one exercise, on a day computed once.

    `code` names the rule within the exercise (`grants.dues`). `planned_on` is the first day ever
    computed and never changes; `due_on` is the day that holds, moved by an event only; `rule_on`
    is what the rule gave when somebody last looked, None when it gave none any more, so that a
    rule that changes afterwards shows.
    A deadline is late when it is open and its day has gone by: that is derived, not stored.
    """

    audit_organisation = "award__organisation"

    class State(models.TextChoices):
        OPEN = "open", _("à faire")
        DONE = "done", _("faite")
        WAIVED = "waived", _("sans objet")

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="deadlines")
    year = models.PositiveSmallIntegerField(_("exercice"))
    code = models.CharField(_("règle"), max_length=60)
    kind = models.CharField(_("nature"), max_length=40)
    label_fr = models.CharField(_("intitulé"), max_length=250)
    label_nl = models.CharField(_("intitulé en néerlandais"), max_length=250)
    source = models.TextField(_("source"))
    status = models.CharField(_("statut"), max_length=12, choices=FigureStatus.choices)
    planned_on = models.DateField(_("échéance d'origine"))
    rule_on = models.DateField(_("jour selon la règle"), null=True, blank=True)
    due_on = models.DateField(_("échéance"))
    state = models.CharField(_("état"), max_length=8, choices=State.choices, default=State.OPEN)
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    evidence = models.CharField(_("preuve d'envoi"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("inscrite le"), auto_now_add=True)

    class Meta:
        verbose_name = _("échéance")
        verbose_name_plural = _("échéances")
        constraints = [
            UniqueConstraint(
                fields=["award", "year", "code"],
                name="deadline_once",
                violation_error_message=_("Cette échéance existe déjà."),
            ),
            CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                name="deadline_done_has_a_day",
                violation_error_message=_("Une échéance faite a un jour, et elle seule."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.year} {self.code}"


class DeadlineEvent(Audited):
    """One change of a deadline: who, when, why, from what to what. Never edited."""

    audit_organisation = "deadline__award__organisation"

    class Kind(models.TextChoices):
        MOVED = "moved", _("déplacée")
        KEPT = "kept", _("maintenue")
        DONE = "done", _("faite")
        WAIVED = "waived", _("déclarée sans objet")
        REOPENED = "reopened", _("rouverte")

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("changement"), max_length=8, choices=Kind.choices)
    at = models.DateTimeField(_("le"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="deadline_events",
        null=True,
        blank=True,
        verbose_name=_("par"),
    )
    reason = models.CharField(_("motif"), max_length=250)
    day_before = models.DateField(_("échéance avant"))
    day_after = models.DateField(_("échéance après"))
    state_before = models.CharField(_("état avant"), max_length=8, choices=Deadline.State.choices)
    state_after = models.CharField(_("état après"), max_length=8, choices=Deadline.State.choices)

    class Meta:
        verbose_name = _("changement d'échéance")
        verbose_name_plural = _("changements d'échéance")
        constraints = [
            CheckConstraint(
                condition=~Q(reason=""),
                name="deadline_event_explained",
                violation_error_message=_("Indiquez le motif."),
            ),
            CheckConstraint(
                condition=Q(kind="moved") & ~Q(day_before=models.F("day_after"))
                | ~Q(kind="moved") & Q(day_before=models.F("day_after")),
                name="deadline_event_moves_a_day",
                violation_error_message=_("Seul un déplacement change le jour."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.kind}"
