"""Two justifications side by side: what one has more, less, or otherwise than the other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine import money
from backoffice.engine.periods import parse_month
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur, month
from reports.workflow.content import Document

AMOUNTS = ("granted", "presented", "admissible", "payable", "own_funds", "advances", "balance")
_IGNORED = frozenset(("row", "others", "label", "name", "person", "signed_by", "signed_account"))

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """One amount before and after, in cents; None = unknown, or not there."""

    before: int | None
    after: int | None

    @property
    def difference(self) -> int | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Change:
    """A line that is "added", "removed" or "changed"; `about` says in what beside the amounts."""

    kind: str
    name: str
    about: str
    presented: Pair
    payable: Pair


@dataclass(frozen=True)
class Section:
    """The lines of one kind that differ, how many do not, and the totals of all of them."""

    code: str
    title: str
    changes: tuple[Change, ...]
    same: int
    presented: Pair
    payable: Pair

    def count(self, kind: str) -> int:
        """How many lines were added, removed or changed."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True)
class Comparison:
    """Everything that two justifications do not say alike."""

    amounts: tuple[tuple[str, Pair], ...]
    sections: tuple[Section, ...]
    figures: tuple[tuple[str, str, str], ...]
    others: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return (
            any(pair.differs for _name, pair in self.amounts)
            or any(section.changes for section in self.sections)
            or bool(self.figures or self.others)
        )

    @property
    def words(self) -> str:
        """What changed, in a few words."""
        found = [
            _("%(name)s : %(before)s → %(after)s")
            % {"name": name, "before": eur(pair.before), "after": eur(pair.after)}
            for name, pair in self.amounts
            if pair.differs
        ]
        for section in self.sections:
            found += _counted(section)
        if self.figures:
            count = len(self.figures)
            found.append(
                ngettext("%d valeur de référence", "%d valeurs de référence", count) % count
            )
        return ", ".join([*found, *self.others])


def _counted(section: Section) -> Iterator[str]:
    for kind, words in (
        ("added", _("%(count)d en plus")),
        ("removed", _("%(count)d en moins")),
        ("changed", _("%(count)d autrement")),
    ):
        count = section.count(kind)
        if count:
            said = words % {"count": count}
            yield _("%(section)s : %(said)s") % {"section": section.title, "said": said}


Key = tuple[object, ...]


@dataclass(frozen=True)
class Kind:
    """How the lines of one list of a document are matched and named."""

    code: str
    title: str
    list_name: str
    key: Callable[[Line], Key]
    name: Callable[[Line], str]


def _staff_name(line: Line) -> str:
    return _("%(worker)s, %(month)s, poste %(post)s") % {**line, "month": written_month(line)}


def written_month(line: Line) -> str:
    """The month of a staff line as people read it."""
    return month(parse_month(line["month"]))


def _invoice_name(line: Line) -> str:
    return _("%(piece)s, %(supplier)s") % line


def _kinds() -> tuple[Kind, ...]:
    """Line by line: two versions of one exercise."""
    heads = Kind("heads", _("Rubriques"), "heads", lambda one: (one["name"],), _label)
    staff = Kind(
        "staff",
        _("Personnel"),
        "staff",
        lambda one: (one["worker"], one["post"], one["month"]),
        _staff_name,
    )
    invoices = Kind(
        "invoices", _("Factures"), "invoices", lambda one: (one["piece"],), _invoice_name
    )
    return heads, staff, invoices


def _yearly() -> tuple[Kind, ...]:
    """By worker and category: two exercises share no line."""
    heads = Kind("heads", _("Rubriques"), "heads", lambda one: (one["name"],), _label)
    staff = Kind(
        "staff",
        _("Personnel, par travailleur"),
        "staff",
        lambda one: (one["worker"],),
        lambda one: str(one["worker"]),
    )
    invoices = Kind(
        "invoices",
        _("Factures, par catégorie"),
        "invoices",
        lambda one: (one["head"], one["category"]["fr"]),
        lambda one: said(one["category"]),
    )
    return heads, staff, invoices


def _label(line: Line) -> str:
    return said(line["label"])


def compare(before: Document, after: Document) -> Comparison:
    """Two versions of one exercise, line by line."""
    sections = tuple(_section(kind, before, after) for kind in _kinds())
    return Comparison(
        amounts=_amounts(before, after),
        sections=sections,
        figures=_figures(before, after, by_day=True),
        others=tuple(_others(before, after)),
    )


def compare_years(before: Document, after: Document) -> Comparison:
    """The exercise before with this one, by head, worker and category of expense."""
    sections = tuple(
        _section(kind, _summed(kind, before), _summed(kind, after)) for kind in _yearly()
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


def amount_words() -> tuple[str, ...]:
    """The amounts of an award in words, in the order of `AMOUNTS`."""
    return (
        _("Accordé"),
        _("Présenté"),
        _("Admissible"),
        _("Payable"),
        _("Fonds propres"),
        _("Avances reçues"),
        _("Solde"),
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


def field_words() -> dict[str, str]:
    """The fields of a line in words."""
    return {
        "days": _("jours"),
        "hours": _("heures"),
        "full_time": _("temps plein"),
        "fte": _("ETP"),
        "gross": _("brut"),
        "charges": _("charges"),
        "benefits": _("autres éléments"),
        "deducted": _("déductions"),
        "admissible": _("admissible"),
        "admitted": _("admis"),
        "maximum": _("maximum"),
        "rule": _("règle"),
        "function": _("fonction"),
        "pay_evidence": _("compte individuel"),
        "contract_evidence": _("contrat"),
        "evidence": _("pièce"),
        "paid_on": _("jour du paiement"),
        "payment_reference": _("preuve de paiement"),
        "issued_on": _("date"),
        "number": _("numéro"),
        "supplier": _("fournisseur"),
        "supplier_number": _("numéro du fournisseur"),
        "description": _("description"),
        "category": _("catégorie"),
        "total": _("montant de la facture"),
        "share": _("clé de ventilation"),
        "head": _("rubrique"),
    }


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
    return "" if use is None else f"{use['text']} {use['unit']}"


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
