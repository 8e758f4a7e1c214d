"""Every public subsidy that an association holds or asks for one year, and its budget.

COCOF, decree of 5 March 2009, art. 64 § 2: an application lists them all, whoever the funder is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine import money
from backoffice.engine.periods import year_period
from backoffice.federation.models import Organisation
from backoffice.web.templatetags.labels import said
from grants.models import Application, BudgetLine
from grants.scheme import schemes
from reports.dossier import Dossier
from reports.justifications import year_dossiers
from reports.year.content import Budget, BudgetRow, Label, PublicTotal, SubsidyLine
from reports.year.pairing import ASKED, Pairs, is_expected, paired

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


@dataclass(frozen=True)
class PublicMoney:
    """The applications, the subsidies and the budget of one association and year.

    `pairs` says which application and which award are the same money, listed once.
    """

    applications: tuple[Application, ...]
    subsidies: tuple[SubsidyLine, ...]
    totals: tuple[PublicTotal, ...]
    budget: Budget
    pairs: Pairs


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
    pairs = paired(applications, dossiers, as_of)
    for award, application in pairs.again.items():
        _move(expected, f"award:{award}", f"application:{application}")
    for award, application in pairs.answered.items():
        _move(expected, f"application:{application}", f"award:{award}")
    listed = [dossier for dossier in dossiers if dossier.cover.reference not in pairs.again]
    asked = [one for one in applications if _stands_alone(one, pairs)]
    subsidies = (*_awards(listed, expected, pairs, as_of), *_asked(asked, expected))
    totals = tuple(_totals(subsidies))
    return PublicMoney(applications, subsidies, totals, _budget(lines), pairs)


def planned_years(organisation: Organisation) -> list[int]:
    """The years with an application or a budget, newest first."""
    applied = Application.objects.filter(organisation=organisation).values_list("year", flat=True)
    budgeted = BudgetLine.objects.filter(organisation=organisation).values_list("year", flat=True)
    return sorted({*applied.distinct(), *budgeted.distinct()}, reverse=True)


def scheme_label(code: str, otherwise: str) -> Label:
    """The label of a scheme of ours, or the words of the application for any other."""
    scheme = schemes().get(code)
    return scheme.label if scheme else {"fr": otherwise, "nl": otherwise}


def funder_words(code: str, written: str) -> str:
    """The funder of an application in the language of the reader.

    Words of its own, which the funder of the scheme does not bear in any language, stay as written.
    """
    scheme = schemes().get(code)
    return said(scheme.funder) if scheme and written in scheme.funder.values() else written


def _move(expected: dict[str, int], source: str, target: str) -> None:
    """What the budget expects of one is expected of the other that stands for it."""
    if source in expected:
        expected[target] = expected.get(target, 0) + expected.pop(source)


def _stands_alone(one: Application, pairs: Pairs) -> bool:
    """Whether an application asks for money that no award of the list holds."""
    answered = one.reference in pairs.linked or one.reference in pairs.answered.values()
    return one.state in ASKED and not answered


def _awards(
    dossiers: Iterable[Dossier], expected: Mapping[str, int], pairs: Pairs, as_of: date
) -> Iterator[SubsidyLine]:
    for dossier in dossiers:
        cover = dossier.cover
        state = EXPECTED if is_expected(dossier, as_of) else HELD
        yield SubsidyLine(
            state=state,
            state_label=STATES[state],
            funder=said(cover.funder),
            scheme=cover.scheme_label,
            reference=cover.reference,
            label=cover.label,
            starts_on=cover.exercise_starts_on,
            ends_on=cover.exercise_ends_on,
            requested=pairs.requested.get(cover.reference),
            amount=dossier.amounts.granted,
            budgeted=expected.get(f"award:{cover.reference}"),
            own=False,
        )


def _asked(
    applications: Iterable[Application], expected: Mapping[str, int]
) -> Iterator[SubsidyLine]:
    """The applications that no award of the year has answered yet."""
    for one in applications:
        period = year_period(one.year)
        requested = None if one.amount is None else money.cents(one.amount.amount)
        yield SubsidyLine(
            state=one.state,
            state_label=STATES[one.state],
            funder=funder_words(one.scheme, one.funder),
            scheme=scheme_label(one.scheme, one.label),
            reference=one.reference,
            label=one.label,
            starts_on=period.start,
            ends_on=period.ends_on,
            requested=requested,
            amount=requested,
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
