"""The first sheet: which workbook this is, whose and of which year, and how to fill it in."""

from collections.abc import Mapping
from typing import Any

from reports.exchange import styles
from reports.exchange.sheets import COVER, COVER_TITLE, NAME, SHEETS, VERSION

TITLE = "Données d'un employeur pour une année"
DEMO = "DEMO - employeur et données inventés"
HOW_TO = (
    "Indiquez le numéro d'entreprise et l'année ci-dessus, puis remplissez chaque feuille.",
    "Colonnes foncées : obligatoires. Colonnes claires : facultatives. "
    "Le commentaire de chaque titre dit quoi écrire.",
    "Ne changez ni le nom des feuilles ni les titres des colonnes ; leur ordre est libre.",
    "Une ligne appartient à l'année si elle la touche ; ses vraies dates restent, "
    "même avant ou après l'année.",
    "L'import prend tout ou rien : au moindre problème rien n'est enregistré, "
    "et chaque problème est nommé avec sa cellule.",
    "Une ligne retirée du classeur n'est supprimée que si vous le demandez à l'import ; "
    "un élément de paie vidé l'est toujours, dans les mois présents.",
)


def write_cover(
    book: Any, counts: Mapping[str, int], *, enterprise_number: str, year: int | None, demo: bool
) -> None:
    """Add the cover to an XlsxWriter workbook; `counts` gives the rows of each sheet."""
    page = book.add_worksheet(COVER_TITLE)
    page.hide_gridlines(2)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 64)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, TITLE, book.add_format(styles.TITLE))
    if demo:
        page.write_string(1, 0, DEMO, book.add_format(styles.DEMO))
        page.set_header("&L&BDEMO&R&BDEMO")
        page.set_tab_color(styles.DEMO["font_color"])
    values = {
        "name": NAME,
        "version": str(VERSION),
        "enterprise_number": enterprise_number,
        "year": "" if year is None else str(year),
        "demo": "oui" if demo else "non",
    }
    label, entry = book.add_format(styles.LABEL), book.add_format(styles.ENTRY)
    line = 3
    for code, header in COVER.items():
        page.write_string(line, 0, header, label)
        page.write_string(line, 1, values[code], entry)
        line += 1
    line = _write_how_to(book, page, line + 1)
    _write_contents(book, page, line + 1, counts)


def _write_how_to(book: Any, page: Any, line: int) -> int:
    plain = book.add_format(styles.PLAIN)
    page.write_string(line, 0, "Mode d'emploi", book.add_format(styles.LABEL))
    for number, sentence in enumerate(HOW_TO, start=1):
        page.merge_range(line + number, 0, line + number, 1, sentence, plain)
        page.set_row(line + number, 30)
    return line + len(HOW_TO) + 1


def _write_contents(book: Any, page: Any, line: int, counts: Mapping[str, int]) -> None:
    label, link = book.add_format(styles.LABEL), book.add_format(styles.LINK)
    left = book.add_format({"align": "left"})
    page.write_string(line, 0, "Feuille", label)
    page.write_string(line, 1, "Lignes", label)
    for number, sheet in enumerate(SHEETS, start=1):
        target = f"internal:'{sheet.title}'!A1"
        page.write_url(line + number, 0, target, link, sheet.title)
        page.write_number(line + number, 1, counts.get(sheet.code, 0), left)
