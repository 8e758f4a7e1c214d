"""Every public subsidy that an association holds or asks for one year, and its budget.

COCOF, decree of 5 March 2009, art. 64 § 2: an application lists them all, whoever the funder is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine import money
from backoffice.engine.periods import year_period
from backoffice.federation.models import Organisation
from grants.models import Application, BudgetLine
from grants.scheme import schemes
from reports.dossier import Dossier
from reports.justifications import year_dossiers
from reports.year.content import Budget, BudgetRow, Label, PublicTotal, SubsidyLine

HELD, EXPECTED = "held", "expected"
STATES: Mapping[str, Label] = {
    HELD: {"fr": "obtenue", "nl": "verkregen"},
    EXPECTED: {"fr": "attendue, lettre à recevoir", "nl": "verwacht, brief te ontvangen"},
    Application.State.ASKED: {"fr": "demandée", "nl": "aangevraagd"},
    Application.State.DRAFT: {"fr": "en préparation", "nl": "in voorbereiding"},
    Application.State.GRANTED: {"fr": "accordée", "nl": "toegekend"},
    Application.State.REFUSED: {"fr": "refusée", "nl": "geweigerd"},
    Application.State.WITHDRAWN: {"fr": "retirée", "nl": "ingetrokken"},
}
_ASKED = (Application.State.ASKED, Application.State.DRAFT, Application.State.GRANTED)


@dataclass(frozen=True)
class PublicMoney:
    """The applications, the subsidies and the budget of one association and year.

    `asked_again` are the awards without their amount, by reference, that an application stands for.
    """

    applications: tuple[Application, ...]
    subsidies: tuple[SubsidyLine, ...]
    totals: tuple[PublicTotal, ...]
    budget: Budget
    asked_again: Mapping[str, str]


def public_money(organisation: Organisation, year: int, as_of: date) -> PublicMoney:
    """Read them as they stand on a day; the number of queries does not depend on the rows."""
    applications = tuple(
        Application.objects.filter(organisation=organisation, year=year)
        .select_related("approval", "award")
        .order_by("reference")
    )
    lines = list(
        BudgetLine.objects.filter(organisation=organisation, year=year)
        .select_related("approval", "award", "application", "application__award")
        .order_by("nature", "account", "code")
    )
    expected = _budgeted(lines)
    dossiers = year_dossiers(organisation, year, as_of)
    again = _asked_again(applications, dossiers)
    for award, application in again.items():
        if f"award:{award}" in expected:
            key = f"application:{application}"
            expected[key] = expected.get(key, 0) + expected.pop(f"award:{award}")
    listed = [dossier for dossier in dossiers if dossier.cover.reference not in again]
    subsidies = (*_awards(listed, expected), *_asked(applications, dossiers, expected))
    totals = tuple(_totals(subsidies))
    return PublicMoney(applications, subsidies, totals, _budget(lines), again)


def planned_years(organisation: Organisation, as_of: date) -> list[int]:
    """The years with an application or a budget, and the next one, newest first."""
    applied = Application.objects.filter(organisation=organisation).values_list("year", flat=True)
    budgeted = BudgetLine.objects.filter(organisation=organisation).values_list("year", flat=True)
    found = {*applied.distinct(), *budgeted.distinct(), as_of.year + 1}
    return sorted(found, reverse=True)


def scheme_label(code: str, otherwise: str) -> Label:
    """The label of a scheme of ours, or the words of the application for any other."""
    scheme = schemes().get(code)
    return scheme.label if scheme else {"fr": otherwise, "nl": otherwise}


def _asked_again(
    applications: Iterable[Application], dossiers: Iterable[Dossier]
) -> dict[str, str]:
    """Each award without its amount for which an application of its scheme and approval asks."""
    waiting: dict[tuple[str, str], list[str]] = {}
    for one in applications:
        if one.state in _ASKED and one.award is None and one.scheme:
            approval = str(one.approval) if one.approval else ""
            waiting.setdefault((one.scheme, approval), []).append(one.reference)
    found: dict[str, str] = {}
    for dossier in dossiers:
        cover = dossier.cover
        asked = waiting.get((cover.scheme, cover.approval))
        unknown = cover.letter_on is None or dossier.amounts.granted is None
        if unknown and asked:
            found[cover.reference] = asked.pop(0)
    return found


def _awards(dossiers: Iterable[Dossier], expected: Mapping[str, int]) -> Iterator[SubsidyLine]:
    for dossier in dossiers:
        cover = dossier.cover
        state = EXPECTED if cover.letter_on is None else HELD
        yield SubsidyLine(
            state=state,
            state_label=STATES[state],
            funder=cover.funder["fr"],
            scheme=cover.scheme_label,
            reference=cover.reference,
            label=cover.label,
            starts_on=cover.exercise_starts_on,
            ends_on=cover.exercise_ends_on,
            amount=dossier.amounts.granted,
            budgeted=expected.get(f"award:{cover.reference}"),
            own=False,
        )


def _asked(
    applications: Iterable[Application], dossiers: Iterable[Dossier], expected: Mapping[str, int]
) -> Iterator[SubsidyLine]:
    """The applications that no award of the year has answered yet."""
    held = {dossier.cover.reference for dossier in dossiers}
    for one in applications:
        answered = one.award is not None and one.award.reference in held
        if one.state not in _ASKED or answered:
            continue
        period = year_period(one.year)
        yield SubsidyLine(
            state=one.state,
            state_label=STATES[one.state],
            funder=one.funder,
            scheme=scheme_label(one.scheme, one.label),
            reference=one.reference,
            label=one.label,
            starts_on=period.start,
            ends_on=period.ends_on,
            amount=None if one.amount is None else money.cents(one.amount.amount),
            budgeted=expected.get(f"application:{one.reference}"),
            own=False,
        )


def _totals(subsidies: Sequence[SubsidyLine]) -> Iterator[PublicTotal]:
    for state, label in STATES.items():
        mine = [line.amount for line in subsidies if line.state == state]
        if mine:
            known = [amount for amount in mine if amount is not None]
            unknown = len(mine) - len(known)
            yield PublicTotal(state, label, len(mine), sum(known), unknown)


def _source(line: BudgetLine) -> str:
    """The award that a line expects, else the application; empty for other money."""
    award = line.award or (line.application.award if line.application else None)
    if award is not None:
        return f"award:{award.reference}"
    return f"application:{line.application.reference}" if line.application else ""


def _budgeted(lines: Iterable[BudgetLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        source = _source(line)
        if source:
            found[source] = found.get(source, 0) + money.cents(line.amount.amount)
    return found


def _budget(lines: Sequence[BudgetLine]) -> Budget:
    rows = tuple(
        BudgetRow(
            nature=line.nature,
            account=line.account,
            code=line.code,
            label=line.label,
            approval=line.approval.code if line.approval else "",
            amount=money.cents(line.amount.amount),
            source=_source(line).partition(":")[2],
        )
        for line in lines
    )
    if not rows:
        return Budget(rows, None, None, None, None)
    incomes = [row for row in rows if row.nature == BudgetLine.Nature.INCOME]
    income = sum(row.amount for row in incomes)
    expenses = sum(row.amount for row in rows) - income
    public = sum(row.amount for row in incomes if row.source)
    return Budget(rows, expenses, income, public, income - expenses)
