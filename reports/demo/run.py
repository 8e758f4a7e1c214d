"""The demonstration from the file to the paper: workbook, import, justifications, access."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date
from os import cpu_count
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from backoffice.federation.models import Membership, Organisation
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, YEARS, demo_rows
from reports.documents.writing import Written, write_files
from reports.dossier import Dossier
from reports.exchange.importer import import_workbook
from reports.exchange.outcome import ImportReport
from reports.exchange.writer import write_workbook
from reports.justifications import year_dossiers

AS_OF = date(2026, 2, 16)
USER = "demo"


def write_and_import(folder: Path) -> Iterator[tuple[Path, ImportReport]]:
    """Write the workbook of each year and import it, as a user would."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in YEARS:
        path = folder / f"classeur-{DEMO_ENTERPRISE_NUMBER}-{year}.xlsx"
        write_workbook(
            demo_rows(year), path, enterprise_number=DEMO_ENTERPRISE_NUMBER, year=year, demo=True
        )
        yield path, import_workbook(path)


def demo_dossiers() -> list[Dossier]:
    """Every justification of the demonstration, by year and reference."""
    organisation = Organisation.objects.get(enterprise_number=DEMO_ENTERPRISE_NUMBER)
    return [dossier for year in YEARS for dossier in year_dossiers(organisation, year, AS_OF)]


def write_all(dossiers: list[Dossier], folder: Path) -> Iterator[list[Written]]:
    """Write the files of every dossier, the longest first; yields as each is done.

    The threads wait for the presses, which print in processes of their own.
    """
    longest = sorted(dossiers, key=lambda one: len(one.staff) + len(one.invoices), reverse=True)
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        jobs = [
            pool.submit(write_files, dossier, folder / str(dossier.cover.year))
            for dossier in longest
        ]
        for done in as_completed(jobs):
            yield done.result()


def open_the_site() -> tuple[str, str]:
    """The demonstration user of the employer and a password of this machine alone.

    The password is made once, kept in the data folder, readable by its owner only.
    """
    kept = settings.DATA_DIR / "demo-password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(12))
    password = kept.read_text()
    user, _created = User.objects.get_or_create(username=USER)
    if not user.check_password(password):
        user.set_password(password)
        user.save()
    organisation = Organisation.objects.get(enterprise_number=DEMO_ENTERPRISE_NUMBER)
    Membership.objects.get_or_create(user=user, organisation=organisation)
    return USER, password
