"""An employer-year read once from the database, as the engine receives it; the only bridge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch

from backoffice.engine.claims.inputs import Award, Known, MonthIndex
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.index_series import IndexTables
from backoffice.engine.indexation import IndexEvent, UnknownRegime, coefficient, regime_events
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Period, month_start, month_text, year_period
from backoffice.engine.sheet import FigureUse, decimal_text, labels
from backoffice.federation.models import Approval, Organisation
from backoffice.figures.vocabulary import cost_items
from grants.models import Amendment, Instalment, Post, Receipt
from grants.models import Award as AwardRow
from grants.selectors import awards_of_year, figures_registry, index_tables_of
from grants.snapshots import AwardFacts, award_facts, post_columns
from grants.terms import read_yes_no
from invoices.selectors import analytical_costs
from invoices.snapshots import InvoiceFacts, Purchases, invoice_facts, part_columns
from reports.slices import SliceFacts, scale_of, slices_of
from staffing.snapshots import StaffFacts, staff_facts, whole_years

_COEFFICIENT = labels("Coefficient d'index (base 138,01)", "Indexcoëfficiënt (basis 138,01)")
_CROSSED = "Pivot n° %s, franchi en %s"


@dataclass(frozen=True)
class YearFacts:
    """Everything that the justifications of an employer-year rest on.

    `awards` in order of reference; `slices` and `slice_facts` row by row; `inputs` and `known` are
    what the engine settles, by index of the award. `paid_years` are those paid in each month here,
    read only where an award compares volumes of employment over the years. `renewals` is, by key of
    an award, the one that it renews, read only where one of the year renews another. `earlier`
    holds every award that began before the end of the year, where one of the year asks what came
    before it. `approvals` are all those of the employer, each with its volumes; `analytical_costs`
    the analytical accounts with costs in the trial balance of the year, None when none was
    imported.
    """

    organisation: Organisation
    year: int
    as_of: date
    awards: tuple[AwardFacts, ...]
    staff: StaffFacts
    invoices: InvoiceFacts
    slices: Slices
    slice_facts: tuple[SliceFacts, ...]
    inputs: tuple[Award, ...]
    known: Mapping[int, Known]
    approvals: tuple[Approval, ...]
    analytical_costs: frozenset[str] | None
    paid_years: frozenset[int] = frozenset()
    earlier: tuple[AwardRow, ...] = ()
    renewals: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class YearTables:
    """What every employer of a year shares: the figures, and the index of a regime once asked."""

    registry: Figures
    year: Period
    _known: dict[str, Mapping[tuple[str, int], MonthIndex]] = field(default_factory=dict)

    def index(self, regimes: Iterable[str]) -> dict[tuple[str, int], MonthIndex]:
        """The index of these regimes in each month of the year."""
        found: dict[tuple[str, int], MonthIndex] = {}
        for regime in regimes:
            if regime not in self._known:
                self._known[regime] = _index(index_tables_of(self.registry), regime, self.year)
            found.update(self._known[regime])
        return found


def year_tables(year: int) -> YearTables:
    """The figures as they are filled in today, for one year; one query."""
    return YearTables(figures_registry(), year_period(year))


def year_facts(
    organisation: Organisation, year: int, as_of: date, tables: YearTables | None = None
) -> YearFacts:
    """Read an employer-year as it was known on `as_of`, in a constant number of queries.

    `tables`, when many employers are read, are those of the same year.
    """
    tables = tables or year_tables(year)
    period = year_period(year)
    rows = awards_of_year(organisation, year).prefetch_related(
        "terms",
        "approval__sites",
        "deadlines",
        Prefetch("amendments", Amendment.objects.order_by("number")),
        Prefetch("posts", Post.objects.order_by("code")),
        Prefetch("instalments", Instalment.objects.order_by("year", "number")),
        Prefetch("receipts", Receipt.objects.order_by("received_on", "reference")),
    )
    awards = tuple(award_facts(row, period, row.terms.all(), as_of) for row in rows)
    staff = staff_facts(organisation, period)
    whole = [
        facts.row.pk
        for facts in awards
        if facts.row.ends_on
        and period.contains(facts.row.starts_on)
        and period.contains(facts.row.ends_on)
    ]
    purchases = {facts.row.pk: purchases_of(facts, as_of) for facts in awards}
    invoices = invoice_facts(organisation, period, whole, purchases)
    scales = sorted({scale_of(line) for line in staff.contracts})
    slices, slice_facts = slices_of(awards, staff, scales)
    regimes = {facts.texts.get("index_regime", "") for facts in awards}
    index = tables.index(sorted(regimes | {scale[2] for scale in scales}))
    natures = {code: item.nature for code, item in cost_items().items()}
    return YearFacts(
        organisation=organisation,
        year=year,
        as_of=as_of,
        awards=awards,
        staff=staff,
        invoices=invoices,
        slices=slices,
        slice_facts=slice_facts,
        earlier=_earlier(organisation, period, awards),
        inputs=tuple(_inputs(awards, invoices, purchases)),
        known={
            i: Known(
                figures=facts.figures(tables.registry),
                scheme=facts.scheme.code,
                known_on=as_of,
                scales=tuple(scale[:2] for scale in scales),
                regimes=tuple(scale[2] for scale in scales),
                index=index,
                natures=natures,
            )
            for i, facts in enumerate(awards)
        },
        approvals=tuple(organisation.approvals.order_by("code").prefetch_related("volumes")),
        analytical_costs=analytical_costs(organisation, year),
        paid_years=_paid_years(organisation, year, awards),
        renewals=_renewals(organisation, awards),
    )


def _renewals(organisation: Organisation, awards: Sequence[AwardFacts]) -> Mapping[int, int]:
    """Each award with the one that it renews, where an award of the year has a past; one query."""
    if not any(facts.row.renews_id for facts in awards):
        return {}
    rows = organisation.awards.filter(renews__isnull=False).order_by("pk")
    return dict(rows.values_list("pk", "renews_id"))


def _paid_years(
    organisation: Organisation, year: int, awards: Sequence[AwardFacts]
) -> frozenset[int]:
    if not any(figure.code.endswith(".vge_reference") for one in awards for figure in one.terms):
        return frozenset()
    return frozenset(found for found in whole_years(organisation) if found < year)


def _earlier(
    organisation: Organisation, year: Period, awards: Sequence[AwardFacts]
) -> tuple[AwardRow, ...]:
    """The awards up to the end of the year, where the past decides on one; two queries or none."""
    if not any("earlier_years" in facts.scheme.options for facts in awards):
        return ()
    rows = organisation.awards.filter(starts_on__lt=year.stop).order_by("starts_on", "reference")
    return tuple(rows.prefetch_related("terms"))


def purchases_of(facts: AwardFacts, known_on: date) -> Purchases:
    """What the letter says of the things that the award buys."""
    small_item_max = facts.number("small_item_max", known_on)
    return Purchases(
        exercise=facts.exercise,
        small_item_max=None if small_item_max is None else int(small_item_max * 100),
        years=facts.number("depreciation_years", known_on),
    )


def _inputs(
    awards: Sequence[AwardFacts], invoices: InvoiceFacts, purchases: Mapping[int, Purchases]
) -> Iterator[Award]:
    """Every award; the posts are numbered through, award after award, as the slices do."""
    first_post = 0
    for index, facts in enumerate(awards):
        award = claim_input(index, facts, invoices, purchases[facts.row.pk])
        yield replace(award, first_post=first_post)
        first_post += len(facts.posts)


def claim_input(index: int, facts: AwardFacts, invoices: InvoiceFacts, bought: Purchases) -> Award:
    """One award as the claim shapes see it: its scheme's options, its posts and invoice parts."""
    options, row = facts.scheme.options, facts.row
    scales = facts.texts.get("scales")
    return Award(
        index=index,
        key=row.reference,
        scheme=facts.scheme.code,
        shape=facts.scheme.shape,
        order=facts.scheme.order,
        exercise=facts.exercise,
        posts=post_columns(facts.posts),
        invoices=part_columns(invoices, row.pk, facts.scheme.excluded_items, bought),
        excluded=facts.scheme.excluded_items,
        capped=facts.scheme.capped_items,
        shared=facts.scheme.shared_items,
        heads=facts.scheme.heads,
        bound=options.get("bound", "post_year"),
        scale_bound=_scale_bound(facts),
        framed=options.get("framed", False),
        pay_period=(
            Period.inclusive(row.starts_on, row.ends_on) if _paid_in_period(facts) else None
        ),
        not_before=facts.not_before,
        scales=None if scales is None else frozenset(part.strip() for part in scales.split(",")),
        index_regime=facts.texts.get("index_regime"),
        ceiling=facts.ceiling,
        premium=facts.premium,
        outside_life=facts.outside_life,
        approved_months=facts.approved_months,
        refused_functions=facts.refused_functions,
    )


def _scale_bound(facts: AwardFacts) -> bool:
    """Always, never, or only when the letter names the scales, which are unknown to us."""
    asked = facts.scheme.options.get("scale_bound", False)
    return "scales" in facts.texts if asked == "where_named" else bool(asked)


def _paid_in_period(facts: AwardFacts) -> bool:
    """The letter says so, or else the scheme."""
    written = facts.texts.get("paid_in_period")
    default = bool(facts.scheme.options.get("paid_in_period"))
    return default if written is None else read_yes_no(written)


def _index(tables: IndexTables, regime: str, year: Period) -> dict[tuple[str, int], MonthIndex]:
    """The index of a regime in each month of a year; an unknown regime has none."""
    try:
        events = regime_events(tables, regime)
    except (FigureNotDefined, UnknownRegime):
        return {}
    found = {
        (regime, month): _month_index(tables, regime, events, month_start(month))
        for month in year.months()
    }
    return {key: index for key, index in found.items() if index is not None}


def _month_index(
    tables: IndexTables, regime: str, events: Sequence[IndexEvent], day: date
) -> MonthIndex | None:
    """The coefficient up to the first capped event, and the events since that one."""
    past = [event for event in events if event.effective <= day]
    first = next((k for k, event in enumerate(past) if event.capped_rate), len(past))
    last = past[first - 1] if first else None
    if last is None or last.n is None:
        return None
    number, _crossed = last.crossing
    value = coefficient(number, tables.step.on(day).exact)
    return MonthIndex(value, _use(regime, last, value), tuple(past[first:]))


def _use(regime: str, event: IndexEvent, value: Fraction) -> FigureUse:
    number, crossed = event.crossing
    return FigureUse(
        code=f"index.coefficient ({regime})",
        label=_COEFFICIENT,
        unit="ratio",
        since=event.effective,
        text=decimal_text(value),
        decided=None,
        status=event.status,
        source=_CROSSED % (number, month_text(crossed)),
    )
