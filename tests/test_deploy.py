"""`docs/deploy.md` and its files: what they name exists, what they run starts."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "docs" / "deploy"
GUIDE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "backoffice" / "settings.py").read_text(encoding="utf-8")
VARIABLES = set(re.findall(r'\benv_\w+\(\s*"([A-Z_]+)"', SETTINGS))
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


def assigned(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _sign, value in pairs}


def granian_options(text: str) -> list[str]:
    """The options of the server in a command, without where it listens."""
    start = text.index("--interface")
    command = text[start : text.index("backoffice.wsgi", start)].replace("\\\n", " ")
    words = re.sub(r'[",]', " ", command).split()
    pairs = " ".join(words).split("--")
    return sorted(one.strip() for one in pairs if one and not one.startswith(("host", "port")))


def test_the_guide_explains_every_setting_and_no_other() -> None:
    assert len(VARIABLES) > 10
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", GUIDE, re.MULTILINE))
    assert explained == VARIABLES
    named = set(re.findall(r"\b(?:BACKOFFICE_[A-Z_]+|DATABASE_URL|CELERY_[A-Z_]+)\b", GUIDE))
    assert named <= VARIABLES


def test_the_files_set_only_variables_that_the_settings_read() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    in_compose = {name for one in services.values() for name in one.get("environment", {})}
    ours = {name for name in in_compose if not name.startswith("POSTGRES_")}
    assert set(assigned(DEPLOY / "env.example")) | ours <= VARIABLES
    assert {"site", "worker", "prepare", "database", "broker"} == set(services)
    for one in services.values():
        assert set(one.get("depends_on", {})) <= set(services)
        assert "/" not in one["image"]


def test_the_example_of_settings_starts_a_real_site_once_its_key_is_given(tmp_path: Path) -> None:
    values = assigned(DEPLOY / "env.example")
    assert values["BACKOFFICE_SECRET_KEY"] == ""
    folders = {"BACKOFFICE_DATA": str(tmp_path), "BACKOFFICE_OUT": str(tmp_path)}
    assert values["BACKOFFICE_IDENTITY_KEYS"] == ""
    given = {
        "BACKOFFICE_SECRET_KEY": "k" * 50,
        "BACKOFFICE_IDENTITY_KEYS": "i" * 50,
        "DJANGO_SETTINGS_MODULE": "backoffice.settings",
    }
    program = (
        "from django.conf import settings as s; "
        "print(s.DEMO, s.SECURE_SSL_REDIRECT, s.DATABASES['default']['HOST'])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**_plain(), **values, **folders, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("False True /var/run/postgresql\n", "")


def test_the_server_runs_with_the_same_options_everywhere() -> None:
    expected = granian_options((ROOT / "run").read_text(encoding="utf-8"))
    assert "blocking-threads 4" in expected
    for name in ("backoffice.service", "Dockerfile"):
        assert granian_options((DEPLOY / name).read_text(encoding="utf-8")) == expected, name


def test_the_proxies_of_the_guide_set_every_header_that_the_site_believes() -> None:
    nginx = GUIDE[GUIDE.index("nginx, with") : GUIDE.index("## Who may read what")]
    said = dict(re.findall(r"proxy_set_header (\S+) (\S+);", nginx))
    assert said == {
        "Host": "$host",
        "X-Forwarded-Proto": "$scheme",
        "X-Forwarded-For": "$remote_addr",
    }


def test_every_command_and_every_link_of_the_guide_exists() -> None:
    commands = set(re.findall(r"^\s+site ([a-z]+)", GUIDE, re.MULTILINE))
    assert {"migrate", "backup", "restore"} <= commands <= set(get_commands())
    for link in re.findall(r"\]\((deploy/[^)]*)\)", GUIDE):
        assert (ROOT / "docs" / link).exists(), link
    for pattern in re.findall(r"/opt/backoffice/(docs/deploy/[\w.*-]+)", GUIDE):
        assert list(ROOT.glob(pattern)), pattern


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_accepts_every_unit(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/backoffice/.venv", str(_tools()))
        text = text.replace("/opt/backoffice", str(ROOT)).replace("User=backoffice", "User=root")
        text = text.replace("/etc/backoffice/env", str(DEPLOY / "env.example"))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(  # noqa: S603
        ["systemd-analyze", "verify", "--man=no", *(f"./{unit.name}" for unit in UNITS)],  # noqa: S607
        cwd=tmp_path,
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_nightly_backup_keeps_what_is_young_and_removes_what_is_old(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "backoffice.settings", "BACKOFFICE_DATA": str(tmp_path)}
    command = _tools() / "bin" / "backoffice"
    folder = tmp_path / "backups"
    folder.mkdir()
    for name, age in (("backoffice-old.zip", 40), ("backoffice-young.zip", 1), ("mine.zip", 40)):
        (folder / name).write_text(name, encoding="ascii")
        day = (folder / name).stat().st_mtime - age * 24 * 3600
        os.utime(folder / name, (day, day))
    environment = _plain() | settings | {"BACKOFFICE": str(command)}
    for arguments in ([command, "migrate", "-v0"], [DEPLOY / "backup.sh", folder, "35"]):
        done = subprocess.run(  # noqa: S603
            [str(one) for one in arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert "entière et inaltérée" in done.stdout
    kept = {path.name for path in folder.iterdir()}
    assert {"backoffice-young.zip", "mine.zip"} < kept
    assert "backoffice-old.zip" not in kept
    assert len(kept) == 3


def _tools() -> Path:
    """The environment that runs these tests."""
    return Path(sys.executable).parent.parent


def _plain() -> dict[str, str]:
    """This environment without any setting of the product."""
    ours = ("BACKOFFICE", "DATABASE_", "CELERY_")
    return {name: text for name, text in os.environ.items() if not name.startswith(ours)}


def test_the_log_of_the_proxy_keeps_no_search() -> None:
    name, logged = re.findall(r"log_format (\w+) '(.+)';", GUIDE)[0]
    assert re.search(rf"access_log \S+ {name};", GUIDE)
    assert not {"$request", "$request_uri", "$args", "$http_referer"} & set(
        re.findall(r"\$\w+", logged)
    )
