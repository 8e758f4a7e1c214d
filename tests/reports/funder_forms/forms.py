"""A funder's workbook with what a library that writes it again would lose."""

import io
import zipfile
from datetime import date

import openpyxl
from openpyxl.styles import Font

CONTROL = b'<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{1}"/>'
SHAPE = (
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/x"><xdr:sp/></xdr:wsDr>'
)


def workbook() -> bytes:
    """A declaration of a page and a list of six lines, with a formula, a merged title, a day."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Déclaration"
    page.merge_cells("A1:C1")
    page["A1"] = "Déclaration de créance"
    page["A3"], page["B3"] = "Employeur", None
    page["B3"].font = Font(bold=True)
    page["A4"] = "Montant demandé"
    page["A5"], page["B5"] = "Moitié", "=B4/2"
    page["A6"], page["B6"] = "Date", date(2020, 1, 1)
    page["A7"] = "Autre date"
    people = book.create_sheet("Personnel")
    people.append(["Nom", "Payable"])
    people["A8"] = "Total"
    people["B8"] = "=SUM(B2:B7)"
    written = io.BytesIO()
    book.save(written)
    return with_parts(
        without_recalculation(written.getvalue()),
        {"xl/activeX/activeX1.xml": CONTROL, "xl/drawings/drawing9.xml": SHAPE},
    )


def without_recalculation(content: bytes) -> bytes:
    """The same as Excel saves it: openpyxl always asks to calculate at opening."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(content).items():
            archive.writestr(name, part.replace(b' fullCalcOnLoad="1"', b""))
    return kept.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The same package with more parts."""
    kept = io.BytesIO(content)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return kept.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part of a package by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
