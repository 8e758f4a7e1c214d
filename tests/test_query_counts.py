"""No page asks the database more questions for fifty rows of what it lists than for one."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client

from backoffice.federation.roles import FederationRole
from reports.records.all import RECORDS
from tests.crowd import Crowd, crowd
from tests.people import federation, signed_in
from tests.test_every_page import asked
from tests.visits import both, page
from tests.walk import AWARD, ENTRIES, SENT

BARE = {**SENT, "reference": lambda of: of.bare.award.reference}
PAGES = {
    **{name: entry for name, entry in ENTRIES.items() if "GET" in entry.methods},
    "comparison": page(**BARE, other="version"),
    "people": both({"who": "Nom"}),
    "search": both({"q": "foule"}),
    "journal": page({"acte": "looked"}),
    "rehearsal": page({"pourcentage": "20", "graine": "a"}, **AWARD),
}
"""Every page of the site that is read; some are asked what makes them list more."""
TYPED = {"people", "search"}
"""Pages that list what is typed in them, in no address."""
ADMINISTERED = ("auth_user", "federation_federationmember", "federation_figureentry")
LISTS = {
    *RECORDS,
    *(f"admin:{one}_changelist" for one in (*ADMINISTERED, "federation_organisation")),
    *("today", "subsidies", "justification", "comparison", "rehearsal", "decision", "frozen_json"),
    *("complements", "vacancies", "radar", "tie_out", "rollover", "applications", "treasury"),
    *("grid", "grid_row", "grid_notes", "deadlines", "deadline", "month", "calendars"),
    *("calendar_feed", "funder_forms", "funder_form", "imports", "import", "import_problems"),
    *("jobs", "journal", "site_journal", "search", "people", "person", "person_file"),
    *("record_row", "consents", "received_consents", "participation", "collections"),
    *("memorandum", "accounts", "account", "figure", "scenario_comparison", "risk"),
}
"""Pages that list these rows: here they must say more for fifty than for one."""


@dataclass(frozen=True)
class Answer:
    """What a page told its natural reader: after how many queries, and in how many bytes."""

    queries: int
    length: int


def answers(rows: int) -> dict[str, Answer]:
    """What every page tells of a service with that many rows of each kind; nothing stays."""
    with transaction.atomic():
        of = crowd(rows)
        readers = [*map(signed_in, of.people), *map(federation, FederationRole)]
        found = {name: answer(readers, name, of) for name in PAGES}
        transaction.set_rollback(True)
    return found


def answer(readers: list[Client], name: str, of: Crowd) -> Answer:
    """What a page tells the first person to whom it opens; nothing of the visit stays."""
    with transaction.atomic():
        address = PAGES[name].address(name, of)
        query = asked(PAGES[name], address, of)
        for reader in readers:
            counted = Questions()
            with connection.execute_wrapper(counted):
                response = read(reader, name, address, query)
                content = b"".join(response) if response.streaming else response.content
            if response.status_code == 200:
                break
        transaction.set_rollback(True)
    return Answer(counted.count, len(content))


def read(reader: Client, name: str, address: str, query: dict[str, object]) -> HttpResponseBase:
    if name in TYPED:
        return reader.post(address, PAGES[name].sent, query_params=query, follow=True)
    return reader.get(address, query)


class Questions:
    """Counts what the database is asked."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *query: Any) -> Any:
        self.count += 1
        return execute(*query)


@pytest.mark.ignore_template_errors  # the administration's own templates use names that may lack
def test_every_page_asks_as_many_questions_for_fifty_rows_as_for_one(db, monkeypatch):
    for kept in ("_MOST_BASES", "_MOST_SUMS", "_MOST_CASH"):  # what is kept is read again each time
        monkeypatch.setattr(f"reports.board.kept.{kept}", 0)
    answers(1)  # what a process reads once is read
    one, fifty = answers(1), answers(50)
    more = {name: (one[name].queries, fifty[name].queries) for name in PAGES}
    assert {name: counts for name, counts in more.items() if len(set(counts)) > 1} == {}
    longer = {name for name in PAGES if fifty[name].length > 1.1 * one[name].length}
    assert LISTS - longer == set()
