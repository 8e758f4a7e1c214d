"""Administration of awards with their terms and posts, and of the figures that users fill in."""

from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX

from backoffice.federation.access import organisations_for
from backoffice.federation.admin import OwnRowsAdmin
from backoffice.federation.models import FigureEntry
from backoffice.federation.services import fill_figure
from grants.forms import AwardForm, FigureEntryForm, OwnForm, TermForm, known_code, value_text
from grants.models import (
    Amendment,
    Application,
    Award,
    BudgetLine,
    CalendarFeed,
    Deadline,
    DeadlineEvent,
    DeadlineReminder,
    Instalment,
    Post,
    Receipt,
    Term,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import ForeignKey

    ImportExport = admin.ModelAdmin[FigureEntry]
else:
    ImportExport = ImportExportModelAdmin

M = TypeVar("M", bound=Model)


class FigureEntryResource(resources.ModelResource):  # type: ignore[misc]
    """Figures from and to a file, under the same rules as on the form."""

    class Meta:
        model = FigureEntry
        fields = FigureEntryForm.Meta.fields
        import_id_fields = ("code", "since", "decided_on")
        clean_model_instances = True
        skip_unchanged = True

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Keep who brings the file."""
        self.by = kwargs["user"]

    def do_instance_save(self, instance: FigureEntry, is_create: bool) -> None:  # noqa: FBT001
        """Store a value with who brought it."""
        fill_figure(instance, by=self.by)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Refuse an unknown code or a value that its figure cannot have, as the form does."""
        row["code"] = known_code(str(row.get("code") or ""))
        row["value"] = value_text(row["code"], str(row.get("value") or ""))


@admin.register(FigureEntry)
class FigureEntryAdmin(ImportExport):
    """Dated values filled in by users, each with its source."""

    form = FigureEntryForm
    resource_classes = (FigureEntryResource,)
    formats = (XLSX, CSV)
    list_display = ("code", "since", "value", "decided_on", "status", "source", "entered_by")
    list_select_related = ("entered_by",)
    readonly_fields = ("entered_by", "entered_at")
    list_filter = ("status",)
    search_fields = ("code", "source")
    ordering = ("code", "-since")

    def save_model(self, request: HttpRequest, obj: FigureEntry, form: Any, change: bool) -> None:  # noqa: FBT001
        """Store a value with who filled it in."""
        fill_figure(obj, by=cast("User", request.user))


_OWN_AWARDS = {
    "renews": _("Reconduit"),
    "award": _("Subvention"),
    "application": _("Demande"),
}


class OwnAwardsAdmin(OwnRowsAdmin[M]):
    """Rows that name an award or an application: only those that the user may see."""

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only awards and applications of the user's organisations can be chosen."""
        if db_field.name in _OWN_AWARDS:
            rows: Any = db_field.related_model
            own = rows.objects.order_by("organisation__name", "reference")
            if not getattr(request.user, "is_superuser", False):
                own = own.filter(organisation__in=organisations_for(request.user))
            kwargs |= {"queryset": own, "label": _OWN_AWARDS[db_field.name]}
            return admin.ModelAdmin.formfield_for_foreignkey(self, db_field, request, **kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TermInline(admin.TabularInline[Term, Award]):
    """Terms of the letter and of its amendments."""

    model = Term
    form = TermForm
    extra = 0
    ordering = ("code", "starts_on", "decided_on")


class PostInline(admin.TabularInline[Post, Award]):
    """Posts of an award."""

    model = Post
    extra = 0
    ordering = ("code",)


class AmendmentInline(admin.TabularInline[Amendment, Award]):
    """Later decisions."""

    model = Amendment
    extra = 0
    ordering = ("number",)


class InstalmentInline(admin.TabularInline[Instalment, Award]):
    """Expected payments."""

    model = Instalment
    extra = 0
    ordering = ("year", "number")


class ReceiptInline(admin.TabularInline[Receipt, Award]):
    """Money received or given back."""

    model = Receipt
    extra = 0
    ordering = ("received_on", "reference")

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only the instalments of the award on screen."""
        if db_field.name == "instalment":
            match = request.resolver_match
            award = match.kwargs.get("object_id") if match else None
            kwargs["queryset"] = Instalment.objects.filter(award=award).order_by("year", "number")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Award)
class AwardAdmin(OwnAwardsAdmin[Award]):
    """Awards with everything that their letters say."""

    form = AwardForm
    list_display = ("reference", "label", "scheme", "organisation", "starts_on", "ends_on")
    list_filter = ("scheme",)
    list_select_related = ("organisation",)
    search_fields = ("reference", "label", "letter_reference")
    ordering = ("organisation__name", "reference")
    inlines = (TermInline, PostInline, AmendmentInline, InstalmentInline, ReceiptInline)


@admin.register(Application)
class ApplicationAdmin(OwnAwardsAdmin[Application]):
    """What is asked of funders for a year."""

    form = OwnForm
    list_display = ("reference", "year", "funder", "label", "state", "organisation")
    list_filter = ("year", "state")
    list_select_related = ("organisation",)
    search_fields = ("reference", "label", "funder")
    ordering = ("organisation__name", "-year", "reference")


@admin.register(BudgetLine)
class BudgetLineAdmin(OwnAwardsAdmin[BudgetLine]):
    """The budget of a year."""

    form = OwnForm
    list_display = ("code", "year", "account", "label", "amount", "organisation")
    list_filter = ("year", "nature")
    list_select_related = ("organisation",)
    search_fields = ("code", "account", "label")
    ordering = ("organisation__name", "-year", "nature", "account", "code")


class ReadOnly:
    """Rows that only a service writes: shown, never edited here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeadlineEventInline(ReadOnly, admin.TabularInline[DeadlineEvent, Deadline]):
    """What happened to a deadline."""

    model = DeadlineEvent
    extra = 0
    ordering = ("at", "pk")


class DeadlineReminderInline(ReadOnly, admin.TabularInline[DeadlineReminder, Deadline]):
    """Who was told of a deadline."""

    model = DeadlineReminder
    extra = 0
    ordering = ("told_on", "pk")


@admin.register(Deadline)
class DeadlineAdmin(ReadOnly, OwnRowsAdmin[Deadline]):
    """Deadlines with their history; they are moved and closed on the site, with a reason."""

    organisation_path = "award__organisation"
    list_display = ("award", "year", "label_fr", "due_on", "state")
    list_filter = ("state", "year", "kind")
    list_select_related = ("award",)
    search_fields = ("award__reference", "label_fr")
    ordering = ("due_on", "pk")
    inlines = (DeadlineEventInline, DeadlineReminderInline)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnly, OwnRowsAdmin[CalendarFeed]):
    """Calendar addresses of services and accounts: who has one, never its secret."""

    organisation_path = "approval__organisation"
    list_display = ("approval", "user", "created_at", "created_by", "revoked_at")
    list_select_related = ("approval", "user", "created_by")
    exclude = ("digest",)
    ordering = ("-created_at",)
