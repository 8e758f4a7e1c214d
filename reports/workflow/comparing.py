"""Two justifications side by side: what one has more, less, or otherwise than the other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.web.templatetags.labels import said
from reports.templatetags.dossier import value_text
from reports.workflow.compared import Change, Comparison, Pair, Section
from reports.workflow.content import Document
from reports.workflow.line_kinds import (
    AMOUNTS,
    Key,
    Kind,
    Line,
    amount_words,
    field_words,
    line_by_line,
    year_by_year,
)

_IGNORED = frozenset(("row", "others", "label", "name", "person", "signed_by", "signed_account"))


def compare(before: Document, after: Document) -> Comparison:
    """Two versions of one exercise, line by line."""
    sections = tuple(_section(kind, before, after) for kind in line_by_line())
    return Comparison(
        amounts=_amounts(before, after),
        sections=sections,
        figures=_figures(before, after, by_day=True),
        others=tuple(_others(before, after)),
    )


def compare_years(before: Document, after: Document) -> Comparison:
    """The exercise before with this one, by head, worker and category of expense."""
    sections = tuple(
        _section(kind, _summed(kind, before), _summed(kind, after)) for kind in year_by_year()
    )
    return Comparison(
        amounts=_amounts(before, after),
        sections=sections,
        figures=_figures(before, after, by_day=False),
        others=(),
    )


def _amounts(before: Document, after: Document) -> tuple[tuple[str, Pair], ...]:
    words = dict(zip(AMOUNTS, amount_words(), strict=True))
    return tuple(
        (words[name], Pair(_cents(before["amounts"], name), _cents(after["amounts"], name)))
        for name in AMOUNTS
    )


def _section(kind: Kind, before: Document, after: Document) -> Section:
    old, new = (_by_key(kind, document) for document in (before, after))
    changes, same = [], 0
    for key in dict.fromkeys((*old, *new)):
        one, other = old.get(key), new.get(key)
        if one is None or other is None or _plain(one) != _plain(other):
            changes.append(_change(kind, one, other))
        else:
            same += 1
    return Section(
        code=kind.code,
        title=kind.title,
        changes=tuple(changes),
        same=same,
        presented=Pair(_total(old.values(), "presented"), _total(new.values(), "presented")),
        payable=Pair(_total(old.values(), "payable"), _total(new.values(), "payable")),
    )


def _change(kind: Kind, one: Line | None, other: Line | None) -> Change:
    state = "changed" if one and other else ("added" if other else "removed")
    shown: Line = other or one or {}
    return Change(
        kind=state,
        name=kind.name(shown),
        about=_about(one, other) if one and other else "",
        presented=Pair(_cents(one, "presented"), _cents(other, "presented")),
        payable=Pair(_cents(one, "payable"), _cents(other, "payable")),
    )


def _by_key(kind: Kind, document: Document) -> dict[Key, Line]:
    """The lines by key; the second one with a key bears a number."""
    found: dict[Key, Line] = {}
    seen: dict[Key, int] = {}
    for line in document.get(kind.list_name, ()):
        key = kind.key(line)
        seen[key] = seen.get(key, 0) + 1
        found[(*key, seen[key])] = line
    return found


def _summed(kind: Kind, document: Document) -> Document:
    """The lines of one list added up by key: amounts only."""
    found: dict[Key, dict[str, Any]] = {}
    for line in document.get(kind.list_name, ()):
        kept = found.setdefault(kind.key(line), {key: line.get(key) for key in _NAMED})
        for name in ("presented", "payable"):
            kept[name] = _sum_text(kept.get(name, "0.00"), line.get(name))
    return {kind.list_name: list(found.values())}


_NAMED = ("name", "label", "worker", "head", "category")


def _sum_text(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return None
    return money.text(money.cents(one) + money.cents(other))


def _plain(line: Line) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key not in _IGNORED}


def _about(one: Line, other: Line) -> str:
    """What else than the amounts differs, in words."""
    words = field_words()
    found = [words.get(key) for key in other if one.get(key) != other.get(key)]
    return ", ".join(dict.fromkeys(word for word in found if word))


def _figures(
    before: Document, after: Document, *, by_day: bool
) -> tuple[tuple[str, str, str], ...]:
    """The values that differ: label, before, after; empty where one is not used."""
    old, new = (_uses(document, by_day=by_day) for document in (before, after))
    return tuple(
        (said((new.get(key) or old[key])["label"]), _text(old.get(key)), _text(new.get(key)))
        for key in dict.fromkeys((*old, *new))
        if _text(old.get(key)) != _text(new.get(key))
    )


def _uses(document: Document, *, by_day: bool) -> dict[Key, Line]:
    """The values by code, and by the day from which they are in force when asked."""
    return {
        (use["code"], use["since"]) if by_day else (use["code"],): use
        for use in document.get("figures", ())
    }


def _text(use: Line | None) -> str:
    return "" if use is None else value_text(use["text"], use["unit"])


def _others(before: Document, after: Document) -> Iterator[str]:
    """The other parts of a document, named when they differ."""
    for name, words in (
        ("cover", _("la page de garde")),
        ("instalments", _("les tranches")),
        ("receipts", _("les versements reçus")),
        ("checks", _("les contrôles")),
        ("evidence", _("les pièces")),
        ("documents", _("les documents à joindre")),
        ("details", _("le détail de l'accordé")),
    ):
        if _without_names(before.get(name)) != _without_names(after.get(name)):
            yield words


def _without_names(value: Any) -> Any:
    if isinstance(value, Mapping):
        left = {*_IGNORED, "signatory", "version", "as_of", "final"} - {"label"}
        return {key: _without_names(one) for key, one in value.items() if key not in left}
    return [_without_names(one) for one in value] if isinstance(value, list) else value


def _cents(line: Line | None, name: str) -> int | None:
    written = None if line is None else line.get(name)
    return None if written is None else money.cents(written)


def _total(lines: Iterable[Line], name: str) -> int | None:
    values = [_cents(line, name) for line in lines]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
