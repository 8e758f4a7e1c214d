"""The memorandum on the site: asked as a job, its files offered to who may read aggregates."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.federation.access import needs
from backoffice.federation.jobs import AlreadyAsked
from backoffice.federation.models import Collection
from backoffice.federation.roles import Right
from reports.access_forms import MemorandumForm
from reports.memorandum.jobs import ask_memorandum
from reports.memorandum.published import published, published_file
from reports.pages.memorandum import tables_of
from reports.views.files import TYPES
from reports.views.scope import UNPROCESSABLE, scope_of, user_of


@needs(Right.AGGREGATES)
@require_http_methods(["GET", "HEAD", "POST"])
def memorandum_page(request: HttpRequest) -> HttpResponse:
    """What was published; a POST asks for the figures of a collection."""
    scope, collections = scope_of(request), Collection.objects.order_by("-year")
    initial = {"as_of": timezone.localdate()}
    form = MemorandumForm(collections, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            job = ask_memorandum(
                year=data["collection"].year, as_of=data["as_of"], by=user_of(request)
            )
        except AlreadyAsked as error:
            messages.error(request, str(error))
        else:
            return redirect(reverse("job", args=[job.pk]))
    written = published()
    newest = published_file(written[0].job.pk, "json") if written else None
    context = scope.context(
        form=form,
        published=written,
        asks=collections.exists(),
        tables=tables_of(newest) if newest else (),
    )
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "reports/memorandum.html", context, status=status)


@needs(Right.AGGREGATES)
@require_safe
def memorandum_file(request: HttpRequest, number: int, extension: str) -> HttpResponseBase:
    """One file of a published memorandum, as it was written."""
    path = published_file(number, extension)
    if path is None or extension not in TYPES:
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type=TYPES[extension]
    )
