"""Who a person is: the only table that holds a name or a national number of people.

Every other row holds a link to it, every frozen document its pseudonym. The accounts of users are
another matter: they say who did what on the site.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.identities.numbers import (
    decrypt,
    encrypt,
    keyed_hash,
    keyed_hashes,
    masked,
)
from backoffice.federation.models.organisations import Organisation


class Identity(Audited):
    """A person known to one organisation; `number` makes the pseudonym, unique in it.

    `national_number` is encrypted and `national_number_hash` finds it; `name` is the pseudonym
    once the identity is erased.
    """

    audit_hidden: ClassVar[tuple[str, ...]] = ("name", "national_number", "national_number_hash")

    class Kind(models.TextChoices):
        WORKER = "worker", _("travailleur")
        OUTSIDE = "outside", _("personne hors paie")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.RESTRICT, related_name="identities"
    )
    kind = models.CharField(_("nature"), max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(_("numéro d'ordre"))
    name = models.CharField(_("nom"), max_length=150)
    national_number = models.TextField(_("numéro national chiffré"), blank=True)
    national_number_hash = models.CharField(
        _("empreinte du numéro national"), max_length=64, blank=True, db_index=True
    )
    erased_at = models.DateTimeField(_("effacée le"), null=True, blank=True)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        related_name="identities_erased",
        null=True,
        blank=True,
        verbose_name=_("effacée par"),
    )

    is_changed = False
    """A name or a number was taken that is not stored yet."""

    class Meta:
        verbose_name = _("identité")
        verbose_name_plural = _("identités")
        constraints = [
            UniqueConstraint(
                fields=["organisation", "number"],
                name="identity_number_once",
                violation_error_message=_("Ce pseudonyme existe déjà."),
            ),
            CheckConstraint(
                condition=Q(national_number="", national_number_hash="")
                | ~Q(national_number="") & ~Q(national_number_hash=""),
                name="identity_number_with_its_hash",
                violation_error_message=_("Un numéro national a son empreinte, et elle seule."),
            ),
            CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(national_number=""),
                name="identity_erased_has_no_number",
                violation_error_message=_("Une identité effacée n'a plus de numéro national."),
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def pseudonym(self) -> str:
        """What stands for the name in frozen documents and once it is erased."""
        return f"P-{self.number:04d}"

    @property
    def masked_number(self) -> str:
        """The national number as it may be shown: the day of birth alone; empty when not known."""
        return masked(decrypt(self.national_number)) if self.national_number else ""

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    def rename(self, name: str) -> None:
        """Take another name; an erased identity keeps its pseudonym, whatever a file still says."""
        if not self.is_erased and name != self.name:
            self.name, self.is_changed = name, True

    def take_number(self, number: str) -> None:
        """Keep a national number, encrypted, with its hash; an erased identity takes none."""
        if not self.is_erased and self.national_number_hash not in keyed_hashes(number):
            self.national_number = encrypt(number)
            self.national_number_hash = keyed_hash(number)
            self.is_changed = True
