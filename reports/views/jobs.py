"""The pages of the jobs: what was asked, where it is, what came of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs, opens, organisations_for
from backoffice.federation.audit.looks import note_file, note_shown
from backoffice.federation.jobs import AlreadyAsked, cancel, see
from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.jobs.registry import quiet_kinds
from backoffice.federation.jobs.selectors import jobs_for
from backoffice.federation.models import Job, Organisation
from backoffice.federation.roles import Right
from reports.exports import KEPT, export_of
from reports.pages.job import job_page, job_row
from reports.requested.asking import FILE_KINDS, ask_again
from reports.views.scope import allow, scope_of, user_of

RECENT = 50
TOLD = (Job.State.DONE, Job.State.FAILED)
MENTIONED = timedelta(days=2)
"""How long every page mentions a job that has ended, unless its owner looks at it."""
GONE = 410


@needs(Right.READ)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest jobs of the organisation, and those that the user may see and are of none."""
    scope = scope_of(request)
    shown = Q(organisation=scope.organisation) | Q(organisation=None)
    told = ~Q(state=Job.State.DONE, kind__in=quiet_kinds())
    rows = jobs_for(user_of(request)).filter(shown, told)[:RECENT]
    see(rows, user_of(request))
    note_shown(request, [scope.organisation] if scope.organisation else [])
    context = scope.context(rows=[job_row(job) for job in rows])
    return render(request, "reports/jobs.html", context)


@needs(Right.READ)
@require_safe
def running_jobs(request: HttpRequest) -> HttpResponse:
    """The user's own jobs that wait, run or have just ended: the mark of the bar, fetched aside."""
    ended = Q(state__in=TOLD, seen_at=None, ended_at__gte=timezone.now() - MENTIONED)
    mine = jobs_for(user_of(request)).filter(Q(state__in=ACTIVE) | ended, owner=user_of(request))
    states = list(mine.values_list("pk", "state"))
    context = {
        "running": [number for number, state in states if state in ACTIVE],
        "ended": [number for number, state in states if state not in ACTIVE],
    }
    return render(request, "reports/running_jobs.html", context)


@needs(Right.READ)
@require_safe
def one_job(request: HttpRequest, number: int) -> HttpResponse:
    """Where a job is: a page, or its moving part for htmx."""
    return _page(request, _job_or_404(request, number))


@needs(Right.EXPORT)
@require_safe
def job_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file that a job wrote, for whoever may export now all the rows that it holds.

    Once it is removed, the page of the job says so.
    """
    job = _job_or_404(request, number)
    scope_of(request, job.organisation)
    export = export_of(job)
    if export is None:
        raise Http404
    note_shown(request, _held(request, job))
    note_file(request, {"file": job.kind, **_plain(job.arguments)})
    try:
        if not export.gone:
            return FileResponse(export.path.open("rb"), as_attachment=True)
    except FileNotFoundError:
        pass  # removed between the two looks
    return _page(request, job, status=GONE)


@needs(Right.EXPORT)
@require_POST
def ask_job_again(request: HttpRequest, number: int) -> HttpResponse:
    """Have a file that is gone, was given up or failed written once more."""
    job = _job_or_404(request, number)
    query = scope_of(request, job.organisation).query
    if job.kind not in FILE_KINDS:
        raise Http404
    try:
        job = ask_again(job, by=user_of(request))
    except AlreadyAsked as error:
        job = error.job
        messages.error(request, str(error))
    return redirect(reverse("job", args=[job.pk]) + query)


@needs(Right.READ)
@require_POST
def cancel_job(request: HttpRequest, number: int) -> HttpResponse:
    """Give a job up: one's own, or one of an organisation whose rows one may change.

    Raises:
        PermissionDenied: it is neither.
    """
    job = _job_or_404(request, number)
    if job.organisation is not None and job.owner != request.user:
        allow(request, Right.EDIT, job.organisation)
    cancel(job)
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, None) and back.startswith("/")
    page = back if ours else reverse("job", args=[number])
    return redirect(page + scope_of(request, job.organisation).query)


def _page(request: HttpRequest, job: Job, status: int = 200) -> HttpResponse:
    template = "reports/job.html" + ("#standing" if request.headers.get("HX-Request") else "")
    scope, page = scope_of(request, job.organisation), job_page(job, timezone.now())
    see([job], user_of(request))
    export = export_of(job)
    ended = not page.active and (export is None or export.gone)
    context = scope.context(
        page=page,
        export=export,
        kept_days=KEPT.days,
        again=ended and job.kind in FILE_KINDS,
        opens=page.link is not None and opens(page.link[0], scope.rights | scope.everywhere),
    )
    return render(request, template, context, status=status)


def _held(request: HttpRequest, job: Job) -> list[Organisation]:
    """The organisations whose rows a file holds.

    Raises:
        Http404: the user may not export all of them.
    """
    held = set(job.result["organisations"])
    found = [one for one in organisations_for(request.user, Right.EXPORT) if one.pk in held]
    if len(found) < len(held):
        raise Http404
    return found


def _plain(arguments: Mapping[str, Any]) -> dict[str, str]:
    """What was asked, without what was typed."""
    return {name: str(value) for name, value in arguments.items() if name != "sealed"}


def _job_or_404(request: HttpRequest, number: int) -> Job:
    job = jobs_for(user_of(request)).filter(pk=number).first()
    if job is None:
        raise Http404
    return job
