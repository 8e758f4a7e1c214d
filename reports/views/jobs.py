"""The pages of the jobs: what was asked, where it is, what came of it."""

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs, opens
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.jobs import cancel
from backoffice.federation.jobs.asking import ACTIVE
from backoffice.federation.jobs.selectors import jobs_for
from backoffice.federation.models import Job
from backoffice.federation.roles import Right
from reports.exports import KEPT, export_of
from reports.pages.job import job_page, job_row
from reports.views.scope import allow, scope_of, user_of

RECENT = 50
GONE = 410


@needs(Right.READ)
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest jobs of the organisation, and those of the user that are of none."""
    scope = scope_of(request)
    shown = Q(organisation=scope.organisation) | Q(organisation=None)
    rows = jobs_for(user_of(request)).filter(shown)[:RECENT]
    note_shown(request, [scope.organisation] if scope.organisation else [])
    context = scope.context(rows=[job_row(job) for job in rows])
    return render(request, "reports/jobs.html", context)


@needs(Right.READ)
@require_safe
def running_jobs(request: HttpRequest) -> HttpResponse:
    """How many of the user's own jobs wait or run: the mark of the bar, fetched aside."""
    mine = jobs_for(user_of(request)).filter(owner=user_of(request), state__in=ACTIVE)
    numbers = list(mine.values_list("pk", flat=True))
    context = {"count": len(numbers), "number": numbers[0] if numbers else None}
    return render(request, "reports/running_jobs.html", context)


@needs(Right.READ)
@require_safe
def one_job(request: HttpRequest, number: int) -> HttpResponse:
    """Where a job is: a page, or its moving part for htmx."""
    return _page(request, _job_or_404(request, number))


@needs(Right.EXPORT)
@require_safe
def job_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The archive that a job made; once it is removed, the page of the job says so."""
    job = _job_or_404(request, number)
    scope_of(request, job.organisation)
    export = export_of(job)
    if export is None or job.state != Job.State.DONE:
        raise Http404
    try:
        if not export.gone:
            return FileResponse(export.path.open("rb"), as_attachment=True)
    except FileNotFoundError:
        pass  # removed between the two looks
    return _page(request, job, status=GONE)


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
    context = scope.context(
        page=page,
        export=export_of(job),
        kept_days=KEPT.days,
        opens=page.link is not None and opens(page.link[0], scope.rights | scope.everywhere),
    )
    return render(request, template, context, status=status)


def _job_or_404(request: HttpRequest, number: int) -> Job:
    job = jobs_for(user_of(request)).filter(pk=number).first()
    if job is None:
        raise Http404
    return job
