"""What a page showed or a file held, by what its address named."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.translation import gettext as _

from backoffice.federation.models import Identity, StoredFile
from grants.models import Deadline, Post
from reports.models import FunderForm, WorkbookImport
from reports.records.all import RECORDS
from staffing.models import Worker

_NUMBERED: Mapping[str, type[Model]] = MappingProxyType(
    {
        "account": User,
        "deadline": Deadline,
        "filled_form": FunderForm,
        "funder_form": FunderForm,
        "funder_form_file": FunderForm,
        "import": WorkbookImport,
        "import_problems": WorkbookImport,
        "person": Identity,
        "person_file": Identity,
        "stored_file": StoredFile,
    }
)
"""The row that `number` is in the address of a page, by the name of the page."""
_SAID = ("reference", "year", "version", "code")
"""What else in an address tells people which thing it is."""


def rows_seen(page: str, at: Mapping[str, Any]) -> Iterator[tuple[type[Model], int]]:
    """The rows that the address of a page named."""
    record = RECORDS.get(at.get("record", ""))
    found = {
        "number": record.model if record else _NUMBERED.get(page),
        "worker": Worker,
        "post": Post,
    }
    for name, model in found.items():
        key = at.get(name, "")
        if model is not None and key.isdecimal():
            yield model, int(key)


def words_seen(page: str, at: Mapping[str, Any]) -> str:
    """What else an address named: a reference and a year, or the number of a thing without name."""
    said = [str(at[name]) for name in _SAID if at.get(name)]
    if at.get("number") and not any(rows_seen(page, at)):
        said.append(_("n° %s") % at["number"])
    return " ".join(said)
