"""The trial balance that an invented employer's accountant would export, drawn from its dossiers.

Used by the demonstration and by tests, never for a real employer: a balance made from the product
proves nothing about the product. Everything ties out, but for what the truth file plants.
"""

from collections.abc import Iterator
from datetime import date

from backoffice.engine import money
from backoffice.federation.models import Organisation
from backoffice.figures.accounts import accounts
from invoices.selectors import openings_until
from reports.demo.truth import NOT_ENCODED, planted_at
from reports.tie_out.classes import (
    EQUIPMENT,
    SALES,
    SUBSIDIES,
)
from reports.tie_out.content import TieOut
from reports.tie_out.ledger import accounts_of
from reports.tie_out.statement import tie_out

HEADS = "Compte;Intitulé;Analytique;Débit;Crédit"
BANK = "550"
SUPPLIES = "612"

_DIGITS = 6
_INCOME = (SUBSIDIES.code, SALES.code)
Balance = dict[tuple[str, str], int]


def ledger_balance(organisation: Organisation, year: int, as_of: date) -> str:
    """The CSV text of a balanced trial balance, with semicolons and decimal commas.

    The bank answers for whatever the other accounts leave. Equipment adds up from the balance of
    the year before, where that was imported.
    """
    found = tie_out(organisation, year, as_of)
    sums = _costs_and_income(found)
    for line in found.balances:
        if line.product:
            _add(sums, line.group.prefixes[0], "", line.group.sign * line.product)
    taken = list(openings_until(organisation, date(year, 12, 31)))
    for posting in accounts_of(organisation, year, taken).before or ():
        if EQUIPMENT.holds(posting.account):
            _add(sums, posting.account, posting.analytical, posting.net)
    for fact in planted_at(organisation.enterprise_number):
        if (fact.kind, fact.year) == (NOT_ENCODED, year):
            _add(sums, SUPPLIES, next(iter(found.names), ""), money.cents(fact.value))
    _add(sums, BANK, "", -sum(sums.values()))
    return "\r\n".join([HEADS, *_rows(sums)]) + "\r\n"


def _costs_and_income(found: TieOut) -> Balance:
    """Debit less credit of each account that the product holds; what is unknown is left out."""
    sums: Balance = {}
    for entry in found.entries:
        sign = -1 if entry.group in _INCOME or entry.account.startswith("7") else 1
        _add(sums, entry.account, entry.analytical, sign * (entry.amount or 0))
    return sums


def _add(sums: Balance, account: str, analytical: str, cents: int) -> None:
    key = account.ljust(_DIGITS, "0"), analytical
    sums[key] = sums.get(key, 0) + cents


def _rows(sums: Balance) -> Iterator[str]:
    for (account, analytical), cents in sorted(sums.items()):
        if cents:
            amount = money.text(abs(cents)).replace(".", ",")
            sides = (amount, "") if cents > 0 else ("", amount)
            yield ";".join((account, _label(account), analytical, *sides))


def _label(account: str) -> str:
    """The words of the longest account of the chart that an account starts with."""
    known = [number for number in accounts() if account.startswith(number)]
    words = accounts()[max(known, key=len)].label_fr if known else ""
    return words.replace(";", ",")
