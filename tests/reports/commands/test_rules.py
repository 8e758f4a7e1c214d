"""`backoffice rules`: an index, and a page and a paper of each scheme."""

from io import BytesIO, StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reports.rulebook import writing
from reports.rulebook.book import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book of one scheme: printing all of them says nothing more."""
    monkeypatch.setattr(
        writing, "pages", lambda figures: [one for one in pages(figures) if one.code == "ape"]
    )


def write(folder: Path) -> list[str]:
    out = StringIO()
    call_command("rules", "--out", str(folder), "--as-of", "2026-11-26", stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.usefixtures("one_scheme", "papers_made_once")
def test_the_book_is_an_index_with_a_page_and_a_paper_of_each_scheme(tmp_path: Path) -> None:
    told = write(tmp_path / "book")
    assert [Path(line).name for line in told] == ["index.html", "ape.html", "ape.pdf"]
    index = (tmp_path / "book" / "index.html").read_text(encoding="utf-8")
    assert 'href="ape.html"' in index
    page = (tmp_path / "book" / "ape.html").read_text(encoding="utf-8")
    assert "26/11/2026" in page
    assert 'href="wallonia_after_ape.html"' in page
    assert "<script" not in page
    assert "http" not in page.replace("https://", "")


@pytest.mark.usefixtures("one_scheme", "papers_made_once")
def test_the_paper_is_an_archive_that_everyone_can_read(tmp_path: Path) -> None:
    write(tmp_path)
    with pikepdf.open(BytesIO((tmp_path / "ape.pdf").read_bytes())) as pdf:
        with pdf.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("3", "A")
            assert told["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "fr"


@pytest.mark.usefixtures("one_scheme")
def test_the_same_rules_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name)
    for name in ("index.html", "ape.html", "ape.pdf"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_without_a_folder_the_command_says_what_is_missing() -> None:
    with pytest.raises(CommandError, match="--out"):
        call_command("rules")


def test_a_file_where_the_folder_should_be_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("x", encoding="utf-8")
    with pytest.raises(CommandError, match="n'a pas pu être créé"):
        write(tmp_path / "book")
