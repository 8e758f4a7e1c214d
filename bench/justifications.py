"""From rows to justifications: settling, reading and laying out, and the page of one award."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backoffice.federation.models import Membership, Organisation
from bench.database import empty_database
from bench.table import Row
from bench.timing import timed
from bench.year import AS_OF, AWARD, YEAR, write_year, year_rows
from reports.exchange.importer import import_workbook
from reports.justifications import settled, year_dossiers
from reports.snapshots import year_facts
from reports.startup import warm
from tests.engine.claims.reference import reference_settle

SMALL, WORKERS, INVOICES = 5, 20, 600


def measure(*, quick: bool) -> Iterator[Row]:
    """The employer-year of 20 workers; the page with 5 and with 20."""
    empty_database()
    runs = 5 if quick else 15
    with tempfile.TemporaryDirectory() as folder:
        _import(Path(folder), SMALL, INVOICES // 4)
        few = _page_queries()
        _import(Path(folder), WORKERS, INVOICES)
    yield from _compute(runs)
    yield from _page(runs, few)


def _import(folder: Path, workers: int, invoices: int) -> None:

    path = write_year(folder / f"{workers}.xlsx", year_rows(workers, invoices))
    report = import_workbook(path)
    if not report.applied:
        raise RuntimeError(f"the workbook was refused: {report.problems[:3]}")


def _compute(runs: int) -> Iterator[Row]:

    employer = Organisation.objects.get()
    facts = year_facts(employer, YEAR, AS_OF)
    plain = timed(
        lambda: reference_settle(facts.staff.pay, facts.slices, facts.inputs, facts.known), 3
    )
    yield Row.of(
        f"compute all justifications of that year ({len(facts.awards)} awards)",
        timed(lambda: settled(facts), runs),
        target="< 100 ms",
        alternative="plain Fractions, row by row",
        other=plain.middle,
        memory=f"{len(facts.slices)} worker lines, {len(facts.staff.pay)} worker-months",
    )
    one_by_one = timed(_read_one_by_one, 3)
    yield Row.of(
        "reading that year from the database",
        timed(lambda: year_facts(employer, YEAR, AS_OF), runs),
        alternative=f"lazy relations, {_queries(_read_one_by_one):,} queries",
        other=one_by_one.middle,
        memory=f"{_queries(lambda: year_facts(employer, YEAR, AS_OF))} queries",
    )
    yield Row.of(
        "all dossiers: reading, settling, checks, layout",
        timed(lambda: year_dossiers(employer, YEAR, AS_OF), runs),
        memory=f"{_queries(lambda: year_dossiers(employer, YEAR, AS_OF))} queries",
    )


def _page(runs: int, few: int) -> Iterator[Row]:

    client = _client()
    address = _address()
    many = _page_queries()
    size = len(client.get(address).content)
    page = timed(lambda: client.get(address), runs)
    listing = timed(lambda: client.get(reverse("subsidies"), _day()), runs)
    yield Row.of(
        "justification page",
        page,
        target="< 200 ms, constant queries",
        alternative="reading its rows by lazy relations, before any page",
        other=timed(_read_one_by_one, 3).middle,
        memory=f"{few} queries with {SMALL} workers, {many} with {WORKERS}; {size // 1024} kB",
    )
    yield Row.of("list of the year's awards", listing)


def _page_queries() -> int:
    client, address = _client(), _address()
    client.get(address)
    return _queries(lambda: client.get(address))


def _address() -> str:

    query = "&".join(f"{name}={value}" for name, value in _day().items())
    return f"{reverse('justification', args=[AWARD, YEAR])}?{query}"


def _day() -> dict[str, str]:

    return {"situation": AS_OF.isoformat(), "annee": str(YEAR)}


def _client() -> Any:

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    user, _ = get_user_model().objects.get_or_create(username="bench")
    Membership.objects.get_or_create(user=user, organisation=Organisation.objects.get())
    warm()  # as the server does at its start
    client = Client()
    client.force_login(user)
    status = client.get(_address()).status_code
    if status != 200:  # noqa: PLR2004
        raise RuntimeError(f"the justification page answers {status}")
    return client


def _queries(work: Callable[[], Any]) -> int:

    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def _read_one_by_one() -> int:
    """What reading costs when each relation is followed row by row; returns what it has seen."""

    seen = 0
    employer = Organisation.objects.get()
    for award in employer.awards.all():
        seen += sum(len(rows) for rows in (award.terms.all(), award.posts.all()))
        seen += sum(len(rows) for rows in (award.instalments.all(), award.receipts.all()))
    for worker in employer.workers.all():
        seen += len(worker.contract_lines.all())
        seen += sum(len(month.items.all()) for month in worker.pay_months.all())
        seen += sum(len(held.post.award.reference) for held in worker.assignments.all())
    for invoice in employer.invoices.all():
        seen += len(invoice.supplier.name)
        seen += sum(len(share.award.reference) for share in invoice.ventilations.all())
    return seen
