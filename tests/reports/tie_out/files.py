"""Exports of a trial balance as the test writes them."""

import io
from pathlib import Path

import openpyxl

PLAIN = """Compte;Intitulé;Analytique;Débit;Crédit
550000;Banque;;1.234,56;
612000;Fournitures;100;865,44;0,00
733000;Subsides;100;;2.100,00
"""


def written(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "balance.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, rows: list[list[object]], title: str = "Balance") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    content = io.BytesIO()
    book.save(content)
    path = folder / "balance.xlsx"
    path.write_bytes(content.getvalue())
    return path
