"""The lists of the workbook: evidence and what is missing of it, checks, deadlines, figures."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.labels import cited, said
from backoffice.web.templatetags.money import months
from reports.documents.words import EVIDENCE, LEVELS, STATUSES, unit_text
from reports.documents.workbook.book import Book, Column
from reports.documents.workbook.lines import eur
from reports.dossier import Check, DeadlineLine, EvidenceLine

_LOOK_OF_LEVEL = {"error": "alert", "warning": "doubt", "info": "line"}
_LOOK_OF_STATUS = {"to_confirm": "doubt", "forecast": "alert", "missing": "alert"}

_EVIDENCE: tuple[Column[EvidenceLine], ...] = (
    Column("Type", "code", 22, lambda line: EVIDENCE.get(line.kind, line.kind)),
    Column("Concerne", "code", 24, lambda line: line.who),
    Column("Objet", "code", 16, lambda line: line.about),
    Column("Référence", "code", 34, lambda line: line.reference or "\u2013"),
    Column("Daté du", "day", 12, lambda line: line.dated_on),
    Column("Valable jusqu'au", "day", 14, lambda line: line.valid_until),
    Column("Transmis le", "day", 12, lambda line: line.transmitted_on),
    Column("État", "code", 14, lambda line: _("présente") if line.reference else _("MANQUANTE")),
)
_CHECKS: tuple[Column[Check], ...] = (
    Column("Niveau", "code", 15, lambda check: LEVELS.get(check.level, check.level)),
    Column("Qui", "code", 18, lambda check: check.who),
    Column("Mois", "code", 18, lambda check: months(check.month)),
    Column("Constat", "text", 60, lambda check: check.message),
    Column("Montant", "money", 13, lambda check: eur(check.amount)),
    Column("Que faire", "text", 50, lambda check: check.todo),
    Column("Article", "text", 30, lambda check: cited(check.article)),
    Column("Accepté par", "text", 20, lambda check: check.signed_by),
    Column("Code", "code", 26, lambda check: check.code),
)
_DEADLINES: tuple[Column[DeadlineLine], ...] = (
    Column("Échéance", "day", 15, lambda line: line.due_on),
    Column("Objet", "text", 18, lambda line: said(line.label)),
)

_FIGURE_HEADS = (
    *("N°", "Code", "Libellé", "Valeur", "Unité", "En vigueur", "Décidée", "Statut"),
    *("Source", "Article", "Vérifiée"),
)


def _value(use: FigureUse) -> tuple[Decimal | str, str]:
    """A value as a number of its kind; one that is no decimal (a fraction, a regime) as written."""
    try:
        exact = Decimal(use.text)
    except InvalidOperation:
        return use.text, "code"
    if use.unit.startswith("EUR") and exact == exact.quantize(Decimal("0.01")):
        return exact, "money"
    return exact, "ratio"


def write_evidence(book: Book) -> None:
    """Every document that the lines rest on, then those that the funder asks for."""
    dossier = book.dossier
    page = book.sheet(mark("Pièces"), [column.width for column in _EVIDENCE])
    page.titles(_("Pièces justificatives"))
    page.heads([column.label for column in _EVIDENCE], height=18)
    page.freeze(0)
    first = page.row
    for line in dossier.evidence:
        look = "line" if line.reference else "alert"
        page.line([(column.get(line), column.kind) for column in _EVIDENCE], look)
    if dossier.evidence:
        page.sheet.autofilter(first - 1, 0, page.row - 1, len(_EVIDENCE) - 1)
    page.row += 1
    page.say(_("Documents demandés par le pouvoir subsidiant"), "section")
    for document in dossier.documents:
        page.line([(_("à joindre"), "code"), (said(document), "code")], "plain")
    if not dossier.documents:
        page.say(_("Aucun n'est connu."), "subtitle")


def write_checks(book: Book) -> None:
    """Errors, warnings and information, then the deadlines of the exercise."""
    dossier = book.dossier
    page = book.sheet(mark("Contrôles"), [column.width for column in _CHECKS])
    page.titles(_("Contrôles"))
    page.heads([column.label for column in _CHECKS], height=18)
    page.freeze(0)
    for check in dossier.checks:
        cells = [(column.get(check), column.kind) for column in _CHECKS]
        shown = [("" if value is None else value, kind) for value, kind in cells]
        page.line(shown, _LOOK_OF_LEVEL[check.level])
    if not dossier.checks:
        page.say(_("Aucun constat."), "subtitle")
    page.row += 1
    page.say(_("Échéances"), "section")
    for line in dossier.deadlines:
        consequence = said(line.consequence) if line.consequence else ""
        page.line(
            [
                (line.due_on, "day"),
                (line.kind, "code"),
                (STATUSES.get(line.status, line.status), "code"),
                (said(line.label), "text"),
                ("", "code"),
                (consequence, "text"),
                (cited(line.source), "text"),
            ]
        )


def write_figures(book: Book) -> None:
    """Every figure value that the justification relied on; its number is used in Explication."""
    figures = book.dossier.figures
    page = book.sheet(mark("Valeurs"), (7, 40, 44, 16, 14, 12, 12, 14, 50, 34, 12))
    page.titles(_("Valeurs de référence utilisées"))
    if book.dossier.reliance.sentence:
        page.say(book.dossier.reliance.sentence, "subtitle")
    page.heads(_FIGURE_HEADS, height=18)
    page.freeze(2)
    for number, use in enumerate(figures, start=1):
        page.line(
            [
                (f"V{number}", "code"),
                (use.code, "code"),
                (said(use.label), "text"),
                _value(use),
                (unit_text(use.unit), "code"),
                (use.since, "day"),
                (use.decided or _("inconnue"), "day"),
                (STATUSES.get(use.status, use.status), "code"),
                (cited(use.source), "text"),
                (cited(use.article), "text"),
                (use.verified or _("lettre"), "day"),
            ],
            _LOOK_OF_STATUS.get(use.status, "line"),
        )
