"""Starting the project: a demonstration needs nothing, a real site refuses to guess."""

import os
import runpy
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from backoffice.env import env_bool, env_choice, env_int, env_list, env_secret, kept_secret
from backoffice.security import content_security_policy

SETTINGS = Path(__file__).resolve().parent.parent / "backoffice" / "settings.py"
Start = Callable[..., SimpleNamespace]
SITE = {
    "BACKOFFICE_MODE": "site",
    "BACKOFFICE_SECRET_KEY": "s" * 50,
    "BACKOFFICE_IDENTITY_KEYS": f"{'n' * 50}, {'o' * 50}",
    "BACKOFFICE_ALLOWED_HOSTS": "gestion.example.org, www.example.org",
}


SECRET = "aB3-" + "".join(chr(33 + place) for place in range(64))
"""A secret with letters enough for the checks."""


def started(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command in a process that has only these variables of ours."""
    ours = ("BACKOFFICE_", "DATABASE_", "CELERY_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "backoffice", *words],
        cwd=SETTINGS.parent.parent,
        env=kept | variables | {"DJANGO_SETTINGS_MODULE": "backoffice.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Start:
    """Read the settings anew, as a process that starts with only these variables does."""
    for name in list(os.environ):
        if name.startswith(("BACKOFFICE_", "DATABASE_", "CELERY_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BACKOFFICE_DATA", str(tmp_path))

    def read(**variables: str) -> SimpleNamespace:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return SimpleNamespace(**runpy.run_path(str(SETTINGS)))

    return read


def test_a_demonstration_starts_without_anything_given(start: Start) -> None:
    found = start()
    assert found.DEMO is True
    assert found.DEBUG is False
    assert found.ALLOWED_HOSTS == ["localhost", "127.0.0.1", "[::1]"]
    assert found.CELERY_BROKER_URL is None


def test_a_demonstration_draws_its_secret_once_for_its_owner_only(
    start: Start, tmp_path: Path
) -> None:
    first = start().SECRET_KEY
    assert len(first) >= 50
    assert first == start().SECRET_KEY
    assert first != start(BACKOFFICE_DATA=str(tmp_path / "elsewhere")).SECRET_KEY
    assert stat.S_IMODE((tmp_path / "demo-secret").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("demo-secret*")] == ["demo-secret"]


@pytest.mark.parametrize(
    "name", ["BACKOFFICE_SECRET_KEY", "BACKOFFICE_IDENTITY_KEYS", "BACKOFFICE_ALLOWED_HOSTS"]
)
def test_a_real_site_refuses_to_start_without_its_own(start: Start, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} est obligatoire"):
        start(**SITE | {name: ""})


def test_a_real_site_refuses_a_short_secret_without_showing_it(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured, match="au moins 50") as refusal:
        start(**SITE | {"BACKOFFICE_SECRET_KEY": "trop-court"})
    assert "trop-court" not in str(refusal.value)


def test_a_real_site_speaks_https_only_and_never_debugs(start: Start, tmp_path: Path) -> None:
    found = start(**SITE, BACKOFFICE_DEBUG="true")
    assert found.DEMO is False
    assert found.DEBUG is False
    assert found.ALLOWED_HOSTS == ["gestion.example.org", "www.example.org"]
    assert found.SECURE_SSL_REDIRECT is True
    assert found.SECURE_HSTS_SECONDS > 0
    assert found.SESSION_COOKIE_SECURE is True
    assert found.CSRF_COOKIE_SECURE is True
    assert not (tmp_path / "demo-secret").exists()


def test_a_real_site_keeps_its_cookies_from_scripts_and_other_sites(start: Start) -> None:
    found = start(**SITE, BACKOFFICE_HSTS_SUBDOMAINS="true", BACKOFFICE_HSTS_PRELOAD="true")
    for cookie in ("SESSION", "CSRF"):
        assert getattr(found, f"{cookie}_COOKIE_HTTPONLY") is True
        assert getattr(found, f"{cookie}_COOKIE_SECURE") is True
        assert getattr(found, f"{cookie}_COOKIE_SAMESITE") == "Lax"
    assert found.SECURE_REFERRER_POLICY == "same-origin"
    assert found.SECURE_HSTS_INCLUDE_SUBDOMAINS is True
    assert found.SECURE_HSTS_PRELOAD is True


def test_the_checks_of_a_real_site_find_nothing_to_say(tmp_path: Path) -> None:
    done = started(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        **SITE | {"BACKOFFICE_SECRET_KEY": SECRET, "BACKOFFICE_DATA": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_checks_of_a_site_with_a_poor_secret_fail(tmp_path: Path) -> None:
    done = started(
        "check", "--deploy", "--fail-level=WARNING", **SITE | {"BACKOFFICE_DATA": str(tmp_path)}
    )
    assert done.returncode == 1
    assert "security.W009" in done.stderr


def test_an_unknown_mode_stops_the_start_with_a_sentence(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        start(BACKOFFICE_MODE="production")
    assert str(refusal.value) == (
        "BACKOFFICE_MODE vaut « production » ; valeurs admises : demo, site."
    )


def test_no_mail_leaves_until_a_server_is_named(start: Start) -> None:
    assert start().EMAIL_BACKEND.endswith("dummy.EmailBackend")
    with pytest.raises(ImproperlyConfigured, match="BACKOFFICE_EMAIL_FROM est obligatoire"):
        start(BACKOFFICE_EMAIL_HOST="courriel.example.org")
    found = start(
        BACKOFFICE_EMAIL_HOST="courriel.example.org", BACKOFFICE_EMAIL_FROM="a@example.org"
    )
    assert (found.EMAIL_HOST, found.EMAIL_USE_TLS, found.EMAIL_USE_SSL) == (
        "courriel.example.org",
        True,
        False,
    )
    assert not hasattr(found, "EMAIL_BACKEND")


def test_two_installations_may_share_a_broker_by_the_name_of_their_queue(start: Start) -> None:
    assert start().CELERY_TASK_DEFAULT_QUEUE == "backoffice"
    assert start(BACKOFFICE_QUEUE="autre").CELERY_TASK_DEFAULT_QUEUE == "autre"


def test_an_address_chooses_postgresql(start: Start) -> None:
    found = start(DATABASE_URL="postgres://me@127.0.0.1:5432/service").DATABASES["default"]
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert found["NAME"] == "service"
    assert "transaction_mode" not in found.get("OPTIONS", {})


def test_a_refused_start_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    done = started("migrate", BACKOFFICE_MODE="site", BACKOFFICE_DATA=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("BACKOFFICE_SECRET_KEY est obligatoire")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("word", "expected"), [("True", True), ("1", True), ("False", False)])
def test_a_flag_is_read_from_its_word(
    monkeypatch: pytest.MonkeyPatch, word: str, *, expected: bool
) -> None:
    monkeypatch.setenv("FLAG", word)
    assert env_bool("FLAG", default=not expected) is expected


@pytest.mark.parametrize("word", ["maybe", "2", "vrai"])
def test_a_flag_refuses_another_word(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("FLAG", word)
    with pytest.raises(ImproperlyConfigured, match=f"FLAG vaut « {word} »"):
        env_bool("FLAG", default=True)


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPTY", "  ")
    assert env_bool("EMPTY", default=True) is True
    assert env_choice("EMPTY", ("a", "b"), default="a") == "a"
    assert env_int("EMPTY", default=7) == 7
    assert env_list("EMPTY", default=["x"]) == ["x"]
    with pytest.raises(ImproperlyConfigured, match="EMPTY est obligatoire"):
        env_secret("EMPTY")


@pytest.mark.parametrize("word", ["-1", "1.5", "un", "²"])
def test_a_number_refuses_what_is_not_whole(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("NUMBER", word)
    with pytest.raises(ImproperlyConfigured, match="nombre entier"):
        env_int("NUMBER", default=1)


def test_a_kept_secret_survives_a_second_first_start(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("already drawn", encoding="ascii")
    assert kept_secret(tmp_path / "secret") == "already drawn"


def test_a_page_may_load_our_own_files_only() -> None:
    response = content_security_policy(lambda _request: HttpResponse())(RequestFactory().get("/"))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_copy_of_a_page_is_kept_unless_it_says_otherwise() -> None:
    response = content_security_policy(lambda _request: HttpResponse())(RequestFactory().get("/"))
    assert response.headers["Cache-Control"] == "no-store"
    theirs = HttpResponse(headers={"Cache-Control": "private, no-store"})
    response = content_security_policy(lambda _request: theirs)(RequestFactory().get("/"))
    assert response.headers["Cache-Control"] == "private, no-store"


def test_what_a_command_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "var"
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, "-m", "backoffice", "showmigrations", "sessions"],
        env=kept | {"BACKOFFICE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "backoffice.settings"},
        check=True,
        umask=0o022,
        timeout=180,
    )
    made = [data, *data.rglob("*")]
    assert data / "backoffice.sqlite3" in made
    assert [path for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.django_db
def test_sqlite_takes_its_lock_first_and_keeps_foreign_keys(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    options = settings.DATABASES["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    of_the_site = options["init_command"].removesuffix("PRAGMA synchronous=OFF;")
    with closing(sqlite3.connect(tmp_path / "site.sqlite3")) as site:
        site.executescript(of_the_site)
        assert site.execute("PRAGMA synchronous").fetchone() == (1,)


def test_the_address_of_the_site_is_a_scheme_and_a_host_or_nothing(start: Start) -> None:
    assert start().SITE_ADDRESS == ""
    assert start(BACKOFFICE_URL="https://a.example.org/").SITE_ADDRESS == "https://a.example.org"
    for wrong in ("a.example.org", "ftp://a.example.org", "https://a.example.org/x", "https://"):
        with pytest.raises(ImproperlyConfigured, match="une adresse est attendue"):
            start(BACKOFFICE_URL=wrong)
