"""Brings a workbook in: every problem at once, then everything or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone, translation
from import_export.exceptions import ImportError as RowRefused

from backoffice.federation.identities.named import forget_unused
from backoffice.federation.models import Organisation
from backoffice.web.sentences import gettext as _
from grants.services.deadlines import plan_deadlines
from reports.exchange.absences import absences, absent_keys, remove
from reports.exchange.known import Known
from reports.exchange.lines import Reading
from reports.exchange.outcome import Change, Count, ImportReport, count
from reports.exchange.pay import PAY_ITEMS, PayItemResource
from reports.exchange.problems import Problem, ordered
from reports.exchange.reading import STEPS, read_workbook
from reports.exchange.registry import resources
from reports.exchange.resources import SheetResource
from reports.exchange.rules.all import broken_rules
from reports.exchange.rules.facts import Facts
from reports.exchange.rules.references import settle
from reports.exchange.sheets import COVER, COVER_TITLE, SHEETS
from reports.exchange.watching import NOBODY, Watch

_ORDER = {sheet.title: rank for rank, sheet in enumerate(SHEETS, start=1)} | {COVER_TITLE: 0}


@translation.override("fr")
def import_workbook(
    path: Path,
    *,
    dry_run: bool = False,
    organisation: Organisation | None = None,
    remove_absent: bool = False,
    name: str = "",
) -> ImportReport:
    """Import the workbook of one employer-year, all or nothing, in one transaction.

    Args:
        path: the workbook.
        dry_run: look for problems and changes, store nothing.
        organisation: the only employer that may be written; None allows any, even a new one.
        remove_absent: delete the stored rows of the year that the workbook no longer has.
        name: the name of the file in problems; by default the one of `path`.

    Returns:
        Counts and changes when nothing blocks, else the problems; never raises for a bad file.
    """
    reading = read_workbook(path, name)
    return import_reading(
        reading, dry_run=dry_run, organisation=organisation, remove_absent=remove_absent
    )


@translation.override("fr")
def import_reading(
    reading: Reading,
    *,
    dry_run: bool = False,
    organisation: Organisation | None = None,
    remove_absent: bool = False,
    watch: Watch = NOBODY,
) -> ImportReport:
    """Import a workbook once it is read; see `import_workbook`. A reading serves once."""
    allowed = _allowed(reading, organisation)
    if not reading.whole or not allowed:
        return _report(reading, reading.problems, dry_run=dry_run)
    watch.at(STEPS - 1, STEPS, _("Comparaison avec ce qui est enregistré"))
    try:
        with transaction.atomic():
            return _import(reading, watch, dry_run=dry_run, remove_absent=remove_absent)
    except (RowRefused, IntegrityError, DataError) as error:
        if not isinstance(getattr(error, "error", error), (IntegrityError, DataError)):
            raise
        return _report(reading, [*reading.problems, _refused()], dry_run=dry_run)


def _allowed(reading: Reading, organisation: Organisation | None) -> bool:
    """Whether the workbook may be compared with what is stored: only with one's own employer."""
    number = reading.cover.enterprise_number
    if organisation is None or number is None or number == organisation.enterprise_number:
        return True
    reading.refuse(
        Problem(
            "other_employer",
            _("Ce classeur est celui d'un autre employeur (%(number)s).") % {"number": number},
            _("Déposez un classeur de %(own)s.") % {"own": organisation.enterprise_number},
            field=COVER["enterprise_number"],
            sheet=COVER_TITLE,
            column="B",
            value=number,
        )
    )
    return False


def _import(reading: Reading, watch: Watch, *, dry_run: bool, remove_absent: bool) -> ImportReport:
    number, year = reading.cover.enterprise_number, reading.cover.year
    stored = Organisation.objects.filter(enterprise_number=number).first() if number else None
    known = Known(stored)
    by_sheet = resources(known)
    for resource in by_sheet.values():
        resource.load(year or 0)
    facts = Facts(reading, known, by_sheet)
    settle(facts)
    absent = absent_keys(facts)
    facts = replace(facts, absent=absent, removing=remove_absent)
    problems = reading.problems + broken_rules(facts)
    read_whole = not any(problem.blocking for problem in reading.problems)
    absence = absences(absent) if read_whole else []
    if any(problem.blocking for problem in problems) or number is None or year is None:
        report = _report(reading, problems, dry_run=dry_run)
        return replace(report, absent=absence, remove_absent=remove_absent)
    _store(reading, by_sheet, watch)
    if remove_absent:
        remove(absent, by_sheet)
    if known.organisation is not None:
        forget_unused(known.organisation)
    if dry_run:
        transaction.set_rollback(True)
    else:
        _plan(number, year)
    report = _report(
        reading,
        problems,
        dry_run=dry_run,
        counts={sheet.title: _count(by_sheet, sheet.code) for sheet in SHEETS},
        changes=[change for resource in by_sheet.values() for change in resource.changes],
    )
    shown = [one for sheet in SHEETS for one in by_sheet[sheet.code].examples if dry_run]
    return replace(report, absent=absence, remove_absent=remove_absent, examples=shown)


def _store(reading: Reading, by_sheet: Mapping[str, SheetResource], watch: Watch) -> None:
    for code, resource in by_sheet.items():
        watch.between()
        if isinstance(resource, PayItemResource):
            resource.store(resource.melted([line.values for line in reading.lines["pay"]]))
        else:
            resource.store([line.values for line in reading.lines[code]])


def _plan(number: str, year: int) -> None:
    """The deadlines of the year, known once its awards and terms are."""
    organisation = Organisation.objects.get(enterprise_number=number)
    plan_deadlines(organisation=organisation, year=year, known_on=timezone.localdate())


def _count(by_sheet: Mapping[str, SheetResource], code: str) -> Count:
    outcomes = [by_sheet[code].outcomes]
    if code == "pay":
        items = by_sheet[PAY_ITEMS.code].outcomes
        outcomes += [{key[:2]: kind} for key, kind in items.items()]
    return count(outcomes)


def _report(
    reading: Reading,
    problems: list[Problem],
    *,
    dry_run: bool,
    counts: Mapping[str, Count] | None = None,
    changes: list[Change] | None = None,
) -> ImportReport:
    return ImportReport(
        enterprise_number=reading.cover.enterprise_number or "",
        year=reading.cover.year,
        counts=counts or {},
        changes=changes or [],
        problems=ordered(problems, _ORDER),
        applied=counts is not None and not dry_run,
        dry_run=dry_run,
    )


def _refused() -> Problem:
    return Problem(
        "refused_by_database",
        _("La base de données a refusé une ligne : rien n'a été enregistré."),
        _("Recommencez ; si cela se répète, transmettez le classeur à la personne qui vous aide."),
    )
