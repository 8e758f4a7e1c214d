"""The lines and amounts of a document: how two of them are matched, and their names in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backoffice.engine.periods import parse_month
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import month_words

AMOUNTS = ("granted", "presented", "admissible", "payable", "own_funds", "advances", "balance")

Line = Mapping[str, Any]
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
    return _("%(worker)s, %(month)s, poste %(post)s") % {
        "worker": _worker_name(line),
        "month": written_month(line),
        "post": line["post"],
    }


def _worker_name(line: Line) -> str:
    """The number of the worker, then her name, or her pseudonym once she is erased."""
    return " ".join(filter(None, (line["worker"], line.get("name"))))


def written_month(line: Line) -> str:
    """The month of a staff line as people read it."""
    return month_words(parse_month(line["month"]))


def _invoice_name(line: Line) -> str:
    return _("%(piece)s, %(supplier)s") % line


def line_by_line() -> tuple[Kind, ...]:
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


def year_by_year() -> tuple[Kind, ...]:
    """By worker and category: two exercises share no line."""
    heads = Kind("heads", _("Rubriques"), "heads", lambda one: (one["name"],), _label)
    staff = Kind(
        "staff",
        _("Personnel, par travailleur"),
        "staff",
        lambda one: (one["worker"],),
        _worker_name,
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
