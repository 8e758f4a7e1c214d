"""The record of workers: their contract in force, the awards that pay them, their cost."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.db.models import DecimalField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backoffice.engine.periods import Period
from backoffice.federation.vocabulary import ApprovalKind
from backoffice.web.folding import Fold
from reports.pages.standing import State
from reports.records.options import days_of, exists, fixed, fte_in_force, in_force, touching
from reports.records.record import Asked, Child, Choice, Column, Record, Rows, Spread, Total
from staffing.models import Assignment, ContractLine, PayItem, Worker

STATES = {"present": _("En service"), "left": _("Sorti"), "coming": _("Pas encore en service")}
_TONES = {"present": "done", "left": "draft", "coming": "warning"}
_WHERE = {
    "present": Q(present=True),
    "left": Q(begun=True, present=False),
    "coming": Q(begun=False),
}


class _Working(Spread):
    """A worker belongs to a period by a contract line or by pay in it."""

    def where(self, period: Period) -> Q:
        """Those with a line that touches the period, or pay of it."""
        lines = ContractLine.objects.filter(touching(period), worker=OuterRef("pk"))
        return exists(lines) | exists(_pay(period))


def _described(rows: Rows, asked: Asked) -> Rows:
    lines = ContractLine.objects.filter(worker=OuterRef("pk"))
    described: Rows = rows.annotate(
        begun=Exists(lines.filter(starts_on__lte=asked.day)),
        present=Exists(lines.filter(in_force(asked.day))),
    )
    return described


def _prepared(rows: Rows, asked: Asked) -> Rows:
    lines = ContractLine.objects.select_related("approval").order_by("starts_on")
    held = Assignment.objects.filter(touching(asked.period)).order_by("post__award__reference")
    return rows.prefetch_related(
        Prefetch("contract_lines", lines, to_attr="lines"),
        Prefetch("assignments", held.select_related("post__award__approval"), to_attr="held"),
    )


def _arranged(workers: Sequence[Any], asked: Asked) -> None:
    """Give each worker the line in force (or else the last one begun), approvals, awards, cost."""
    costs = _costs(workers, asked)
    for worker in workers:
        begun = [line for line in worker.lines if line.starts_on <= asked.day]
        worker.line = (begun or worker.lines or [None])[-1 if begun else 0]
        awards = dict.fromkeys(one.post.award for one in worker.held)
        approvals = [award.approval for award in awards]
        approvals += [worker.line.approval] if worker.line else []
        worker.approvals = sorted({one.code for one in approvals if one is not None})
        worker.awards = [award.reference for award in awards]
        worker.cost = costs.get(worker.pk)


def _totals(found: Rows, asked: Asked, sums: Mapping[str, Any]) -> Mapping[str, Total]:
    """FTE under contract on the day, summed exactly; cost in cents; workers without pay."""
    lines = ContractLine.objects.filter(worker__in=found.values("pk"))
    costs: Mapping[int, int] = sums["cout"]
    unknown = sums["found"] - len(costs)
    said = ngettext("%(n)d sans paie", "%(n)d sans paie", unknown) % {"n": unknown}
    return {
        "etp": Total(fte_in_force(lines, asked.day)),
        "cout": Total(
            sum(costs.values()) if costs else None,
            (State("warning", said),) if unknown and costs else (),
        ),
    }


def _pay(period: Period | None) -> QuerySet[PayItem]:
    """The pay of the worker of an outer query."""
    return _of_period(PayItem.objects.filter(pay_month__worker=OuterRef("pk")), period)


def _of_period(items: QuerySet[PayItem], period: Period | None) -> QuerySet[PayItem]:
    if period is None:
        return items
    return items.filter(pay_month__month__gte=period.start, pay_month__month__lt=period.stop)


def _costs(workers: Any, asked: Asked) -> dict[int, int]:
    """What each of some workers cost in the period, in cents; without pay, none.

    Every item is read once, whatever the order of the list. SQLite adds in floats: the sum of
    one worker is far from half a cent off.
    """
    items = _of_period(PayItem.objects.filter(pay_month__worker__in=workers), asked.period)
    total = Sum("amount", output_field=DecimalField(max_digits=16, decimal_places=2))
    sums = items.order_by().values_list("pay_month__worker").annotate(total=total)
    return {worker: int((euros * 100).to_integral_value()) for worker, euros in sums}


def _figures(found: Rows, asked: Asked) -> dict[int, int]:
    return _costs(found.values("pk"), asked)


def _under(value: str, asked: Asked) -> Q:
    """A worker is under a kind of approval by a line, or by the award of a post."""
    lines = ContractLine.objects.filter(touching(asked.period), worker=OuterRef("pk"))
    held = Assignment.objects.filter(touching(asked.period), worker=OuterRef("pk"))
    return exists(lines.filter(approval__kind=value)) | exists(
        held.filter(post__award__approval__kind=value)
    )


def _state(worker: Any) -> tuple[State, ...]:
    state = "present" if worker.present else "left" if worker.begun else "coming"
    return (State(_TONES[state], str(STATES[state])),)


def _fte(worker: Any) -> Fraction | None:
    """Working time of the line, Q over S."""
    line = worker.line
    return None if line is None else Fraction(line.weekly_hours) / Fraction(line.full_time_hours)


def _line(name: str) -> Any:
    return lambda worker: None if worker.line is None else getattr(worker.line, name)


def _function(worker: Any) -> str:
    return str(worker.line.get_function_display() if worker.line else _("aucun contrat"))


def _contract(worker: Any) -> tuple[str, ...]:
    return () if worker.line is None else (days_of(worker.line),)


WORKERS = Record(
    slug="workers",
    address="travailleurs",
    model=Worker,
    label=_("Travailleurs"),
    one=_("Travailleur"),
    owner="organisation",
    title=lambda worker: f"{worker.number} {worker.name}",
    columns=(
        Column("numero", _("Numéro"), lambda row: row.number, "code", F("number"), shown=False),
        Column(
            "nom",
            _("Nom"),
            lambda row: row.name,
            sort=Fold(F("identity__name")),
            below=lambda row: (row.number,),
            width=28,
        ),
        Column("fonction", _("Fonction et contrat"), _function, below=_contract, width=22),
        Column("du", _("Contrat du"), _line("starts_on"), "day", shown=False),
        Column("au", _("au"), _line("ends_on"), "day", shown=False),
        Column("etat", _("État"), lambda row: _state(row)[0].words, shown=False, width=18),
        Column("etp", _("ETP"), _fte, "fte", width=9),
        Column(
            "agrements",
            _("Agréments et subventions"),
            lambda row: ", ".join(row.approvals),
            below=lambda row: (", ".join(row.awards),) if row.awards else (),
            width=20,
        ),
        Column(
            "subventions",
            _("Subventions"),
            lambda row: ", ".join(row.awards),
            shown=False,
            width=30,
        ),
        Column("cout", _("Coût de la période"), lambda row: row.cost, "money", figures=_figures),
        Column("situation", _("État"), lambda _row: "", "code", states=_state, filed=False),
    ),
    order="nom",
    ties=("organisation__name", "number", "pk"),
    searched=("number", "identity__name"),
    choices=(
        Choice(
            "agrement",
            _("Agrément"),
            fixed((kind, kind) for kind in ApprovalKind.values),
            _under,
        ),
        Choice("etat", _("État"), fixed(STATES.items()), lambda value, _asked: _WHERE[value]),
    ),
    spread=_Working("pay_months__month", "pay_months__month"),
    related=("identity",),
    described=_described,
    prepared=_prepared,
    arranged=_arranged,
    totals=_totals,
    on_day=True,
    fields=("number", "name"),
    children=(
        Child("contract_lines", "worker", "travailleur", summed=True),
        Child("assignments", "worker", "travailleur", summed=True),
        Child("worker_documents", "worker", "travailleur"),
    ),
    rests=lambda row: Q(award__posts__assignments__worker=row),
    hint=_("Contrat et état au jour de la situation."),
)
