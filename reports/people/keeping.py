"""How long what is held on a person must be kept: the last duration that still runs, and why.

Durations are the figures `retention.*`, in months; one that nobody knows keeps everything until
somebody fills it in, with its source.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.federation.models import Identity
from backoffice.web.templatetags.labels import said
from invoices.models import Invoice, SalesInvoice
from reports.models import Justification
from staffing.models import ContractLine, PayMonth, Worker

SOCIAL, ACCOUNTS, JUSTIFICATIONS = (
    "retention.social_documents",
    "retention.accounts",
    "retention.justifications",
)
_MONTHS = 12
_LAST_DAY_OF_A_YEAR = (12, 31)


@dataclass(frozen=True)
class Hold:
    """Why something is still kept: until a day, or None where nobody can say.

    `is_unknown`: the duration is not known, and somebody must fill it in; `code` is its figure, ""
    where no duration is what holds.
    """

    words: str
    until: date | None
    is_unknown: bool = False
    code: str = ""


def holds(identity: Identity, on: date, figures: Figures) -> tuple[Hold, ...]:
    """What forbids to erase a person on a day; empty: nothing does."""
    return tuple(_holds(identity, on, figures))


def _holds(identity: Identity, on: date, figures: Figures) -> Iterator[Hold]:
    lines = ContractLine.objects.filter(worker__identity=identity)
    if lines.filter(ends_on__isnull=True).exists() or lines.filter(ends_on__gte=on).exists():
        yield Hold(_("Un contrat court encore."), None)
        return
    for code, since in _starts(identity):
        hold = _hold(code, since, on, figures)
        if hold is not None:
            yield hold


def _starts(identity: Identity) -> Iterator[tuple[str, date]]:
    """Each duration that concerns the person, and the day from which it runs."""
    lines = ContractLine.objects.filter(worker__identity=identity, ends_on__isnull=False)
    last_line = lines.order_by("ends_on").last()
    if last_line is not None and last_line.ends_on is not None:
        yield SOCIAL, last_line.ends_on
    last_month = PayMonth.objects.filter(worker__identity=identity).order_by("month").last()
    years = [last_month.month.year] if last_month else []
    for invoices in (invoices_about(identity), SalesInvoice.objects.filter(identity=identity)):
        last_invoice = invoices.order_by("issued_on").last()
        years += [last_invoice.issued_on.year] if last_invoice else []
    if years:
        yield ACCOUNTS, date(max(years), *_LAST_DAY_OF_A_YEAR)
    claimed = [row.year for row in justifications_about(identity)]
    if claimed:
        yield JUSTIFICATIONS, date(max(claimed), *_LAST_DAY_OF_A_YEAR)


def _hold(code: str, since: date, on: date, figures: Figures) -> Hold | None:
    label = said(figures[code].label)
    try:
        months = figures.on(code, on).value
    except FigureNotDefined:
        months = None
    if months is None:
        return Hold(
            _("« %(label)s » : durée inconnue. Complétez la valeur de référence %(code)s.")
            % {"label": label, "code": code},
            None,
            is_unknown=True,
            code=code,
        )
    until = later(since, int(months))
    if until < on:
        return None
    words = _("« %(label)s » : à conserver jusqu'au %(day)s.")
    if figures.on(code, on).status == "to_confirm":
        words = _("« %(label)s » : à conserver jusqu'au %(day)s (durée à confirmer).")
    return Hold(words % {"label": label, "day": f"{until:%d/%m/%Y}"}, until, code=code)


def later(day: date, months: int) -> date:
    """The same day of the month some months later, or the last one of a shorter month."""
    index = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(index, _MONTHS)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def invoices_about(identity: Identity) -> QuerySet[Invoice]:
    """The purchase invoices that are about the work of a person, or that she sent."""
    return Invoice.objects.filter(Q(identity=identity) | Q(supplier__identity=identity))


def justifications_about(identity: Identity) -> list[Justification]:
    """The frozen documents that have a line on the person."""
    workers = set(Worker.objects.filter(identity=identity).values_list("number", flat=True))
    pieces = set(invoices_about(identity).values_list("piece", flat=True))
    if not workers | pieces:
        return []
    rows = Justification.objects.filter(award__organisation_id=identity.organisation_id)
    return [row for row in rows.order_by("pk") if _is_about(row, workers, pieces)]


def _is_about(row: Justification, workers: set[str], pieces: set[str]) -> bool:
    document = json.loads(row.document)
    return any(line["worker"] in workers for line in document.get("staff", ())) or any(
        line["piece"] in pieces for line in document.get("invoices", ())
    )
