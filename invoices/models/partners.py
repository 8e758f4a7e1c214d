"""Suppliers and customers: firms under their own name, natural persons by their identity."""

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from backoffice.federation.identities.named import Named, is_renamed
from backoffice.federation.models import Identity


class Nature(models.TextChoices):
    """What somebody has said that a supplier or a customer is; blank while nobody has.

    Nothing tells it: a self-employed person has an enterprise number and may bear a trade name.
    """

    FIRM = "firm", _("société, association ou administration")
    PERSON = "person", _("personne physique")


class Partner(Named):
    """What a supplier and a customer share: a `nature`, and a name that stands where it says.

    `firm` holds the name, unless it is that of a natural person: then `identity` does, which is
    shared with whatever else of the organisation is about the person of that name.
    """

    nature: Any
    firm: Any

    def save(self, *args: Any, **options: Any) -> None:
        self.settle()
        super().save(*args, **options)

    @property
    def is_person(self) -> bool:
        return bool(self.nature == Nature.PERSON)

    @property
    def called(self) -> str:
        """The name, or the pseudonym of a person who is erased."""
        identity = self.known_identity
        return str(identity.name if identity else self.firm)

    def call(self, name: str) -> None:
        """Take another name; an erased person keeps the pseudonym, whatever a file still says.

        A person whom no other row is about stays the same identity under the new name.
        """
        known = self.known_identity
        if known is None:
            self.firm = name
        elif known.is_erased or known.name == name:
            return
        elif known.pk is not None and is_renamed(known, name):
            known.rename(name)
        else:
            self.identity = Identity(kind=Identity.Kind.OUTSIDE, name=name)

    def settle(self) -> None:
        """Put the name where the nature says; an erased person stays one, whatever a file says."""
        known = self.known_identity
        if known is not None and known.is_erased:
            self.nature = Nature.PERSON
        elif self.is_person and known is None:
            self.identity = Identity(kind=Identity.Kind.OUTSIDE, name=self.firm)
            self.firm = ""
        elif not self.is_person and known is not None:
            self.firm, self.identity = known.name, None


def nature_field() -> Any:
    """The column that says whether it is a natural person."""
    return models.CharField(
        _("nature"),
        max_length=10,
        choices=Nature.choices,
        blank=True,
        help_text=_("Qui travaille ou achète en son propre nom est une personne physique."),
    )


def identity_field(related_name: str) -> Any:
    """The link to the identity of a natural person, None for any other."""
    return models.ForeignKey(
        Identity,
        on_delete=models.RESTRICT,
        related_name=related_name,
        null=True,
        blank=True,
        verbose_name=_("identité"),
    )


def name_where_it_belongs(table: str) -> CheckConstraint:
    """A natural person, and nobody else, has an identity and no other name."""
    person = Q(nature=Nature.PERSON)
    return CheckConstraint(
        condition=(person & Q(identity__isnull=False, firm="")) | (~person & Q(identity=None)),
        name=f"{table}_name_where_it_belongs",
        violation_error_message=_("Le nom d'une personne physique est celui de son identité."),
    )
