"""Administration of sales, balances taken on, and trial balances."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from backoffice.federation.admin import OwnRowsAdmin
from grants.models import Award
from grants.selectors import awards_for
from invoices.models import OpeningBalance, SalesInvoice, TrialBalance, TrialBalanceLine

if TYPE_CHECKING:
    from django.db.models import ForeignKey


@admin.register(SalesInvoice)
class SalesInvoiceAdmin(OwnRowsAdmin[SalesInvoice]):
    """What organisations charge to others."""

    list_display = ("number", "customer", "issued_on", "account", "amount", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("number", "customer", "description")
    ordering = ("organisation__name", "-issued_on", "number")


@admin.register(OpeningBalance)
class OpeningBalanceAdmin(OwnRowsAdmin[OpeningBalance]):
    """Balances taken on when an organisation starts."""

    list_display = ("code", "on_day", "account", "label", "award", "year", "amount", "organisation")
    list_select_related = ("organisation", "award")
    search_fields = ("code", "account", "label")
    ordering = ("organisation__name", "on_day", "code")

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only awards that the user may see can be chosen."""
        if db_field.related_model is Award and not getattr(request.user, "is_superuser", False):
            kwargs["queryset"] = awards_for(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TrialBalanceLineInline(admin.TabularInline[TrialBalanceLine, TrialBalance]):
    """The lines of a balance, as the accounting software gave them."""

    model = TrialBalanceLine
    extra = 0
    ordering = ("account", "analytical_account")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(TrialBalance)
class TrialBalanceAdmin(OwnRowsAdmin[TrialBalance]):
    """Balances of the accounts: to look at or delete; an import replaces them."""

    list_display = ("organisation", "year", "closed_on", "imported_at")
    list_select_related = ("organisation",)
    ordering = ("organisation__name", "-year")
    inlines = (TrialBalanceLineInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
