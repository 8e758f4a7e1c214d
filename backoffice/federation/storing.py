"""Keep a file that someone hands in: its size and its real type are checked, its original kept."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pikepdf
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from backoffice.federation.models import Organisation, StoredFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MAX_BYTES = 20 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileRefused(ValueError):
    """The file is not kept; the message says why and what to do."""


def keep_file(
    *,
    organisation: Organisation,
    upload: "UploadedFile[Any]",
    types: frozenset[str],
    by: User | None,
) -> StoredFile:
    """Keep the original of a file in one of the media types that the caller expects.

    Raises:
        FileRefused: too large, empty, or its content is none of these types.
    """
    name = PurePath(upload.name or "").name[:200]
    if (upload.size or 0) > MAX_BYTES:
        raise FileRefused(
            _("Le fichier dépasse 20 Mo : réduisez-le ou coupez-le en plusieurs fichiers.")
        )
    content = upload.read()
    found = media_type(content)
    if found not in types:
        wanted = ", ".join(sorted(TYPE_NAMES[one] for one in types))
        raise FileRefused(
            _("Le contenu du fichier n'est pas l'un des types attendus : %s.") % wanted
        )
    upload.seek(0)
    with transaction.atomic():
        row = StoredFile(
            organisation=organisation,
            name=name,
            media_type=found,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            kept_by=by,
        )
        row.file.save(name, upload, save=False)
        row.save()
    return row


def media_type(content: bytes) -> str | None:
    """What a file is, by opening it; None for anything else than the types that we keep."""
    for found, opens in _OPENERS.items():
        if opens(content):
            return found
    return None


def _is_pdf(content: bytes) -> bool:
    if not content.startswith(b"%PDF-"):
        return False
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            return len(opened.pages) > 0
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False


def _is_image(kind: str) -> Callable[[bytes], bool]:
    def opens(content: bytes) -> bool:
        try:
            with Image.open(io.BytesIO(content), formats=[kind]) as opened:
                opened.verify()
        except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
            return False
        return True

    return opens


def _is_xlsx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "xl/workbook.xml" in package.namelist()
    except zipfile.BadZipFile:
        return False


_OPENERS: Mapping[str, Callable[[bytes], bool]] = MappingProxyType(
    {
        "application/pdf": _is_pdf,
        "image/png": _is_image("PNG"),
        "image/jpeg": _is_image("JPEG"),
        XLSX: _is_xlsx,
    }
)
TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG", XLSX: "XLSX"}
)
EVIDENCE_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg"})
