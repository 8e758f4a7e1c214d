"""What a restore refuses: one sentence, and the site stays as it was."""

import errno
import os
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from backoffice.federation.backup.refusal import Refused
from backoffice.federation.backup.restoring import check_backup, restore_backup
from backoffice.federation.models import Organisation
from tests.factories import OrganisationFactory
from tests.federation.backup.conftest import Change, forged, is_empty

VERSION = version("backoffice")


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(Refused) as refusal:
        restore_backup(path, **options)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    return sentence


def test_a_site_with_rows_is_left_alone(saved: Path) -> None:
    mine = OrganisationFactory.create(name="Déjà là")
    sentence = refused(saved)
    assert "contient déjà des données (organisations : 1, journal des actes : 1)" in sentence
    assert list(Organisation.objects.all()) == [mine]


def test_a_site_with_evidence_files_is_left_alone(saved: Path, media: Path) -> None:
    (media / "facture.pdf").write_bytes(b"mine")
    assert "fichiers de pièces : 1" in refused(saved)
    assert (media / "facture.pdf").read_bytes() == b"mine"
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("kept", ["half", "all but one byte", "nothing"])
def test_a_cut_backup_is_refused(saved: Path, media: Path, kept: str) -> None:
    size = saved.stat().st_size
    left = {"half": size // 2, "all but one byte": size - 1, "nothing": 0}[kept]
    saved.write_bytes(saved.read_bytes()[:left])
    assert "coupé, altéré" in refused(saved)
    assert is_empty(media)


@examples(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_one_changed_byte_anywhere_is_refused(
    saved_once: bytes, tmp_path: Path, place: float, flip: int
) -> None:
    content = bytearray(saved_once)
    content[int(place * len(content))] ^= flip
    path = tmp_path / "flipped.zip"
    path.write_bytes(content)
    with pytest.raises(Refused, match="coupé, altéré"):
        check_backup(path)


@pytest.fixture
def saved_once(saved: Path) -> bytes:
    return saved.read_bytes()


def test_another_kind_of_file_is_refused(tmp_path: Path, media: Path, db: None) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(os.urandom(5000))
    assert "n'est pas une sauvegarde entière" in refused(path)


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path, db: None) -> None:
    assert "introuvable" in refused(tmp_path / "nowhere.zip")
    assert "c'est un dossier" in refused(tmp_path)


def _drop_a_row(_document: dict, rows: dict) -> None:
    rows["federation.organisation"] = []


def _a_day_that_is_none(_document: dict, rows: dict) -> None:
    rows["federation.site"][0] = rows["federation.site"][0].replace(b'"2020-01-01"', b'"jamais"')


def _another_column(document: dict, _rows: dict) -> None:
    document["tables"][0]["columns"][-1] = "unknown"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_drop_a_row, "renvoie à une autre"),
        (_a_day_that_is_none, "a refusé la table « sites »"),
        (_another_column, "ne sont pas celles de ce site"),
        (lambda document, _rows: document.update(format=2), "un format que ce site ne connaît pas"),
        (lambda document, _rows: document.update(mode="site"), "BACKOFFICE_MODE=site"),
        (
            lambda document, _rows: document["migrations"]["grants"].append("0099_later"),
            f"plus récente du produit ({VERSION} ; ce site n'a pas grants.0099_later)",
        ),
        (
            lambda document, _rows: document["migrations"]["grants"].remove("0001_initial"),
            f"plus ancienne du produit ({VERSION}, sans grants.0001_initial)",
        ),
        (
            lambda document, _rows: document["evidence"][0].update(name="../outside.xlsx"),
            "coupé, altéré",
        ),
    ],
)
def test_a_whole_backup_that_does_not_fit_leaves_the_site_empty(
    saved: Path, media: Path, change: Change, sentence: str
) -> None:
    assert sentence in refused(forged(saved, change))
    assert is_empty(media)
    restore_backup(saved)


def test_a_row_that_the_database_refuses_is_not_quoted(saved: Path) -> None:
    def twice(_document: dict, rows: dict) -> None:
        rows["staffing.worker"].append(rows["staffing.worker"][0])

    sentence = refused(forged(saved, twice))
    assert "a refusé la table « travailleurs » (une valeur)" in sentence
    assert "Personne" not in sentence


def test_keys_of_another_site_are_refused(saved: Path, media: Path) -> None:
    assert "n'est pas celui de cette sauvegarde" in refused(
        saved, keys={"BACKOFFICE_SECRET_KEY": "x" * 50}
    )
    assert is_empty(media)


def test_a_full_disk_while_the_evidence_comes_back_leaves_the_site_empty(
    saved: Path, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert "plus de place sur le disque" in refused(saved)
    assert is_empty(media)
    restore_backup(saved)


def test_a_commit_that_fails_takes_the_evidence_away_again(
    saved: Path, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise OperationalError("the server went away")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", lost)
        with pytest.raises(OperationalError):
            restore_backup(saved)
    assert is_empty(media)
    restore_backup(saved)


def test_a_folder_that_cannot_be_made_is_named(
    saved: Path, media: Path, settings: LazySettings
) -> None:
    shutil.rmtree(media.parent)
    media.parent.write_text("a file", encoding="ascii")
    assert str(media) in refused(saved)
    assert not Organisation.objects.exists()
