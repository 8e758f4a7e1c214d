"""The list of workers: found, sorted, fifty a page, with what they cost in the period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import BaseExpression
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.engine.periods import Period, year_period
from backoffice.federation.models import Organisation
from backoffice.federation.vocabulary import ApprovalKind
from backoffice.web.folding import Fold
from reports.pages.listed import (
    Head,
    ListForm,
    cents,
    holding,
    of_organisations,
    ordered,
    page_of,
    years_between,
)
from reports.pages.standing import State
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker

STATES = {"present": _("En service"), "left": _("Sorti"), "coming": _("Pas encore en service")}
_TONES = {"present": "done", "left": "draft", "coming": "warning"}
SORTS: dict[str, BaseExpression | F] = {
    "nom": Fold(F("identity__name")),
    "numero": F("number"),
    "organisation": Fold(F("organisation__name")),
}
_TIES = ("organisation__name", "number", "pk")


class WorkersForm(ListForm):
    """What is asked of the list of workers."""

    agrement = forms.ChoiceField(
        label=_("Agrément"),
        required=False,
        choices=[("", _("Tous")), *((kind, kind) for kind in ApprovalKind.values)],
    )


@dataclass(frozen=True)
class WorkerRow:
    """One worker: the contract line in force, or else the last one begun, and the period's cost."""

    worker: Worker
    line: ContractLine | None
    state: State
    approvals: tuple[str, ...]
    awards: tuple[str, ...]
    cost: int | None

    @property
    def fte(self) -> Fraction | None:
        """Working time of the line, Q over S."""
        if self.line is None:
            return None
        return Fraction(self.line.weekly_hours) / Fraction(self.line.full_time_hours)


@dataclass(frozen=True)
class Totals:
    """Of the whole selection: FTE under contract on the day, cost in cents, workers without pay."""

    count: int
    fte: Fraction
    cost: int | None
    unknown: int


@dataclass(frozen=True)
class Selection:
    """Everything that the address asks for, not yet cut in pages."""

    form: WorkersForm
    found: QuerySet[Worker]
    period: Period | None
    day: date


@dataclass(frozen=True)
class WorkersPage:
    """Fifty workers, the totals of all those found, and the heads of the columns."""

    form: WorkersForm
    rows: tuple[WorkerRow, ...]
    page: Page[Worker]
    totals: Totals
    heads: tuple[Head, ...]
    day: date


def selection(organisations: Sequence[Organisation], data: QueryDict, as_of: date) -> Selection:
    """The workers that an address asks for, among those of some organisations."""
    months = PayMonth.objects.filter(worker__organisation__in=organisations)
    years = years_between(months, "month")
    form = WorkersForm(data, organisations, years, STATES, (*SORTS, "cout"))
    year = form.asked("annee")
    period = year_period(year) if year else None
    day = as_of if year in {None, as_of.year} else date(year, 12, 31)
    rows = of_organisations(Worker.objects.all(), form, organisations)
    rows = _described(holding(rows, form.asked("texte"), ("number", "identity__name")), day)
    rows = _narrowed(rows, form, period)
    sorts = SORTS | {"cout": _cost(period)}
    return Selection(form, ordered(rows, form.asked("tri") or "nom", sorts, _TIES), period, day)


def workers_page(chosen: Selection, data: QueryDict) -> WorkersPage:
    """One page of a selection."""
    costs = _costs(chosen)
    totals = _totals(chosen, costs)
    page = page_of(_with_lines(chosen), totals.count, data)
    form = chosen.form
    heads = (
        form.head(_("Travailleur"), "nom"),
        *([form.head(_("Organisation"), "organisation")] if "organisation" in form.fields else ()),
        form.head(_("Fonction et contrat")),
        form.head(_("ETP"), numeric=True),
        form.head(_("Agréments et subventions")),
        form.head(_("Coût de la période"), "cout", numeric=True),
        form.head(_("État")),
    )
    rows = tuple(_rows(page, chosen.day, costs))
    return WorkersPage(form, rows, page, totals, heads, chosen.day)


def every_row(chosen: Selection) -> list[WorkerRow]:
    """The whole selection, for a file."""
    workers = _with_lines(chosen).iterator(chunk_size=1_000)
    return list(_rows(workers, chosen.day, _costs(chosen)))


def _costs(chosen: Selection) -> dict[int, int]:
    """Cents that each worker of a selection cost in the period; without pay there is no entry."""
    mine = chosen.found.order_by().values("pk")
    items = _of_period(PayItem.objects.filter(pay_month__worker__in=mine), chosen.period)
    sums = items.order_by().values_list("pay_month__worker").annotate(total=Sum(cents("amount")))
    return {worker: int(total) for worker, total in sums}


def _totals(chosen: Selection, costs: Mapping[int, int]) -> Totals:
    """The totals of a selection, summed on whole cents and exact hours."""
    mine = chosen.found.order_by().values("pk")
    lines = ContractLine.objects.filter(_in_force(chosen.day), worker__in=mine)
    hours = lines.values_list("weekly_hours", "full_time_hours")
    count = chosen.found.count()
    return Totals(
        count=count,
        fte=sum((Fraction(part) / Fraction(full) for part, full in hours), Fraction(0)),
        cost=sum(costs.values()) if costs else None,
        unknown=count - len(costs),
    )


def _described(rows: QuerySet[Worker], day: date) -> QuerySet[Worker]:
    """Whether each worker has begun and is in service on the day."""
    lines = ContractLine.objects.filter(worker=OuterRef("pk"))
    return rows.annotate(
        begun=Exists(lines.filter(starts_on__lte=day)),
        present=Exists(lines.filter(_in_force(day))),
    )


def _cost(period: Period | None) -> Subquery:
    """The cost of a worker, to sort by; what is shown is summed once for all, in `_costs`."""
    items = _items(period).order_by().values("pay_month__worker")
    return Subquery(items.annotate(total=Sum(cents("amount"))).values("total"))


def _narrowed(rows: QuerySet[Worker], form: WorkersForm, period: Period | None) -> QuerySet[Worker]:
    lines = ContractLine.objects.filter(_touching(period), worker=OuterRef("pk"))
    held = Assignment.objects.filter(_touching(period), worker=OuterRef("pk"))
    if period is not None:
        rows = rows.filter(Exists(lines) | Exists(_items(period)))
    if kind := form.asked("agrement"):
        rows = rows.filter(
            Exists(lines.filter(approval__kind=kind))
            | Exists(held.filter(post__award__approval__kind=kind))
        )
    states = {
        "present": Q(present=True),
        "left": Q(begun=True, present=False),
        "coming": Q(begun=False),
    }
    return rows.filter(states.get(form.asked("etat"), Q()))


def _with_lines(chosen: Selection) -> QuerySet[Worker]:
    lines = ContractLine.objects.select_related("approval").order_by("starts_on")
    held = Assignment.objects.filter(_touching(chosen.period)).order_by("post__award__reference")
    return chosen.found.prefetch_related(
        Prefetch("contract_lines", lines, to_attr="lines"),
        Prefetch("assignments", held.select_related("post__award__approval"), to_attr="held"),
    )


def _rows(workers: Iterable[Any], day: date, costs: Mapping[int, int]) -> Iterator[WorkerRow]:
    for worker in workers:
        begun = [line for line in worker.lines if line.starts_on <= day]
        state = "present" if worker.present else "left" if worker.begun else "coming"
        awards = dict.fromkeys(one.post.award for one in worker.held)
        line = (begun or worker.lines or [None])[-1 if begun else 0]
        approvals = [award.approval for award in awards] + [line.approval if line else None]
        yield WorkerRow(
            worker=worker,
            line=line,
            state=State(_TONES[state], str(STATES[state])),
            approvals=tuple(sorted({one.code for one in approvals if one is not None})),
            awards=tuple(award.reference for award in awards),
            cost=costs.get(worker.pk),
        )


def _in_force(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _touching(period: Period | None) -> Q:
    if period is None:
        return Q()
    return Q(starts_on__lt=period.stop) & (Q(ends_on__isnull=True) | Q(ends_on__gte=period.start))


def _items(period: Period | None) -> QuerySet[PayItem]:
    """The pay of the worker of an outer query."""
    return _of_period(PayItem.objects.filter(pay_month__worker=OuterRef("pk")), period)


def _of_period(items: QuerySet[PayItem], period: Period | None) -> QuerySet[PayItem]:
    if period is None:
        return items
    return items.filter(pay_month__month__gte=period.start, pay_month__month__lt=period.stop)
