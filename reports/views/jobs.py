"""The pages of the jobs: what was asked, where it is, what came of it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.jobs import cancel
from backoffice.federation.jobs.selectors import jobs_for
from backoffice.federation.models import Job
from reports.pages.job import job_page, job_row
from reports.views.scope import scope_of, user_of

RECENT = 50


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The latest jobs of the organisation."""
    scope = scope_of(request)
    rows = jobs_for(user_of(request)).filter(organisation=scope.organisation)[:RECENT]
    context = scope.context(rows=[job_row(job) for job in rows])
    return render(request, "reports/jobs.html", context)


@login_required
@require_safe
def one_job(request: HttpRequest, number: int) -> HttpResponse:
    """Where a job is: a page, or its moving part for htmx."""
    page = job_page(_job_or_404(request, number), timezone.now())
    template = "reports/job.html" + ("#standing" if request.headers.get("HX-Request") else "")
    return render(request, template, scope_of(request).context(page=page))


@login_required
@require_POST
def cancel_job(request: HttpRequest, number: int) -> HttpResponse:
    """Give a job up."""
    cancel(_job_or_404(request, number))
    return redirect(reverse("job", args=[number]) + scope_of(request).query)


def _job_or_404(request: HttpRequest, number: int) -> Job:
    job = jobs_for(user_of(request)).filter(pk=number).first()
    if job is None:
        raise Http404
    return job
