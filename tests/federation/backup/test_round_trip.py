"""What a backup brings back: every row with its own key and its own days, and every file."""

import os
import stat
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType

from backoffice.federation.backup.restoring import check_backup, restore_backup
from backoffice.federation.backup.tables import tables
from backoffice.federation.backup.writing import make_backup
from backoffice.federation.models import Job, Organisation, StoredFile
from reports.models import Justification
from tests.factories import JobFactory, OrganisationFactory
from tests.federation.backup.conftest import contents, empty_site

ROOT = Path(__file__).resolve().parents[3]


def test_every_table_is_saved_with_at_least_one_row(saved: Path) -> None:
    empty = [table.name for table in check_backup(saved).tables if not table.rows]
    assert empty == []


def test_a_restored_site_gives_the_same_backup_again(saved: Path, tmp_path: Path) -> None:
    restore_backup(saved)
    again = make_backup(out=tmp_path / "again.zip")
    assert contents(again) == contents(check_backup(saved))


def test_days_that_rows_received_by_themselves_are_not_renewed(
    full_site: None, tmp_path: Path
) -> None:
    Justification.objects.update(frozen_at=datetime(2025, 3, 1, 9, 30, 15, 123456, tzinfo=UTC))
    make_backup(out=tmp_path / "saved.zip")
    empty_site()
    restore_backup(tmp_path / "saved.zip")
    frozen = Justification.objects.values_list("frozen_at", flat=True)
    assert set(frozen) == {datetime(2025, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)}


def test_new_rows_take_free_keys_after_a_restore(saved: Path) -> None:
    restore_backup(saved)
    before = set(Organisation.objects.values_list("pk", flat=True))
    assert OrganisationFactory.create(enterprise_number="0999123494").pk not in before


def test_rights_follow_their_names_and_not_their_numbers(full_site: None, tmp_path: Path) -> None:
    make_backup(out=tmp_path / "saved.zip")
    empty_site()
    Permission.objects.all().delete()
    ContentType.objects.all().delete()
    ContentType.objects.create(app_label="elsewhere", model="other")
    restore_backup(tmp_path / "saved.zip")
    user = User.objects.earliest("pk")
    assert user.has_perm("grants.change_award")
    assert user.get_user_permissions() == user.get_group_permissions() == {"grants.change_award"}


def test_evidence_comes_back_byte_for_byte_for_its_owner_only(saved: Path, media: Path) -> None:
    restore_backup(saved)
    found = {path.name: path.read_bytes() for path in media.rglob("*.*") if path.is_file()}
    for row in StoredFile.objects.all():
        assert (media / row.file.name).read_bytes() == b"%PDF-1.7"
    assert found == {"classeur.xlsx": b"\x00\xffclasseur", "pièce à l'appui.pdf": b""}
    assert {stat.S_IMODE(path.stat().st_mode) for path in media.rglob("*") if path.is_file()} == {
        0o600
    }
    assert stat.S_IMODE(media.stat().st_mode) == 0o700


def test_a_file_that_a_row_names_and_nobody_has_is_said(full_site: None, tmp_path: Path) -> None:
    (settings.MEDIA_ROOT / "imports" / "classeur.xlsx").unlink()
    assert make_backup(out=tmp_path / "saved.zip").missing == ["imports/classeur.xlsx"]


def test_a_job_that_was_running_is_still_to_be_taken_up_after_a_restore(
    transactional_db: None, media: Path, tmp_path: Path
) -> None:
    moment = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
    held = {"state": Job.State.RUNNING, "claim": "elsewhere"}
    JobFactory.create(**held, started_at=moment, heartbeat_at=moment)
    make_backup(out=tmp_path / "saved.zip")
    empty_site()
    restore_backup(tmp_path / "saved.zip")
    assert Job.objects.filter(**held, heartbeat_at=moment).count() == 1


def test_sessions_are_not_saved_and_the_keys_are_nowhere_in_the_file(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name in members if "session" in name] == []
    assert [name for name, text in members.items() if settings.SECRET_KEY.encode() in text] == []


def test_tables_come_after_those_that_they_refer_to() -> None:
    order = tables()
    for place, table in enumerate(order):
        targets = {field.related_model for field in table.fields} - {table.model}
        assert targets & {later.model for later in order[place:]} == set()


def test_a_backup_goes_through_a_site_on_sqlite_and_back(saved: Path, tmp_path: Path) -> None:
    """On PostgreSQL, this is the way from one database to the other and back."""
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    variables = {
        "DJANGO_SETTINGS_MODULE": "backoffice.settings",
        "BACKOFFICE_MODE": "demo",
        "BACKOFFICE_DATA": str(tmp_path / "elsewhere"),
    }
    back = tmp_path / "back.zip"
    for arguments in (["migrate", "-v0"], ["restore", str(saved)], ["backup", "--out", str(back)]):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "backoffice", *arguments],
            cwd=ROOT,
            env=kept | variables,
            check=False,
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert check_backup(back).database == "sqlite"
    assert contents(check_backup(back)) == contents(check_backup(saved))
    restore_backup(back)
    assert contents(make_backup(out=tmp_path / "again.zip")) == contents(check_backup(saved))
