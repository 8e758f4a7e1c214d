"""Which values are doubtful on a day: missing, out of date, a forecast, or to confirm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from backoffice.engine.figures import Figure, FigureNotDefined, Figures, FigureValue
from backoffice.engine.periods import add_months
from backoffice.figures import loader
from backoffice.figures.reading import read_toml
from grants.terms import TERMS

REASONS = ("missing", "year_over", "stale", "forecast", "to_confirm")
"""Why a value is doubtful, the worst first; the statuses, and two that depend on the day."""


@dataclass(frozen=True)
class Family:
    """Figures that age alike: a comparison with the source holds for `months`.

    `yearly`: a value is decided again for each year.
    """

    prefix: str
    label: Mapping[str, str]
    months: int
    yearly: bool = False


@dataclass(frozen=True)
class Doubt:
    """A doubtful value, and why."""

    figure: Figure
    value: FigureValue
    reasons: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.figure.code


@cache
def families() -> tuple[Family, ...]:
    """The families of the file, the longest prefix first."""
    tables = read_toml(loader.HERE / "freshness.toml")["families"]
    return tuple(sorted((Family(**table) for table in tables), key=lambda one: -len(one.prefix)))


def family_of(code: str) -> Family:
    """The family of a figure."""
    return next(one for one in families() if code.startswith(one.prefix))


def is_stale(code: str, verified: date | None, day: date) -> bool:
    """Whether the last comparison is too old for this family; one that is unknown always is."""
    return verified is None or add_months(verified, family_of(code).months) <= day


def is_yearly(code: str) -> bool:
    """Whether the value is decided again for each year."""
    term = TERMS.get(code.partition(".")[2])
    return family_of(code).yearly or (term is not None and term.yearly)


def doubts(figures: Figures, day: date) -> Iterator[Doubt]:
    """Every doubtful value, figure by figure; only the value in force on the day can age."""
    for figure in figures.values():
        current = _current(figure, day)
        for value in figure.values:
            reasons = tuple(_reasons(figure, value, day, current))
            if reasons:
                yield Doubt(figure, value, reasons)


def _current(figure: Figure, day: date) -> FigureValue | None:
    """The value in force on a day; the last one when it has ended and nothing follows."""
    try:
        return figure.entry(day)
    except FigureNotDefined as error:
        return figure.values[-1] if error.reason == "ended" else None


def _reasons(
    figure: Figure, value: FigureValue, day: date, current: FigureValue | None
) -> Iterator[str]:
    if value.status == "missing":
        yield "missing"
    elif value.status != "repealed" and value is current:
        if is_yearly(figure.code) and value.since.year < day.year:
            yield "year_over"
        if is_stale(figure.code, value.source.verified, day):
            yield "stale"
    if value.status in ("forecast", "to_confirm"):
        yield value.status
