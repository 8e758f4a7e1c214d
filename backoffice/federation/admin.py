"""Administration of organisations, approvals, sites and accesses."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import admin
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.federation.access import organisations_for
from backoffice.federation.models import (
    ActivityVolume,
    Approval,
    Membership,
    Organisation,
    Site,
)

M = TypeVar("M", bound=Model)
_LABELS = {"organisation": _("Organisation"), "approval": _("Agrément")}

if TYPE_CHECKING:
    Typed = admin.ModelAdmin
else:

    class Typed(admin.ModelAdmin, Generic[M]):
        """A model admin that may be written with its model between brackets."""


class OwnRowsAdmin(Typed[M]):
    """Rows of the user's organisations only; a superuser sees them all.

    `organisation_path` leads from the model to its organisation; empty for the organisation itself.
    """

    organisation_path = "organisation"

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        if getattr(request.user, "is_superuser", False):
            return rows
        path = f"{self.organisation_path}__in" if self.organisation_path else "pk__in"
        return rows.filter(**{path: organisations_for(request.user)})

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only organisations and approvals that the user may see can be chosen."""
        kwargs["label"] = _LABELS.get(db_field.name, db_field.verbose_name)
        if not getattr(request.user, "is_superuser", False):
            own = organisations_for(request.user)
            if db_field.related_model is Organisation:
                kwargs["queryset"] = own
            elif db_field.related_model is Approval:
                kwargs["queryset"] = Approval.objects.filter(organisation__in=own)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MembershipInline(admin.TabularInline[Membership, Organisation]):
    """Who may see the organisation; only a superuser decides it."""

    model = Membership
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)


@admin.register(Organisation)
class OrganisationAdmin(OwnRowsAdmin[Organisation]):
    """Employers."""

    organisation_path = ""
    list_display = ("name", "enterprise_number", "legal_form", "is_demo")
    search_fields = ("name", "enterprise_number")
    ordering = ("name",)
    inlines = (MembershipInline,)


class SiteInline(admin.TabularInline[Site, Approval]):
    """Sites of an approval."""

    model = Site
    extra = 0


class VolumeInline(admin.TabularInline[ActivityVolume, Approval]):
    """What the approved service really did, year by year."""

    model = ActivityVolume
    extra = 0
    ordering = ("-year", "mission", "unit")


@admin.register(Approval)
class ApprovalAdmin(OwnRowsAdmin[Approval]):
    """Approvals with their sites and volumes."""

    list_display = ("code", "name", "kind", "organisation", "starts_on", "ends_on")
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    ordering = ("organisation__name", "code")
    inlines = (SiteInline, VolumeInline)


@admin.register(Site)
class SiteAdmin(OwnRowsAdmin[Site]):
    """Seats and antennas."""

    organisation_path = "approval__organisation"
    list_display = ("code", "name", "kind", "approval", "starts_on", "ends_on")
    list_select_related = ("approval",)
    ordering = ("approval__code", "code")


admin.site.site_header = "Subventions"
