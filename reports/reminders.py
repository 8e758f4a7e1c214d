"""The mail of a user's reminders: awards, days and euros, never the name of a worker."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.federation.mailing import page_link
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day
from grants.agenda import agenda
from grants.models import DeadlineReminder
from reports.pages.deadlines import Row, row_of
from reports.pages.standing import days_words


def rows_of(reminders: Sequence[DeadlineReminder], on: date) -> Mapping[int, Row]:
    """The deadlines of reminders as people read them, by their key."""
    organisations = {one.deadline.award.organisation_id for one in reminders}
    items = agenda(Organisation.objects.filter(pk__in=organisations), on)
    return {item.row.pk: row_of(item, on) for item in items if item.row is not None}


def mail_of(
    reminders: Sequence[DeadlineReminder], rows: Mapping[int, Row], on: date
) -> EmailMessage:
    """One mail to one user; `reminders` are his, at least one."""
    keys = list(dict.fromkeys(one.deadline_id for one in reminders))
    first = min(one.due_on for one in reminders)
    subject = ngettext(
        "%(count)d échéance à venir, la première le %(day)s",
        "%(count)d échéances à venir, la première le %(day)s",
        len(keys),
    ) % {"count": len(keys), "day": day(first)}
    lines = [line for key in keys if key in rows for line in _lines(rows[key], on)]
    page = page_link(reverse("deadlines"))
    detail = _("Le détail est sur la page « Échéances » : %s") % page if page else ""
    detail = detail or _("Le détail est sur la page « Échéances ».")
    closing = [detail, "", _("Le logiciel des subventions")]
    body = "\n".join([_("Bonjour,"), "", *lines, *closing])
    return EmailMessage(subject, body, to=[reminders[0].user.email])


def _lines(row: Row, on: date) -> Iterator[str]:
    item = row.item
    due_on = item.due.due_on
    assert due_on is not None  # noqa: S101 - a stored deadline has its day
    yield _("%(day)s (%(days)s), %(organisation)s, %(award)s : %(label)s") % {
        "day": day(due_on),
        "days": days_words((due_on - on).days),
        "organisation": item.award.organisation.name,
        "award": item.award.reference,
        "label": said(item.due.label),
    }
    if row.cost:
        yield "  " + _("Si elle est manquée : %s") % row.cost
    if item.row is not None and (page := page_link(reverse("deadline", args=[item.row.pk]))):
        yield f"  {page}"
    yield ""
