"""Scenarios that people keep, whom they are shared with, and what the federation supposes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.audit.append_only import AppendOnlyRow
from backoffice.federation.audit.histories import HistoryManager
from backoffice.federation.fields import plausible_day
from backoffice.federation.models import Organisation


class StoredScenario(Audited):
    """A scenario of one service, or of the federation where it has no organisation.

    `text` is the whole TOML as it was written, `name` its name; the trail keeps what both said
    before. `dated_on` is the day of the situation that it speaks of.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="scenarios",
        null=True,
        blank=True,
    )
    name = models.CharField(_("nom"), max_length=120)
    text = models.TextField(_("contenu (TOML)"))
    reason = models.CharField(_("motif"), max_length=250)
    dated_on = models.DateField(_("daté du"), validators=[plausible_day])
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="copies",
        null=True,
        blank=True,
        verbose_name=_("copié de"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="scenarios_created",
        verbose_name=_("créé par"),
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="scenarios_changed",
        verbose_name=_("modifié par"),
    )
    changed_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        verbose_name = _("scénario")
        verbose_name_plural = _("scénarios")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "name"],
                name="scenario_once",
                violation_error_message=_("Un scénario porte déjà ce nom : changez-le."),
            ),
            UniqueConstraint(
                fields=["name"],
                condition=Q(organisation=None),
                name="scenario_once_by_the_federation",
                violation_error_message=_("Un scénario porte déjà ce nom : changez-le."),
            ),
            CheckConstraint(
                condition=~Q(name="") & ~Q(text="") & ~Q(reason=""),
                name="scenario_says_why",
                violation_error_message=_("Un scénario a un nom, un contenu et un motif."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"


class ScenarioShare(Audited):
    """A scenario shown to another service, or to the federation where it names none, and why."""

    audit_organisation = "scenario__organisation"

    scenario = models.ForeignKey(StoredScenario, on_delete=models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="scenarios_shared",
        null=True,
        blank=True,
        verbose_name=_("partagé avec"),
    )
    reason = models.CharField(_("motif"), max_length=250)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="scenarios_shared",
        verbose_name=_("partagé par"),
    )
    shared_at = models.DateTimeField(_("partagé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("partage d'un scénario")
        verbose_name_plural = _("partages de scénarios")
        constraints = [
            UniqueConstraint(
                fields=["scenario", "organisation"],
                name="scenario_share_once",
                violation_error_message=_("Ce scénario est déjà partagé avec eux."),
            ),
            UniqueConstraint(
                fields=["scenario"],
                condition=Q(organisation=None),
                name="scenario_share_once_by_the_federation",
                violation_error_message=_("Ce scénario est déjà partagé avec eux."),
            ),
            CheckConstraint(
                condition=~Q(reason=""),
                name="scenario_share_says_why",
                violation_error_message=_("Dites pourquoi ce scénario est partagé."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} {self.organisation_id or ''}".strip()


class Assumption(AppendOnlyRow, Audited):
    """What the federation supposes, signed and dated; it holds until the next one begins.

    A later row of the same code and first day supersedes it.

    `value` is exact text: EUR a year for the cost of one FTE or its running costs, a yearly ratio
    for an index path. Nothing is written over: a comparison of a former day finds what was supposed
    then.
    """

    objects: ClassVar[HistoryManager] = HistoryManager()
    audit_organisation = None

    code = models.CharField(_("code"), max_length=80)
    value = models.CharField(_("valeur exacte"), max_length=40)
    since = models.DateField(_("valable à partir du"), validators=[plausible_day])
    source = models.CharField(_("source"), max_length=250)
    sentence = models.CharField(_("ce qui est supposé"), max_length=250)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="assumptions",
        verbose_name=_("signée par"),
    )
    signed_on = models.DateField(_("signée le"), validators=[plausible_day])

    class Meta:
        verbose_name = _("hypothèse")
        verbose_name_plural = _("hypothèses")
        indexes = [models.Index(fields=["code", "signed_on"], name="assumption_of_a_day")]
        constraints = [
            CheckConstraint(
                condition=~Q(value="") & ~Q(source="") & ~Q(sentence=""),
                name="assumption_is_sourced",
                violation_error_message=_(
                    "Une hypothèse a une valeur, une source et une phrase qui la dit."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.since}"
