"""The first sheet: the declaration of claim, to be dated and signed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from reports.documents.declaration import declaration, identity
from reports.documents.workbook.book import Book, Page
from reports.documents.workbook.lines import eur

_WIDTHS = (34, 22, 26, 26)


def write_cover(book: Book) -> None:
    """Who declares what to whom."""
    page = book.sheet(mark("Couverture"), _WIDTHS)
    page.titles(_("Déclaration de créance"))
    page.sheet.fit_to_pages(1, 1)
    page.row += 1
    for title, entries in identity(book.dossier.cover):
        _block(page, title, entries)
    page.say(_("Montants (EUR)"), "section")
    for label, cents in amounts(book):
        page.sheet.write_string(page.row, 0, label, book.format("label"))
        page.put(1, eur(cents), "money", "line")
        page.row += 1
    if book.dossier.reliance.sentence:
        page.say(book.dossier.reliance.sentence, "subtitle")
    page.row += 1
    _sign(page, book)


def amounts(book: Book) -> Iterator[tuple[str, int | None]]:
    """The frozen amounts; the summary sheet recomputes them."""
    found = book.dossier.amounts
    yield _("Accordé"), found.granted
    yield _("Présenté"), found.presented
    yield _("Admissible"), found.admissible
    yield _("Payable"), found.payable
    yield _("Avances reçues"), found.advances
    yield _("Solde"), found.balance


def _block(page: Page, title: str, entries: tuple[tuple[str, str], ...]) -> None:
    page.say(title, "section")
    for label, text in entries:
        page.sheet.write_string(page.row, 0, label, page.book.format("label"))
        page.put(1, text, "code", "plain")
        page.row += 1
    page.row += 1


def _sign(page: Page, book: Book) -> None:
    form = book.format("text", "plain")
    words = declaration(book.dossier)
    page.sheet.set_row(page.row, 48)
    page.sheet.merge_range(page.row, 0, page.row, 3, words, form)
    page.row += 2
    page.sheet.set_row(page.row, 64)
    box = book.format("box")
    signatory = book.dossier.cover.signatory
    page.sheet.write_string(page.row, 0, _("Lieu et date"), box)
    page.sheet.write_string(page.row, 1, f"{_('Nom et qualité')}\n{signatory}", box)
    page.sheet.merge_range(page.row, 2, page.row, 3, _("Signature"), box)
    page.row += 1
