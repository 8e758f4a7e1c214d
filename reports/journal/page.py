"""The journal of an organisation, or of the site: by person, day and kind of act, fifty a page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.models import Organisation
from backoffice.web.days import DAY_FORMATS, DayInput
from reports.journal.reading import Line, lines, sealed_up_to
from reports.journal.words import name_of

PAGE = 50
SYSTEM = "0"


class JournalForm(forms.Form):
    """What is asked of the journal, in the address."""

    par = forms.ChoiceField(label=_("Par"), required=False)
    acte = forms.ChoiceField(
        label=_("Acte"), required=False, choices=[("", _("Tous")), *AuditEntry.Act.choices]
    )
    depuis = forms.DateField(
        label=_("Depuis le"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput,
    )
    jusque = forms.DateField(
        label=_("Jusqu'au"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput,
    )

    def __init__(self, data: QueryDict, people: list[tuple[str, Any]], kept: str) -> None:
        super().__init__(data, auto_id="journal-%s")
        self._kept = kept
        field = self.fields["par"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Tous")), (SYSTEM, _("système et commandes")), *people]
        self.is_valid()

    def asked(self, name: str) -> Any:
        """What is asked under a name, or None."""
        return self.cleaned_data.get(name) or None

    @property
    def is_narrowed(self) -> bool:
        return any(self.asked(name) for name in self.fields)

    @property
    def cleared(self) -> str:
        """The address of the whole journal."""
        return f"?{self._kept}"

    @property
    def query(self) -> str:
        """The address of this list, without its page."""
        asked = {name: self.data[name] for name in self.fields if self.asked(name)}
        return f"?{'&'.join(filter(None, (self._kept, urlencode(asked))))}"


@dataclass(frozen=True)
class Journal:
    """One page of the journal; `sealed_until` says up to when its entries are chained."""

    form: JournalForm
    page: Page[AuditEntry]
    lines: list[Line]
    sealed_until: datetime | None
    is_site: bool


def journal_page(organisation: Organisation | None, data: QueryDict, kept: str) -> Journal:
    """What the address asks for.

    Args:
        organisation: whose trail; None: what concerns the whole site.
        data: the address.
        kept: what its links carry from page to page.
    """
    rows = AuditEntry.objects.filter(organisation=organisation)
    form = JournalForm(data, _people(rows), kept)
    found = _narrowed(rows, form).select_related("actor").order_by("-pk")
    page = Paginator(found, PAGE).get_page(data.get("page"))
    key = organisation.pk if organisation else None
    last = sealed_up_to([key]).get(key)
    until = rows.filter(pk=last).values_list("at", flat=True).first() if last else None
    return Journal(form, page, lines(list(page)), until, organisation is None)


def _people(rows: QuerySet[AuditEntry]) -> list[tuple[str, str]]:
    """The accounts that have done something there, by name."""
    keys = rows.order_by().values_list("actor", flat=True).distinct()
    users = User.objects.filter(pk__in=[key for key in keys if key is not None])
    named = [(str(user.pk), name_of(user)) for user in users]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _narrowed(rows: QuerySet[AuditEntry], form: JournalForm) -> QuerySet[AuditEntry]:
    by, act = form.asked("par"), form.asked("acte")
    since, until = form.asked("depuis"), form.asked("jusque")
    if by:
        rows = rows.filter(actor=None) if by == SYSTEM else rows.filter(actor=int(by))
    if act:
        rows = rows.filter(act=act)
    if since:
        rows = rows.filter(at__gte=_midnight(since))
    if until:
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
