"""What an award should pay for a year: as written, by the rules of its scheme, or as before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch

from backoffice.engine import money
from backoffice.engine.cash.delays import Delay, delays_of
from backoffice.engine.cash.flows import GRANT, RECOVERY, Flow
from backoffice.engine.cash.grants import Announced
from backoffice.engine.periods import add_months, year_period
from backoffice.federation.models import Organisation
from grants.agenda import PIECES
from grants.models import Award, Instalment, Receipt
from grants.scheme import schemes
from grants.services.instalments import expected_of
from grants.snapshots import award_facts
from grants.year_rules import Moment

_MONTHS = 12


@dataclass(frozen=True)
class Written:
    """What is written of the money of one award for one year: payments left, and what came."""

    announced: tuple[Announced, ...]
    received: int
    stored: bool
    closing: date | None


Awards = dict[str, Award]
"""Those of one employer, by reference."""


def awards_by_employer(organisations: Sequence[Organisation], as_of: date) -> dict[int, Awards]:
    """The awards of each employer, with what was planned and what came by a day; five queries."""
    came = Receipt.objects.filter(received_on__lte=as_of).order_by("received_on", "pk")
    rows = (
        Award.objects.filter(organisation__in=organisations)
        .select_related("organisation", "approval")
        .prefetch_related(
            "terms",
            "posts",
            Prefetch("instalments", Instalment.objects.order_by("due_on", "number")),
            Prefetch("receipts", came),
        )
    )
    found: dict[int, Awards] = {one.pk: {} for one in organisations}
    for award in rows:
        found[award.organisation_id][award.reference] = award
    return found


def real_delays(awards: Iterable[Award]) -> dict[str, Delay]:
    """How late each scheme pays its advances and its balances, as its payments came."""
    return dict(delays_of(seen_payments(awards)))


def seen_payments(awards: Iterable[Award]) -> Iterator[tuple[str, date, date]]:
    """Each payment that came for an instalment: its group, the day announced, the day it came."""
    for award in awards:
        planned = {row.pk: row for row in award.instalments.all()}
        for one in award.receipts.all():
            row = planned.get(one.instalment_id or 0)
            if row is not None and one.amount.amount > 0:
                yield group_of(award, row.kind), row.due_on, one.received_on


def group_of(award: Award, kind: str) -> str:
    """Whose delays a payment has: those of its scheme, advances and balances apart."""
    return f"{award.scheme}/{kind}"


def receipt_flows(awards: Iterable[Award]) -> list[Flow]:
    """What came from funders and what was given back, on its day."""
    found = []
    for award in awards:
        for one in award.receipts.all():
            amount = money.cents(one.amount.amount)
            kind = GRANT if amount > 0 else RECOVERY
            found.append(Flow(one.received_on, amount, kind, award.reference))
    return found


def written_of(award: Award, year: int, granted: int, as_of: date) -> Written:
    """What an award should still pay for a year.

    The payments that somebody wrote; else those of the scheme's rules; else those of the last year
    that somebody wrote, in the same proportions a year later.

    Args:
        award: with its instalments and receipts.
        year: the exercise.
        granted: cents of the year, -1 unknown.
        as_of: the day looked from.
    """
    receipts = [one for one in award.receipts.all() if one.year == year]
    received = sum(money.cents(one.amount.amount) for one in receipts)
    planned = [row for row in award.instalments.all() if row.year == year]
    moment = _moment(award, year, as_of)
    closing = _closing(award, year, moment, granted)
    if planned:
        left = tuple(_left(award, planned, receipts))
        return Written(left, received, stored=True, closing=closing)
    if granted < 0:
        return Written((), received, stored=False, closing=closing)
    rows = _by_rules(award, year, granted, moment) or _as_before(award, year, granted)
    paid = tuple(_after(received, rows))
    return Written(paid, received, stored=False, closing=closing)


def asked_payments(award: Award, year: int, asked: int, as_of: date) -> Written:
    """How an award would pay an amount asked of it for a year: by its rules, else as before.

    Args: as for `written_of`; `asked` in cents.
    """
    moment = _moment(award, year, as_of)
    rows = _by_rules(award, year, asked, moment) or _as_before(award, year, asked)
    closing = _closing(award, year, moment, asked)
    return Written(tuple(rows), 0, stored=False, closing=closing)


def _left(
    award: Award, planned: Sequence[Instalment], receipts: Sequence[Receipt]
) -> list[Announced]:
    """Each payment less its own receipts, then less those that name none."""
    own: dict[int | None, int] = {}
    for one in receipts:
        own[one.instalment_id] = own.get(one.instalment_id, 0) + money.cents(one.amount.amount)
    rows = [
        Announced(
            row.due_on,
            max(money.cents(row.amount.amount) - own.get(row.pk, 0), 0),
            row.kind == Instalment.Kind.BALANCE,
            group_of(award, row.kind),
        )
        for row in planned
    ]
    return _after(own.get(None, 0), rows)


def _after(received: int, rows: Iterable[Announced]) -> list[Announced]:
    """What is left of payments once an amount has paid the earliest ones."""
    free, found = max(received, 0), []
    for row in rows:
        paid = min(free, row.amount)
        free -= paid
        if row.amount > paid or row.balance:
            found.append(Announced(row.due, row.amount - paid, row.balance, row.group))
    return found


def _by_rules(award: Award, year: int, granted: int, moment: Moment) -> list[Announced]:
    found = expected_of(schemes()[award.scheme], year, granted, moment)
    return [
        Announced(
            one.due_on,
            one.amount,
            one.kind == Instalment.Kind.BALANCE,
            group_of(award, one.kind),
        )
        for one in found
    ]


def _as_before(award: Award, year: int, granted: int) -> list[Announced]:
    """The payments of the last year written up to this one, moved to it."""
    years = {row.year for row in award.instalments.all() if row.year <= year}
    if not years:
        return []
    last = max(years)
    rows = [row for row in award.instalments.all() if row.year == last]
    weights = [Fraction(row.amount.amount) for row in rows]
    if not any(weights):
        return []
    parts = money.allocate(granted, weights)
    return [
        Announced(
            add_months(row.due_on, _MONTHS * (year - last)),
            part,
            row.kind == Instalment.Kind.BALANCE,
            group_of(award, row.kind),
        )
        for row, part in zip(rows, parts, strict=True)
    ]


def _moment(award: Award, year: int, as_of: date) -> Moment:
    """What the days of a year count from; beyond the life of the award, the year alone."""
    facts = award_facts(award, year_period(year), award.terms.all(), as_of)
    if not facts.exercise.is_empty:
        return facts.moment
    return Moment(year_period(year), award.starts_on, None, None, _last_texts(award, year, as_of))


def _last_texts(award: Award, year: int, as_of: date) -> dict[str, str]:
    last = award.ends_on.year if award.ends_on else year
    facts = award_facts(award, year_period(last), award.terms.all(), as_of)
    return {code: text for code, text in facts.texts.items() if code in {"fund", "reading", "form"}}


def _closing(award: Award, year: int, moment: Moment, granted: int) -> date | None:
    """The last day on which pieces are asked for the year, None where nobody knows it."""
    amount = None if granted < 0 else Fraction(granted, 100)
    rules = schemes()[award.scheme].rules_due(year, moment, amount)
    days = [rule.on(year, moment) for rule in rules if rule.kind == PIECES]
    return max((day for day in days if day is not None), default=None)
