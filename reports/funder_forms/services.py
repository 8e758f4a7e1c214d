"""Acts on a funder's form: handed in, mapped cell by cell, replaced by the file of a new year."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.federation.audit import because
from backoffice.federation.models import Organisation
from backoffice.federation.serving import original_of
from backoffice.federation.storing import XLSX, keep_file
from reports.funder_forms.filling import cell_problem
from reports.funder_forms.package import FormRefused, open_package
from reports.funder_forms.patching import place_of, read_places
from reports.funder_forms.preview import beside
from reports.funder_forms.sources import sources
from reports.models import FormCell, FunderForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_TYPES = frozenset({XLSX})


@dataclass(frozen=True)
class Place:
    """Where a value goes: the sheet, the first cell, and the last row of a list."""

    sheet: str
    cell: str
    last_row: int | None


def add_form(
    *, organisation: Organisation, name: str, upload: "UploadedFile[Any]", by: User
) -> FunderForm:
    """Keep a funder's form under a name.

    Raises:
        FileRefused: the file is too large or no workbook.
        FormRefused: it cannot be read, holds macros, or the name is taken.
    """
    open_package(upload.read())
    upload.seek(0)
    with transaction.atomic():
        if FunderForm.objects.filter(organisation=organisation, name=name).exists():
            raise FormRefused(_("Un formulaire porte déjà le nom « %s ».") % name)
        file = keep_file(organisation=organisation, upload=upload, types=_TYPES, by=by)
        form = FunderForm(organisation=organisation, name=name, file=file)
        form.save()
    return form


def replace_file(
    *, form: FunderForm, upload: "UploadedFile[Any]", by: User
) -> tuple[FunderForm, list[str]]:
    """Put the funder's file of a new year under the same mapping.

    Returns:
        The form, and a sentence for each mapped cell that stands elsewhere in the new file.

    Raises:
        FileRefused: the file is too large or no workbook.
        FormRefused: it cannot be read or holds macros.
    """
    content = upload.read()
    open_package(content)
    upload.seek(0)
    moved = []
    for cell in form.cells.order_by("sheet", "cell"):
        text = beside(content, cell.sheet, cell.cell)
        if text != cell.beside:
            moved.append(
                _("%(cell)s : à côté se lisait « %(before)s », se lit « %(after)s ».")
                % {"cell": cell, "before": cell.beside, "after": text or _("rien")}
            )
    with transaction.atomic(), because(_("nouveau fichier du pouvoir subsidiant")):
        form.file = keep_file(organisation=form.organisation, upload=upload, types=_TYPES, by=by)
        form.save()
    return form, moved


@transaction.atomic
def map_cell(*, form: FunderForm, source: str, place: Place) -> FormCell:
    """Say which value of a dossier goes into a cell, or from a cell down.

    Raises:
        FormRefused: no such sheet, cell or value, a formula, a merged cell, or already mapped.
    """
    content = original_of(form.file)
    package = open_package(content)
    part = package.sheets.get(place.sheet)
    if part is None:
        raise FormRefused(_("Le formulaire n'a pas de feuille « %s ».") % place.sheet)
    _column, row = place_of(place.cell)
    problem = cell_problem(read_places(package.parts[part]), place.cell)
    if not problem and sources()[source].listed:
        problem = _list_problem(place, row)
    if not problem and form.cells.filter(sheet=place.sheet, cell=place.cell).exists():
        problem = _("%s reçoit déjà une valeur : retirez-la d'abord.") % place.cell
    if problem:
        raise FormRefused(problem)
    cell = FormCell(
        form=form,
        sheet=place.sheet,
        cell=place.cell,
        last_row=place.last_row if sources()[source].listed else None,
        source=source,
        beside=beside(content, place.sheet, place.cell),
    )
    cell.save()
    return cell


def _list_problem(place: Place, row: int) -> str:
    if place.last_row is None:
        return _("Une liste demande la dernière ligne qu'elle peut remplir.")
    if place.last_row < row:
        return _("La dernière ligne (%(last)d) est avant la première (%(first)d).") % {
            "last": place.last_row,
            "first": row,
        }
    return ""


@transaction.atomic
def unmap_cell(*, cell: FormCell) -> None:
    """The cell receives nothing any more."""
    cell.delete()


@transaction.atomic
def remove_form(*, form: FunderForm) -> None:
    """The form and its mapping go; the file that was handed in stays kept."""
    for cell in form.cells.all():
        cell.delete()
    form.delete()
