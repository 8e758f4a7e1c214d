"""The lists over a whole federation: pages, search, totals and files of 20,000 invoices."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from backoffice.federation.identities.named import keep_identities
from backoffice.federation.models import Membership, Organisation
from backoffice.figures.vocabulary import cost_items, expense_categories
from bench.database import empty_database, scratch
from bench.table import Row
from bench.timing import peak_mb, timed
from grants.models import Award, Post
from invoices.models import Invoice, Supplier, Ventilation
from reports.records.all import RECORDS
from reports.records.file import list_file
from reports.records.listing import every_row, select
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker
from tests.factories import enterprise_number

EMPLOYERS, WORKERS, INVOICES, YEARS = 41, 5_000, 20_000, (2024, 2025)
_BATCH, _ITEMS = 5_000, 3
_FIRST, _LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("workers", {}),
    ("workers", {"texte": "lefevre", "annee": "2024"}),
    ("workers", {"tri": "-cout"}),
    ("workers", {"tri": "cout", "etat": "present", "page": "100"}),
    ("workers", {"tri": "-nom", "page": "100"}),
    ("invoices", {}),
    ("invoices", {"texte": "ECLAIRAGE", "tri": "montant", "etat": "paid"}),
    ("invoices", {"tri": "fournisseur", "page": "390"}),
    ("invoices", {"texte": "entretien 7 cie"}),
    ("ventilations", {"tri": "part"}),
)


def measure(*, quick: bool) -> Iterator[Row]:
    """The pages and files of everything that a user of all employers may see."""
    with scratch():
        empty_database()
        size = 10 if quick else 1
        _fill(WORKERS // size, INVOICES // size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        runs, client = (3 if quick else 9), _client()
        for name, asked in ASKED:
            yield _page(client, name, asked, runs)
        for name in ("workers", "invoices"):
            yield _file(name)


def _file(name: str) -> Row:
    """Everything of a list as a workbook, as its job writes it."""
    everyone = tuple(Organisation.objects.order_by("name"))

    def write() -> None:
        list_file(select(RECORDS[name], everyone, QueryDict(), _LAST), _LAST)

    memory = f"{peak_mb():.0f} MB peak"
    return Row.of(
        f"file of the whole list of {name}, {connection.vendor}", timed(write, 1), memory=memory
    )


def _page(client: Client, name: str, asked: dict[str, str], runs: int) -> Row:
    address = reverse(name)
    page = timed(lambda: client.get(address, asked), runs)
    queries = _queries(lambda: client.get(address, asked))
    seen, memory = [0], f"{queries} queries; {peak_mb():.0f} MB peak"
    if not asked and connection.vendor == "sqlite":
        lazily = _invoices_lazily if name == "invoices" else _workers_lazily
        plain = timed(lambda: seen.append(_queries(lazily)), 1)
        alternative = f"every row, lazy relations, {seen[-1]:,} queries"
    else:
        plain = timed(lambda: _every(name, asked), 1)
        alternative = "every row found, in constant queries, before cutting the page"
    words = ", ".join(asked.values()) or "everything"
    return Row.of(
        f"list of {name}, {words}, {connection.vendor}",
        page,
        target="< 500 ms, constant queries",
        alternative=alternative,
        other=plain.middle,
        memory=memory,
    )


def _every(name: str, asked: dict[str, str]) -> int:
    """All the rows that an address asks for, as the file of the list reads them."""
    everyone = tuple(Organisation.objects.order_by("name"))
    data = QueryDict(mutable=True)
    data.update(asked)
    return len(list(every_row(select(RECORDS[name], everyone, data, _LAST))))


def _client() -> Client:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    user, _ = get_user_model().objects.get_or_create(username="bench")
    Membership.objects.bulk_create(
        Membership(user=user, organisation=one) for one in Organisation.objects.all()
    )
    client = Client()
    client.force_login(user)
    return client


def _queries(work: Callable[[], object]) -> int:
    """How many there are, beyond what the log of a connection keeps."""
    seen = Counter[str]()

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        seen["queries"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        work()
    return seen["queries"]


def _invoices_lazily() -> int:
    """Every invoice, each relation followed row by row; returns what it has seen."""
    seen = 0
    for invoice in Invoice.objects.order_by("-issued_on"):
        seen += len(invoice.supplier.name) + len(invoice.organisation.name)
        seen += sum(len(share.award.reference) for share in invoice.ventilations.all())
    return seen


def _workers_lazily() -> int:
    """Every worker, each relation followed row by row; returns what it has seen."""
    seen = 0
    for worker in Worker.objects.order_by("identity__name"):
        seen += len(worker.organisation.name) + len(worker.contract_lines.all())
        seen += sum(len(held.post.award.reference) for held in worker.assignments.all())
        seen += sum(len(month.items.all()) for month in worker.pay_months.all())
    return seen


def _fill(workers: int, invoices: int) -> None:
    """Invented rows, drawn from counters: the same ones at each run."""
    Organisation.objects.bulk_create(
        Organisation(enterprise_number=enterprise_number(n), name=f"Service inventé {n:02d}")
        for n in range(EMPLOYERS)
    )
    employers = list(Organisation.objects.order_by("pk"))
    Award.objects.bulk_create(
        Award(
            organisation=employer,
            reference=f"SUB-{n}",
            scheme="cocof_facultative",
            label="Subvention inventée",
            letter_reference="LETTRE",
            letter_on=_FIRST,
            notified_on=_FIRST,
            starts_on=_FIRST,
        )
        for employer, n in product(employers, range(2))
    )
    awards = list(Award.objects.order_by("pk"))
    Post.objects.bulk_create(
        Post(award=award, code="P", function="social", fte=50, starts_on=_FIRST) for award in awards
    )
    _fill_workers(employers, workers)
    _fill_invoices(employers, awards, invoices)


def _fill_workers(employers: list[Organisation], count: int) -> None:
    posts = list(Post.objects.order_by("award_id"))
    names = ("Élise Lefèvre", "Zoé Dubois", "Noël Peeters", "François Hanssen")
    people = [
        Worker(
            organisation=employers[n % EMPLOYERS], number=f"W{n:03d}", name=f"{names[n % 4]} {n}"
        )
        for n in range(count)
    ]
    keep_identities(people)
    Worker.objects.bulk_create(people)
    workers = list(Worker.objects.order_by("pk"))
    ContractLine.objects.bulk_create(
        ContractLine(
            worker=worker,
            starts_on=_FIRST,
            ends_on=_LAST if n % 5 == 0 else None,
            kind="permanent",
            function="social",
            diploma="bachelor",
            weekly_hours=Decimal(19 + n % 20),
            full_time_hours=Decimal(38),
            joint_committee="332",
            scale="B",
            scale_column="a",
            seniority_on=_FIRST,
            index_regime="public",
        )
        for n, worker in enumerate(workers)
    )
    Assignment.objects.bulk_create(
        Assignment(
            worker=worker,
            post=posts[2 * (n % EMPLOYERS)],
            starts_on=_FIRST,
            weekly_hours=Decimal(19),
        )
        for n, worker in enumerate(workers)
    )
    PayMonth.objects.bulk_create(
        (
            PayMonth(
                worker=worker,
                month=date(year, month, 1),
                paid_hours=Decimal(160),
                assimilated_hours=Decimal(0),
                unpaid_hours=Decimal(0),
            )
            for worker, year, month in product(workers, YEARS, range(1, 13))
        ),
        batch_size=_BATCH,
    )
    items = list(cost_items())[:_ITEMS]
    PayItem.objects.bulk_create(
        (
            PayItem(pay_month_id=month, cost_item=item, amount=Decimal(month % 9_973) / 100)
            for month, item in product(PayMonth.objects.values_list("pk", flat=True), items)
        ),
        batch_size=_BATCH,
    )


def _fill_invoices(employers: list[Organisation], awards: list[Award], count: int) -> None:
    Supplier.objects.bulk_create(
        Supplier(organisation=employer, code=f"F{n}", name=f"Éclairage et Cie {n}")
        for employer, n in product(employers, range(10))
    )
    suppliers = list(Supplier.objects.order_by("pk"))
    categories = list(expense_categories())
    days = (_LAST - _FIRST).days
    Invoice.objects.bulk_create(
        (
            Invoice(
                organisation_id=suppliers[n % len(suppliers)].organisation_id,
                supplier=suppliers[n % len(suppliers)],
                piece=f"P-{n:05d}",
                number=f"F/{n}",
                issued_on=_FIRST + timedelta(days=n % days),
                description=f"Matériel et entretien {n}",
                category=categories[n % len(categories)],
                amount=Decimal(n % 99_991) / 100,
                paid_on=None if n % 7 == 0 else _LAST,
                evidence=f"P-{n:05d}.pdf",
            )
            for n in range(count)
        ),
        batch_size=_BATCH,
    )
    place = {employer.pk: 2 * n for n, employer in enumerate(employers)}
    Ventilation.objects.bulk_create(
        (
            Ventilation(
                invoice=invoice,
                award=awards[place[invoice.organisation_id] + part],
                share_numerator=1,
                share_denominator=2,
            )
            for invoice, part in product(Invoice.objects.iterator(), range(2))
        ),
        batch_size=_BATCH,
    )
