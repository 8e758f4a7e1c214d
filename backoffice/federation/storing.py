"""Keep a file that someone hands in: its size and its real type are checked, its original kept."""

import hashlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.federation.media_types import (
    ENDINGS,
    EVIDENCE_TYPES,
    TYPE_NAMES,
    XLSM,
    XLSX,
    FileRefused,
    media_type,
)
from backoffice.federation.models import Organisation, StoredFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

__all__ = [
    "EVIDENCE_TYPES",
    "MAX_BYTES",
    "XLSX",
    "FileRefused",
    "keep_file",
    "media_type",
    "or_no_file",
]

MAX_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Characters that show nothing or turn the reading direction: no name keeps them."""

_KEPT: ContextVar[list[StoredFile] | None] = ContextVar("kept", default=None)


@contextmanager
def or_no_file() -> Iterator[None]:
    """All that is done within is written, or nothing: the files kept meanwhile go from the disk."""
    new: list[StoredFile] = []
    token = _KEPT.set(new)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for row in new:
            row.file.storage.delete(row.file.name or "")
        raise
    finally:
        _KEPT.reset(token)


def keep_file(
    *,
    organisation: Organisation,
    upload: "UploadedFile[Any]",
    types: frozenset[str],
    by: User | None,
) -> StoredFile:
    """Keep the original of a file in one of the media types that the caller expects.

    Raises:
        FileRefused: too large, empty, locked, or its content is none of these types.
    """
    content = _content(upload)
    found = media_type(content)
    if found is None or found not in types:
        raise FileRefused(_not_expected(found, types))
    row = StoredFile(
        organisation=organisation,
        name=kept_name(upload.name or "", found),
        media_type=found,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        kept_by=by,
    )
    upload.seek(0)
    with transaction.atomic():
        row.file.save("original", upload, save=False)
        try:
            row.save()
        except BaseException:
            row.file.storage.delete(row.file.name or "")
            raise
    new = _KEPT.get()
    if new is not None:
        new.append(row)
    return row


def kept_name(written: str, found: str) -> str:
    """The name that a file came with, without folder or hidden character, ending as its type does.

    A name too long for its column loses the end of its stem, never its ending.
    """
    last = PurePosixPath(PureWindowsPath(written).name).name
    shown = "".join(one for one in last if unicodedata.category(one) not in _HIDDEN).strip()
    endings = ENDINGS[found]
    ending = next((one for one in endings if shown.lower().endswith(one)), "")
    stem = shown[: len(shown) - len(ending)].strip(" .") or _("fichier")
    ending = shown[len(shown) - len(ending) :] if ending else endings[0]
    return stem[: LONGEST_NAME - len(ending)] + ending


def _content(upload: "UploadedFile[Any]") -> bytes:
    """What the file holds.

    Raises:
        FileRefused: more than we keep, or nothing.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise FileRefused(
            _("Le fichier dépasse 20 Mo : réduisez-le ou coupez-le en plusieurs fichiers.")
        )
    upload.seek(0)
    content: bytes = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FileRefused(
            _("Le fichier dépasse 20 Mo : réduisez-le ou coupez-le en plusieurs fichiers.")
        )
    if not content:
        raise FileRefused(_("Le fichier est vide : choisissez le fichier rempli."))
    return content


def _not_expected(found: str | None, types: frozenset[str]) -> str:
    if found == XLSM and XLSX in types:
        return _("Ce classeur contient des macros : enregistrez-le au format .xlsx, sans macro.")
    wanted = ", ".join(sorted(TYPE_NAMES[one] for one in types))
    return _("Le contenu du fichier n'est pas l'un des types attendus : %s.") % wanted
