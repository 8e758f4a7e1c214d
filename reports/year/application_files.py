"""The files of an application: JSON, a workbook with live sums, and paper (PDF/A-3a, PDF/UA-1)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from backoffice.engine import money
from backoffice.engine.sheet import decimal_text
from backoffice.web.words import Spoken
from grants.models import Application
from reports.documents.pdf_file import typeset
from reports.documents.presses import PRESSES
from reports.documents.words import enterprise_number, iban
from reports.documents.writing import FORMATS, Written, plain_name, write_contents
from reports.year.application_book import render_workbook
from reports.year.application_words import annexes, marks, team_note
from reports.year.content import ApplicationFile

FORMAT, FORMAT_VERSION = "application", 2
PAGE = "documents/application.html"
_CENTS = frozenset(("amount", "budgeted", "expenses", "income", "public", "requested", "result"))
_WORDS = Spoken(
    {
        "json": "Demande complète (JSON)",
        "xlsx": "Demande complète, avec sommes vives (classeur)",
    }
)


def application_name(made: ApplicationFile) -> str:
    """The name of its files, without personal data."""
    return plain_name("demande", made.asked.reference, made.asked.year)


def write_application(
    made: ApplicationFile, folder: Path, formats: Sequence[str] = FORMATS
) -> list[Written]:
    """Write the files of an application; what stood there is replaced at the end.

    Raises:
        CannotWrite: no room, no right, or a file where the folder should be.
    """
    return write_contents(render_application(made, formats), folder, application_name(made))


def render_application(
    made: ApplicationFile, formats: Sequence[str] = FORMATS
) -> Mapping[str, bytes]:
    """The bytes of each format asked for, the same for the same content."""
    found: dict[str, bytes] = {}
    if "json" in formats or "pdf" in formats:
        found["json"] = render_json(made)
    if "xlsx" in formats or "pdf" in formats:
        found["xlsx"] = render_workbook(made)
    if "pdf" in formats:
        found["pdf"] = _render_pdf(made, found)
    return {extension: found[extension] for extension in FORMATS if extension in formats}


def render_json(made: ApplicationFile) -> bytes:
    """Everything as UTF-8 JSON: amounts with two decimals, days in ISO, null for the unknown."""
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        **_plain("", asdict(made)),
        "annexes": [asdict(one) for one in annexes(made)],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(key, one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(name, one) for one in value]
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return money.text(value) if name in _CENTS and value is not None else value


def _render_pdf(made: ApplicationFile, files: Mapping[str, bytes]) -> bytes:
    draft = made.asked.state == Application.State.DRAFT
    context = {
        "made": made,
        "asked": made.asked,
        "identity": made.identity,
        "number": enterprise_number(made.identity.enterprise_number),
        "iban": iban(made.identity.iban),
        "paper": "demo" if made.demo else "project" if draft else "final",
        "marks": " \u2013 ".join(marks(made)),
        "annexes": annexes(made),
        "team_note": team_note(made.team),
        "expenses": [row for row in made.budget.rows if row.nature == "expense"],
        "incomes": [row for row in made.budget.rows if row.nature != "expense"],
    }
    html = typeset(render_to_string(PAGE, context))
    name = application_name(made)
    attached = {
        f"{name}.{extension}": (_WORDS[extension], content) for extension, content in files.items()
    }
    return PRESSES.print(html.encode(), made.as_of, attached)
