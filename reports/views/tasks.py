"""Setting a task and saying that it is done, from the first page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from backoffice.federation.services.tasks import NotATask, Wish, finish_task, set_task, tasks_for
from reports.today.tasks import TaskForm
from reports.views.scope import scope_of, user_of


@needs(Right.SEE)
@require_POST
def set_one(request: HttpRequest) -> HttpResponse:
    """Ask something of someone of the service, oneself included."""
    scope = scope_of(request)
    form = TaskForm(scope.own, request.POST)
    if not form.is_valid():
        for name, problems in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label} : {problems[0]}")
        return _back(scope.query)
    try:
        set_task(
            organisation=scope.own,
            wish=Wish(form.cleaned_data["text"], form.cleaned_data["due_on"]),
            assigned_to=form.cleaned_data["assigned_to"],
            by=user_of(request),
        )
    except NotATask as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("La tâche est notée."))
    return _back(scope.query)


@needs(Right.SEE)
@require_POST
def finish(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a task is done."""
    task = get_object_or_404(tasks_for(user_of(request)), pk=number)
    scope = scope_of(request, about=task.organisation)
    try:
        finish_task(task=task, by=user_of(request))
    except NotATask as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Tâche faite."))
    return _back(scope.query)


def _back(query: str) -> HttpResponse:
    return redirect(f"{reverse('today')}{query}#taches")
