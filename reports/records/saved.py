"""Views of a list that people save under a name."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import CheckConstraint, Q, QuerySet, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit import Audited
from backoffice.federation.models import Organisation

QUERY_LENGTH = 1_000


class SavedView(Audited):
    """What a list was asked, under a name: its maker's, or shared with the organisation.

    The default view of its maker opens the list when the address asks for nothing.
    """

    audit_hidden = ("query",)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="saved_views"
    )
    record = models.CharField(_("liste"), max_length=40)
    name = models.CharField(_("nom de la vue"), max_length=60)
    query = models.CharField(_("demande"), max_length=QUERY_LENGTH, blank=True)
    is_shared = models.BooleanField(_("partagée avec l'organisation"), default=False)
    is_default = models.BooleanField(_("ouvre la liste"), default=False)

    class Meta:
        verbose_name = _("vue enregistrée")
        verbose_name_plural = _("vues enregistrées")
        constraints = [
            UniqueConstraint(
                fields=["user", "organisation", "record", "name"],
                name="saved_view_once",
                violation_error_message=_("Vous avez déjà une vue de ce nom."),
            ),
            UniqueConstraint(
                fields=["user", "organisation", "record"],
                condition=Q(is_default=True),
                name="saved_view_one_default",
                violation_error_message=_("Une autre vue ouvre déjà cette liste."),
            ),
            CheckConstraint(
                condition=~Q(name=""),
                name="saved_view_named",
                violation_error_message=_("Donnez un nom à la vue."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def views_for(user: User, organisation: Organisation, record: str) -> QuerySet[SavedView]:
    """The views of a list that a user may open: their own, and those shared by colleagues."""
    mine = Q(user=user) | Q(is_shared=True)
    rows = SavedView.objects.filter(mine, organisation=organisation, record=record)
    return rows.select_related("user").order_by("name", "pk")
