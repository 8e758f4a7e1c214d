"""Pay that can be real and is probably a slip of the pen: asked about, never refused."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from backoffice.engine.periods import Period, month_index, month_period
from backoffice.web.sentences import gettext as _
from reports.exchange.columns import Value
from reports.exchange.lines import Line
from reports.exchange.problems import Problem
from reports.exchange.rules.facts import Facts, meet
from reports.exchange.rules.staff import Contracts, contracts_by_worker

MARGIN = Decimal("1.2")
"""Hours of a month may exceed those of the full time by a fifth before they are asked about."""
UNUSUAL_GROSS = 3
"""Times the worker's median gross from which a gross is asked about."""
WORKING_DAYS = 5
_HOURS = ("paid_hours", "assimilated_hours", "unpaid_hours")


def unusual_pay(facts: Facts) -> Iterator[Problem]:
    """Too many hours for one month, or a gross far above the worker's usual one; one a month."""
    contracts = contracts_by_worker(facts)
    usual = _median_gross(facts)
    for line in facts.lines("pay"):
        problem = _too_many_hours(line, contracts) or _high_gross(line, usual)
        if problem is not None:
            yield problem


def _too_many_hours(line: Line, contracts: Contracts) -> Problem | None:
    month = line.values.get("month")
    hours = [value for code in _HOURS if isinstance(value := line.values.get(code), Decimal)]
    if not isinstance(month, date) or not hours:
        return None
    period = month_period(month_index(month))
    fulls = [
        full
        for contract, fact in contracts.get(line.values.get("worker"), ())
        if contract and meet(contract, period)
        if isinstance(full := fact.values.get("full_time_hours"), Decimal)
    ]
    if not fulls:
        return None
    possible = max(fulls) * _weekdays(period) / WORKING_DAYS
    if sum(hours) <= possible * MARGIN:
        return None
    return line.problem(
        "too_many_hours",
        "paid_hours",
        _("%(hours)s heures ce mois-là ; un temps plein en compte environ %(possible)s.")
        % {"hours": _shown(sum(hours, Decimal(0))), "possible": _shown(possible)},
        _("Vérifiez les heures payées, assimilées et non payées ; laissez si elles sont exactes."),
        blocking=False,
    )


def _weekdays(period: Period) -> int:
    """Days from Monday to Friday: public holidays are paid hours too."""
    first = period.start
    each = (first + timedelta(days=number) for number in range(period.days))
    return sum(day.weekday() < WORKING_DAYS for day in each)


def _median_gross(facts: Facts) -> dict[Value, Decimal]:
    """Worker number -> median of the gross amounts that the workbook gives, in EUR."""
    found: dict[Value, list[Decimal]] = {}
    for line in facts.lines("pay"):
        gross = line.values.get("gross")
        if isinstance(gross, Decimal):
            found.setdefault(line.values.get("worker"), []).append(gross)
    return {worker: median(amounts) for worker, amounts in found.items()}


def _high_gross(line: Line, usual: dict[Value, Decimal]) -> Problem | None:
    gross, most = line.values.get("gross"), usual.get(line.values.get("worker"))
    if not isinstance(gross, Decimal) or most is None or most <= 0:
        return None
    if gross <= UNUSUAL_GROSS * most:
        return None
    return line.problem(
        "unusual_gross",
        "gross",
        _("Ce brut dépasse trois fois le brut habituel de ce travailleur (%(usual)s).")
        % {"usual": _shown(most)},
        _("Vérifiez la virgule et le mois ; laissez si le montant est exact."),
        blocking=False,
    )


def _shown(number: Decimal) -> str:
    return f"{number:.2f}".replace(".", ",")
