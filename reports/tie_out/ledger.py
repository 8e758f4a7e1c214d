"""The trial balance as the tie-out reads it: what stands on each class, by analytical account."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.federation.models import Organisation
from invoices.models import OpeningBalance, TrialBalance, TrialBalanceLine
from invoices.selectors import balance_lines, trial_balances
from reports.tie_out.classes import AccountClass
from reports.tie_out.content import Booked


@dataclass(frozen=True)
class Posting:
    """Debit less credit of one account under one analytical account, in cents."""

    account: str
    analytical: str
    label: str
    net: int


@dataclass(frozen=True)
class Accounts:
    """The postings of a closing day and of the one a year before; None when not imported."""

    sha256: str
    now: tuple[Posting, ...] | None
    before: tuple[Posting, ...] | None

    def of(self, group: AccountClass) -> Mapping[str, int] | None:
        """Cents of a class by analytical account, in the sign of the class; None when unknown."""
        if self.now is None or (group.movement and self.before is None):
            return None
        found = _sums(self.now, group)
        if group.movement:
            for code, cents in _sums(self.before or (), group).items():
                found[code] = found.get(code, 0) - cents
        return found

    def booked(self, group: AccountClass) -> Iterator[Booked]:
        """The rows behind `of`, by account."""
        for one in self.now or ():
            if group.holds(one.account) and one.net:
                yield Booked(
                    group.code, one.analytical, one.account, one.label, group.sign * one.net
                )
        for one in self.before or () if group.movement and self.now is not None else ():
            if group.holds(one.account) and one.net:
                words = _("%s (repris de l'exercice précédent)") % one.label
                yield Booked(group.code, one.analytical, one.account, words, -group.sign * one.net)

    def outside(self, group: AccountClass, analytical: str) -> list[Posting]:
        """The postings of a class that the product does not hold."""
        return [
            one
            for one in self.now or ()
            if group.is_outside(one.account) and one.analytical == analytical and one.net
        ]


def accounts_of(
    organisation: Organisation, year: int, taken: Sequence[OpeningBalance] = ()
) -> Accounts:
    """The balance of a year and the one before, in two queries.

    Args:
        organisation: whose accounts.
        year: the civil year.
        taken: the balances taken on; those of the day before the year stand for the balance of the
            year before where it was not imported.
    """
    balances = trial_balances(organisation, [year - 1, year])
    postings = _postings(balances.values())
    now, last = balances.get(year), date(year - 1, 12, 31)
    opening = tuple(_opened(one) for one in taken if one.on_day == last)
    before = postings.get(year - 1, opening or None)
    return Accounts("" if now is None else now.sha256, postings.get(year), before)


def _opened(one: OpeningBalance) -> Posting:
    analytical = "" if one.approval is None else one.approval.analytical_account
    return Posting(one.account, analytical, one.label, money.cents(one.amount.amount))


def _postings(balances: Iterable[TrialBalance]) -> dict[int, tuple[Posting, ...]]:
    listed = list(balances)
    years = {balance.pk: balance.year for balance in listed}
    found: dict[int, list[Posting]] = {year: [] for year in years.values()}
    for line in balance_lines(listed):
        found[years[line.balance_id]].append(_posting(line))
    return {year: tuple(lines) for year, lines in found.items()}


def _posting(line: TrialBalanceLine) -> Posting:
    net = money.cents(line.debit.amount) - money.cents(line.credit.amount)
    return Posting(line.account, line.analytical_account, line.label, net)


def _sums(postings: Iterable[Posting], group: AccountClass) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in postings:
        if group.holds(one.account):
            found[one.analytical] = found.get(one.analytical, 0) + group.sign * one.net
    return found
