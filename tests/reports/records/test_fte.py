"""The exact FTE of contracts on the day looked from: in their list, on the page of a worker."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from tests.factories import ContractLineFactory, WorkerFactory
from tests.reports.records.reading import address
from tests.reports.records.situations import BY_SLUG
from tests.reports.views.conftest import Service
from tests.reports.views.reading import words


def thirds(service: Service) -> object:
    """A worker with three thirds of a full time, of which one has ended."""
    worker = WorkerFactory(organisation=service.organisation, number="Z01", name="Zénon")
    for month, ends_on in enumerate((None, None, date(2024, 6, 30)), start=1):
        ContractLineFactory(
            worker=worker,
            starts_on=date(2024, month, 1),
            ends_on=ends_on,
            weekly_hours=Decimal(12),
            full_time_hours=Decimal(36),
        )
    return worker


def test_the_list_of_contracts_sums_the_fte_in_force_on_the_day(service: Service) -> None:
    thirds(service)
    for day, said in (("2024-06-30", "1,00 en vigueur"), ("2024-07-01", "0,6667 en vigueur")):
        page = service.client.get(reverse("contract_lines"), {"texte": "zenon", "au": day})
        assert said in words(page).partition("Total de la sélection")[2]


def test_the_page_of_a_worker_sums_her_contracts(service: Service) -> None:
    worker = thirds(service)
    where = address("record_row", BY_SLUG["workers"], worker)
    page = words(service.client.get(where, {"au": "2024-07-01"}))
    assert "Total 0,6667 en vigueur au 01/07/2024" in page
    assert "Total de la sélection" not in page
