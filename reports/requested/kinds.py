"""The kinds of file that pages offer; each reads its rows, then writes."""

import tempfile
from datetime import date
from pathlib import Path

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from backoffice.federation.access import organisations_for
from backoffice.federation.jobs import Refused
from backoffice.federation.roles import Right
from backoffice.federation.serving import FileDamaged, original_of
from grants.models import Application, Award
from reports.complements import json_file as complements_json
from reports.complements import xlsx_file as complements_xlsx
from reports.complements.search import complements
from reports.documents.deadlines_file import deadlines_file
from reports.documents.writing import file_name, plain_name, render_files
from reports.dossier import Dossier
from reports.exchange.exporter import NothingToExport, export_workbook
from reports.exchange.files import FileNotWritten
from reports.funder_forms.filling import NotFilled, fill
from reports.funder_forms.package import FormRefused
from reports.justifications import award_dossier
from reports.models import FunderForm
from reports.pages.deadline_list import deadlines_page
from reports.records.all import RECORDS
from reports.records.file import file_name as list_name
from reports.records.file import list_file
from reports.records.listing import select
from reports.requested.asking import Asked, Made, file_kind
from reports.tie_out import writing as tie_out_writing
from reports.tie_out.statement import tie_out
from reports.treasury.choosing import chosen, delayed, supposed
from reports.treasury.page import page_of
from reports.treasury.reading import ground_of
from reports.treasury.xlsx_file import render_xlsx
from reports.workflow.drawing import draw, workbook_of
from reports.year.application import application_file
from reports.year.application_files import application_name, render_application

JUSTIFICATION, TIE_OUT, APPLICATION = "justification_file", "tie_out_file", "application_file"
COMPLEMENTS, REHEARSAL, FILLED = "complements_file", "rehearsal_file", "filled_form"
YEAR_WORKBOOK, LIST, TREASURY = "year_workbook", "list_file", "treasury_file"
DEADLINES_FILE = "deadlines_file"


@file_kind(
    JUSTIFICATION,
    label={"fr": "Fichier d'une justification", "nl": "Bestand van een verantwoording"},
)
def _justification(asked: Asked) -> Made:
    """`reference`, `year`."""
    dossier = _dossier(asked)
    return asked.made(file_name(dossier), render_files(dossier, (asked.format,))[asked.format])


@file_kind(TIE_OUT, label={"fr": "Fichier du rapprochement", "nl": "Bestand van de afstemming"})
def _tie_out(asked: Asked) -> Made:
    """`year`."""
    found = tie_out(asked.organisation, asked.of["year"], asked.as_of)
    content = tie_out_writing.render_files(found, (asked.format,))[asked.format]
    return asked.made(tie_out_writing.file_name(found), content)


@file_kind(APPLICATION, label={"fr": "Fichier d'une demande", "nl": "Bestand van een aanvraag"})
def _application(asked: Asked) -> Made:
    """`reference`; `chosen`, the day when it is not that of the application."""
    chosen = asked.of["chosen"]
    as_of = date.fromisoformat(chosen) if chosen else None
    reference, today = asked.of["reference"], timezone.localdate()
    try:
        found = application_file(asked.organisation, reference, as_of, today)
    except Application.DoesNotExist:
        raise Refused(_("Cette demande n'existe plus.")) from None
    content = render_application(found, (asked.format,))[asked.format]
    return asked.made(application_name(found), content)


@file_kind(
    COMPLEMENTS, label={"fr": "Fichier des compléments", "nl": "Bestand van de aanvullingen"}
)
def _complements(asked: Asked) -> Made:
    organisation, as_of = asked.organisation, asked.as_of
    found = complements(organisation, as_of)
    if asked.format == "json":
        content = complements_json.render_json(found, as_of)
    else:
        content = complements_xlsx.render_xlsx(found, organisation, as_of)
    return asked.made(f"complements-{organisation.enterprise_number}", content)


@file_kind(
    REHEARSAL,
    label={"fr": "Classeur d'une répétition de contrôle", "nl": "Werkmap van een controleoefening"},
)
def _rehearsal(asked: Asked) -> Made:
    """`reference`, `year`, `percent`, `seed`."""
    dossier, of = _dossier(asked), asked.of
    award = asked.organisation.awards.select_related("organisation").get(reference=of["reference"])
    found = draw(award, dossier, of["percent"], of["seed"])
    name = plain_name("controle", of["reference"], of["year"])
    return asked.made(name, workbook_of(award, dossier, found))


@file_kind(
    FILLED,
    label={
        "fr": "Formulaire d'un pouvoir subsidiant, rempli",
        "nl": "Ingevuld formulier van een subsidiërende overheid",
    },
    refusals=(FormRefused, FileDamaged),
)
def _filled(asked: Asked) -> Made:
    """`form`, its number; `reference`, `year`, `calculate`."""
    of, forms = asked.of, FunderForm.objects.filter(organisation=asked.organisation)
    row = forms.select_related("file").filter(pk=of["form"]).first()
    if row is None:
        raise Refused(_("Ce formulaire a été retiré."))
    cells = list(row.cells.order_by("sheet", "pk"))
    try:
        content = fill(original_of(row.file), cells, _dossier(asked), calculate=of["calculate"])
    except NotFilled as error:
        raise Refused(" ".join([_("Le formulaire n'est pas rempli."), *error.problems])) from error
    name = slugify(f"{row.name}-{of['reference']}-{of['year']}") or "formulaire"
    return asked.made(name, content)


@file_kind(
    YEAR_WORKBOOK,
    label={"fr": "Classeur d'une année", "nl": "Werkmap van een jaar"},
    refusals=(NothingToExport, FileNotWritten),
)
def _year_workbook(asked: Asked) -> Made:
    """`year`."""
    organisation, year = asked.organisation, asked.of["year"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classeur.xlsx"
        export_workbook(organisation, year, path)
        content = path.read_bytes()
    return asked.made(f"classeur-{organisation.enterprise_number}-{year}", content)


@file_kind(LIST, label={"fr": "Classeur d'une liste", "nl": "Werkmap van een lijst"})
def _list(asked: Asked) -> Made:
    """`record`; the query of its page is sealed. It holds what the owner may export now."""
    organisations = tuple(organisations_for(asked.owner, Right.EXPORT))
    query = QueryDict(asked.sealed)
    chosen = select(RECORDS[asked.of["record"]], organisations, query, asked.as_of)
    held = tuple(one.pk for one in chosen.asked.organisations)
    return Made(list_name(chosen), list_file(chosen, asked.as_of), held)


@file_kind(
    DEADLINES_FILE, label={"fr": "Classeur des échéances", "nl": "Werkmap van de vervaldagen"}
)
def _deadlines(asked: Asked) -> Made:
    """The query of its page is sealed."""
    page = deadlines_page(asked.organisation, QueryDict(asked.sealed), asked.as_of)
    name = plain_name("echeances", asked.organisation.enterprise_number, asked.as_of.year)
    return asked.made(name, deadlines_file(page, asked.organisation, asked.as_of))


@file_kind(TREASURY, label={"fr": "Classeur de la trésorerie", "nl": "Werkmap van de thesaurie"})
def _treasury(asked: Asked) -> Made:
    """`scenario`, its code or nothing; `days` late `since` a day."""
    of, ground = asked.of, ground_of(asked.organisation, asked.as_of)
    late = delayed(of["days"], date.fromisoformat(of["since"]))
    found = page_of(ground, supposed(ground, chosen(asked.owner, of["scenario"]), late))
    name = plain_name("tresorerie", asked.organisation.enterprise_number, asked.as_of.year)
    return asked.made(name, render_xlsx(found))


def _dossier(asked: Asked) -> Dossier:
    reference, year = asked.of["reference"], asked.of["year"]
    try:
        return award_dossier(asked.organisation, reference, year, asked.as_of)
    except Award.DoesNotExist:
        raise Refused(_("Cette subvention ne porte plus sur cet exercice.")) from None
