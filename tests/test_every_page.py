"""What holds for every page of the walk and every order of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from backoffice.federation.roles import EVERYWHERE
from tests.people import federation, member
from tests.reports.records.situations import CASES
from tests.reports.views.conftest import Service, build_service
from tests.visits import Visit, made
from tests.walk import ENTRIES, OF, Sample

OURS = {
    name: entry
    for name, entry in ENTRIES.items()
    if "GET" in entry.methods and ":" not in name and not name.startswith(("account_", "mfa_"))
}
PARTS = {"job", "explanation", "imports", "import", "comparison"} | {case.slug for case in CASES}
"""Pages that htmx reads in part, at least."""
ELSEWHERE = re.compile(r'hx-select-oob="#([\w-]+)"')
TOKEN = re.compile(r'(csrfmiddlewaretoken" value=)"[^"]*"')


@pytest.fixture
def service(db: None) -> Service:
    return build_service("MARIBEL-1")


@pytest.fixture
def readers(service: Service) -> list[Client]:
    """Who reads the pages: somebody of the service, else of the federation."""
    own = [member(role, service.organisation) for role in ("finance", "director")]
    return [*own, *(federation(role) for role in ("administrator", "finance", "analyst"))]


def opened(
    readers: list[Client], address: str, query: dict[str, object]
) -> tuple[Client, HttpResponseBase] | None:
    """The page with the first person who may open it; None where it shows nothing to anyone."""
    found = ((one, one.get(address, query)) for one in readers)
    return next((pair for pair in found if pair[1].status_code == 200), None)


@dataclass(frozen=True)
class Kept(Sample):
    """A sample whose award is sent once, whatever the pages that show it."""

    @cached_property
    def sent(self) -> Any:
        return Sample(self.organisation, self.award).sent


def visits(service: Service) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Every page, its address and its query, for the rows of a service."""
    of = Kept(service.organisation, service.award)
    for name, entry in OURS.items():
        address = entry.address(name, of)
        yield name, address, asked(entry, address, of)


def asked(entry: Visit, address: str, of: Sample) -> dict[str, object]:
    right = getattr(resolve(address).func, "right", None)
    query = {} if right is None or right in EVERYWHERE else made(OF, of)
    return query | made(entry.query, of)


def lines(response: HttpResponseBase) -> list[str]:
    said = TOKEN.sub(r"\1", response.content.decode())
    return [line.strip() for line in said.splitlines() if line.strip()]


def pieces(part: list[str], page: str) -> list[str]:
    """What a part puts in one place of the page, then each line that it puts in another."""
    apart = [f'id="{one}"' for one in ELSEWHERE.findall(page)]
    alone = [line for line in part if any(one in line.split(">")[0] for one in apart)]
    return ["\n".join(line for line in part if line not in alone), *alone]


def test_the_part_of_a_page_is_that_of_the_whole_page(service, readers):
    found = set()
    for name, address, query in visits(service):
        found_open = opened(readers, address, query)
        if found_open is None:
            continue
        reader, page = found_open
        part = reader.get(address, query, headers={"HX-Request": "true"})
        if page.streaming or part.content == page.content or b"<html" in part.content:
            continue
        found.add(name)
        whole = "\n".join(lines(page))
        assert all(piece in whole for piece in pieces(lines(part), whole)), name
    assert found >= PARTS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.slug)
def test_no_order_of_a_list_asks_more_queries_for_more_rows(service, case):
    case.add(service, 0)
    address = reverse(case.slug)
    form = service.client.get(address).context["found"].form
    sorts = [value for value, _words in form.fields["tri"].choices if value]
    ways = [{"tri": sort} for sort in sorts] + [{"texte": "z"}, {"page": "9"}]
    few = [queries(service.client, address, way) for way in [ways[0], *ways]][1:]
    for number in range(1, 8):
        case.add(service, number)
    many = [queries(service.client, address, {**way, "lignes": "25"}) for way in ways]
    assert dict(zip(map(str, ways), few, strict=True)) == dict(
        zip(map(str, ways), many, strict=True)
    )


def queries(client: Client, address: str, query: dict[str, object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(address, query)
    return len(seen)
