"""The values of a dossier that a form may ask: one each, or one per line of a list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backoffice.engine import money
from backoffice.web.templatetags.labels import label as words
from backoffice.web.templatetags.money import month as month_text
from reports.dossier import Dossier, StaffLine

Value = str | Decimal | date | None
_FTE_PLACES = 10_000


@dataclass(frozen=True)
class Source:
    """One thing to write: what it is, in which list (empty: a single value), and how to read it.

    `read` gives one value, or one per line of the list in its order; None is unknown.
    """

    label: str | Promise
    listed: str | Promise
    read: Callable[[Dossier], list[Value]]


def _cents(value: int | None) -> Value:
    return None if value is None else Decimal(money.text(value))


def _fte(value: Fraction) -> Value:
    return (
        Decimal(money.round_ratio(value.numerator * _FTE_PLACES, value.denominator)) / _FTE_PLACES
    )


def _one(label: str | Promise, read: Callable[[Dossier], Value]) -> Source:
    return Source(label, "", lambda dossier: [read(dossier)])


def _amount(label: str | Promise, name: str) -> Source:
    return _one(label, lambda dossier: _cents(getattr(dossier.amounts, name)))


def _cover(label: str | Promise, name: str) -> Source:
    return _one(label, lambda dossier: getattr(dossier.cover, name))


@dataclass(frozen=True)
class _Worker:
    """What one worker costs on the award over the exercise; cents, hundredths, FTE-months."""

    worker: str
    name: str
    function: str
    months: int
    fte: Fraction
    gross: int
    charges: int
    presented: int
    admissible: int | None
    payable: int | None


def _total(values: Iterable[int | None]) -> int | None:
    listed = list(values)
    known = [value for value in listed if value is not None]
    return sum(known) if len(known) == len(listed) else None


def _workers(dossier: Dossier) -> list[_Worker]:
    ordered = sorted(dossier.staff, key=lambda line: (line.worker, line.month))
    return [
        _worker(number, list(lines))
        for number, lines in groupby(ordered, key=lambda line: line.worker)
    ]


def _worker(number: str, lines: list[StaffLine]) -> _Worker:
    return _Worker(
        worker=number,
        name=lines[-1].name,
        function=words(lines[-1].function),
        months=len({line.month for line in lines}),
        fte=sum((line.fte for line in lines), Fraction(0)),
        gross=sum(line.gross for line in lines),
        charges=sum(line.charges for line in lines),
        presented=sum(line.presented for line in lines),
        admissible=_total(line.admissible for line in lines),
        payable=_total(line.payable for line in lines),
    )


def _listed(
    listed: str | Promise, rows: Callable[[Dossier], Iterable[Any]]
) -> Callable[[str | Promise, Callable[[Any], Value]], Source]:
    def source(label: str | Promise, read: Callable[[Any], Value]) -> Source:
        return Source(label, listed, lambda dossier: [read(row) for row in rows(dossier)])

    return source


_worker_source = _listed(_("Travailleurs (un par ligne)"), _workers)
_month_source = _listed(
    _("Prestations (un travailleur et un mois par ligne)"), lambda dossier: dossier.staff
)
_invoice_source = _listed(_("Factures (une par ligne)"), lambda dossier: dossier.inventory)
_head_source = _listed(_("Rubriques (une par ligne)"), lambda dossier: dossier.heads)


@cache
def sources() -> Mapping[str, Source]:
    """Every value by its code, in the order of the choice."""
    return {
        "organisation": _cover(_("Employeur"), "organisation"),
        "enterprise_number": _cover(_("Numéro d'entreprise"), "enterprise_number"),
        "address": _cover(_("Adresse"), "address"),
        "iban": _cover(_("IBAN"), "iban"),
        "signatory": _cover(_("Signataire"), "signatory"),
        "approval": _cover(_("Agrément"), "approval"),
        "reference": _cover(_("Référence de la subvention"), "reference"),
        "label": _cover(_("Intitulé de la subvention"), "label"),
        "letter_reference": _cover(_("Référence de la lettre"), "letter_reference"),
        "letter_on": _cover(_("Date de la lettre"), "letter_on"),
        "year": _one(_("Exercice"), lambda dossier: Decimal(dossier.cover.year)),
        "starts_on": _cover(_("Premier jour de l'exercice"), "exercise_starts_on"),
        "ends_on": _cover(_("Dernier jour de l'exercice"), "exercise_ends_on"),
        "as_of": _cover(_("Situation au"), "as_of"),
        "granted": _amount(_("Accordé"), "granted"),
        "presented": _amount(_("Présenté"), "presented"),
        "income": _amount(_("Recettes à déduire"), "income"),
        "admissible": _amount(_("Admissible"), "admissible"),
        "payable": _amount(_("Payable"), "payable"),
        "own_funds": _amount(_("Fonds propres"), "own_funds"),
        "advances": _amount(_("Avances reçues"), "advances"),
        "balance": _amount(_("Solde"), "balance"),
        "recovery": _amount(_("À rembourser"), "recovery"),
        **_lists(),
    }


def _lists() -> dict[str, Source]:
    return {
        "worker.number": _worker_source(_("Numéro"), lambda one: one.worker),
        "worker.name": _worker_source(_("Nom"), lambda one: one.name),
        "worker.function": _worker_source(_("Fonction"), lambda one: one.function),
        "worker.months": _worker_source(_("Mois"), lambda one: Decimal(one.months)),
        "worker.fte": _worker_source(_("ETP-mois"), lambda one: _fte(one.fte)),
        "worker.gross": _worker_source(_("Brut"), lambda one: _cents(one.gross)),
        "worker.charges": _worker_source(_("Charges"), lambda one: _cents(one.charges)),
        "worker.presented": _worker_source(_("Présenté"), lambda one: _cents(one.presented)),
        "worker.admissible": _worker_source(_("Admissible"), lambda one: _cents(one.admissible)),
        "worker.payable": _worker_source(_("Payable"), lambda one: _cents(one.payable)),
        "month.number": _month_source(_("Numéro"), lambda one: one.worker),
        "month.name": _month_source(_("Nom"), lambda one: one.name),
        "month.month": _month_source(_("Mois"), lambda one: month_text(one.month)),
        "month.hours": _month_source(_("Heures"), lambda one: _cents(one.hours)),
        "month.presented": _month_source(_("Présenté"), lambda one: _cents(one.presented)),
        "month.payable": _month_source(_("Payable"), lambda one: _cents(one.payable)),
        "invoice.piece": _invoice_source(_("Pièce"), lambda one: one.piece),
        "invoice.day": _invoice_source(_("Date"), lambda one: one.issued_on),
        "invoice.supplier": _invoice_source(_("Fournisseur"), lambda one: one.supplier),
        "invoice.number": _invoice_source(_("Numéro"), lambda one: one.number),
        "invoice.description": _invoice_source(_("Objet"), lambda one: one.description),
        "invoice.category": _invoice_source(_("Catégorie"), lambda one: words(one.category)),
        "invoice.paid_on": _invoice_source(_("Payée le"), lambda one: one.paid_on or ""),
        "invoice.total": _invoice_source(_("Facture"), lambda one: _cents(one.total)),
        "invoice.presented": _invoice_source(_("Présenté"), lambda one: _cents(one.presented)),
        "invoice.payable": _invoice_source(_("Payable"), lambda one: _cents(one.payable)),
        "head.label": _head_source(_("Rubrique"), lambda one: words(one.label)),
        "head.presented": _head_source(_("Présenté"), lambda one: _cents(one.presented)),
        "head.admissible": _head_source(_("Admissible"), lambda one: _cents(one.admissible)),
        "head.payable": _head_source(_("Payable"), lambda one: _cents(one.payable)),
    }


def choices() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """The values by list, for a choice on screen; the single ones first."""
    groups: dict[str | Promise, list[tuple[str, str | Promise]]] = {}
    for code, source in sources().items():
        groups.setdefault(source.listed or _("Une seule valeur"), []).append((code, source.label))
    return list(groups.items())
