"""The two commands: what they print, which files they leave, how they refuse."""

import errno
import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from backoffice.federation.backup import writing
from backoffice.federation.backup.writing import evidence_files
from backoffice.federation.models import Organisation, StoredFile
from tests.federation.backup.conftest import empty_site


def said(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> str:
    with pytest.raises(CommandError) as refusal:
        said(*arguments)
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_the_way_there_and_back(full_site: None, tmp_path: Path) -> None:
    backup, keys = tmp_path / "site.zip", tmp_path / "site-keys.env"
    names = set(Organisation.objects.values_list("enterprise_number", flat=True))
    printed = said("backup", "--out", backup, "--keys-out", keys)
    assert f"Sauvegarde écrite : {backup}" in printed
    assert f"pièces : {StoredFile.objects.count() + 2}" in printed
    assert "entière et inaltérée" in said("restore", backup, "--check")
    empty_site()
    assert "restaurée et relue" in said("restore", backup, "--keys", keys)
    assert set(Organisation.objects.values_list("enterprise_number", flat=True)) == names


def test_both_files_are_for_their_owner_only_and_nothing_else_is_left(
    full_site: None, tmp_path: Path, settings: LazySettings
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    said("backup", "--out", folder / "site.zip", "--keys-out", folder / "keys.env")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"site.zip": 0o600, "keys.env": 0o600}
    written = (folder / "keys.env").read_text(encoding="utf-8")
    assert written == (
        f"BACKOFFICE_IDENTITY_KEYS={settings.IDENTITY_KEYS[0]}\n"
        f"BACKOFFICE_SECRET_KEY={settings.SECRET_KEY}\n"
    )


def test_without_a_file_for_the_keys_it_says_where_they_are_not(
    full_site: None, tmp_path: Path
) -> None:
    assert "ne contient pas les clés (BACKOFFICE_IDENTITY_KEYS, BACKOFFICE_SECRET_KEY)" in said(
        "backup", "--out", tmp_path / "site.zip"
    )


def test_another_secret_on_the_restored_site_is_said(saved: Path, settings: LazySettings) -> None:
    settings.SECRET_KEY = "another" * 10
    assert "chacun devra se reconnecter" in said("restore", saved)


def test_other_identity_keys_on_the_restored_site_are_said(
    saved: Path, settings: LazySettings
) -> None:
    settings.IDENTITY_KEYS = ["another" * 10]
    assert "ajoutez-les à BACKOFFICE_IDENTITY_KEYS" in said("restore", saved)


def test_a_missing_file_is_counted_and_not_named(
    full_site: None, tmp_path: Path, media: Path
) -> None:
    (media / "imports" / "classeur.xlsx").unlink()
    printed = said("backup", "--out", tmp_path / "site.zip")
    assert "absents du dossier des pièces : 1 (" in printed
    assert "classeur.xlsx" not in printed


@pytest.mark.parametrize("option", ["--out", "--keys-out"])
def test_a_file_that_exists_is_never_replaced(full_site: None, tmp_path: Path, option: str) -> None:
    files = {"--out": tmp_path / "site.zip", "--keys-out": tmp_path / "keys.env"}
    files[option].write_text("mine", encoding="ascii")
    arguments = [part for pair in files.items() for part in pair]
    assert "existe déjà" in refused("backup", *arguments)
    assert files[option].read_text(encoding="ascii") == "mine"
    assert len(list(tmp_path.glob("*.*"))) == 1


def test_an_evidence_file_that_cannot_be_read_stops_the_backup(
    full_site: None, tmp_path: Path, media: Path
) -> None:
    with open(os.fsencode(media) + b"/\xff.pdf", "xb"):  # noqa: PTH123 - not a text
        pass
    assert "ne peut pas être lu (nom illisible)" in refused("backup", "--out", tmp_path / "s.zip")
    assert list(tmp_path.glob("*.zip")) == []


def test_an_evidence_file_that_goes_away_meanwhile_is_not_missed(
    full_site: None, tmp_path: Path, media: Path
) -> None:
    def walk_then_remove(root: Path) -> list[Path]:
        found = evidence_files(root)
        found[-1].unlink()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "evidence_files", walk_then_remove)
        count = StoredFile.objects.count() + 1
        assert f"pièces : {count})" in said("backup", "--out", tmp_path / "site.zip")


def test_a_folder_that_does_not_exist_is_named(full_site: None, tmp_path: Path) -> None:
    assert f"{tmp_path / 'nowhere'} n'existe pas" in refused(
        "backup", "--out", tmp_path / "nowhere" / "site.zip"
    )


def test_a_backup_never_goes_among_the_evidence_that_it_saves(full_site: None, media: Path) -> None:
    assert "dossier des pièces" in refused("backup", "--out", media / "site.zip")
    assert not (media / "site.zip").exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "plus de place sur le disque"),
        (errno.EACCES, "accès refusé"),
        (errno.EROFS, "disque en lecture seule"),
    ],
)
def test_a_disk_that_refuses_leaves_nothing_behind(
    full_site: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", refuse)
    assert words in refused("backup", "--out", folder / "site.zip")
    assert list(folder.iterdir()) == []


def test_a_file_of_keys_that_is_none_is_refused_without_a_word_of_it(
    saved: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "notes.txt"
    keys.write_text("password: secret\n", encoding="ascii")
    sentence = refused("restore", saved, "--keys", keys)
    assert "n'est pas un fichier de clés" in sentence
    assert "secret" not in sentence.replace("BACKOFFICE_SECRET_KEY", "")
    assert "introuvable" in refused("restore", saved, "--keys", tmp_path / "nowhere")
    keys.write_bytes(b"\xff\xfe\x00")
    assert "ce n'est pas du texte" in refused("restore", saved, "--keys", keys)


@pytest.mark.parametrize(("command", "missing"), [("backup", "--out"), ("restore", "FICHIER")])
def test_what_must_be_given_is_named(db: None, command: str, missing: str) -> None:
    assert refused(command) == f"L'option {missing} manque."


def test_a_database_that_awaits_a_migration_is_neither_saved_nor_filled(
    saved: Path, tmp_path: Path
) -> None:
    recorder = MigrationRecorder(connection)
    ((_app, last),) = MigrationLoader(connection).graph.leaf_nodes("reports")
    recorder.record_unapplied("reports", last)
    try:
        assert "lancez « migrate » d'abord" in refused("backup", "--out", tmp_path / "site.zip")
        assert "lancez « migrate » d'abord" in refused("restore", saved)
    finally:
        recorder.record_applied("reports", last)
    assert not (tmp_path / "site.zip").exists()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgres://somebody:wrong@127.0.0.1:1/site", "vérifiez DATABASE_URL et son serveur."),
        ("sqlite:///{folder}/empty.sqlite3", "lancez « migrate » d'abord"),
    ],
)
def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(
    tmp_path: Path, address: str, sentence: str
) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "backoffice", "backup", "--out", str(tmp_path / "site.zip")],
        cwd=Path(__file__).resolve().parents[3],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "backoffice.settings",
            "BACKOFFICE_DATA": str(tmp_path),
            "DATABASE_URL": address.format(folder=tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "wrong" not in done.stderr
    assert not (tmp_path / "site.zip").exists()
