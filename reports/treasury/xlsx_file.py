"""The treasury as a workbook: each movement with a running balance, and months that sum them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine.projection.facts import STATUSES
from reports.documents.workbook.book import Bound, Imprint, Page, span
from reports.documents.workbook.lines import eur, first_day
from reports.treasury.page import DOUBTS, KINDS, WHY, TreasuryPage

_FLOW_HEADS = ("Jour", "Mouvement", "Subvention", "Montant", "Doute", "Solde")
_MONTH_HEADS = ("Mois", "Entrées", "Sorties", "Différence", "Fin du mois")
_LEFT_HEADS = ("Subvention", "Exercice", "À recevoir", "Pourquoi", "Annoncé pour le")
_AMOUNT, _BALANCE = 3, 5


def render_xlsx(page: TreasuryPage) -> bytes:
    """The workbook as bytes, the same for the same treasury."""
    ground = page.ground
    book = Bound(
        Imprint(
            title=_("Trésorerie"),
            organisation=ground.organisation.name,
            subject=page.under.label if page.under and page.under.label else _("Trésorerie"),
            year=f"{ground.opening.day.year}-{ground.last.year}",
            as_of=ground.as_of,
            marks=_("DEMO \u2013 données inventées") if ground.organisation.is_demo else "",
        )
    )
    flows = book.sheet(mark("Mouvements"), (12, 34, 20, 15, 14, 16))
    months = book.sheet(mark("Mois"), (12, 16, 16, 16, 16))
    left = book.sheet(mark("Sans jour"), (20, 10, 16, 50, 16))
    rows = _write_flows(flows, page)
    _write_months(months, page, rows)
    _write_left(left, page)
    return book.close()


def _write_flows(sheet: Page, page: TreasuryPage) -> range:
    """The opening, then each movement with the balance after it."""
    opening = page.ground.opening
    sheet.titles(_("Mouvements"))
    if not page.known:
        sheet.say(_("Le solde bancaire n'est pas connu : les soldes partent de zéro."), "subtitle")
    sheet.heads(_FLOW_HEADS)
    sheet.freeze(1)
    sheet.put(0, opening.day, "day")
    sheet.put(1, _("Solde de départ"), "text")
    sheet.put(_BALANCE, eur(page.shown.curve.opening), "money")
    standing, first = page.shown.curve.opening, sheet.row
    sheet.row += 1
    for one in page.shown.flows:
        standing += one.amount
        sheet.put(0, one.day, "day")
        sheet.put(1, KINDS[one.kind], "text")
        sheet.put(2, one.subject, "code")
        sheet.put(_AMOUNT, eur(one.amount), "money")
        sheet.put(4, DOUBTS[STATUSES[one.status]], "code")
        sheet.formula(_BALANCE, f"ROUND(F{sheet.row}+D{sheet.row + 1},2)", standing)
        sheet.row += 1
    return range(first, sheet.row)


def _write_months(sheet: Page, page: TreasuryPage, rows: range) -> None:
    """What comes and goes each month, summed over the movements."""
    sheet.titles(_("Mois par mois"))
    sheet.heads(_MONTH_HEADS)
    sheet.freeze(1)
    days, amounts = (span(column, rows, "Mouvements") for column in (0, _AMOUNT))
    before = eur(page.shown.curve.opening)
    for one in page.months:
        here = f"A{sheet.row + 1}"
        within = f'{days},">="&{here},{days},"<"&EDATE({here},1)'
        sheet.put(0, first_day(one.month), "month")
        sheet.formula(1, f'ROUND(SUMIFS({amounts},{amounts},">0",{within}),2)', one.coming)
        sheet.formula(
            2, f'ROUND(SUMIFS({amounts},{amounts},"<0",{within}),2)', one.net - one.coming
        )
        sheet.formula(3, f"ROUND(B{sheet.row + 1}+C{sheet.row + 1},2)", one.net)
        last = f"E{sheet.row}" if before is None else str(before)
        sheet.formula(4, f"ROUND({last}+D{sheet.row + 1},2)", one.end)
        before = None
        sheet.row += 1


def _write_left(sheet: Page, page: TreasuryPage) -> None:
    """What is on no day."""
    sheet.titles(_("Ce qui n'est sur aucun jour"))
    sheet.heads(_LEFT_HEADS)
    for one in page.unplaced:
        sheet.put(0, one.reference, "code")
        sheet.put(1, one.year, "code")
        sheet.put(2, eur(one.amount), "money")
        sheet.put(3, WHY[one.why], "text")
        sheet.put(4, one.due, "day")
        sheet.row += 1
    if not page.unplaced:
        sheet.say(_("Tout est sur un jour."), "subtitle")
