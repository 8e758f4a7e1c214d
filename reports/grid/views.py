"""The pages of the allocation grid: the sheet, its draft, saving, and the decisions of a cell."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from grants.selectors import renewed_years
from reports.grid.answers import (
    cells_told,
    grid_of,
    notes_in,
    places_of,
    preview_of,
    said_of,
)
from reports.grid.asking import Asked, NotReadable, asked_in
from reports.grid.cell_text import PERCENT
from reports.grid.drafting import Problem, UnknownCell
from reports.grid.forms import CellForm
from reports.grid.places import Places
from reports.grid.saving import (
    CellsRefused,
    ChangedMeanwhile,
    ReasonMissing,
    differences,
    save,
)
from reports.grid.sheet import blocks_of, notes_of
from reports.justifications import years_of
from reports.views.scope import Scope, award_address, scope_of, user_of
from staffing.services.allocation import AllocationMoved

_PAGE = "reports/grid.html"


@needs(Right.SEE)
@require_safe
def grid(request: HttpRequest) -> HttpResponse:
    """The grid of a year; by default the newest one with data."""
    scope = scope_of(request)
    years = years_shown(scope) if scope.organisation else []
    if not years:
        return render(request, "reports/no_data.html", scope.context())
    written = request.GET.get("annee") or str(years_of(scope.own)[0])
    if written not in {str(year) for year in years}:
        raise Http404
    return _page(request, scope, int(written), CellForm())


def _page(request: HttpRequest, scope: Scope, year: int, form: CellForm) -> HttpResponse:
    places = places_of(scope.own, year, scope.as_of)
    notes = notes_in(places)
    found = grid_of(places, notes, request.GET.get("page"))
    form.offer(found)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = scope.context(
        grid=found,
        year=year,
        years=years_shown(scope),
        form=form,
        decisions=notes[:-51:-1],
        editable="edit" in scope.rights,
        address=f"?annee={year}&{scope.carried}".rstrip("&"),
    )
    return render(request, _PAGE, context, status=status)


@needs(Right.EDIT)
@require_POST
def grid_preview(request: HttpRequest, year: int) -> HttpResponse:
    """What the edits of a page would give; nothing is written."""
    scope = scope_of(request)
    places = _places(scope, year)
    try:
        preview = preview_of(places, asked_in(request).edits)
    except NotReadable as error:
        return JsonResponse({"said": str(error)}, status=HTTPStatus.BAD_REQUEST)
    except UnknownCell as error:
        raise Http404 from error
    totals = render_to_string(f"{_PAGE}#totals", {"totals": preview.totals}, request)
    return JsonResponse(
        {
            **cells_told(preview.blocks),
            "totals": totals,
            "said": said_of(preview),
            "changed": len(preview.draft.changes),
            "problems": _told(scope, year, preview.problems),
        }
    )


@needs(Right.EDIT)
@require_POST
def grid_save(request: HttpRequest, year: int) -> HttpResponse:
    """Save the edits of a page with their reason, or say why not; all or nothing."""
    scope = scope_of(request)
    places = _places(scope, year)
    try:
        asked = asked_in(request)
        count = save(places, asked, user_of(request))
    except (NotReadable, ReasonMissing) as error:
        return JsonResponse({"said": str(error)}, status=HTTPStatus.BAD_REQUEST)
    except CellsRefused as error:
        told = {"said": _refused_words(error), "problems": _told(scope, year, error.problems)}
        return JsonResponse(told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except (ChangedMeanwhile, AllocationMoved) as error:
        return _moved(request, _places(scope, year), asked, error.workers)
    except UnknownCell as error:
        raise Http404 from error
    said = ngettext("%d case enregistrée.", "%d cases enregistrées.", count) % count
    return _saved(request, _places(scope, year), asked, said)


def _saved(request: HttpRequest, places: Places, asked: Asked, said: str) -> HttpResponse:
    """The rows as they are stored now, read back."""
    preview = preview_of(places, ())
    notes = notes_in(places)
    workers = dict.fromkeys(edit.worker for edit in asked.edits)
    blocks = blocks_of(places, workers, notes_of(notes), [edit.key for edit in asked.edits])
    noted = {
        f"{row.key}:{cell.number}": cell.notes
        for block in blocks
        for row in block.rows
        for cell in row.cells
        if cell.notes
    }
    totals = render_to_string(f"{_PAGE}#totals", {"totals": preview.totals}, request)
    return JsonResponse({**cells_told(blocks), "totals": totals, "said": said, "notes": noted})


def _moved(
    request: HttpRequest, places: Places, asked: Asked, workers: Iterable[int]
) -> HttpResponse:
    """Theirs and mine side by side; the page keeps its edits."""
    found = list(differences(places, asked, workers, notes_in(places)))
    blocks = blocks_of(places, workers, {}, [edit.key for edit in asked.edits])
    shown = render_to_string(f"{_PAGE}#conflict", {"differences": found}, request)
    said = _("Un collègue a enregistré entre-temps : rien n'a été écrasé, rien n'est perdu.")
    told = {**cells_told(blocks), "conflict": shown, "said": said}
    return JsonResponse(told, status=HTTPStatus.CONFLICT)


@needs(Right.EDIT)
@require_POST
def grid_cell(request: HttpRequest, year: int) -> HttpResponse:
    """One cell by a plain form, for a browser without scripts."""
    scope = scope_of(request)
    places = _places(scope, year)
    form = CellForm(request.POST)
    form.offer(grid_of(places, ()))
    if form.is_valid():
        edit = form.edit(PERCENT)
        asked = Asked((edit,), {edit.worker: places.version(edit.worker)}, {}, form.reason_given)
        try:
            save(places, asked, user_of(request))
        except CellsRefused as error:
            form.add_error("value", [problem.message for problem in error.problems])
        except (ReasonMissing, ChangedMeanwhile, AllocationMoved) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Case enregistrée."))
            return redirect(f"{reverse('grid')}?annee={year}&{scope.carried}".rstrip("&"))
    return _page(request, scope, year, form)


@needs(Right.SEE)
@require_safe
def grid_row(request: HttpRequest, year: int, worker: int, post: int) -> HttpResponse:
    """One row, to put a worker on another award: the same as in the page."""
    scope = scope_of(request)
    places = _places(scope, year)
    if worker not in places.workers or post not in places.posts:
        raise Http404
    block = blocks_of(places, [worker], notes_of(notes_in(places)), [(worker, post)])[0]
    row = next(row for row in block.rows if row.post == post)
    context = scope.context(row=row, block=block, editable="edit" in scope.rights)
    return render(request, f"{_PAGE}#row", context)


@needs(Right.SEE)
@require_safe
def grid_notes(request: HttpRequest, year: int, worker: int, post: int) -> HttpResponse:
    """The decisions kept on a row, or on one of its months, the newest first."""
    scope = scope_of(request)
    places = _places(scope, year)
    if worker not in places.workers or post not in places.posts:
        raise Http404
    index, held = places.posts[post]
    asked = (
        places.workers[worker].number,
        places.facts.awards[index].row.reference,
        held.code,
    )
    month = request.GET.get("mois", "")
    found = [
        note
        for note in reversed(notes_in(places))
        if (note.worker_number, note.award_reference, note.post_code) == asked
        and month in {"", str(note.month.month)}
    ]
    return render(request, f"{_PAGE}#notes", scope.context(notes=found))


def _places(scope: Scope, year: int) -> Places:
    if year not in years_shown(scope):
        raise Http404
    return places_of(scope.own, year, scope.as_of)


def years_shown(scope: Scope) -> list[int]:
    """The years with data or with a renewed award, newest first."""
    return sorted({*years_of(scope.own), *renewed_years(scope.own)}, reverse=True)


def _told(scope: Scope, year: int, problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Each problem with its cell, and the page of the justification to correct first."""
    return [
        {
            "cell": f"{one.worker}:{one.post}:{one.number}",
            "text": one.message,
            "page": award_address(one.award, year) + scope.query if one.award else "",
            "link": _("Ouvrir la justification %s") % one.award if one.award else "",
        }
        for one in problems
    ]


def _refused_words(error: CellsRefused) -> str:
    count = len(error.problems)
    return (
        ngettext(
            "Rien n'est enregistré : %d case est à corriger.",
            "Rien n'est enregistré : %d cases sont à corriger.",
            count,
        )
        % count
    )
