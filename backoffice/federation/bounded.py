"""A file too large to keep is counted and thrown away as it arrives: neither memory nor disk fills.

The other fields of its form are read all the same, so that the page shows them again.
"""

import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backoffice.federation.storing import MAX_BYTES

MOST_SENT = 256 * 1024 * 1024
"""A request of more bytes than this is refused before it is read at all."""


class TooLarge(UploadedFile[Any]):
    """A file that was not kept: its real size, and no content."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(file=io.BytesIO(), name=name, size=size)


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """A file on the disk until it passes the bound: from then on what arrives is dropped."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MAX_BYTES:
            super().receive_data_chunk(raw_data, start)
        elif not self.file.closed:
            self.file.close()  # and with it what was written of it

    def file_complete(self, file_size: int) -> Any:
        if file_size > MAX_BYTES:
            return TooLarge(self.file_name or "", file_size)
        return super().file_complete(file_size)


def refuse_huge_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413, in words, to what announces more bytes than any form of ours needs."""

    def respond(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > MOST_SENT:
            return render(None, "413.html", {"demo": settings.DEMO}, status=413)
        return get_response(request)

    return respond
