"""What the linters cannot hold: sizes, a pure engine, lock files and sources without addresses."""

import ast
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.conftest import ONE_DATABASE

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("backoffice", "grants", "staffing", "invoices", "reports", "tests", "bench")
MODULES = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]
ENGINE = [path for path in MODULES if "engine" in path.parts and "tests" not in path.parts]
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    if name
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def float_uses(source: str) -> list[int]:
    """Lines with a float literal, a call of `float` or a float dtype; refusing one is allowed."""
    dtypes = {"float16", "float32", "float64", "double"}
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "float")
        or (isinstance(node, ast.Attribute) and node.attr in dtypes)
    )


def clock_uses(source: str) -> list[int]:
    """Lines that ask what time or day it is."""
    clocks = {"today", "now", "utcnow", "localdate", "monotonic", "perf_counter"}
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in clocks)
        or (isinstance(node, ast.Import) and any(name.name == "time" for name in node.names))
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_the_engine_holds_no_float(path: Path) -> None:
    assert float_uses(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_the_engine_never_asks_the_time(path: Path) -> None:
    assert clock_uses(path.read_text(encoding="utf-8")) == []


def test_the_search_for_floats_and_clocks_finds_them() -> None:
    assert float_uses("a = 1\nb = 0.5\nc = float(a)\nd = np.float64") == [2, 3, 4]
    assert clock_uses("import time\na = date.today()\nb = datetime.now(tz)") == [1, 2, 3]


def test_the_engine_imports_where_django_is_not_installed() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in ENGINE
    ]
    assert "backoffice.engine.money" in modules
    program = textwrap.dedent(f"""
        import importlib, sys

        class NotInstalled:
            def find_spec(self, name, path=None, target=None):
                if name.split(".")[0] in {{"django", "djmoney", "celery", "openpyxl"}}:
                    raise ModuleNotFoundError(name)

        sys.meta_path.insert(0, NotInstalled())
        for module in {modules!r}:
            importlib.import_module(module)
    """)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_the_lock_files_hold_hashes_and_no_address() -> None:
    locks = sorted(ROOT.glob("requirements*.txt"))
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"://|^-|file:", text, re.MULTILINE), lock.name
        pinned = re.findall(r"^\S+==.*(?:\n    --hash=sha256:.*)+", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^\S", text, re.MULTILINE)) > 0, lock.name


def test_the_developers_list_contains_the_products_at_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^\S+==[^\\]*", text, re.MULTILINE))

    assert pins("requirements.txt") < pins("requirements-dev.txt")


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    personal = re.compile(rb"(?<![\w.~-])/(?:home|root|Users|work|tmp)/\w|\w:\\Users\\")
    found = [
        name_of(path)
        for path in TRACKED
        if path.is_file()
        and path != Path(__file__).resolve()
        and path.suffix not in {".png", ".ttf", ".woff2", ".pdf", ".xlsx"}
        and personal.search(path.read_bytes())
    ]
    assert found == []


def test_every_place_that_runs_on_one_database_exists() -> None:
    assert [place for place in ONE_DATABASE if not (ROOT / place).exists()] == []
