"""The tie-out of an organisation-year: every figure of the product beside that of the accounts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from backoffice.federation.models import Organisation
from backoffice.figures.vocabulary import outside_payroll
from grants.selectors import figures_registry
from invoices.selectors import openings_until
from reports.justifications import years_of
from reports.tie_out.classes import (
    BALANCES,
    CLASSES,
    HOLIDAY_COST,
    HOLIDAY_DEBT,
    RECEIVABLE,
    REPAYABLE,
    AccountClass,
)
from reports.tie_out.content import Entry, Holiday, Line, Reason, Receivable, Share, TieOut
from reports.tie_out.costs import elsewhere, invoice_entries
from reports.tie_out.dossiers import shares_of
from reports.tie_out.holidays import holiday_of
from reports.tie_out.income import award_entries, sale_entries, sales_of
from reports.tie_out.leads import Leads
from reports.tie_out.ledger import Accounts, accounts_of
from reports.tie_out.matching import Lead, explained
from reports.tie_out.pay import pay_entries
from reports.tie_out.receivables import receivables, received_until
from reports.tie_out.year import Codes, Year, codes_of, settled_year


def tie_out(organisation: Organisation, year: int, as_of: date) -> TieOut:
    """The accounts of a year against its dossiers, as known on a day.

    Every earlier year with data is settled too, for what its awards still owe. The number of
    queries depends on the number of years, not of rows.
    """
    codes, closing = codes_of(organisation), date(year, 12, 31)
    numbers = sorted({year, *(one for one in years_of(organisation) if one < year)})
    years = {one: settled_year(organisation, one, as_of, codes) for one in numbers}
    openings = list(openings_until(organisation, closing))
    accounts = accounts_of(organisation, year, openings)
    receipts = received_until(organisation, min(closing, as_of))
    owed = tuple(receivables(years, receipts, openings, codes))
    holiday = holiday_of(years[year], years.get(year - 1), openings, figures_registry())
    side = _product(organisation, years[year])
    asked = [(line, side.leads.of(line.group, line.analytical)) for line in _lines(side, accounts)]
    lines = tuple(explained(asked))
    return TieOut(
        organisation=organisation.name,
        enterprise_number=organisation.enterprise_number,
        demo=organisation.is_demo,
        year=year,
        closing=closing,
        as_of=as_of,
        sha256=accounts.sha256,
        lines=lines,
        totals=tuple(_totals(lines)),
        balances=tuple(explained(list(_balances(accounts, owed, holiday)))),
        booked=tuple(row for group in (*CLASSES, *BALANCES) for row in accounts.booked(group)),
        entries=side.entries,
        receivables=owed,
        holiday=holiday,
        names=codes.names,
    )


@dataclass(frozen=True)
class _Product:
    """What the product holds of a year: its entries, what its dossiers carry, the leads."""

    codes: Codes
    entries: tuple[Entry, ...]
    shares: Mapping[tuple[str, str], list[Share]]
    leads: Leads


def _product(organisation: Organisation, year: Year) -> _Product:
    """Everything but the accounts."""
    rows = organisation.invoices.values_list("pk", "approval_id", "piece", "category")
    listed = list(rows.filter(pk__in=[invoice.pk for invoice in year.facts.invoices.rows]))
    approvals = {pk: approval for pk, approval, _piece, _category in listed}
    found = (
        *invoice_entries(year, approvals),
        *pay_entries(year),
        *award_entries(year),
        *sale_entries(sales_of(organisation, year.number), year.codes),
    )
    entries = tuple(sorted(found, key=_order))
    people = frozenset(
        piece for _pk, _approval, piece, category in listed if category in outside_payroll()
    )
    leads = Leads(year, entries, people, elsewhere(year, approvals))
    return _Product(year.codes, entries, shares_of(year, entries), leads)


def _order(entry: Entry) -> tuple[str, ...]:
    return (
        *(entry.group, entry.analytical, entry.kind, entry.key),
        *(entry.day.isoformat(), entry.account, entry.dossier),
    )


def _lines(side: _Product, accounts: Accounts) -> Iterator[Line]:
    """Each class by analytical account, where either side has something."""
    for group in CLASSES:
        said = accounts.of(group)
        mine: dict[str, list[int | None]] = {}
        for entry in side.entries:
            if entry.group == group.code:
                mine.setdefault(entry.analytical, []).append(entry.amount)
        for code in sorted({*mine, *(said or {})}):
            amounts = mine.get(code, [])
            product = None if None in amounts else sum(one for one in amounts if one is not None)
            unknown = said is None or product is None
            yield Line(
                group=group,
                analytical=code,
                name=side.codes.names.get(code, ""),
                accounts=None if said is None else said.get(code, 0),
                product=product,
                reasons=() if unknown else tuple(_outside(side, accounts, group, code)),
                shares=tuple(side.shares.get((group.code, code), ())),
            )


def _outside(
    side: _Product, accounts: Accounts, group: AccountClass, code: str
) -> Iterator[Reason]:
    """Accounts of the class that the product does not hold; one where it holds something is not."""
    held = tuple({entry.account for entry in side.entries})
    for one in accounts.outside(group, code):
        if not one.account.startswith(held):
            words = _("%s : hors de ce logiciel") % f"{one.account} {one.label}".replace("  ", " ")
            yield Reason(words, group.sign * one.net)


def _totals(lines: Sequence[Line]) -> Iterator[Line]:
    """Each class over its analytical accounts."""
    for group in CLASSES:
        mine = [line for line in lines if line.group is group]
        if mine:
            yield Line(
                group=group,
                analytical="",
                name="",
                accounts=_sum(line.accounts for line in mine),
                product=_sum(line.product for line in mine),
                reasons=tuple(reason for line in mine for reason in line.reasons),
            )


def _sum(amounts: Iterable[int | None]) -> int | None:
    listed = list(amounts)
    return None if None in listed else sum(one for one in listed if one is not None)


def _balances(
    accounts: Accounts, owed: Sequence[Receivable], holiday: Holiday
) -> Iterator[tuple[Line, list[Lead]]]:
    """The lines of the balance sheet at the closing day, with their leads."""
    balances = [one.balance for one in owed]
    known = None not in balances
    listed = [one for one in balances if one is not None]
    back = -sum(one for one in listed if one < 0)
    words = _("Compensé entre subventions à recevoir et à rembourser")
    netted = [Lead(Reason(words, -back), "netted")] if back else []
    gaps = [
        Lead(
            Reason(
                _("%s : accordé comptabilisé au lieu du payable") % f"{one.reference} {one.year}",
                one.gap,
            )
        )
        for one in owed
        if one.gap
    ]
    due = sum(one for one in listed if one > 0) if known else None
    yield _balance(accounts, RECEIVABLE, due), [*gaps, *netted]
    yield _balance(accounts, REPAYABLE, back if known else None), netted
    yield _balance(accounts, HOLIDAY_DEBT, holiday.total), []
    moved = None
    if holiday.total is not None and holiday.previous is not None:
        moved = holiday.total - holiday.previous
    yield _balance(accounts, HOLIDAY_COST, moved), []


def _balance(accounts: Accounts, group: AccountClass, product: int | None) -> Line:
    said = accounts.of(group)
    return Line(group, "", "", None if said is None else sum(said.values()), product)
