"""The file of each subsidised worker: diploma, contract, derogation, seniority, with their days."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import dates_in_order
from backoffice.federation.vocabulary import Diploma
from staffing.models.people import Worker


class WorkerDocument(Audited):
    """One document of a worker's file and what it proves.

    `level` is the diploma that a diploma proves; `months` the whole months of earlier service that
    a seniority attestation proves. Blank days and values are not known. A document without an end
    of validity is always valid.

    Source: decree of the COCOF of 5 March 2009, art. 97, for the kinds.
    """

    audit_organisation = "worker__organisation"

    class Kind(models.TextChoices):
        DIPLOMA = "diploma", _("diplôme (copie)")
        CONTRACT = "contract", _("contrat")
        AMENDMENT = "amendment", _("avenant")
        DEROGATION = "derogation", _("dérogation de qualification")
        SENIORITY = "seniority", _("attestation d'ancienneté")

    worker = models.ForeignKey(Worker, on_delete=models.RESTRICT, related_name="documents")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind.choices)
    reference = models.CharField(_("référence du document"), max_length=80)
    dated_on = models.DateField(_("daté du"))
    received_on = models.DateField(_("reçu le"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    transmitted_on = models.DateField(_("transmis le"), null=True, blank=True)
    level = models.CharField(
        _("niveau du diplôme"), max_length=10, choices=Diploma.choices, blank=True
    )
    months = models.PositiveSmallIntegerField(_("mois attestés"), null=True, blank=True)

    class Meta:
        verbose_name = _("document du personnel")
        verbose_name_plural = _("documents du personnel")
        constraints = [
            UniqueConstraint(
                fields=["worker", "kind", "reference"],
                name="worker_document_once",
                violation_error_message=_("Ce document existe déjà pour ce travailleur."),
            ),
            CheckConstraint(
                condition=Q(level="") | Q(kind="diploma"),
                name="worker_document_level_of_a_diploma",
                violation_error_message=_("Seul un diplôme a un niveau."),
            ),
            CheckConstraint(
                condition=Q(months__isnull=True) | Q(kind="seniority"),
                name="worker_document_months_of_an_attestation",
                violation_error_message=_("Seule une attestation d'ancienneté a des mois."),
            ),
            dates_in_order("worker_document", "dated_on", "valid_until"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.kind}"
