"""The sheets that some funders ask for besides: the declaration on honour, the account."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as mark

from reports.documents.account import CategoryLine, WorkerLine, account_of
from reports.documents.honour import honours
from reports.documents.workbook.book import Book, Column
from reports.documents.workbook.lines import eur

HONOUR = mark("Sur l'honneur")
STAFF, COSTS = mark("Décompte personnel"), mark("Décompte frais")
_STAFF: tuple[Column[WorkerLine], ...] = (
    Column("N°", "code", 9, lambda line: line.sums.lines[0].worker),
    Column("Travailleur / Werknemer", "text", 28, lambda line: line.sums.lines[0].name),
    Column("Poste / Post", "code", 16, lambda line: line.sums.lines[0].post),
    Column("ETP-mois / VTE-maand", "fte", 12, lambda line: line.sums.fte),
    Column("Brut / Bruto", "money", 14, lambda line: eur(line.sums.gross), total=True),
    Column("Charges / Lasten", "money", 14, lambda line: eur(line.sums.charges), total=True),
    Column("Autres / Andere", "money", 14, lambda line: eur(line.sums.benefits), total=True),
    Column(
        "dont prime de fin d'année / waarvan eindejaarspremie",
        "money",
        18,
        lambda line: eur(line.year_end),
        total=True,
    ),
    Column("Présenté / Voorgelegd", "money", 14, lambda line: eur(line.sums.presented), total=True),
    Column(
        "Admissible / Aanvaardbaar", "money", 14, lambda line: eur(line.sums.admissible), total=True
    ),
    Column(
        "Payable / Uit te betalen", "money", 14, lambda line: eur(line.sums.payable), total=True
    ),
)
_COSTS: tuple[Column[CategoryLine], ...] = (
    Column("Rubrique / Rubriek", "text", 30, lambda line: _both(line.head)),
    Column("Catégorie / Categorie", "text", 44, lambda line: _both(line.category)),
    Column("Pièces / Stukken", "count", 12, lambda line: line.sums.pieces),
    Column("Présenté / Voorgelegd", "money", 16, lambda line: eur(line.sums.presented), total=True),
    Column(
        "Admissible / Aanvaardbaar", "money", 16, lambda line: eur(line.sums.admissible), total=True
    ),
    Column(
        "Payable / Uit te betalen", "money", 16, lambda line: eur(line.sums.payable), total=True
    ),
)


def write_honour(book: Book) -> None:
    """The declaration on honour in each language, to be dated and signed."""
    found = honours(book.dossier)
    if not found:
        return
    page = book.sheet(HONOUR, (34, 22, 26, 26))
    page.titles(" / ".join(honour.title for honour in found))
    page.sheet.fit_to_pages(1, 1)
    form, box = book.format("text", "plain"), book.format("box")
    for honour in found:
        page.row += 1
        page.say(honour.title, "section")
        for text in (honour.opening, *(f"\u2013 {one}" for one in honour.statements), honour.note):
            page.sheet.set_row(page.row, 28)
            page.sheet.merge_range(page.row, 0, page.row, 3, text, form)
            page.row += 1
        page.sheet.set_row(page.row, 56)
        page.sheet.write_string(page.row, 0, honour.boxes[0], box)
        signatory = f"{honour.boxes[1]}\n{book.dossier.cover.signatory}"
        page.sheet.write_string(page.row, 1, signatory, box)
        page.sheet.merge_range(page.row, 2, page.row, 3, honour.boxes[2], box)
        page.row += 1


def write_account(book: Book) -> None:
    """The recapitulative account: staff by worker with the year-end premium, costs by category."""
    account = account_of(book.dossier)
    if account is None:
        return
    page = book.sheet(STAFF, [column.width for column in _STAFF])
    page.titles("Décompte récapitulatif : personnel / Samenvattende afrekening: personeel")
    page.listing(_STAFF, account.workers, "Aucun travailleur / Geen werknemer")
    page = book.sheet(COSTS, [column.width for column in _COSTS])
    page.titles("Décompte récapitulatif : frais / Samenvattende afrekening: kosten")
    page.listing(_COSTS, account.categories, "Aucune facture / Geen factuur")


def _both(label: Mapping[str, str]) -> str:
    return f"{label['fr']} / {label['nl']}"
