"""What the tests of the records ask of a page."""

from io import BytesIO
from typing import Any

import openpyxl
from django.http import HttpResponse
from django.urls import reverse

from backoffice.federation.rows import rows_of, version_of
from reports.records.all import RECORDS
from tests.reports.records.situations import Case
from tests.reports.views.conftest import Service


def listed(service: Service, case: Case, **query: str) -> HttpResponse:
    return service.client.get(reverse(case.slug), {"texte": case.text, **case.noise, **query})


def create(service: Service, case: Case, **changed: Any) -> HttpResponse:
    assert case.typed is not None
    data = {**case.typed(service), **changed}
    return service.client.post(reverse("new_row", args=[case.slug]), data)


def address(name: str, case: Case, row: Any) -> str:
    return reverse(name, args=[case.slug, row.pk])


def last(case: Case) -> Any:
    return rows_of(RECORDS[case.slug].model).order_by("-pk").first()


def form_data(service: Service, case: Case, row: Any) -> dict[str, Any]:
    """What the form of a row sends when nothing is typed."""
    form = service.client.get(address("change_row", case, row)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in data.items()}


def version(case: Case, row: Any) -> str:
    return version_of(row, RECORDS[case.slug].owned)


def cells(response: HttpResponse) -> list[list[Any]]:
    book = openpyxl.load_workbook(BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
