"""A site with a database and a queue of its own, driven from outside as an administrator does."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
JOBS = """
SELECT id, state, attempts, problems, result, done, doing, sent_at, (
    SELECT COUNT(*) FROM federation_figureentry WHERE code LIKE 'effect:' || job.id || ':%'
) AS effects FROM federation_job AS job ORDER BY id
"""


@dataclass
class Site:
    """One installation: its variables, and the processes that it has running."""

    variables: dict[str, str]
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return self.begin([sys.executable, "-m", "backoffice", *words])

    def begin(self, command: list[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(process)
        return process

    def run(self, *words: str) -> str:
        """What a command prints, once it has ended well."""
        process = self.start(*words)
        said, _nothing = process.communicate(timeout=180)
        assert process.returncode == 0, said
        return said

    def ask(self, count: int = 1, **arguments: Any) -> str:
        return self.python(
            "from backoffice.federation.jobs import ask\n"
            f"for number in range({count}):\n"
            f"    ask('effects', subject=f'effects:{{number}}', arguments={arguments!r})"
        )

    def jobs(self) -> list[dict[str, Any]]:
        """Every job, with the number of rows that its steps have left."""
        with closing(self._connect()) as connection:
            cursor = connection.cursor()
            cursor.execute(JOBS)
            names = [column[0] for column in cursor.description]
            found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        for one in found:
            for name in ("result", "problems"):
                one[name] = json.loads(one[name]) if isinstance(one[name], str) else one[name]
        return found

    def _connect(self) -> Any:
        """A connection of our own: a process for each look would be too slow."""
        if POSTGRES:
            return psycopg.connect(self.variables["DATABASE_URL"])
        return sqlite3.connect(Path(self.variables["BACKOFFICE_DATA"]) / "backoffice.sqlite3")

    def python(self, program: str) -> str:
        return self.run("shell", "-v0", "--no-imports", "-c", program)

    def wait_for(self, seconds: float = 120, **wanted: Any) -> dict[str, Any]:
        """The first job, as soon as it looks like that."""
        limit = monotonic() + seconds
        while monotonic() < limit:
            first = self.jobs()[0]
            if all(first[name] == value for name, value in wanted.items()):
                return first
            sleep(0.1)
        pytest.fail(f"not {wanted} after {seconds} s: {first}")

    def hear(self, process: subprocess.Popen[str], words: str, seconds: float = 60) -> None:
        """Read what a process says, up to these words."""
        assert process.stdout is not None
        guard = Timer(seconds, process.kill)
        guard.start()
        said = ""
        while words not in said:
            line = process.stdout.readline()
            if not line:
                pytest.fail(f"not « {words} » : {said}")
            said += line
        guard.cancel()

    def cut_the_database(self) -> int:
        """End every connection of the site to its PostgreSQL database; how many there were."""
        with closing(psycopg.connect(self.variables["DATABASE_URL"])) as connection:
            cut = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return cut.rowcount

    def child_of(self, process: subprocess.Popen[str]) -> int:
        """The number of the process that a supervisor has started."""
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        return int(children.read_text(encoding="ascii").split()[0])

    def end(self) -> None:
        while self.running:
            process = self.running.pop()
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that nobody has used, to be copied; what tests/run has migrated already stays so."""
    folder = tmp_path_factory.mktemp("migrated")
    if not POSTGRES and (schema := os.environ.get("TEST_SCHEMA")):
        shutil.copy(schema, folder / "backoffice.sqlite3")
    with _database("model", os.environ.get("TEST_TEMPLATE")) as address:
        site = Site(_variables(folder, address))
        site.run("migrate", "-v0")
        yield site


@pytest.fixture
def site(migrated: Site, tmp_path: Path) -> Iterator[Site]:
    data = tmp_path / "var"
    shutil.copytree(migrated.variables["BACKOFFICE_DATA"], data)
    with _database("copy", migrated.variables.get("DATABASE_URL")) as address:
        found = Site(_variables(data, address))
        yield found
        found.end()


def _variables(data: Path, address: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BACKOFFICE_", "CELERY_", "DATABASE_", "PYTEST_"))
    }
    ours = {
        "DJANGO_SETTINGS_MODULE": "tests.federation.carried.settings",
        "BACKOFFICE_DATA": str(data),
        "BACKOFFICE_QUEUE": f"test-{uuid.uuid4().hex}",
        "BACKOFFICE_LOG_LEVEL": "WARNING",
        "PYTHONUNBUFFERED": "1",
    }
    return kept | ours | ({"DATABASE_URL": address} if address else {})


@contextmanager
def _database(name: str, model: str | None = None) -> Iterator[str]:
    """The address of a PostgreSQL database made for this and dropped after; "" on SQLite."""
    if not POSTGRES:
        yield ""
        return
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    own = f"test_jobs_{name}_{uuid.uuid4().hex[:8]}"
    source = f" TEMPLATE {model.rsplit('/', 1)[-1]}" if model else ""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {own}{source}")
        try:
            yield f"{server}/{own}"
        finally:
            connection.execute(f"DROP DATABASE {own} WITH (FORCE)")
