"""Administration of organisations; accounts and roles are shown, and given on the site.

What an organisation is recognised for (approvals, sites, frame, volumes) is changed by its own
people, on the site.
"""

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import django.contrib.auth.admin  # noqa: F401 - what it registers is replaced below
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import FederationMember, Membership, Organisation

M = TypeVar("M", bound=Model)

if TYPE_CHECKING:
    Typed = admin.ModelAdmin
else:

    class Typed(admin.ModelAdmin, Generic[M]):
        """A model admin that may be written with its model between brackets."""


class Open:
    """What the administrators may do once the site has let them in: look, add and change."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What rows of services hang on is never deleted: the refusal would name them."""
        return False


class Shown(Open):
    """Rows that only a service writes, with a reason: shown here, never edited."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(Open, Typed[Organisation]):
    """Employers."""

    list_display = ("name", "enterprise_number", "legal_form", "is_demo")
    search_fields = ("name", "enterprise_number")
    ordering = ("name",)


@admin.register(Membership)
class MembershipAdmin(Shown, Typed[Membership]):
    """Who has which role in which organisation."""

    list_display = ("user", "organisation", "role")
    list_filter = ("role",)
    list_select_related = ("user", "organisation")
    ordering = ("organisation__name", "user__username")


@admin.register(FederationMember)
class FederationMemberAdmin(Shown, Typed[FederationMember]):
    """Who has which role in the federation."""

    list_display = ("user", "role")
    list_select_related = ("user",)
    ordering = ("role", "user__username")


admin.site.unregister(Group)
admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(Shown, Typed[User]):
    """Accounts, as they are: the site changes them, with a reason, and tells their owners."""

    list_display = ("username", "first_name", "last_name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    ordering = ("username",)
    search_fields = ("username", "first_name", "last_name", "email")
    fieldsets = (
        (None, {"fields": ("username",)}),
        (_("Personne"), {"fields": ("first_name", "last_name", "email")}),
        (_("Compte"), {"fields": ("is_active", "last_login", "date_joined")}),
    )
