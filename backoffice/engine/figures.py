"""Legal figures: dated, sourced values that the engine receives as an argument.

A figure has two days: `since`, from which it is in force, and `decided`, on which it became
known. Asking for a day outside the life of a figure is an error, never 0 nor the nearest value.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from backoffice.engine.periods import add_months
from backoffice.engine.phrases import Phrase

ORIGINS = ("published", "statutory", "computed", "derived")
STATUSES = ("confirmed", "to_confirm", "forecast", "missing", "repealed")
UNITS = frozenset(
    (
        "EUR",
        "EUR/year",
        "EUR/quarter",
        "EUR/month",
        "EUR/day",
        "EUR/hour",
        "EUR/FTE/year",
        "EUR/FTE/month",
        "EUR/unit/year",
        "EUR/km",
        "ratio",
        "index",
        "FTE",
        "FTE/unit",
        "hours",
        "hours/week",
        "hours/year",
        "days",
        "months",
        "years",
        "count",
    )
)

Reason = Literal["unknown_code", "before_first", "ended", "repealed", "missing", "not_decided"]


def worst(*statuses: str) -> str:
    """The least certain of the statuses: what rests on several values is as sure as its weakest."""
    return max(statuses, key=STATUSES.index)


class FigureNotDefined(LookupError):
    """A figure has no usable value on a day; the message says why and what to do.

    Attributes:
        code: the figure asked for.
        day: the day asked for, None when only the code was looked up.
        reason: one word of `Reason`.
    """

    def __init__(self, code: str, day: date | None, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.code, self.day, self.reason, self.message = code, day, reason, message

    def __str__(self) -> str:
        return self.message


class UnknownFigure(FigureNotDefined, KeyError):
    """No figure has this code."""


class InvalidFigure(ValueError):
    """A figure that contradicts itself: unit, status, dates or value.

    `at` are the keys that lead to what is wrong in it.
    """

    def __init__(self, words: str, *at: str | int) -> None:
        super().__init__(words)
        self.at = at


@dataclass(frozen=True)
class Source:
    """Where a value was read; `verified` is the day someone last compared it with the source."""

    title: str
    url: str | None = None
    verified: date | None = None


@dataclass(frozen=True)
class FigureValue:
    """One value in force from `since` to `until` excluded (None: until the next value begins).

    `value` is None exactly when the status is missing or repealed; `text` is the value as
    published; `decided` None means that the day of the decision is unknown; `origin` says whether
    the value was published, set by a law, computed by a published rule, or derived by us.
    """

    since: date
    until: date | None
    value: Fraction | None
    text: str
    decided: date | None
    status: str
    source: Source
    note: str = ""
    article: str = ""
    origin: str = "published"

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise InvalidFigure(f"le statut « {self.status} » est inconnu", "status")
        if self.origin not in ORIGINS:
            raise InvalidFigure(f"l'origine « {self.origin} » est inconnue", "origin")
        if (self.value is None) != (self.status in ("missing", "repealed")):
            raise InvalidFigure(
                f"une valeur « {self.status} » ne peut pas être {self.value}", "value"
            )
        if self.until is not None and self.until <= self.since:
            raise InvalidFigure(f"la valeur du {self.since} finit le {self.until}", "until")
        if not self.source.title:
            raise InvalidFigure(f"la valeur du {self.since} n'a pas de source", "source")

    @property
    def known(self) -> date:
        """First day on which it was known; its own start when the decision day is unknown."""
        return self.decided or self.since

    def known_on(self, day: date) -> bool:
        return self.known <= day

    def verified(self, day: date) -> "FigureValue":
        """The same value, last verified on a day unless it was later already."""
        last = max(day, self.source.verified or day)
        return replace(self, source=replace(self.source, verified=last))

    @property
    def exact(self) -> Fraction:
        """The value of a figure that `on` returned, where it can no longer be None."""
        if self.value is None:
            raise InvalidFigure(f"la valeur du {self.since} est « {self.status} »")
        return self.value


@dataclass(frozen=True)
class Figure:
    """A dated series of one unit.

    `lasts` is the number of months that a value covers at most: 1 for a monthly index, which is
    never carried to the next month. `under` is the figure that a term stands above, if any.
    """

    code: str
    label: Mapping[str, str]
    unit: str
    values: tuple[FigureValue, ...]
    lasts: int | None = None
    under: "Figure | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise InvalidFigure(f"l'unité « {self.unit} » est inconnue", "unit")
        starts = [(value.since, value.known) for value in self.values]
        for place, (left, right) in enumerate(pairwise(starts), start=1):
            if left > right:
                raise InvalidFigure("les dates ne montent pas", "values", place, "since")
            if left == right:
                raise InvalidFigure(
                    "deux valeurs commencent le même jour", "values", place, "since"
                )

    def on(self, day: date, known_on: date | None = None) -> FigureValue:
        """The value in force on `day`, as it was known on `known_on` (None: all is known).

        Raises:
            FigureNotDefined: before the first value, after the end or the repeal, not filled in,
                or not yet decided.
        """
        try:
            return self._own(day, known_on)
        except FigureNotDefined as error:
            if self.under is None or error.reason in ("missing", "repealed"):
                raise
            return self.under.on(day, known_on)

    def entry(self, day: date, known_on: date | None = None) -> FigureValue:
        """The row that covers `day`, even one that says missing or repealed.

        Raises:
            FigureNotDefined: before the first row, after the end of the last, or not yet decided.
        """
        started = self.values[: bisect_right(self.values, day, key=lambda value: value.since)]
        for last in reversed(started):
            if known_on is None or last.known_on(known_on):
                until = self._until(last)
                if until is not None and until <= day:
                    raise self._fails(
                        day, "ended", Phrase("sa dernière valeur a pris fin le %(day)s", day=until)
                    )
                return last
        raise self._absent(day, known_on, started)

    def _own(self, day: date, known_on: date | None) -> FigureValue:
        last = self.entry(day, known_on)
        if last.status == "repealed":
            raise self._fails(
                day, "repealed", Phrase("elle est abrogée depuis le %(day)s", day=last.since)
            )
        if last.status == "missing":
            raise FigureNotDefined(
                self.code,
                day,
                "missing",
                Phrase(
                    "%(label)s (%(code)s) : valeur inconnue au %(day)s. Remplissez-la dans "
                    "l'administration (« Valeurs de référence ») ou dans les termes de l'octroi.",
                    label=self.label,
                    code=self.code,
                    day=day,
                ),
            )
        return last

    def _until(self, value: FigureValue) -> date | None:
        """First day that a value no longer covers, None while only a next value ends it."""
        if value.until is not None or self.lasts is None:
            return value.until
        return add_months(value.since, self.lasts)

    def _absent(
        self, day: date, known_on: date | None, started: tuple[FigureValue, ...]
    ) -> FigureNotDefined:
        if started:
            return self._fails(
                day, "not_decided", Phrase("rien n'était décidé le %(day)s", day=known_on)
            )
        if not self.values:
            return self._fails(day, "before_first", Phrase("elle est vide"))
        why = Phrase("elle commence le %(day)s", day=self.values[0].since)
        return self._fails(day, "before_first", why)

    def _fails(self, day: date, reason: Reason, why: str) -> FigureNotDefined:
        message = Phrase(
            "%(code)s n'a pas de valeur au %(day)s : %(why)s. Vérifiez la date, ou ajoutez une "
            "valeur dans l'administration (« Valeurs de référence ») ou dans les termes de "
            "l'octroi.",
            code=self.code,
            day=day,
            why=why,
        )
        return FigureNotDefined(self.code, day, reason, message)

    def merged(self, values: Iterable[FigureValue]) -> "Figure":
        """This figure with other values added.

        Of our values that start on the same day as an added one, only those decided before it
        stay: they still answer for what was known then.
        """
        extra = tuple(values)
        first: dict[date, date] = {}
        for value in extra:
            first[value.since] = min(value.known, first.get(value.since, date.max))
        kept = (value for value in self.values if value.known < first.get(value.since, date.max))
        ordered = sorted((*kept, *extra), key=lambda value: (value.since, value.known))
        return replace(self, values=tuple(ordered))


class Figures(Mapping[str, Figure]):
    """An immutable registry of figures by code."""

    def __init__(self, figures: Mapping[str, Figure] | Iterable[Figure] = ()) -> None:
        listed = figures.values() if isinstance(figures, Mapping) else figures
        self._figures = MappingProxyType({figure.code: figure for figure in listed})

    def __getitem__(self, code: str) -> Figure:
        try:
            return self._figures[code]
        except KeyError:
            raise UnknownFigure(
                code,
                None,
                "unknown_code",
                Phrase(
                    "Aucune valeur de référence ne porte le code « %(code)s » : vérifiez le code.",
                    code=code,
                ),
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self._figures

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def on(self, code: str, day: date, known_on: date | None = None) -> FigureValue:
        """The value of `code` on `day`; see `Figure.on`.

        Raises:
            FigureNotDefined: unknown code, or no usable value.
        """
        try:
            return self[code].on(day, known_on)
        except UnknownFigure as error:
            error.day = day
            raise

    def with_values(self, extra: Mapping[str, Figure] | Iterable[Figure]) -> "Figures":
        """A registry where values filled in by users take their place among the others by date.

        A value that starts on the same day as one of ours replaces it; a later one of ours ends it.
        """
        merged = dict(self._figures)
        for figure in extra.values() if isinstance(extra, Mapping) else extra:
            known = merged.get(figure.code)
            merged[figure.code] = figure if known is None else known.merged(figure.values)
        return Figures(merged)

    def verified(self, days: Mapping[tuple[str, date, date | None, str], date]) -> "Figures":
        """A registry whose values say the last day on which someone verified them.

        `days` by code, first day, day of decision and text; what no value answers to, such as a
        value that has changed since, is left aside.
        """
        changed: dict[str, Figure] = {}
        for (code, *key), day in days.items():
            figure = changed.get(code) or self._figures.get(code)
            if figure is not None:
                changed[code] = replace(
                    figure,
                    values=tuple(
                        value.verified(day)
                        if [value.since, value.decided, value.text] == key
                        else value
                        for value in figure.values
                    ),
                )
        return Figures({**self._figures, **changed})

    def with_terms(self, terms: Mapping[str, Figure] | Iterable[Figure]) -> "Figures":
        """A registry where the terms of an award win over the figures on every day they cover."""
        merged = dict(self._figures)
        for term in terms.values() if isinstance(terms, Mapping) else terms:
            merged[term.code] = replace(term, under=merged.get(term.code))
        return Figures(merged)
