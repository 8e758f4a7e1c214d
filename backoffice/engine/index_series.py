"""The monthly index: published or computed, blocked by law, rebased, and the pivots it crosses.

The smoothed index is replayed from the monthly health indices; a published value wins over the
computed one, and a month is never converted from one base to another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, worst
from backoffice.engine.money import round_ratio
from backoffice.engine.periods import month_index, month_start, month_text
from backoffice.engine.phrases import Phrase

ANNUAL = "annual_cp200"
SMOOTHED_MONTHS = 4


@dataclass(frozen=True)
class Pivot:
    """One pivot of the published table; `crossed` is its published or forecast month index."""

    n: int
    value: Fraction
    base: str
    crossed: int | None
    status: str


@dataclass(frozen=True)
class IndexTables:
    """What the laws and the statistical office say, as figures; the engine reads nothing else.

    `health` and `smoothed` hold one monthly series per base; `bases` gives the first month index
    from which each base is the official one; `lags` and `caps` hold one figure per regime.
    """

    health: Mapping[str, Figure]
    smoothed: Mapping[str, Figure]
    bases: tuple[tuple[int, str], ...]
    factor: Figure
    block: Figure
    step: Figure
    pivots: tuple[Pivot, ...]
    lags: Mapping[str, Figure]
    caps: Mapping[str, Figure]
    cap_limit: Figure
    annual: Figure

    @property
    def regimes(self) -> tuple[str, ...]:
        return (*self.lags, ANNUAL)

    @cached_property
    def crossings(self) -> "tuple[Crossing, ...]":
        """Every crossing by rising number: published, replayed from the series, then forecast."""
        return _crossings(self)

    @cached_property
    def unblocked(self) -> int:
        """First month in which the computed index exceeds the statutory block."""
        first = self.block.values[0]
        month = month_index(first.since)
        while (computed := _computed(self, month, self.official_base(month))) is not None:
            if computed > first.exact:
                break
            month += 1
        return month

    @cached_property
    def last_month(self) -> int:
        """Last month whose smoothed index is known, without a gap since the newest base began."""
        since, base = self.bases[-1]
        month = max(since, month_index(self.smoothed[base].values[0].since))
        while _known(self, month) is not None:
            month += 1
        return month - 1

    def official_base(self, month: int) -> str:
        """The base in which the index of a month is official."""
        return next(base for since, base in reversed(self.bases) if since <= month)


@dataclass(frozen=True)
class Smoothed:
    """The smoothed index of a month: the value that counts, and the one we compute (or None).

    `origin` is published, statutory (blocked by law) or computed.
    """

    month: int
    base: str
    value: Fraction
    computed: Fraction | None
    origin: str
    status: str
    source: str

    @property
    def differs(self) -> bool:
        """A published value that our own computation does not find."""
        return (
            self.origin == "published" and self.computed is not None and self.computed != self.value
        )


@dataclass(frozen=True)
class Crossing:
    """The n-th pivot, and the month in which the smoothed index reached it."""

    n: int
    pivot: Fraction
    base: str
    month: int
    status: str


def smoothed(tables: IndexTables, month: int, base: str | None = None) -> Smoothed:
    """The smoothed index of a month, in its official base unless another is asked for.

    Raises:
        FigureNotDefined: neither published nor computable from four health indices.
    """
    chosen = base or tables.official_base(month)
    entry = _entry(tables.smoothed.get(chosen), month)
    computed = _computed(tables, month, chosen)
    if entry is not None and entry.origin == "published":
        source = entry.source.title
        return Smoothed(month, chosen, entry.exact, computed, "published", entry.status, source)
    if month_index(tables.block.values[0].since) <= month < tables.unblocked:
        law = tables.block.on(month_start(month))
        title = law.source.title
        return Smoothed(month, chosen, law.exact, computed, "statutory", law.status, title)
    if computed is not None:
        law = tables.factor.on(month_start(month))
        status = worst(law.status, *(found.status for found in _four(tables, month, chosen)))
        return Smoothed(month, chosen, computed, computed, "computed", status, law.source.title)
    if entry is None:
        raise _absent(tables.smoothed[chosen], month)
    return Smoothed(
        month, chosen, entry.exact, None, entry.origin, entry.status, entry.source.title
    )


def annual_rate(tables: IndexTables, year: int) -> tuple[Fraction, str]:
    """Rate and status of the yearly indexation of 1 January, at four decimals.

    Mean of the smoothed index of November and December of the year before, over the same mean one
    year earlier, in one base; a published rate wins.

    Raises:
        FigureNotDefined: one of the four months is not known in a common base.
    """
    entry = _entry(tables.annual, year * 12)
    if entry is not None and entry.origin == "published":
        return entry.exact, entry.status
    months = [year * 12 - back for back in (1, 2, 13, 14)]
    for base in _bases(tables, months[0]):
        found = [_known(tables, month, base) for month in months]
        known = [index for index in found if index is not None]
        if len(known) == len(months):
            values = [index.value for index in known]
            status = worst("to_confirm", *(index.status for index in known))
            return rounded((values[0] + values[1]) / (values[2] + values[3]) - 1, 4), status
    raise _absent(tables.smoothed[tables.official_base(months[0])], months[0])


def multi_year_rate(tables: IndexTables, first_year: int, year: int) -> Fraction:
    """What the amount of a multi-year award is multiplied by in `year`, exactly.

    Health index of December of the year before `year`, over that of the December before the
    first year; both in one base, never converted.

    Raises:
        FigureNotDefined: one of the two months is not known in a common base.
    """
    late, early = year * 12 - 1, first_year * 12 - 1
    for base in _bases(tables, late):
        over, under = (_entry(tables.health.get(base), month) for month in (late, early))
        if over is not None and under is not None:
            return over.exact / under.exact
    figure = tables.health[tables.official_base(late)]
    day = month_start(early)
    raise FigureNotDefined(
        figure.code,
        day,
        "missing",
        Phrase(
            "Les indices santé de décembre %(late)s et %(early)s ne sont pas connus dans une même "
            "base : ils ne se convertissent pas, demandez le montant notifié.",
            late=year - 1,
            early=first_year - 1,
        ),
    )


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up away from zero, at a number of decimals."""
    scale = 10**decimals
    return Fraction(round_ratio(value.numerator * scale, value.denominator), scale)


def _crossings(tables: IndexTables) -> tuple[Crossing, ...]:
    published = {pivot.n: pivot for pivot in tables.pivots}
    pivot = next(pivot for pivot in tables.pivots if pivot.base in tables.smoothed)
    found = [
        Crossing(old.n, old.value, old.base, old.crossed, old.status)
        for old in tables.pivots
        if old.n < pivot.n and old.crossed is not None
    ]
    month = month_index(tables.smoothed[pivot.base].values[0].since)
    while (index := _known(tables, month)) is not None:
        while index.base == pivot.base and index.value >= pivot.value:
            status = index.status if pivot.status == "forecast" else pivot.status
            found.append(Crossing(pivot.n, pivot.value, pivot.base, month, status))
            pivot = published.get(pivot.n + 1) or _next_pivot(tables, pivot, month)
        month += 1
    found.extend(
        Crossing(later.n, later.value, later.base, later.crossed, "forecast")
        for later in tables.pivots
        if later.n >= pivot.n and later.crossed is not None and later.crossed >= month
    )
    return tuple(found)


def _next_pivot(tables: IndexTables, pivot: Pivot, month: int) -> Pivot:
    """The pivot after the last published one: the step higher, at two decimals, same base."""
    step = tables.step.on(month_start(month))
    value = rounded(pivot.value * (1 + step.exact), 2)
    return Pivot(pivot.n + 1, value, pivot.base, None, "forecast")


def _known(tables: IndexTables, month: int, base: str | None = None) -> Smoothed | None:
    try:
        return smoothed(tables, month, base)
    except FigureNotDefined:
        return None


def _computed(tables: IndexTables, month: int, base: str) -> Fraction | None:
    """Mean of the last four health indices x the factor of the law, at two decimals."""
    four = _four(tables, month, base)
    if len(four) < SMOOTHED_MONTHS:
        return None
    factor = tables.factor.on(month_start(month)).exact
    total = sum((found.exact for found in four), Fraction(0))
    return rounded(total / SMOOTHED_MONTHS * factor, 2)


def _four(tables: IndexTables, month: int, base: str) -> list[FigureValue]:
    """The health indices of a month and the three before it, those that are known."""
    months = range(month - SMOOTHED_MONTHS + 1, month + 1)
    entries = (_entry(tables.health.get(base), each) for each in months)
    return [entry for entry in entries if entry is not None]


def _entry(figure: Figure | None, month: int) -> FigureValue | None:
    """The value of exactly this month, or None: a series is never carried to the next month."""
    if figure is None:
        return None
    first = month_start(month)
    try:
        value = figure.on(first)
    except FigureNotDefined:
        return None
    return value if value.since == first else None


def _bases(tables: IndexTables, month: int) -> list[str]:
    """Every base, the official one of the month first."""
    official = tables.official_base(month)
    return [official, *(base for base in tables.health if base != official)]


def _absent(figure: Figure, month: int) -> FigureNotDefined:
    return FigureNotDefined(
        figure.code,
        month_start(month),
        "missing",
        Phrase(
            "%(code)s n'est pas connu pour %(month)s : ajoutez l'indice du mois dans "
            "l'administration (« Valeurs de référence »).",
            code=figure.code,
            month=month_text(month),
        ),
    )
