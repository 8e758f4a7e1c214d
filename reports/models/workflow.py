"""The way of a justification: its states, every move between them, and the funder's decision."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.audit.append_only import AppendOnlyRow
from backoffice.federation.audit.histories import HistoryManager
from backoffice.federation.models import StoredFile
from grants.models import Award
from reports.models.justifications import Justification


class State(models.TextChoices):
    """Where a justification is on its way."""

    DRAFT = "draft", _("en préparation")
    READY = "ready", _("prête")
    APPROVED = "approved", _("approuvée")
    FROZEN = "frozen", _("figée")
    SENT = "sent", _("envoyée")
    DECIDED = "decided", _("décidée")
    CLOSED = "closed", _("close")
    RECOVERED = "recovered", _("récupérée")
    CORRECTED = "corrected", _("corrigée")


_PROMISED = (State.READY, State.APPROVED)
_GONE = (State.SENT, State.DECIDED, State.CLOSED, State.RECOVERED, State.CORRECTED)
_SETTLED = (State.CLOSED, State.RECOVERED)


class JustificationFile(Audited):
    """The way of one award's justification for an exercise, from its preparation to its end.

    A correction of what was sent is the next `number`: the former one is then `corrected`. While it
    is ready or approved, `content` is what was read (JSON), `digest` its SHA-256 and `as_of` the
    day of that situation: another content falls back to preparation. `justification` is the frozen
    version. What a command did has no account.
    """

    audit_organisation = "award__organisation"
    audit_hidden = ("content",)

    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="justification_files")
    year = models.PositiveSmallIntegerField(_("exercice"))
    number = models.PositiveSmallIntegerField(_("numéro"), default=1)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.DRAFT)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("corrige"),
    )
    as_of = models.DateField(_("situation au"), null=True, blank=True)
    content = models.TextField(_("contenu lu"), blank=True)
    digest = models.CharField(_("empreinte du contenu"), max_length=64, blank=True)
    prepared_at = models.DateTimeField(_("prête le"), null=True, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="prepared_files",
        null=True,
        blank=True,
        verbose_name=_("préparée par"),
    )
    approved_at = models.DateTimeField(_("approuvée le"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="approved_files",
        null=True,
        blank=True,
        verbose_name=_("approuvée par"),
    )
    justification = models.OneToOneField(
        Justification,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="way",
        verbose_name=_("version figée"),
    )
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    sent_reference = models.CharField(_("référence de l'envoi"), max_length=120, blank=True)
    sent_proof = models.ForeignKey(
        StoredFile,
        on_delete=models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("preuve d'envoi"),
    )
    settled_on = models.DateField(_("soldée le"), null=True, blank=True)
    settled_amount = models.DecimalField(
        _("montant du solde"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    settled_reference = models.CharField(_("référence du paiement"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("dossier de justification")
        verbose_name_plural = _("dossiers de justification")
        constraints = [
            UniqueConstraint(
                fields=["award", "year", "number"],
                name="justification_file_once",
                violation_error_message=_("Ce dossier existe déjà."),
            ),
            UniqueConstraint(
                fields=["award", "year"],
                condition=~Q(state=State.CORRECTED),
                name="justification_file_one_standing",
                violation_error_message=_("Un dossier est déjà en cours pour cet exercice."),
            ),
            CheckConstraint(
                condition=Q(number=1, corrects=None) | Q(number__gt=1, corrects__isnull=False),
                name="justification_file_correction_linked",
                violation_error_message=_("Une correction désigne le dossier qu'elle corrige."),
            ),
            CheckConstraint(
                condition=~Q(state__in=_PROMISED)
                | Q(prepared_at__isnull=False, as_of__isnull=False) & ~Q(digest=""),
                name="justification_file_prepared",
                violation_error_message=_("Un dossier prêt a un jour et un contenu."),
            ),
            CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(approved_at__isnull=False),
                name="justification_file_approved",
                violation_error_message=_("Un dossier approuvé a un jour d'approbation."),
            ),
            CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                name="justification_file_second_person",
                violation_error_message=_("Une autre personne approuve ce dossier."),
            ),
            CheckConstraint(
                condition=Q(state=State.DRAFT, prepared_at=None, approved_at=None, digest="")
                | ~Q(state=State.DRAFT),
                name="justification_file_draft_is_bare",
                violation_error_message=_("Un dossier en préparation n'est ni prêt ni approuvé."),
            ),
            CheckConstraint(
                condition=Q(state__in=(State.FROZEN, *_GONE), justification__isnull=False)
                | Q(state__in=(State.DRAFT, *_PROMISED), justification=None),
                name="justification_file_frozen",
                violation_error_message=_("Un dossier figé a sa version, les autres n'en ont pas."),
            ),
            CheckConstraint(
                condition=Q(state__in=_GONE, sent_at__isnull=False)
                & (~Q(sent_reference="") | Q(sent_proof__isnull=False))
                | ~Q(state__in=_GONE) & Q(sent_at=None, sent_reference="", sent_proof=None),
                name="justification_file_sent",
                violation_error_message=_("Un dossier envoyé a une heure et une preuve d'envoi."),
            ),
            CheckConstraint(
                condition=~Q(state__in=_SETTLED)
                | Q(settled_on__isnull=False, settled_amount__isnull=False),
                name="justification_file_settled",
                violation_error_message=_("Un dossier clos ou récupéré a un jour et un montant."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} n° {self.number}, {self.get_state_display()}"


class Move(AppendOnlyRow, Audited):
    """One change of state, kept for ever; `by` is None at the command line."""

    objects: ClassVar[HistoryManager] = HistoryManager()
    audit_organisation = "file__award__organisation"

    file = models.ForeignKey(JustificationFile, on_delete=models.RESTRICT, related_name="moves")
    at = models.DateTimeField(_("le"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="justification_moves",
        null=True,
        blank=True,
        verbose_name=_("par"),
    )
    from_state = models.CharField(_("de"), max_length=10, choices=State.choices)
    to_state = models.CharField(_("à"), max_length=10, choices=State.choices)
    reason = models.CharField(_("motif"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("changement d'état")
        verbose_name_plural = _("changements d'état")
        constraints = [
            CheckConstraint(
                condition=~Q(from_state=F("to_state")),
                name="move_changes_the_state",
                violation_error_message=_("L'état de départ et celui d'arrivée sont les mêmes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


class Decision(Audited):
    """What the funder decided of a sent justification, as a whole; amounts in EUR."""

    audit_organisation = "file__award__organisation"

    file = models.OneToOneField(
        JustificationFile, on_delete=models.RESTRICT, related_name="decision"
    )
    decided_on = models.DateField(_("décidée le"))
    reference = models.CharField(_("référence de la décision"), max_length=120)
    document = models.ForeignKey(
        StoredFile,
        on_delete=models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("document de la décision"),
    )
    accepted = models.DecimalField(_("accepté"), max_digits=12, decimal_places=2)
    payable = models.DecimalField(
        _("payable"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("décision du pouvoir subsidiant")
        verbose_name_plural = _("décisions du pouvoir subsidiant")
        constraints = [
            CheckConstraint(
                condition=Q(payable=None) | Q(payable__lte=F("accepted")),
                name="decision_pays_what_is_accepted",
                violation_error_message=_("Le montant payable dépasse le montant accepté."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.decided_on}"


class DecisionLine(Audited):
    """What the funder decided of one line of the sent version; amounts in EUR.

    `row` is the row of the staff line or of the invoice in the frozen document.
    """

    audit_organisation = "file__award__organisation"

    class Kind(models.TextChoices):
        STAFF = "staff", _("personnel")
        INVOICE = "invoice", _("facture")

    file = models.ForeignKey(
        JustificationFile, on_delete=models.RESTRICT, related_name="decided_lines"
    )
    kind = models.CharField(_("nature"), max_length=8, choices=Kind.choices)
    row = models.PositiveIntegerField(_("ligne"))
    accepted = models.DecimalField(_("accepté"), max_digits=12, decimal_places=2)
    refused = models.DecimalField(_("refusé"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("motif"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("décision sur une ligne")
        verbose_name_plural = _("décisions sur les lignes")
        constraints = [
            UniqueConstraint(
                fields=["file", "kind", "row"],
                name="decision_line_once",
                violation_error_message=_("Cette ligne est déjà décidée."),
            ),
            CheckConstraint(
                condition=Q(refused=0) | ~Q(reason=""),
                name="decision_line_refusal_explained",
                violation_error_message=_("Indiquez le motif du refus."),
            ),
            CheckConstraint(
                condition=Q(accepted__gte=0, refused__gte=0) | Q(accepted__lte=0, refused__lte=0),
                name="decision_line_of_one_sign",
                violation_error_message=_("L'accepté et le refusé sont de même signe."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.kind} {self.row}"
