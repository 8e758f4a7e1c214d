"""The amounts of the award on the summary sheet, each recomputed from the lines or from above."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.documents.words import rule_text, unknown
from reports.documents.workbook.book import Page, span
from reports.documents.workbook.lines import Places, eur
from reports.dossier import Dossier

_GAP = mark("ÉCART")
AMOUNT_HEADS = (
    *("Accordé", "Présenté", "Admissible des rubriques", "Recettes à déduire", "Admissible"),
    *("Payable", "Complété par d'autres, mêmes heures", "Fonds propres"),
    *("Avances reçues", "Solde (négatif : à rembourser)", "À rembourser"),
)


@dataclass(frozen=True)
class Line:
    """One amount: how it recomputes, what that gives today in cents, and what was frozen."""

    label: str
    formula: str
    value: int | None
    frozen: int | None
    rule: str = ""


def beside(page: Page, column: int, formula: str, value: int | None, frozen: int | None) -> None:
    """The recomputed amount, the frozen one and their comparison, in three cells."""
    if frozen is None or value is None:
        page.put(column, unknown(), "code")
        page.put(column + 1, eur(frozen), "money", "frozen")
        page.put(column + 2, "\u2013", "code")
        return
    page.formula(column, formula, value)
    page.put(column + 1, eur(frozen), "money", "frozen")
    live, kept = xl_rowcol_to_cell(page.row, column), xl_rowcol_to_cell(page.row, column + 1)
    same = value == frozen
    page.formula(
        column + 2,
        f'IF(ROUND({live}-{kept},2)=0,"OK","{_(_GAP)}")',
        "OK" if same else _(_GAP),
        "line" if same else "alert",
    )


def write_amounts(
    page: Page, dossier: Dossier, places: Places, heads: range, receipts: str
) -> None:
    """The amounts in the order of `AMOUNT_HEADS`.

    Args:
        page: the summary sheet, at the row where they start.
        dossier: what is justified.
        places: where the lines stand.
        heads: the rows of the heads above; empty when they are unknown.
        receipts: the address of the amounts received, below.
    """
    page.say(_("Montants de la subvention (EUR)"), "section")
    page.heads(
        (mark("Montant"), mark("Recalculé"), mark("Figé"), mark("Contrôle"), mark("Règle")),
        height=18,
    )
    first = page.row
    for line in _amounts(dossier, places, heads, receipts, first):
        page.put(0, _(line.label), "code")
        beside(page, 1, line.formula, line.value, line.frozen)
        page.put(4, line.rule, "code", "plain")
        page.row += 1


def _amounts(
    dossier: Dossier, places: Places, heads: range, receipts: str, first: int
) -> Iterator[Line]:
    """The amounts in the order of `AMOUNT_HEADS`; each formula names the cells above it."""
    found = dossier.amounts
    cell = {label: xl_rowcol_to_cell(first + i, 1) for i, label in enumerate(AMOUNT_HEADS)}
    kept = {label: xl_rowcol_to_cell(first + i, 2) for i, label in enumerate(AMOUNT_HEADS)}
    staff, invoices = places.all_staff("Présenté"), places.invoice_cells("Présenté")
    presented = sum(line.presented for line in dossier.staff)
    presented += sum(line.presented for line in dossier.invoices)
    of_heads = sum(head.admissible for head in dossier.heads) if dossier.heads else None
    admissible = None if of_heads is None else max(of_heads - found.income, 0)
    payable = None
    if admissible is not None and found.granted is not None:
        payable = min(admissible, found.granted)
    advances = sum(line.amount for line in dossier.receipts)
    balance = None if payable is None else payable - advances
    own = None if payable is None else presented - payable - found.topped_up
    labels = iter(AMOUNT_HEADS)
    yield Line(
        next(labels), kept["Accordé"], found.granted, found.granted, rule_text(found.grant_rule)
    )
    yield Line(next(labels), f"ROUND({staff}+SUM({invoices}),2)", presented, found.presented)
    yield Line(next(labels), f"SUM({span(6, heads)})" if heads else "0", of_heads, of_heads)
    yield Line(next(labels), kept["Recettes à déduire"], found.income, found.income)
    yield Line(
        next(labels),
        f"ROUND(MAX({cell['Admissible des rubriques']}-{cell['Recettes à déduire']},0),2)",
        admissible,
        found.admissible,
        _("max(admissible des rubriques \u2212 recettes ; 0)"),
    )
    yield Line(
        next(labels),
        f"MIN({cell['Accordé']},{cell['Admissible']})",
        payable,
        found.payable,
        _("le plus petit de : accordé, admissible"),
    )
    topped = "Complété par d'autres, mêmes heures"
    yield Line(next(labels), kept[topped], found.topped_up, found.topped_up)
    yield Line(
        next(labels),
        f"ROUND({cell['Présenté']}-{cell['Payable']}-{cell[topped]},2)",
        own,
        found.own_funds,
        _("présenté \u2212 payable \u2212 payé par d'autres"),
    )
    yield Line(next(labels), f"ROUND(SUM({receipts}),2)", advances, found.advances)
    yield Line(
        next(labels),
        f"ROUND({cell['Payable']}-{cell['Avances reçues']},2)",
        balance,
        found.balance,
        _("payable \u2212 avances reçues"),
    )
    last = "Solde (négatif : à rembourser)"
    back = None if balance is None else max(-balance, 0)
    yield Line(next(labels), f"MAX(-{cell[last]},0)", back, found.recovery)
