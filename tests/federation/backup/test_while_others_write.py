"""A backup taken while the site is used shows one moment, and keeps nobody waiting."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.db import connection

from backoffice.federation.models import Approval, Organisation

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
    import json, sys, threading
    from pathlib import Path
    import django
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from backoffice.federation.backup.writing import make_backup
    from backoffice.federation.models import Approval, Organisation

    folder = Path(sys.argv[1])
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    started, stop, said = threading.Event(), threading.Event(), []

    def write_pairs():
        number = 0
        try:
            while not stop.is_set():
                with transaction.atomic():
                    owner = Organisation.objects.create(enterprise_number=str(number), name="S")
                    Approval.objects.create(
                        organisation=owner, code="A", kind="CASG", name="S",
                        analytical_account="1", starts_on="2020-01-01",
                    )
                number += 1
                if number == 20:
                    started.set()
        except Exception as error:
            said.append(repr(error))
            started.set()
        finally:
            connection.close()

    writer = threading.Thread(target=write_pairs)
    writer.start()
    started.wait(60)
    counts = []
    for place in range(8):
        tables = {
            table.name: table.rows
            for table in make_backup(out=folder / f"{place}.zip").tables
        }
        counts.append([tables["federation.organisation"], tables["federation.approval"]])
    stop.set()
    writer.join()
    print(json.dumps({"counts": counts, "said": said}))
"""


def address() -> str:
    """The database of this test for another process; empty for a new SQLite file."""
    if connection.vendor == "sqlite":
        return ""
    made = connection.settings_dict
    who = made["USER"] + (f":{made['PASSWORD']}" if made["PASSWORD"] else "")
    return f"postgres://{who}@{made['HOST']}:{made['PORT'] or 5432}/{made['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_a_picture_holds_whole_pairs_and_the_writer_goes_on(tmp_path: Path) -> None:
    variables = {
        "DJANGO_SETTINGS_MODULE": "backoffice.settings",
        "BACKOFFICE_MODE": "demo",
        "BACKOFFICE_DATA": str(tmp_path / "data"),
        "DATABASE_URL": address(),
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path)],
        cwd=ROOT,
        env=os.environ | variables,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["said"] == []
    assert [owners - approvals for owners, approvals in found["counts"]] == [0] * 8
    owners = [count for count, _approvals in found["counts"]]
    assert owners == sorted(set(owners)), "the writer waited for the backup"
    if connection.vendor == "postgresql":
        Approval.objects.all().delete()
        Organisation.objects.all().delete()
