"""Administration of the figures that users fill in."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.http import HttpRequest
from import_export import resources
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm

from backoffice.federation.admin import Open
from backoffice.federation.models import FigureEntry
from backoffice.federation.services import fill_figure
from grants.forms import FigureEntryForm, known_code, value_text

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    ImportExport = admin.ModelAdmin[FigureEntry]
else:
    ImportExport = ImportExportModelAdmin


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
class FigureEntryAdmin(Open, ImportExport):
    """Dated values filled in by users, each with its source."""

    form = FigureEntryForm
    resource_classes = (FigureEntryResource,)
    formats = (XLSX, CSV)
    export_form_class = ExportForm  # the library's other form needs inline style and script
    list_display = ("code", "since", "value", "decided_on", "status", "source", "entered_by")
    list_select_related = ("entered_by",)
    readonly_fields = ("entered_by", "entered_at")
    list_filter = ("status",)
    search_fields = ("code", "source")
    ordering = ("code", "-since")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def save_model(self, request: HttpRequest, obj: FigureEntry, form: Any, change: bool) -> None:  # noqa: FBT001
        """Store a value with who filled it in."""
        fill_figure(obj, by=cast("User", request.user))
