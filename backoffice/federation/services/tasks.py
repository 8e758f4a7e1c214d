"""What people of a service ask of each other: set, given to someone else, done."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from backoffice.federation.access import organisations_for
from backoffice.federation.models import Organisation, Task

LATELY = timedelta(days=14)
"""How long a task that is done can be brought back from the first page."""


class NotATask(ValueError):
    """The task cannot be set or changed so; the message says why."""


@dataclass(frozen=True)
class Wish:
    """What is asked: a sentence, a day, and the address and words of a page of this site."""

    text: str
    due_on: date | None = None
    link: str = ""
    link_words: str = ""


def tasks_for(user: User | AnonymousUser) -> QuerySet[Task]:
    """The open tasks of the services that a user may see, the most pressing first."""
    by_day = F("due_on").asc(nulls_last=True)
    return _seen_by(user).filter(done_at=None).order_by(by_day, "pk")


def done_lately(user: User | AnonymousUser) -> QuerySet[Task]:
    """The tasks of those services done in the last two weeks, the newest first."""
    return _seen_by(user).filter(done_at__gte=timezone.now() - LATELY).order_by("-done_at", "pk")


def _seen_by(user: User | AnonymousUser) -> QuerySet[Task]:
    rows = Task.objects.filter(organisation__in=organisations_for(user))
    return rows.select_related("organisation", "assigned_to", "set_by", "done_by")


def people_of(organisation: Organisation) -> QuerySet[User]:
    """Who may be given a task of an organisation: those who have a role in it."""
    found = User.objects.filter(memberships__organisation=organisation, is_active=True)
    return found.distinct().order_by("username")


@transaction.atomic
def set_task(
    *,
    organisation: Organisation,
    wish: Wish,
    assigned_to: User,
    by: User,
) -> Task:
    """Ask something of someone.

    Raises:
        NotATask: one of the two has no role in the organisation, or the page is not of this site.
    """
    people = set(people_of(organisation).values_list("pk", flat=True))
    if not {assigned_to.pk, by.pk} <= people:
        raise NotATask(_("Une tâche se donne entre personnes du même service."))
    if wish.link and not _is_ours(wish.link):
        raise NotATask(_("L'adresse doit être celle d'une page de ce site."))
    task = Task(
        organisation=organisation,
        text=wish.text,
        assigned_to=assigned_to,
        due_on=wish.due_on,
        link=wish.link,
        link_words=wish.link_words,
        set_by=by,
    )
    task.save()
    return task


def _is_ours(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)


@transaction.atomic
def hand_over_task(*, task: Task, to: User, by: User) -> None:
    """Give an open task to another person of the service.

    Raises:
        NotATask: one of the two has no role in the organisation, or the task is done.
    """
    row = _locked(task, by)
    if not people_of(task.organisation).filter(pk=to.pk).exists():
        raise NotATask(_("Une tâche se donne entre personnes du même service."))
    if row.done_at is not None:
        raise NotATask(_("Cette tâche est déjà faite : rouvrez-la d'abord."))
    row.assigned_to = to
    row.save()


@transaction.atomic
def finish_task(*, task: Task, by: User) -> None:
    """Say that a task is done; done twice is once.

    Raises:
        NotATask: whoever says so has no role in the organisation.
    """
    row = _locked(task, by)
    if row.done_at is None:
        row.done_by, row.done_at = by, timezone.now()
        row.save()


@transaction.atomic
def reopen_task(*, task: Task, by: User) -> None:
    """Say that a task is not done after all.

    Raises:
        NotATask: whoever says so has no role in the organisation.
    """
    row = _locked(task, by)
    row.done_by = row.done_at = None
    row.save()


def _locked(task: Task, by: User) -> Task:
    if not people_of(task.organisation).filter(pk=by.pk).exists():
        raise NotATask(_("Seule une personne du service change ses tâches."))
    return Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
