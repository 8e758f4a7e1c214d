"""The import of a trial balance: all of it, or nothing and why."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from backoffice.federation.models import Organisation
from invoices.selectors import trial_balances
from invoices.services.accounts import AccountLine, replace_trial_balance
from reports.exchange.problems import Problem
from reports.tie_out.heads import find_heads
from reports.tie_out.reading import BalanceRow, Reading, checked, read_rows
from reports.tie_out.table import NotATable, content_of, tables_of


@dataclass(frozen=True)
class BalanceImport:
    """How an import ended; `debit` is the sum of one side, in cents, and of the other too."""

    year: int
    rows: tuple[BalanceRow, ...]
    problems: tuple[Problem, ...]
    replaced: bool
    stored: bool

    @property
    def blocked(self) -> bool:
        return any(problem.blocking for problem in self.problems)

    @property
    def debit(self) -> int:
        return sum(row.debit for row in self.rows)


def import_balance(
    path: Path, *, organisation: Organisation, year: int, dry_run: bool = False, name: str = ""
) -> BalanceImport:
    """Read a balance and store it in place of the one of that year, unless something is wrong.

    Args:
        path: the file.
        organisation: whose accounts.
        year: the civil year.
        dry_run: look without storing.
        name: what problems call the file, when it is not stored under its user's name.
    """
    known = organisation.approvals.values_list("analytical_account", flat=True)
    reading, sha256 = _read(path, name or path.name, set(known))
    replaced = bool(trial_balances(organisation, [year]))
    stored = not (reading.blocked or dry_run)
    if stored:
        lines = [
            AccountLine(row.account, row.analytical, row.label, row.debit, row.credit)
            for row in reading.rows
        ]
        replace_trial_balance(organisation=organisation, year=year, sha256=sha256, lines=lines)
    return BalanceImport(year, tuple(reading.rows), tuple(reading.problems), replaced, stored)


def _read(path: Path, name: str, known: set[str]) -> tuple[Reading, str]:
    try:
        content = content_of(path)
        heads = find_heads(tables_of(path, content, name))
    except NotATable as error:
        return Reading(problems=[error.problem]), ""
    if isinstance(heads, Problem):
        return Reading(problems=[heads]), ""
    return checked(read_rows(heads), known), hashlib.sha256(content).hexdigest()
