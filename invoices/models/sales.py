"""Sales invoices: what the organisation charges to others."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.fields import eur_field, euros_only
from backoffice.federation.identities.named import NamedManager
from backoffice.federation.models import Approval, Organisation
from invoices.models.partners import (
    Partner,
    identity_field,
    name_where_it_belongs,
    nature_field,
)


class SalesInvoice(Partner, Audited):
    """An invoice or credit note sent to a customer, on an account of class 7."""

    named_as = "customer"
    audit_hidden = ("firm",)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="sales_invoices"
    )
    number = models.CharField(_("numéro"), max_length=20)
    firm = models.CharField(_("client"), max_length=150, blank=True)
    nature = nature_field()
    identity = identity_field("sales_invoices")
    issued_on = models.DateField(_("date"))
    description = models.CharField(_("description"), max_length=250)
    account = models.CharField(_("compte"), max_length=12)
    approval = models.ForeignKey(
        Approval, on_delete=models.RESTRICT, related_name="sales_invoices", null=True, blank=True
    )
    amount = eur_field(_("montant"))
    received_on = models.DateField(_("encaissée le"), null=True, blank=True)
    payment_reference = models.CharField(_("référence bancaire"), max_length=60, blank=True)

    objects: ClassVar[NamedManager] = NamedManager()

    class Meta:
        verbose_name = _("facture de vente")
        verbose_name_plural = _("factures de vente")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "number"],
                name="sales_invoice_number_once",
                violation_error_message=_("Ce numéro de facture de vente existe déjà."),
            ),
            CheckConstraint(
                condition=Q(account__startswith="7"),
                name="sales_invoice_on_class_7",
                violation_error_message=_("Une vente se comptabilise en classe 7."),
            ),
            euros_only("amount", "sales_invoice"),
            name_where_it_belongs("sales_invoice"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def customer(self) -> str:
        """The name, the pseudonym of a person who is erased."""
        return self.called

    @customer.setter
    def customer(self, name: str) -> None:
        self.call(name)
