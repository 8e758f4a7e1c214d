"""Deadlines as an iCalendar file: all-day events that a calendar program subscribes to."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from backoffice.web.templatetags.labels import cited, said
from grants.models import DeadlineEvent
from grants.services.reminders import schedule
from reports.documents.words import STATUSES
from reports.pages.deadlines import Row

_NAMESPACE = UUID("6f1c7a52-52a5-4c0e-9d0c-7b8f4a3b1e20")
_HOUR = timedelta(hours=9)
"""The hour of the day, in Brussels as all its users are, at which an alarm rings."""


def calendar_file(rows: Sequence[Row], name: str, site: str) -> bytes:
    """One event for each open deadline; `site` is the address that its links begin with.

    An event keeps its identifier when its deadline moves, and its sequence number rises.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Subventions//Échéances//{(get_language() or 'fr')[:2].upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Brussels")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for row in rows:
        if row.can_close:
            calendar.add_component(_event(row, site))
    return bytes(calendar.to_ical())


def _event(row: Row, site: str) -> Event:
    item, stored = row.item, row.item.row
    assert stored is not None  # noqa: S101 - only stored deadlines can be closed
    organisation = item.award.organisation
    changes = list(stored.events.all())
    moves = [one for one in changes if one.kind == DeadlineEvent.Kind.MOVED]
    changed_at: datetime = changes[-1].at if changes else stored.created_at
    demo = "DEMO " if organisation.is_demo else ""
    event = Event()
    event.add("uid", str(uuid5(_NAMESPACE, f"{organisation.enterprise_number}/{stored.pk}")))
    event.add("sequence", len(moves))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", stored.due_on)
    event.add("dtend", stored.due_on + timedelta(days=1))
    event.add("summary", _(" : ").join((f"{demo}{item.award.reference}", said(item.due.label))))
    event.add("description", "\n".join(_description(row)))
    event.add("url", site + reverse("deadline", args=[stored.pk]))
    event.add("transp", "TRANSPARENT")
    for alarm in _alarms(stored.kind, said(item.due.label)):
        event.add_component(alarm)
    return event


def _description(row: Row) -> Iterator[str]:
    """The exercise, what a miss costs, the source: no person."""
    item = row.item
    yield _("Exercice %s") % item.exercise.year
    if item.due.consequence:
        yield said(item.due.consequence)
    if row.cost:
        yield _("Si elle est manquée : %s") % row.cost
    yield from row.costs
    yield f"{cited(item.due.source)} ({STATUSES[item.due.status]})"


def _alarms(kind: str, label: str) -> Iterator[Alarm]:
    for days in schedule().days_of(kind):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", label)
        alarm.add("trigger", _HOUR - timedelta(days=days))
        yield alarm


def calendar_name(names: Sequence[str], *, demo: bool) -> str:
    """What the program calls the calendar: the one service or employer that it is about."""
    title = _("Échéances")
    name = f"{title} {names[0]}" if len(names) == 1 else title
    return f"DEMO {name}" if demo and "DEMO" not in name else name
