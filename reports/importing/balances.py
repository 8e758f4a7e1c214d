"""A trial balance handed in: what it holds, what hinders it, and its storing."""

from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop as mark

from backoffice.web.sentences import Sentence
from backoffice.web.sentences import gettext as _
from backoffice.web.templatetags.money import eur
from reports.exchange.outcome import Change, Count, ImportReport
from reports.models import WorkbookImport
from reports.tie_out.importing import BalanceImport, Wish, import_balance
from reports.uploads import locked, refuse_unready, settle_upload


def look_at_balance(upload: WorkbookImport) -> ImportReport:
    """What a balance holds and what hinders it; nothing is written."""
    return _report(upload, _import(upload, dry_run=True), dry_run=True)


@transaction.atomic
def apply_balance(*, upload: WorkbookImport) -> WorkbookImport:
    """Store a balance in place of the one of its year.

    Raises:
        CannotApply: it was imported or thrown away, or the stored file has changed.
    """
    row = locked(upload)
    refuse_unready(row)
    settle_upload(row, _report(row, _import(row, dry_run=False), dry_run=False))
    return row


def _import(upload: WorkbookImport, *, dry_run: bool) -> BalanceImport:
    """`asked` holds the year, and whether the balance has neither costs nor income."""
    assert upload.organisation is not None  # noqa: S101 - a file of this site has one
    return import_balance(
        Path(upload.file.path),
        organisation=upload.organisation,
        year=upload.asked["year"],
        wish=Wish(dry_run, upload.asked["partial"]),
        name=upload.name,
    )


def _report(upload: WorkbookImport, found: BalanceImport, *, dry_run: bool) -> ImportReport:
    assert upload.organisation is not None  # noqa: S101 - a file of this site has one
    sheet, rows = mark("Balance des comptes"), len(found.rows)
    lines = Count(updated=rows) if found.replaced else Count(created=rows)
    before = _("la balance déjà enregistrée") if found.replaced else ""
    total = Change(
        _(sheet),
        str(found.year),
        "",
        _("Total au débit comme au crédit"),
        before,
        Sentence(partial(eur, found.debit)),
    )
    return ImportReport(
        enterprise_number=upload.organisation.enterprise_number,
        year=found.year,
        counts={} if found.blocked else {sheet: lines},
        changes=[] if found.blocked else [total],
        problems=found.problems,
        applied=found.stored,
        dry_run=dry_run,
    )
