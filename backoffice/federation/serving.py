"""Give a kept file back to someone who may have it: as it came, or not at all."""

import hashlib

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from backoffice.federation.models import StoredFile

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Even a browser that shows the file instead of saving it runs nothing of it, as no site."""


class FileDamaged(Exception):
    """What is on the disk is no longer what was handed in: nothing of it is given."""


class FileErased(Exception):
    """The content was removed on purpose: its row and its SHA-256 are all that is left."""


def original_of(row: StoredFile) -> bytes:
    """The file as it was handed in.

    Raises:
        FileErased: its content was removed on purpose.
        FileDamaged: it is gone, or its SHA-256 is no longer the one written that day.
    """
    if row.erased_at is not None:
        raise FileErased(row.pk)
    try:
        with row.file.open("rb") as file:
            content: bytes = file.read(row.size + 1)
    except OSError as error:
        raise FileDamaged(row.pk) from error
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise FileDamaged(row.pk)
    return content


def served(row: StoredFile) -> HttpResponse:
    """A kept file as a download; it can run nothing in the browser and no other site embeds it.

    Raises:
        FileErased, FileDamaged: as for `original_of`.
    """
    response = HttpResponse(original_of(row), content_type=row.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=row.name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
