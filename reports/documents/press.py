"""The press: a small program apart that turns pages of HTML into PDF/A-3a and PDF/UA-1 files.

It runs in its own process (`python -m reports.documents.press`), so that the memory and the
processor time of a long document never weigh on the site. It reads one job after the other on its
standard input and ends when that closes. A job is a line of JSON, then its contents one after the
other; the answer is a line of JSON, then the PDF.
"""

import gc
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pikepdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

ROOT = Path(__file__).resolve().parent.parent.parent
STYLE = ROOT / "templates" / "documents" / "justification.css"
FONTS = ROOT / "backoffice" / "web" / "static" / "web" / "fonts"
FACES = ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexSans-Italic")
_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
_ABSENT = "?"
_KEPT = frozenset(map(ord, "\n\t"))

# PDF/A asks that a property that is not its own be described: part of PDF/UA is one.
_UA = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{_UA_NAMESPACE}">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA_NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class _Page(HTML):  # type: ignore[misc]
    """A page that our style sheet describes whole.

    The renderer's own sheet gives six pseudo-elements to each cell of a table: without it a long
    document takes half the time and half the memory.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002
        return []


def print_pages(html: str, made: datetime, attachments: Sequence[tuple[str, str, bytes]]) -> bytes:
    """One document as PDF, the same bytes for the same arguments.

    Args:
        html: complete page, with its language and title; a character that our font lacks is
            printed as a question mark, since no other font may be used.
        made: the instant that the file and its attachments bear.
        attachments: name, description and bytes of each.
    """
    style, fonts = _style()
    page = _Page(string=_writable(html), url_fetcher=URLFetcher(allowed_protocols=("data",)))
    document = page.render(stylesheets=[style], font_config=fonts)
    document.metadata.created = document.metadata.modified = made.isoformat()
    document.metadata.attachments = [
        Attachment(
            string=content,
            name=name,
            description=words,
            created=made,
            modified=made,
            relationship="Source" if name.endswith(".json") else "Supplement",
        )
        for name, words, content in attachments
    ]
    # Compressed once, by the step that follows and is faster at it.
    return _with_ua(document.write_pdf(pdf_variant="pdf/a-3a", uncompressed_pdf=True))


def _with_ua(pdf: bytes) -> bytes:
    """The same PDF/A-3a file, saying that it is PDF/UA-1 too."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        words = opened.Root.Metadata.read_bytes().decode()
        words = words.replace("</rdf:RDF>", f"{_UA}</rdf:RDF>")
        stream = opened.make_stream(words.encode(), Type=pikepdf.Name.Metadata)
        stream.Subtype = pikepdf.Name.XML
        opened.Root.Metadata = stream
        # The renderer lists each attached file twice.
        opened.Root.AF = pikepdf.Array([one.obj for one in opened.attachments.values()])
        written = BytesIO()
        opened.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return written.getvalue()


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    """The style sheet with its fonts, parsed once for every document."""
    fonts = FontConfiguration()
    return CSS(filename=str(STYLE), font_config=fonts), fonts


@cache
def _characters() -> frozenset[int]:
    """The characters that every face of our font holds."""
    faces = [set(TTFont(FONTS / f"{name}.woff2").getBestCmap()) for name in FACES]
    return frozenset(set.intersection(*faces))


def _writable(text: str) -> str:
    absent = {ord(one) for one in set(text)} - _characters() - _KEPT
    return text.translate(dict.fromkeys(absent, _ABSENT)) if absent else text


def main(source: BinaryIO, answers: BinaryIO) -> None:
    """Print job after job until the source ends.

    A document makes many objects and little garbage: looking for cycles while it is made would take
    half the time, so that is done between two documents.
    """
    gc.disable()
    _style()
    _characters()
    gc.freeze()  # what every document uses is no garbage
    while line := source.readline():
        job = json.loads(line)
        html = source.read(job["html"])
        files = [(one["name"], one["words"], source.read(one["size"])) for one in job["files"]]
        made = datetime.fromisoformat(job["made"]).replace(tzinfo=UTC)
        # Whatever fails is told to the caller, who raises it; the press goes on.
        try:
            pdf, error = print_pages(html.decode(), made, files), ""
        except Exception as failure:
            pdf, error = b"", f"{type(failure).__name__}: {failure}"
        answers.write(json.dumps({"size": len(pdf), "error": error}).encode() + b"\n" + pdf)
        answers.flush()
        gc.collect()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
