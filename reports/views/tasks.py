"""A task from the first page: set, given to somebody else, done, to do again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.federation.access import needs
from backoffice.federation.models import Task
from backoffice.federation.roles import Right
from backoffice.federation.services.tasks import (
    NotATask,
    done_lately,
    finish_task,
    hand_over_task,
    people_of,
    reopen_task,
    set_task,
    tasks_for,
)
from reports.today.task_forms import HandOverForm, TaskForm, people_choices
from reports.views.scope import scope_of, user_of


@needs(Right.SEE)
@require_POST
def set_one(request: HttpRequest) -> HttpResponse:
    """Ask something of someone of the service, oneself included."""
    scope = scope_of(request)
    form = TaskForm(scope.own, scope.as_of, request.POST)
    if not form.is_valid():
        for name, problems in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label} : {problems[0]}")
        return _back(scope.query)

    def act() -> None:
        to = people_of(scope.own).get(pk=form.cleaned_data["assigned_to"])
        set_task(organisation=scope.own, wish=form.wish, assigned_to=to, by=user_of(request))

    _try(request, act, _("La tâche est notée."))
    return _back(scope.query)


@needs(Right.SEE)
@require_POST
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Give a task to a colleague of the service."""
    task, by = get_object_or_404(tasks_for(user_of(request)), pk=number), user_of(request)
    scope = scope_of(request, about=task.organisation)
    form = HandOverForm(people_choices(task.organisation), number, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez à qui confier la tâche."))
        return _back(scope.query)
    to = people_of(task.organisation).get(pk=form.cleaned_data["to"])
    said = _("La tâche est confiée à %s.") % (to.get_full_name() or to.get_username())
    _try(request, lambda: hand_over_task(task=task, to=to, by=by), said)
    return _back(scope.query)


@needs(Right.SEE)
@require_POST
def finish(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a task is done."""
    task = get_object_or_404(tasks_for(user_of(request)), pk=number)
    return _change(request, task, finish_task, _("Tâche faite."))


@needs(Right.SEE)
@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a task is not done after all."""
    task = get_object_or_404(done_lately(user_of(request)), pk=number)
    return _change(request, task, reopen_task, _("La tâche est de nouveau à faire."))


def _change(
    request: HttpRequest, task: Task, service: Callable[..., None], said: str
) -> HttpResponse:
    scope = scope_of(request, about=task.organisation)
    _try(request, lambda: service(task=task, by=user_of(request)), said)
    return _back(scope.query)


def _try(request: HttpRequest, act: Callable[[], object], said: str) -> None:
    """Do it, and say so or why not."""
    try:
        act()
    except NotATask as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def _back(query: str) -> HttpResponse:
    return redirect(f"{reverse('today')}{query}#taches")
