"""The rows of the trail: what was done, and the seals that chain it."""

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit.append_only import AppendOnlyManager, AppendOnlyRow


class _Kept(AppendOnlyRow, models.Model):
    """A row that is never changed or deleted."""

    objects: ClassVar[AppendOnlyManager] = AppendOnlyManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class AuditEntry(_Kept):
    """One act on rows of one model in one organisation; null: it concerns the whole site.

    `actor` is the account (null: the system, or a command), `origin` the request, job or command.
    A change in bulk is one entry for up to some hundreds of rows; `first_key` and `last_key` are
    the lowest and the highest key among them. `changes` is JSON text, kept as it was written:

    - created, deleted: `{"fields": [names], "rows": [[key, value, ...], ...]}`
    - changed: `{"rows": [[key, {name: [before, after]}], ...]}`
    - looked, exported, signed in, refused: what is known of it, such as the kind of file and its
      SHA-256, or the account that it concerns

    where amounts and days are exact text, and a value that must not be kept is `HIDDEN`.
    Neither account nor organisation is a constraint: the trail outlives both.
    """

    class Act(models.TextChoices):
        CREATED = "created", _("création")
        CHANGED = "changed", _("modification")
        DELETED = "deleted", _("suppression")
        LOOKED = "looked", _("consultation")
        EXPORTED = "exported", _("export")
        SIGNED_IN = "signed_in", _("connexion")
        REFUSED = "refused", _("refus")

    organisation = models.ForeignKey(
        "federation.Organisation",
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("organisation"),
    )
    at = models.DateTimeField(_("le"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("par"),
    )
    act = models.CharField(_("acte"), max_length=10, choices=Act.choices)
    model = models.CharField(_("objet"), max_length=60)
    first_key = models.BigIntegerField(_("première clé"), null=True)
    last_key = models.BigIntegerField(_("dernière clé"), null=True)
    count = models.PositiveIntegerField(_("nombre de lignes"), default=1)
    changes = models.TextField(_("changements"), default="{}")
    reason = models.CharField(_("motif"), max_length=250, blank=True)
    origin = models.CharField(_("origine"), max_length=60, blank=True)

    class Meta(_Kept.Meta):
        abstract = False
        verbose_name = _("acte du journal")
        verbose_name_plural = _("journal des actes")
        indexes = [
            models.Index(fields=["organisation", "id"], name="audit_entry_by_organisation"),
            models.Index(fields=["model", "last_key"], name="audit_entry_by_row"),
            models.Index(
                fields=["organisation", "actor", "at"],
                condition=Q(act="looked"),
                name="audit_entry_looks",
            ),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(first_key__isnull=True, last_key__isnull=True)
                | Q(last_key__gte=F("first_key")),
                name="audit_entry_keys_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.act} {self.model}"

    @property
    def content(self) -> dict[str, Any]:
        """What `changes` says."""
        read: dict[str, Any] = json.loads(self.changes)
        return read


class AuditSeal(_Kept):
    """A link of the chain of one organisation (null: the site's own): the entries up to `last`.

    `digest` is the SHA-256 of `previous`, of what the seal says and of every entry that it covers;
    `marks` are the key and the start of the digest of each, to tell which one was altered. `mac`
    is that digest under a key that is not in the database. A seal of the site says in `heads`
    which seals the other chains have gained: organisation, number, digest.
    """

    organisation = models.ForeignKey(
        "federation.Organisation",
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        verbose_name=_("organisation"),
    )
    number = models.PositiveIntegerField(_("numéro"))
    first = models.BigIntegerField(_("premier acte"))
    last = models.BigIntegerField(_("dernier acte"))
    count = models.PositiveIntegerField(_("nombre d'actes"))
    previous = models.CharField(_("empreinte précédente"), max_length=64, blank=True)
    digest = models.CharField(_("empreinte SHA-256"), max_length=64)
    marks = models.TextField(_("empreinte de chaque acte"))
    mac = models.CharField(_("sous la clé du site"), max_length=64, blank=True)
    heads = models.TextField(_("derniers sceaux des organisations"), blank=True)
    sealed_at = models.DateTimeField(_("scellé le"))

    class Meta(_Kept.Meta):
        abstract = False
        verbose_name = _("sceau du journal")
        verbose_name_plural = _("sceaux du journal")
        constraints = [
            UniqueConstraint(fields=["organisation", "number"], name="audit_seal_once"),
            UniqueConstraint(
                fields=["number"],
                condition=Q(organisation__isnull=True),
                name="audit_seal_once_for_the_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} n° {self.number}"
