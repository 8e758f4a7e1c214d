"""A whole federation saved in one file, and restored on an empty site."""

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from backoffice.federation.backup.restoring import check_backup, restore_backup
from backoffice.federation.backup.writing import make_backup
from backoffice.federation.identities.named import keep_identities
from backoffice.federation.models import Organisation
from bench.database import empty_database
from bench.table import Row
from bench.timing import peak_mb, timed
from grants.models import Award
from invoices.models import Invoice, Supplier, Ventilation
from staffing.models import PayItem, PayMonth, Worker

EMPLOYERS, WORKERS, MONTHS, ITEMS, INVOICES = 43, 450, 36, 10, 20_000
FILES, FILE_SIZE = 400, 50_000
_YEAR_MONTHS = 12
_APPS = ("federation", "grants", "staffing", "invoices", "reports")
_TRAIL = ("federation.auditentry", "federation.auditseal")
"""What the alternative leaves out: its way of writing a row is refused where nothing is changed."""


def measure(*, quick: bool) -> Iterator[Row]:
    """Backup and restore of the same rows and evidence files, with the memory they took."""
    runs, scale = (1, 10) if quick else (3, 1)
    empty_database()
    fill(WORKERS // scale, INVOICES // scale)
    with tempfile.TemporaryDirectory() as folder:
        first, again = Path(folder) / "first.zip", Path(folder) / "again.zip"
        saved = timed(lambda: make_backup(out=first), runs, lambda: first.unlink(missing_ok=True))
        ours = peak_mb()
        manifest = check_backup(first)
        restored = timed(lambda: restore_backup(first), runs, empty_site)
        both = peak_mb()
        make_backup(out=again)
        if check_backup(again).tables != manifest.tables:
            raise RuntimeError("the restored site differs from the saved one")
        fixture = Path(folder) / "rows.json"
        dumped = timed(
            lambda: call_command("dumpdata", *_APPS, exclude=_TRAIL, output=str(fixture)), 1
        )
        loaded = timed(lambda: call_command("loaddata", str(fixture), verbosity=0), 1, empty_site)
    what = f"{manifest.rows:,} rows, {len(manifest.evidence)} evidence files"
    yield Row.of(
        f"backup of a federation ({what})",
        saved,
        target="< 30 s, < 500 MB",
        alternative="dumpdata, rows alone, no trail",
        other=dumped.middle,
        memory=f"{ours:.0f} MB",
    )
    yield Row.of(
        "its restore on an empty site, every table read back",
        restored,
        target="< 30 s, < 500 MB",
        alternative="loaddata, rows alone, no trail, nothing checked",
        other=loaded.middle,
        memory=f"{both:.0f} MB",
    )


def empty_site() -> None:
    """No row, no evidence file."""
    empty_database()
    for path in settings.MEDIA_ROOT.rglob("*"):
        if path.is_file():
            path.unlink()


def fill(workers: int, invoices: int) -> None:
    """Plain rows of a federation, a chunk at a time; nothing here is a real amount."""
    employers = Organisation.objects.bulk_create(
        Organisation(enterprise_number=f"{place:010d}", name=f"Service {place}")
        for place in range(EMPLOYERS)
    )
    awards = Award.objects.bulk_create(_award(employer) for employer in employers)
    suppliers = Supplier.objects.bulk_create(
        Supplier(organisation=employer, code="F1", name="Fournisseur") for employer in employers
    )
    people = [
        Worker(organisation=employers[n % EMPLOYERS], number=f"W{n}", name=f"Personne {n}")
        for n in range(workers)
    ]
    keep_identities(people)
    Worker.objects.bulk_create(people)
    for person in people:
        _pay(person)
    for start in range(0, invoices, 1000):
        _invoices(range(start, start + 1000), suppliers, awards)
    for number in range(FILES):
        path = settings.MEDIA_ROOT / "imports" / f"{number}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(hashlib.shake_128(str(number).encode()).digest(FILE_SIZE))


def _award(employer: Organisation) -> Award:
    day = date(2022, 1, 1)
    return Award(
        organisation=employer,
        reference="SUB-1",
        scheme="maribel",
        label="Emplois supplémentaires",
        letter_reference="LETTRE-1",
        letter_on=day,
        notified_on=day,
        starts_on=day,
    )


def _pay(person: Worker) -> None:
    months = PayMonth.objects.bulk_create(
        PayMonth(
            worker=person,
            month=date(2022 + place // _YEAR_MONTHS, place % _YEAR_MONTHS + 1, 1),
            paid_hours=Decimal("159.60"),
            assimilated_hours=Decimal("3.80"),
            unpaid_hours=Decimal(0),
            evidence=f"CI-{person.number}",
        )
        for place in range(MONTHS)
    )
    PayItem.objects.bulk_create(
        PayItem(pay_month=month, cost_item=f"item_{item}", amount=Decimal(f"{person.pk}.{item}7"))
        for month in months
        for item in range(ITEMS)
    )


def _invoices(numbers: range, suppliers: list[Supplier], awards: list[Award]) -> None:
    rows = Invoice.objects.bulk_create(
        Invoice(
            organisation_id=suppliers[n % EMPLOYERS].organisation_id,
            supplier=suppliers[n % EMPLOYERS],
            piece=f"A-{n:06d}",
            number=f"2024/{n}",
            issued_on=date(2024, n % _YEAR_MONTHS + 1, 15),
            description="Fournitures de bureau et petit matériel",
            category="office",
            amount=Decimal(f"{n}.25"),
            paid_on=date(2024, n % _YEAR_MONTHS + 1, 28),
            payment_reference=f"EXT-{n}",
            evidence=f"A-{n}.pdf",
        )
        for n in numbers
    )
    Ventilation.objects.bulk_create(
        Ventilation(
            invoice=row,
            award=awards[n % EMPLOYERS],
            share_numerator=1,
            share_denominator=3,
            key="m2",
        )
        for n, row in zip(numbers, rows, strict=True)
    )
