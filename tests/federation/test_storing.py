"""Files that people hand in: what they are is read in them, and what is kept is the original."""

import hashlib
import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

from backoffice.federation import media_types
from backoffice.federation.media_types import EVIDENCE_TYPES, PDF, XLSM, XLSX
from backoffice.federation.models import StoredFile
from backoffice.federation.storing import MAX_BYTES, FileRefused, keep_file
from tests.factories import OrganisationFactory, UserFactory

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def a_pdf(**options) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, deterministic_id=not options, **options)
    return out.getvalue()


def an_image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 2)).save(out, kind)
    return out.getvalue()


def a_workbook(**parts: bytes) -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"xl/{name}", content)
    return out.getvalue()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def kept(content: bytes, name: str = "piece.pdf", types=EVIDENCE_TYPES) -> StoredFile:
    upload = SimpleUploadedFile(name, content)
    return keep_file(
        organisation=OrganisationFactory(), upload=upload, types=types, by=UserFactory()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (a_pdf(), "facture.pdf", "application/pdf"),
        (an_image("PNG"), "scan.png", "image/png"),
        (an_image("JPEG"), "photo.jpeg", "image/jpeg"),
    ],
)
def test_the_original_is_kept_with_its_type_size_and_fingerprint(content, name, found):
    row = kept(content, name)
    assert (row.media_type, row.size, row.name) == (found, len(content), name)
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    with row.file.open("rb") as file:
        assert file.read() == content


@pytest.mark.django_db
def test_the_path_on_the_disk_says_nothing_of_the_content(media):
    row = kept(a_pdf(), "contrat-Dupont.pdf")
    assert "Dupont" not in row.file.name
    assert "Dupont" not in str(row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7 but nothing else",
        b"<html>" + a_pdf(),
        an_image("PNG")[:20],
        an_image("GIF"),
        a_workbook(),
        b"MZ\x90\x00",
    ],
    ids=["svg", "html", "cut pdf", "html before a pdf", "cut png", "gif", "workbook", "program"],
)
def test_what_is_not_of_the_expected_types_is_refused_whatever_its_name(content, media):
    with pytest.raises(FileRefused, match="JPEG, PDF, PNG"):
        kept(content, "facture.pdf")
    assert not media.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_pdf_behind_a_password_is_refused_and_one_that_only_forbids_printing_is_kept():
    locked = pikepdf.Encryption(owner="propriétaire", user="secret")
    with pytest.raises(FileRefused, match="mot de passe"):
        kept(a_pdf(encryption=locked))
    assert kept(a_pdf(encryption=pikepdf.Encryption(owner="x", user=""))).media_type == PDF


@pytest.mark.django_db
def test_a_workbook_with_macros_is_refused_unless_the_caller_takes_them():
    book = a_workbook(**{"vbaProject.bin": b"macro"})
    with pytest.raises(FileRefused, match="macros"):
        kept(book, "formulaire.xlsx", frozenset({XLSX}))
    row = kept(book, "formulaire.xlsm", frozenset({XLSX, XLSM}))
    assert row.media_type == XLSM
    assert kept(a_workbook(), "classeur.xlsx", frozenset({XLSX})).media_type == XLSX


@pytest.mark.django_db
def test_a_workbook_that_unpacks_to_more_than_the_memory_should_hold_is_refused(monkeypatch):
    monkeypatch.setattr(media_types, "MOST_UNPACKED", 1_000_000)
    bomb = a_workbook(**{"worksheets/sheet2.xml": bytes(1_000_001)})
    assert len(bomb) < 20_000
    with pytest.raises(FileRefused, match="trop de données"):
        kept(bomb, "classeur.xlsx", frozenset({XLSX}))


@pytest.mark.django_db
def test_an_image_of_too_many_points_is_refused_without_being_drawn(monkeypatch):
    monkeypatch.setattr(media_types, "MOST_PIXELS", 5)
    with pytest.raises(FileRefused, match="points"):
        kept(an_image("PNG"), "scan.png")


@pytest.mark.django_db
def test_a_file_over_twenty_megabytes_or_empty_is_refused(media):
    with pytest.raises(FileRefused, match="20 Mo"):
        kept(a_pdf() + bytes(MAX_BYTES))
    with pytest.raises(FileRefused, match="vide"):
        kept(b"")
    assert not media.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Reçu 🧾 été.pdf", "Reçu 🧾 été.pdf"),
        ("C:\\Users\\moi\\facture.PDF", "facture.PDF"),
        ("page.html", "page.html.pdf"),
        ("a\u202efdp.exe", "afdp.exe.pdf"),
        ("x" * 250 + ".pdf", "x" * 196 + ".pdf"),
        ("...", "fichier.pdf"),
        ("\ud800.pdf", "fichier.pdf"),
    ],
    ids=["emoji", "folder", "html name", "turned around", "long", "dots", "half a character"],
)
def test_the_name_is_kept_readable_and_ends_as_the_content_does(written, shown):
    assert kept(a_pdf(), written).name == shown


@pytest.mark.django_db
def test_nothing_stays_on_the_disk_when_the_row_cannot_be_written(media, monkeypatch):
    def refuse(_self, *_args, **_options):
        raise RuntimeError("no row")

    monkeypatch.setattr(StoredFile, "save", refuse)
    with pytest.raises(RuntimeError, match="no row"):
        kept(a_pdf())
    assert [path for path in media.rglob("*") if path.is_file()] == []
