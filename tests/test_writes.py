"""Rows are written by services, and by the few named here: never by a page, a form or a command."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_house_rules import MODULES, name_of

WRITERS = {
    "backoffice/federation/audit/": "the trail itself",
    "backoffice/federation/backup/": "puts rows back as they were saved",
    "backoffice/federation/jobs/": "the table of jobs",
    "backoffice/federation/identities/": "the services of identities",
    "backoffice/federation/storing.py": "the service that keeps a file",
    "backoffice/federation/erasing.py": "the service that erases the content of a file",
    "backoffice/federation/management/commands/second_factor.py": "a row of another product",
    "reports/exchange/": "the resources of the workbook",
    "reports/demo/": "invented data, loaded as users would",
    "reports/evidence/attaching.py": "the service that joins a file to a row",
    "reports/uploads.py": "the services of deposited workbooks",
    "reports/sign_offs.py": "the service of sign-offs",
    "reports/freezing.py": "the service that freezes",
    "reports/people/": "the services of what is held on a person",
    "reports/pseudonyms.py": "the service that writes pseudonyms over names",
    "reports/workflow/": "the services of a justification's way",
    "reports/documents/press.py": "a PDF, not a row",
}
"""Where rows are written beside `services`, and why."""
OURS = ("backoffice/", "grants/", "staffing/", "invoices/", "reports/")
BULK = {"create", "bulk_create", "bulk_update", "update", "get_or_create", "update_or_create"}
PRIVATE = {"_insert", "_batched_insert", "_update", "_raw_delete"}
MANAGERS = re.compile(r"\.(objects|_base_manager|_default_manager)\b")
SQL = re.compile(r"(INSERT INTO|DELETE FROM|UPDATE \S+ SET|TRUNCATE) ?")


def writes(source: str) -> list[int]:
    """Lines that write rows: by a manager, a queryset, a row, or in SQL."""
    return sorted(set(_writes(ast.parse(source))))


def _writes(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if SQL.match(node.value):
                yield node.lineno
        elif _is_call(node):
            yield node.lineno


def _is_call(call: ast.AST) -> bool:
    """Whether a call writes rows."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    name, target = call.func.attr, call.func.value
    through_manager = bool(MANAGERS.search(ast.unparse(target)))
    if name in PRIVATE or (name in BULK | {"delete"} and through_manager):
        return True
    if name == "update":  # a dictionary takes another one; a queryset takes names
        return bool(call.keywords) and not call.args
    is_row = isinstance(target, ast.Name)
    keeps_nothing = any(word.arg == "commit" for word in call.keywords)
    return is_row and name in {"save", "delete"} and not keeps_nothing


def is_writer(path: str) -> bool:
    services = "/services/" in path or path.endswith("/services.py")
    return services or any(path.startswith(one) for one in WRITERS)


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if name_of(path).startswith(OURS) and not is_writer(name_of(path))],
    ids=name_of,
)
def test_a_module_that_is_no_service_writes_no_row(path) -> None:
    assert writes(path.read_text(encoding="utf-8")) == []


def test_every_named_writer_still_writes() -> None:
    found = [name_of(path) for path in MODULES if writes(path.read_text(encoding="utf-8"))]
    assert [one for one in WRITERS if not any(name.startswith(one) for name in found)] == []


@pytest.mark.parametrize(
    "line",
    [
        "Award.objects.create(label='x')",
        "Award.objects.filter(pk=1).update(label='x')",
        "rows.update(label='x')",
        "organisation.awards.bulk_create(rows) if Award.objects.bulk_create(rows) else 0",
        "Award.objects.all().delete()",
        "Award._base_manager.update_or_create(pk=1)",
        "award.save()",
        "award.delete()",
        "rows._raw_delete('default')",
        "cursor.execute('DELETE FROM grants_award')",
        "cursor.execute('UPDATE grants_award SET label = 1')",
    ],
)
def test_the_search_for_writes_finds_them(line: str) -> None:
    assert writes(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "known.update(other)",
        "digest.update(block)",
        "form.save(commit=False)",
        "Award.objects.filter(pk=1).values('label')",
        "storage.file.delete(name)",
        "words = 'Update the award'",
    ],
)
def test_the_search_for_writes_finds_nothing_else(line: str) -> None:
    assert writes(line) == []
