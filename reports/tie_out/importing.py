"""The import of a trial balance: all of it, or nothing and why."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from backoffice.federation.models import Organisation
from invoices.selectors import trial_balances
from invoices.services.accounts import AccountLine, replace_trial_balance
from reports.exchange.problems import Problem
from reports.tie_out.checking import checked
from reports.tie_out.heads import find_heads
from reports.tie_out.reading import BalanceRow, Reading, read_rows
from reports.tie_out.table import NotATable, content_of, tables_of


@dataclass(frozen=True)
class Wish:
    """What the user asks of an import: only a look, a balance without costs nor income."""

    dry_run: bool = False
    partial: bool = False


STORE = Wish()


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
    path: Path, *, organisation: Organisation, year: int, wish: Wish = STORE, name: str = ""
) -> BalanceImport:
    """Read a balance and store it in place of the one of that year, unless something is wrong.

    Args:
        path: the file.
        organisation: whose accounts.
        year: the civil year.
        wish: see `Wish`.
        name: what problems call the file, when it is not stored under its user's name.
    """
    known = organisation.approvals.values_list("analytical_account", flat=True)
    found, sha256 = _read(path, name or path.name)
    reading = checked(found, set(known), partial=wish.partial) if sha256 else found
    replaced = bool(trial_balances(organisation, [year]))
    stored = not (reading.blocked or wish.dry_run)
    if stored:
        lines = [
            AccountLine(row.account, row.analytical, row.label, row.debit, row.credit)
            for row in reading.rows
        ]
        replace_trial_balance(organisation=organisation, year=year, sha256=sha256, lines=lines)
    return BalanceImport(year, tuple(reading.rows), tuple(reading.problems), replaced, stored)


def _read(path: Path, name: str) -> tuple[Reading, str]:
    """The rows and the digest of the file; no digest when it is no balance."""
    try:
        content = content_of(path)
        heads = find_heads(tables_of(path, content, name))
    except NotATable as error:
        return Reading(problems=[error.problem]), ""
    if isinstance(heads, Problem):
        return Reading(problems=[heads]), ""
    return read_rows(heads), hashlib.sha256(content).hexdigest()
