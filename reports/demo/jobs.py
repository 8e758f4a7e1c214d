"""Loading one employer of the demonstration, as a user would: its workbooks, then its files."""

from datetime import date
from pathlib import Path
from typing import Any

from backoffice.engine.periods import last_business_day_before
from backoffice.federation.jobs import Refused, Work, job
from backoffice.federation.models import Organisation
from grants.models import Deadline
from grants.services.deadlines import close_deadline
from invoices.services.treasury import save_treasury_rules
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.demo.federation.bank import bank_of
from reports.demo.ledger_balance import ledger_balance
from reports.demo.people import people_of_the_desk
from reports.demo.states import Desk, move_on
from reports.demo.totals import differences_of, findings_of, totals_of
from reports.documents.writing import FORMATS, CannotWrite, write_files
from reports.dossier import Dossier
from reports.exchange.files import FileNotWritten, write_whole
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.justifications import year_dossiers
from reports.tie_out.importing import import_balance
from reports.tie_out.statement import tie_out

NO_PDF = ("json", "xlsx")


@job(
    "demo_employer",
    label={"fr": "Employeur de démonstration", "nl": "Demonstratiewerkgever"},
    refusals=(CannotWrite, FileNotWritten),
)
def load_employer(work: Work) -> dict[str, Any]:
    """Write and import three workbooks of an employer, then the files of its last year.

    Arguments: `number`, the employer; `folder`; `as_of`, the day of the situation; `pdf`, whether
    its justifications are printed too; `books`, whether its accounts are imported. The result
    holds totals by funder and what the checks found: codes, references and amounts, never a name.
    """
    number, folder = work.arguments["number"], Path(work.arguments["folder"])
    as_of = date.fromisoformat(work.arguments["as_of"])
    planned = len(YEARS) + len(employer_rows(number, YEARS[-1])["awards"])
    for rank, year in enumerate(YEARS):
        work.progress(rank, planned, f"{number} {year}")
        _import(work, folder, year)
    organisation = Organisation.objects.get(enterprise_number=number)
    _close_deadlines(work, organisation, as_of)
    if not work.arguments["books"]:  # whose accounts are imported has its balance in them
        _say_the_balance(work, organisation)
    differences = []
    for year in YEARS if work.arguments["books"] else ():
        _import_books(work, organisation, folder, year)
        differences += differences_of(tie_out(organisation, year, as_of))
    if number == NUMBERS[0]:
        move_on(Desk(organisation, *people_of_the_desk(organisation), as_of))
    by_year = {year: year_dossiers(organisation, year, as_of) for year in YEARS}
    last = by_year[YEARS[-1]]
    for rank, dossier in enumerate(last, start=len(YEARS)):
        work.progress(rank, len(YEARS) + len(last), f"{number} {dossier.cover.reference}")
        _write(work, dossier, folder / str(YEARS[-1]))
    work.progress(len(YEARS) + len(last), len(YEARS) + len(last))
    return {
        "awards": len(last),
        "totals": totals_of(last),
        "findings": [
            finding
            for dossiers in by_year.values()
            for dossier in dossiers
            for finding in findings_of(dossier)
        ]
        + differences,
    }


def _import(work: Work, folder: Path, year: int) -> None:
    """A workbook goes through the front door, all or nothing."""
    number = work.arguments["number"]
    path = folder / f"classeur-{number}-{year}.xlsx"
    if work.done(f"import:{year}") is not None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(
        employer_rows(number, year), path, enterprise_number=number, year=year, demo=True
    )
    with work.once(f"import:{year}") as step:
        if step is not None:
            report = import_workbook(path)
            if not report.applied and not report.nothing_changed:
                first = report.problems[0]
                raise Refused(f"{path.name} n'est pas importé : {first.message} {first.todo}")
            step["changed"] = not report.nothing_changed


def _close_deadlines(work: Work, organisation: Organisation, as_of: date) -> None:
    """What was due by the day of the situation has been sent, on the business day before it."""
    with work.once("deadlines") as step:
        if step is None:
            return
        waiting = Deadline.objects.filter(
            award__organisation=organisation, state=Deadline.State.OPEN, due_on__lte=as_of
        )
        rows = list(waiting.order_by("due_on", "pk"))
        for row in rows:
            close_deadline(
                deadline=row,
                on=last_business_day_before(row.due_on),
                evidence="DEMO : recommandé",
                by=None,
                today=as_of,
            )
        step["closed"] = len(rows)


def _say_the_balance(work: Work, organisation: Organisation) -> None:
    """What its finance officer writes of the bank, on the page of the treasury."""
    said = bank_of(organisation.enterprise_number)
    if said is None:
        return
    with work.once("bank") as step:
        if step is not None:
            save_treasury_rules(organisation=organisation, said=said)
            step["said"] = True


def _import_books(work: Work, organisation: Organisation, folder: Path, year: int) -> None:
    """The trial balance that its accountant would send, in order of years."""
    name = f"balance:{year}"
    if work.done(name) is not None:
        return
    path = folder / f"balance-{organisation.enterprise_number}-{year}.csv"
    as_of = date.fromisoformat(work.arguments["as_of"])
    text = f"DEMO : balance inventée {year}\r\n{ledger_balance(organisation, year, as_of)}"
    write_whole(path, text.encode())
    with work.once(name) as step:
        if step is not None:
            report = import_balance(path, organisation=organisation, year=year)
            if report.blocked:
                raise Refused(f"{path.name} n'est pas importé : {report.problems[0].message}")
            step["accounts"] = len(report.rows)


def _write(work: Work, dossier: Dossier, folder: Path) -> None:
    """The files come before the step: printing one must not hold the database for seconds."""
    name = f"write:{dossier.cover.reference}"
    if work.done(name) is not None:
        return
    formats = FORMATS if work.arguments["pdf"] else NO_PDF
    written = write_files(dossier, folder, formats=formats)
    with work.once(name) as step:
        if step is not None:
            step.update({one.path.name: one.sha256 for one in written})
