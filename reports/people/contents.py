"""The text of a kept file, where one is read: that of workbooks and of electronic invoices."""

import io
import re
import zipfile

from lxml import etree

from backoffice.federation.media_types import UBL, XLSM, XLSX
from backoffice.federation.models import StoredFile
from backoffice.federation.serving import FileDamaged, original_of

MOST_READ = 20_000_000
"""A workbook that unpacks to more bytes than this is not read."""
_TAGS = re.compile(r"<[^>]*>")


def text_of(file: StoredFile) -> str | None:
    """What a file says; None for a PDF, an image, and what is too large or damaged."""
    if file.media_type not in (UBL, XLSX, XLSM):
        return None
    try:
        content = original_of(file)
        return _invoice(content) if file.media_type == UBL else _workbook(content)
    except (FileDamaged, zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError):
        return None


def _invoice(content: bytes) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    return " ".join(" ".join(root.itertext()).split())


def _workbook(content: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [one for one in package.infolist() if one.filename.lower().endswith(".xml")]
        if sum(one.file_size for one in parts) > MOST_READ:
            return None
        written = (package.read(one).decode("utf-8", "replace") for one in parts)
        return " ".join(" ".join(_TAGS.sub(" ", text).split()) for text in written)
