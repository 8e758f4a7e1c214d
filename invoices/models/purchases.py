"""Purchase invoices with their evidence, and the shares of each put on awards."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import eur_field, euros_only, hours_field
from backoffice.federation.identities.named import Named, NamedManager
from backoffice.federation.models import Approval, Identity, Organisation
from backoffice.federation.vocabulary import Function
from grants.models import Award
from invoices.models.partners import (
    Partner,
    identity_field,
    name_where_it_belongs,
    nature_field,
)


class Supplier(Partner, Audited):
    """Who sent an invoice; it may be a person, of whom the trail keeps no name and no number."""

    named_as = "name"
    audit_hidden = ("firm", "enterprise_number")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="suppliers"
    )
    code = models.CharField(_("code"), max_length=20)
    firm = models.CharField(_("nom"), max_length=150, blank=True)
    nature = nature_field()
    identity = identity_field("suppliers")
    enterprise_number = models.CharField(_("numéro d'entreprise"), max_length=10, blank=True)

    objects: ClassVar[NamedManager] = NamedManager()

    class Meta:
        verbose_name = _("fournisseur")
        verbose_name_plural = _("fournisseurs")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "code"],
                name="supplier_code_once",
                violation_error_message=_("Ce code de fournisseur existe déjà."),
            ),
            name_where_it_belongs("supplier"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.known_identity or self.firm}"

    @property
    def name(self) -> str:
        """The name, the pseudonym of a person who is erased."""
        return self.called

    @name.setter
    def name(self, name: str) -> None:
        self.call(name)


class Invoice(Named, Audited):
    """A purchase invoice or credit note; the amount is what it cost, VAT not recovered included.

    An invoice for people who are not on the payroll (interim, fees, volunteers) says who worked,
    in which function and, when known, for how many hours: `person`, `function`, `hours`. Who it is
    stands in `identity`, shared by the invoices of the same name; `person` reads and sets it.
    """

    named_as = "person"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="invoices"
    )
    piece = models.CharField(_("numéro de pièce"), max_length=20)
    supplier = models.ForeignKey(Supplier, on_delete=models.RESTRICT, related_name="invoices")
    number = models.CharField(_("numéro du fournisseur"), max_length=60)
    issued_on = models.DateField(_("date"))
    description = models.CharField(_("description"), max_length=250)
    category = models.CharField(_("catégorie"), max_length=30)
    approval = models.ForeignKey(
        Approval, on_delete=models.RESTRICT, related_name="invoices", null=True, blank=True
    )
    amount = eur_field(_("montant TVAC"))
    paid_on = models.DateField(_("payée le"), null=True, blank=True)
    payment_reference = models.CharField(_("preuve de paiement"), max_length=60, blank=True)
    evidence = models.CharField(_("pièce justificative"), max_length=80, blank=True)
    identity = models.ForeignKey(
        Identity,
        on_delete=models.RESTRICT,
        related_name="invoices",
        null=True,
        blank=True,
        verbose_name=_("personne"),
    )
    function = models.CharField(_("fonction"), max_length=20, choices=Function.choices, blank=True)
    hours = hours_field(_("heures"), null=True, blank=True)

    class Meta:
        verbose_name = _("facture")
        verbose_name_plural = _("factures")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "piece"],
                name="invoice_piece_once",
                violation_error_message=_("Ce numéro de pièce existe déjà."),
            ),
            CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
                name="invoice_hours_positive",
                violation_error_message=_("Les heures doivent être supérieures à zéro."),
            ),
            euros_only("amount", "invoice"),
        ]

    def __str__(self) -> str:
        return self.piece

    @property
    def person(self) -> str:
        """The name of who worked, its pseudonym once erased, empty for any other invoice."""
        identity = self.known_identity
        return identity.name if identity else ""

    @person.setter
    def person(self, name: str) -> None:
        known = self.known_identity
        if not name:
            self.identity = None
        elif known is None or not (known.is_erased or known.name == name):
            self.identity = Identity(kind=Identity.Kind.OUTSIDE, name=name)


class Ventilation(Audited):
    """The share of one invoice put on one award; the shares of an invoice never exceed 1.

    The share is an exact ratio: 98 % is 98/100, a third is 1/3. The amounts follow by largest
    remainder over all shares of the invoice and what remains on own funds.
    """

    audit_organisation = "invoice__organisation"

    invoice = models.ForeignKey(Invoice, on_delete=models.RESTRICT, related_name="ventilations")
    award = models.ForeignKey(Award, on_delete=models.RESTRICT, related_name="ventilations")
    share_numerator = models.PositiveIntegerField(_("part : numérateur"))
    share_denominator = models.PositiveIntegerField(_("part : dénominateur"))
    key = models.CharField(_("clé de répartition"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("ventilation")
        verbose_name_plural = _("ventilations")
        constraints = [
            UniqueConstraint(
                fields=["invoice", "award"],
                name="ventilation_once",
                violation_error_message=_("Cette facture a déjà une part dans cette subvention."),
            ),
            CheckConstraint(
                condition=Q(share_numerator__gt=0) & Q(share_denominator__gte=F("share_numerator")),
                name="ventilation_share_between_0_and_1",
                violation_error_message=_("La part doit être entre 0 et 100 %."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.share_numerator}/{self.share_denominator}"
