import errno
import hashlib
import json
from pathlib import Path

import pikepdf
import pytest

from reports.documents.writing import CannotWrite, file_name, write_files
from tests.reports.documents.dossiers import cover, dossier

LINES = {"staff": 12, "invoices": 3}


def test_the_three_files_are_written_with_their_digest_in_a_new_folder(tmp_path: Path) -> None:
    written = write_files(dossier(**LINES), tmp_path / "a" / "b")
    assert [one.path.name for one in written] == [
        f"justification-essai-2024-2024.{extension}" for extension in ("json", "xlsx", "pdf")
    ]
    for one in written:
        assert hashlib.sha256(one.path.read_bytes()).hexdigest() == one.sha256
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(
        one.path.name for one in written
    )


def test_written_twice_the_files_are_identical(tmp_path: Path) -> None:
    first = write_files(dossier(**LINES), tmp_path)
    assert write_files(dossier(**LINES), tmp_path) == first


def test_the_pdf_carries_the_very_files_that_stand_beside_it(tmp_path: Path) -> None:
    json_file, xlsx_file, pdf_file = (one.path for one in write_files(dossier(**LINES), tmp_path))
    with pikepdf.open(pdf_file) as opened:
        inside = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
    assert inside == {path.name: path.read_bytes() for path in (json_file, xlsx_file)}


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    (one,) = write_files(dossier(**LINES), tmp_path, formats=("json",))
    assert json.loads(one.path.read_bytes())["cover"]["reference"] == "ESSAI-2024"
    assert [path.name for path in tmp_path.iterdir()] == [one.path.name]


@pytest.mark.parametrize(
    ("reference", "start"),
    [("COCOF-2024", "justification-cocof-2024-2024"), ("../../É/2", "justification-e-2-")],
)
def test_a_name_is_made_of_the_reference_and_the_year_alone(reference: str, start: str) -> None:
    name = file_name(dossier(**LINES, cover=cover(reference=reference)))
    assert name.startswith(start)
    assert name.endswith("-2024")
    assert "/" not in name


def test_two_references_never_share_a_name() -> None:
    references = ("A/1", "A-1", "a-1", "A 1", "Á-1")
    names = {file_name(dossier(**LINES, cover=cover(reference=one))) for one in references}
    assert len(names) == len(references)


def test_a_full_disk_is_said_in_one_sentence_and_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {one.path: one.path.read_bytes() for one in write_files(dossier(**LINES), tmp_path)}

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotWrite, match="plus de place sur le disque") as refused:
        write_files(dossier(24, 3), tmp_path)
    assert "\n" not in str(refused.value)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_where_the_folder_should_be_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotWrite, match="n'ont pas pu être écrits"):
        write_files(dossier(**LINES), tmp_path / "taken", formats=("json",))
