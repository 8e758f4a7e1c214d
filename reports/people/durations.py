"""How long each kind of data is kept, as the site shows it: known, to be confirmed, or unknown."""

from dataclasses import dataclass
from datetime import date

from backoffice.engine.figures import Figures
from backoffice.web.templatetags.labels import said

PREFIX = "retention."


@dataclass(frozen=True)
class Duration:
    """One duration; `months` None: nobody knows it, and what it governs is erased by nobody."""

    code: str
    label: str
    months: int | None
    status: str
    source: str


def durations(figures: Figures, on: date) -> tuple[Duration, ...]:
    """Every duration in force on a day, the unknown ones first."""
    found = [_duration(figures, code, on) for code in figures if code.startswith(PREFIX)]
    return tuple(sorted(found, key=lambda one: (one.months is not None, one.code)))


def _duration(figures: Figures, code: str, on: date) -> Duration:
    figure = figures[code]
    value = next(one for one in reversed(figure.values) if one.since <= on)
    months = None if value.value is None else int(value.value)
    return Duration(code, said(figure.label), months, value.status, value.source.title)
