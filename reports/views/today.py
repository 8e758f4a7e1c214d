"""The first page: what the day asks, of one service or of several, or what a role may open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.roles import Right
from reports.today.openings import openings_for
from reports.today.page import service_lines, today_page
from reports.today.task_forms import TaskForm
from reports.today.tasks import just_done, my_tasks, open_tasks, set_for_others
from reports.views.scope import scope_of, user_of
from reports.workflow.selectors import Reader


@needs(Right.READ)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The address of the site: the page of the day, or the dossiers of the year that it names."""
    name = "subsidies" if request.GET.get("annee") else "today"
    query = request.GET.urlencode()
    return redirect(reverse(name) + (f"?{query}" if query else ""))


@needs(Right.READ)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What the day asks."""
    scope, user = scope_of(request), user_of(request)
    if scope.organisation is None:
        has_role = user.federation_roles.exists()
        context = scope.context(openings=openings_for(user), has_role=has_role)
        return render(request, "reports/today_openings.html", context)
    several = len(scope.organisations) > 1 and not request.GET.get("organisation")
    note_shown(request, scope.organisations if several else [scope.organisation])
    if several:
        lines = service_lines(scope.organisations, scope.as_of)
        tasks = open_tasks(user, scope.organisations)
        context = scope.context(
            lines=[(line, tasks.get(line.organisation.pk, 0)) for line in lines]
        )
        return render(request, "reports/today_services.html", context)
    written = request.GET.get("annee", "")
    asked = int(written) if written.isdecimal() and len(written) == len("2026") else None
    about = request.GET.get("sujet", "")
    page = today_page(scope.own, asked, scope.as_of, Reader(user.pk, scope.rights))
    context = scope.context(
        page=page,
        tasks=my_tasks(user, scope.own, scope.as_of),
        given=set_for_others(user, scope.own, scope.as_of),
        done=just_done(user, scope.own),
        form=TaskForm(scope.own, scope.as_of, initial={"assigned_to": user.pk, "about": about}),
        noting=bool(about),
    )
    return render(request, "reports/today.html", context)
