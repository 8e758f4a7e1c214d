"""What people of a service ask of each other: a sentence, a day, and whom it is for."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models.organisations import Organisation


class Task(Audited):
    """Something to do for one organisation, by one person.

    `link` is the address of a page of this site that it is about, with its own words.
    """

    audit_hidden = ("text", "link", "link_words")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(_("tâche"), max_length=250)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="tasks",
        verbose_name=_("pour"),
    )
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    link = models.CharField(_("page concernée"), max_length=300, blank=True)
    link_words = models.CharField(_("texte du lien"), max_length=120, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="tasks_set",
        verbose_name=_("demandée par"),
    )
    set_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="tasks_done",
        null=True,
        blank=True,
        verbose_name=_("faite par"),
    )
    done_at = models.DateTimeField(_("faite le"), null=True, blank=True)

    class Meta:
        verbose_name = _("tâche")
        verbose_name_plural = _("tâches")
        indexes = [models.Index(fields=["assigned_to", "done_at"], name="task_open_of_someone")]
        constraints = [
            CheckConstraint(
                condition=~Q(text=""),
                name="task_says_what",
                violation_error_message=_("Écrivez ce qu'il y a à faire."),
            ),
            CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_by_someone",
                violation_error_message=_("Une tâche faite a un auteur et une date."),
            ),
            CheckConstraint(
                condition=Q(link="") | (Q(link__startswith="/") & ~Q(link__startswith="//")),
                name="task_link_of_this_site",
                violation_error_message=_("L'adresse doit être celle d'une page de ce site."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.organisation_id}"
