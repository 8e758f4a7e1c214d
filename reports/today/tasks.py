"""My tasks: those that people set, those just done, those that follow from what waits for me."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.federation.access import rights_over
from backoffice.federation.models import Job, Organisation, Task
from backoffice.federation.roles import Right
from backoffice.federation.services.tasks import done_lately, tasks_for
from reports.models import JustificationFile, State, WorkbookImport
from reports.pages.job import job_label
from reports.pages.standing import days_words
from reports.today.task_forms import HandOverForm, PersonChoice, people_choices

MOST_TASKS = 20
FRESH = timedelta(days=2)


@dataclass(frozen=True)
class TaskLine:
    """One task: `number` is None for one that ends by itself; `when` says how it presses."""

    words: str
    address: str
    link_words: str
    when: str
    is_late: bool
    number: int | None = None
    who: str = ""
    hand_over: HandOverForm | None = None


def my_tasks(user: User, organisation: Organisation, today: date) -> list[TaskLine]:
    """What waits for someone in an organisation; the queries do not grow with the rows."""
    rows = tasks_for(user).filter(organisation=organisation, assigned_to=user)[:MOST_TASKS]
    people = people_choices(organisation)
    return [
        *(_line(row, today, people) for row in rows),
        *_to_move_on(user, organisation),
        *_to_import(user, organisation),
        *_ready(user, organisation),
    ]


def set_for_others(user: User, organisation: Organisation, today: date) -> list[TaskLine]:
    """The open tasks that someone has given to others."""
    rows = tasks_for(user).filter(organisation=organisation, set_by=user)
    people = people_choices(organisation)
    return [_line(row, today, people) for row in rows.exclude(assigned_to=user)[:MOST_TASKS]]


def just_done(user: User, organisation: Organisation) -> list[TaskLine]:
    """What someone has said to be done lately, or what was asked of them."""
    rows = done_lately(user).filter(organisation=organisation)
    rows = rows.filter(Q(assigned_to=user) | Q(done_by=user))
    return [
        TaskLine(row.text, row.link, row.link_words, "", is_late=False, number=row.pk)
        for row in rows[:MOST_TASKS]
    ]


def open_tasks(user: User, organisations: Sequence[Organisation]) -> dict[int, int]:
    """How many open tasks someone has in each organisation: one query."""
    found: dict[int, int] = {}
    rows = Task.objects.filter(assigned_to=user, organisation__in=organisations, done_at=None)
    for number in rows.values_list("organisation", flat=True):
        found[number] = found.get(number, 0) + 1
    return found


def _line(row: Task, today: date, people: Sequence[PersonChoice]) -> TaskLine:
    others = [one for one in people if one[0] != row.assigned_to_id]
    days = None if row.due_on is None else (row.due_on - today).days
    return TaskLine(
        words=row.text,
        address=row.link,
        link_words=row.link_words or _("Voir"),
        when="" if days is None else days_words(days),
        is_late=days is not None and days < 0,
        number=row.pk,
        who=row.assigned_to.get_full_name() or row.assigned_to.get_username(),
        hand_over=HandOverForm(others, row.pk) if others else None,
    )


_STEPS = {
    State.READY: (Right.APPROVE, gettext_lazy("Approuver la justification %(award)s, %(year)s")),
    State.APPROVED: (Right.JUSTIFY, gettext_lazy("Figer la justification %(award)s, %(year)s")),
    State.FROZEN: (Right.JUSTIFY, gettext_lazy("Envoyer la justification %(award)s, %(year)s")),
}
"""The right that the next step of a justification asks for, and what it is."""


def _to_move_on(user: User, organisation: Organisation) -> Iterator[TaskLine]:
    """The justifications whose next step is one's own; nobody approves what they prepared."""
    rights = rights_over(user, organisation)
    mine = [state for state, (right, _words) in _STEPS.items() if right in rights]
    rows = JustificationFile.objects.filter(award__organisation=organisation, state__in=mine)
    rows = rows.exclude(state=State.READY, prepared_by=user).select_related("award")
    for row in rows.order_by("year", "award__reference")[:MOST_TASKS]:
        named = {"award": row.award.reference, "year": row.year}
        words = str(_STEPS[State(row.state)][1]) % named
        address = reverse("justification", args=[row.award.reference, row.year])
        yield TaskLine(words, address, _("Voir"), "", is_late=False)


def _to_import(user: User, organisation: Organisation) -> Iterator[TaskLine]:
    """Files that one handed in and that are looked at, not imported yet."""
    rows = WorkbookImport.objects.filter(
        organisation=organisation, uploaded_by=user, state=WorkbookImport.State.PREVIEWED
    )
    for row in rows.order_by("-pk")[:MOST_TASKS]:
        words = _("Terminer l'import de %s") % (row.name or _("un classeur"))
        yield TaskLine(words, reverse("import", args=[row.pk]), _("Voir"), "", is_late=False)


def _ready(user: User, organisation: Organisation) -> Iterator[TaskLine]:
    """Files that a job of one's own has made lately, and jobs that failed."""
    jobs = Job.objects.filter(
        organisation=organisation, owner=user, ended_at__gte=timezone.now() - FRESH
    ).exclude(kind__in=("look", "import"))
    for job in jobs.order_by("-pk")[:MOST_TASKS]:
        address = reverse("job", args=[job.pk])
        if job.state == Job.State.DONE and job.result.get("page"):
            words = _("Fichier prêt : %s") % job_label(job)
            yield TaskLine(words, address, _("Voir"), "", is_late=False)
        elif job.state == Job.State.FAILED:
            words = _("À redemander, ce travail a échoué : %s") % job_label(job)
            yield TaskLine(words, address, _("Voir"), "", is_late=True)
