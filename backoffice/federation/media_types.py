"""What a file is, by opening it: its name and what the browser says of it count for nothing."""

import io
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pikepdf
from django.utils.translation import gettext as _
from lxml import etree
from PIL import Image, UnidentifiedImageError

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroenabled.12"
UBL = "application/xml"
"""An electronic invoice, and no other XML."""
EVIDENCE_TYPES = frozenset({PDF, PNG, JPEG})
TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {PDF: "PDF", PNG: "PNG", JPEG: "JPEG", XLSX: "XLSX", XLSM: "XLSM", UBL: "XML"}
)
ENDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        PDF: (".pdf",),
        PNG: (".png",),
        JPEG: (".jpg", ".jpeg"),
        XLSX: (".xlsx",),
        XLSM: (".xlsm",),
        UBL: (".xml",),
    }
)
"""How the name of a file of each type ends; the first one is added to a name that lacks it."""

MOST_UNPACKED = 200_000_000
"""A workbook that unpacks to more bytes than this is refused without being unpacked."""
MOST_PARTS = 10_000
MOST_PIXELS = 100_000_000
MACROS = ("vbaproject.bin", "vbadata.xml")


class FileRefused(ValueError):
    """The file is not kept; the message says why and what to do."""


def media_type(content: bytes) -> str | None:
    """What a file is; None for anything else than the types that we keep.

    Raises:
        FileRefused: one of those types, but locked by a password or a bomb that fills the memory.
    """
    return next((found for opens in _OPENERS if (found := opens(content))), None)


def _pdf(content: bytes) -> str | None:
    if not content.startswith(b"%PDF-"):
        return None
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            return PDF if len(opened.pages) > 0 else None
    except pikepdf.PasswordError as error:
        raise FileRefused(
            _("Ce PDF est protégé par un mot de passe : enregistrez-le sans mot de passe.")
        ) from error
    except (pikepdf.PdfError, ValueError):
        return None


def _image(kind: str, found: str) -> Callable[[bytes], str | None]:
    def opens(content: bytes) -> str | None:
        try:
            with Image.open(io.BytesIO(content), formats=[kind]) as opened:
                large = opened.width * opened.height > MOST_PIXELS
                opened.verify()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            large = True
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            return None
        if large:
            raise FileRefused(
                _("Cette image a trop de points : réduisez sa taille et enregistrez-la à nouveau.")
            )
        return found

    return opens


def _workbook(content: bytes) -> str | None:
    """A workbook of the Office kind, with or without macros, whatever its name says."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise FileRefused(
                    _("Ce classeur contient trop de données : gardez-en la partie utile.")
                )
            names = {one.filename.lower() for one in parts}
            if not {"xl/workbook.xml", "[content_types].xml"} <= names:
                return None
            kinds = package.read(next(n for n in package.namelist() if n.lower() == _KINDS))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return None
    has_macros = any(name.endswith(MACROS) for name in names) or b"macroEnabled" in kinds
    return XLSM if has_macros else XLSX


def _electronic_invoice(content: bytes) -> str | None:
    """An invoice or a credit note in UBL: no document type, no entity, nothing from elsewhere."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    is_plain = not root.getroottree().docinfo.doctype
    return UBL if is_plain and root.tag in _INVOICES else None


_NAMES = "urn:oasis:names:specification:ubl:schema:xsd:"
_INVOICES = {f"{{{_NAMES}{kind}-2}}{kind}" for kind in ("Invoice", "CreditNote")}
_KINDS = "[content_types].xml"
_OPENERS: tuple[Callable[[bytes], str | None], ...] = (
    _pdf,
    _image("PNG", PNG),
    _image("JPEG", JPEG),
    _workbook,
    _electronic_invoice,
)
