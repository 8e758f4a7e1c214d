"""Calendar addresses: the page that draws and withdraws them, and what a program reads there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs, organisations_of
from backoffice.federation.models import Approval
from backoffice.federation.roles import Right
from grants.agenda import agenda
from grants.models import CalendarFeed
from grants.services.calendars import draw_feed, feed_of, feeds_for, withdraw_feed
from reports.documents.calendar_file import calendar_file, calendar_name
from reports.forms import row_number
from reports.pages.deadlines import Row, row_of
from reports.views.scope import scope_of, user_of


@needs(Right.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def calendars(request: HttpRequest) -> HttpResponse:
    """The addresses of the user and of the services whose rows he may change; a POST draws one.

    It is shown once. Whoever has the address of a service reads it after a consent has ended: a
    consent draws none.
    """
    scope, user = scope_of(request), user_of(request)
    own = Approval.objects.filter(organisation__in=organisations_of(user, Right.EDIT))
    address = _drawn(request) if request.method == "POST" else ""
    feeds = {(one.user_id, one.approval_id): one for one in feeds_for(user)}
    lines = [
        (_("Toutes mes échéances"), "", feeds.get((user.pk, None))),
        *(
            (f"{one.name} ({one.code})", str(one.pk), feeds.get((None, one.pk)))
            for one in own.order_by("organisation__name", "code")
        ),
    ]
    context = scope.context(lines=lines, address=address)
    return render(request, "reports/calendars.html", context)


def _drawn(request: HttpRequest) -> str:
    """The address drawn for the user, or for the approval that the form names."""
    user, wanted = user_of(request), request.POST.get("approval", "")
    approval = None
    if wanted:
        own = Approval.objects.filter(organisation__in=organisations_of(user, Right.EDIT))
        approval = get_object_or_404(own, pk=row_number(wanted))
    token = draw_feed(by=user, approval=approval)
    return request.build_absolute_uri(reverse("calendar_feed", args=[token]))


@needs(Right.SEE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw an address."""
    feed = get_object_or_404(feeds_for(user_of(request)), pk=number)
    withdraw_feed(feed=feed)
    messages.success(request, _("L'adresse est retirée : elle ne répond plus."))
    return redirect(reverse("calendars") + scope_of(request).query)


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads: the open deadlines, to whoever knows the address."""
    feed = feed_of(token)
    if feed is None:
        raise Http404
    rows = _rows(feed)
    names = sorted({row.item.award.organisation.name for row in rows})
    if feed.approval is not None:
        names = [feed.approval.name]
    demo = any(row.item.award.organisation.is_demo for row in rows)
    site = request.build_absolute_uri("/").rstrip("/")
    content = calendar_file(rows, calendar_name(names, demo=demo), site)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="echeances.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _rows(feed: CalendarFeed) -> list[Row]:
    """The deadlines of a feed: those that its user may see now, or those of its service."""
    today = timezone.localdate()
    if feed.user is not None:
        organisations = list(organisations_of(feed.user))
    else:
        assert feed.approval is not None  # noqa: S101 - a feed has one of the two
        organisations = [feed.approval.organisation]
    items = agenda(organisations, today)
    if feed.approval_id is not None:
        items = [item for item in items if item.award.approval_id == feed.approval_id]
    return [row_of(item, today) for item in items]
