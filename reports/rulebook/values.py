"""The values of a page: each figure of the scheme, and the general ones that its rules name."""

from collections.abc import Iterator

from backoffice.engine.figures import Figure, Figures, FigureValue
from backoffice.engine.sheet import labels
from backoffice.web.templatetags.money import spaced
from grants.scheme import Scheme
from reports.rulebook import words
from reports.rulebook.content import STATUSES, Text, ValueBlock, ValueRow, same, told

_UNKNOWN = labels("inconnue", "onbekend")
_REPEALED = labels("abrogée", "opgeheven")


def code_of(scheme: Scheme, name: str) -> str:
    """The code of a figure that a rule names: one of the scheme's own, or a general one."""
    return name if "." in name else f"{scheme.code}.{name}"


def anchor_of(code: str) -> str:
    """Where a figure stands on its page."""
    return f"valeur-{code}"


def values_of(scheme: Scheme, figures: Figures) -> tuple[ValueBlock, ...]:
    """The scheme's own figures, then the general ones of its frame and of its rules, once each."""
    return tuple(_block(figures[code]) for code in dict.fromkeys(_codes(scheme)))


def value_text(value: FigureValue, unit: str) -> Text:
    """A value as published, with a comma; what is not known says so."""
    if value.value is None:
        return _REPEALED if value.status == "repealed" else _UNKNOWN
    if unit.startswith("EUR") and (value.value * 100).denominator == 1:
        cents = int(value.value * 100)
        sign = "-" if cents < 0 else ""
        return same(spaced(f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"))
    whole = value.text
    return same(spaced(whole) if whole.replace(".", "", 1).lstrip("-").isdigit() else whole)


def _codes(scheme: Scheme) -> Iterator[str]:
    yield from (figure.code for figure in scheme.figures)
    yield from (row.figure for row in scheme.frame)
    for rule in scheme.rules:
        yield from (code_of(scheme, name) for name in rule.figures)


def _block(figure: Figure) -> ValueBlock:
    rows = tuple(
        ValueRow(
            text=value_text(value, figure.unit),
            said=STATUSES[value.status],
            since=value.since,
            until=value.until,
            decided=value.decided,
            status=value.status,
            source=told(value.source.title),
            article=told(value.article) if value.article else None,
            note=told(value.note) if value.note else None,
            verified=value.source.verified,
        )
        for value in figure.values
    )
    return ValueBlock(figure.code, figure.label, words.unit(figure.unit), rows)
