"""The page of the treasury: the curve, its lowest point, what can be paid, month by month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _

from backoffice.engine.cash.curve import Curve, Payable, Point, can_pay
from backoffice.engine.cash.delays import Delay
from backoffice.engine.cash.flows import (
    ASKED,
    BENEFITS,
    DOUBLE_HOLIDAY,
    GRANT,
    INVOICE,
    ONSS,
    PAY,
    RECOVERY,
    SALE,
    TAX,
    YEAR_END,
    Flow,
)
from backoffice.engine.cash.grants import Unplaced
from backoffice.engine.periods import month_index
from backoffice.engine.projection.facts import STATUSES
from backoffice.web.templatetags.money import fte, month
from backoffice.web.words import Spoken
from grants.models import Instalment
from grants.scheme import schemes
from reports.charts import Chart, curve
from reports.projection.notes import sentences
from reports.scenarios.labels import NOBODY, funder_name
from reports.treasury.asked import NO_AWARD, NO_COST, SEVERAL
from reports.treasury.choosing import Supposed
from reports.treasury.reading import ONE_POINT, Ground, Treasury, treasury_of

KINDS = Spoken(
    {
        GRANT: "Subvention",
        SALE: "Facture de vente",
        RECOVERY: "Remboursement au pouvoir subsidiant",
        PAY: "Rémunérations",
        DOUBLE_HOLIDAY: "Double pécule de vacances",
        YEAR_END: "Prime de fin d'année",
        ONSS: "Cotisations ONSS",
        TAX: "Précompte professionnel",
        BENEFITS: "Autres frais de personnel",
        ASKED: "Postes demandés",
        INVOICE: "Factures d'achat",
    }
)
SOURCES = Spoken(
    {
        "statement": "extrait de compte",
        "balance": "balance des comptes, comptes 55",
        "taken_on": "solde d'ouverture, compte 55",
    }
)
WHY = Spoken(
    {
        "late": "plus en retard que le plus long retard observé",
        "no_day": "jour de paiement inconnu",
        "no_amount": "montant inconnu",
    }
)
UNCOUNTED = Spoken(
    {
        NO_COST: "aucune hypothèse ne donne leur coût",
        NO_AWARD: "ce service n'a pas de subvention de ce pouvoir, qui dirait quand elle paie",
        SEVERAL: "ce service a plusieurs subventions de ce pouvoir",
    }
)
DOUBTS = Spoken(
    {
        "confirmed": "confirmé",
        "to_confirm": "à confirmer",
        "forecast": "prévision",
        "assumption": "hypothèse",
    }
)
COLUMNS: tuple[tuple[str, ...], ...] = (
    (GRANT,),
    (SALE,),
    (PAY, BENEFITS, ASKED),
    (YEAR_END, DOUBLE_HOLIDAY),
    (ONSS, TAX),
    (INVOICE,),
    (RECOVERY,),
)
"""The columns of the table by month: which kinds of movement each adds up."""
_AROUND = timedelta(days=15)
_FTE = 10_000


@dataclass(frozen=True)
class Month:
    """Cents of one month by column, what they add up to, and the balance at its end and lowest.

    `coming` is what comes in, of any column.
    """

    month: int
    amounts: tuple[int, ...]
    coming: int
    net: int
    end: int
    lowest: Point
    doubt: str


@dataclass(frozen=True)
class Line:
    """One movement of a day; `balance` at the end of the day on its last line."""

    day: date
    words: str
    subject: str
    amount: int
    doubt: str
    balance: int | None


@dataclass(frozen=True)
class Question:
    """Whether the premium or the holiday pay of a year can be paid."""

    words: str
    payable: Payable


@dataclass(frozen=True)
class Seen:
    """How late a scheme pays, as its payments came."""

    scheme: Mapping[str, str]
    kind: str
    delay: Delay


@dataclass(frozen=True)
class TreasuryPage:
    """What the template shows; amounts in cents.

    Attributes:
        ground: what it stands on; `known` whether the opening balance is.
        under: what is supposed, None for what stands today; `shown` is the treasury under it.
        lowest: lowest point from the day looked at; `late_lowest` with the longest delays.
        base_lowest: that of what stands today, None where nothing is supposed.
        below: the first day below what the bank allows.
        lateness: interest that the delays cost up to the last day, None without a rate; `point`
            what one per cent of rate costs.
        notes: what is supposed and what is not in the curve; `uncounted` the posts among them.
    """

    ground: Ground
    under: Supposed | None
    shown: Treasury
    known: bool
    chart: Chart
    lowest: Point
    late_lowest: Point
    base_lowest: Point | None
    below: Point | None
    questions: tuple[Question, ...]
    lateness: int | None
    point: int
    months: tuple[Month, ...]
    days: tuple[Line, ...]
    unplaced: tuple[Unplaced, ...]
    seen: tuple[Seen, ...]
    notes: tuple[str, ...]
    uncounted: tuple[str, ...]


def page_of(ground: Ground, under: Supposed | None = None) -> TreasuryPage:
    """The page of an organisation, under what is supposed where something is."""
    shown = treasury_of(ground, under.run if under else None)
    today, known = ground.as_of, ground.opening.amount is not None
    lowest = shown.curve.lowest(today)
    before = treasury_of(ground) if under else None
    facts, uncounted = shown.run.facts, tuple(_uncounted(shown))
    return TreasuryPage(
        ground=ground,
        shown=shown,
        known=known,
        chart=_chart(shown.curve, before.curve if before else None, today, known=known),
        lowest=lowest,
        late_lowest=shown.late.lowest(today),
        base_lowest=before.curve.lowest(today) if before else None,
        under=under,
        below=shown.curve.first_below(-ground.room, today),
        questions=tuple(sorted(_questions(ground, shown), key=lambda one: one.payable.day)),
        lateness=None if ground.rate is None else shown.lateness(ground.rate),
        point=shown.lateness(ONE_POINT),
        months=tuple(_months(shown)),
        days=tuple(_days(shown, lowest.day)),
        unplaced=shown.unplaced,
        seen=tuple(_seen(ground)),
        notes=(*sentences(facts.names, shown.run.notes), *uncounted),
        uncounted=uncounted,
    )


def _uncounted(shown: Treasury) -> Iterator[str]:
    """The posts asked that are in no balance, and why."""
    for one in shown.uncounted:
        yield _(
            "%(fte)s ETP demandés à partir de %(since)s (%(funder)s) ne sont pas comptés : %(why)s."
        ) % {
            "fte": fte(Fraction(one.fte, _FTE)),
            "since": month(one.since),
            "funder": funder_name(one.funder or NOBODY),
            "why": UNCOUNTED[one.why],
        }


def _chart(found: Curve, before: Curve | None, today: date, *, known: bool) -> Chart:
    title = _("Trésorerie par jour") if known else _("Trésorerie par jour, à partir de zéro")
    doubt = (min(today, found.last), _("prévision"))
    return curve("tresorerie", title, _balances(found), doubt, _balances(before) if before else ())


def _balances(found: Curve) -> list[tuple[date, int]]:
    return [(one.day, one.balance) for one in found.points()]


def _questions(ground: Ground, shown: Treasury) -> Iterator[Question]:
    if ground.opening.amount is None:
        return
    for kind in (YEAR_END, DOUBLE_HOLIDAY):
        for one in can_pay(shown.curve, shown.flows, kind, ground.room):
            if one.day >= ground.as_of and is_main(one, shown, kind):
                yield Question(KINDS[kind], one)


def is_main(one: Payable, shown: Treasury, kind: str) -> bool:
    """Whether it is the largest payment of that kind in its year: others are departures."""
    same = can_pay(shown.curve, shown.flows, kind)
    return one.amount == max(each.amount for each in same if each.day.year == one.day.year)


def _months(shown: Treasury) -> Iterator[Month]:
    points = shown.curve.points()[1:]
    flows = {at: list(rows) for at, rows in groupby(shown.flows, lambda one: month_index(one.day))}
    for at, rows in groupby(points, lambda point: month_index(point.day)):
        days, mine = list(rows), flows.get(at, [])
        amounts = tuple(sum(one.amount for one in mine if one.kind in kinds) for kinds in COLUMNS)
        yield Month(
            month=at,
            amounts=amounts,
            coming=sum(one.amount for one in mine if one.amount > 0),
            net=sum(amounts),
            end=days[-1].balance,
            lowest=min(days, key=lambda point: (point.balance, point.day)),
            doubt=_doubt(max((one.status for one in mine), default=0)),
        )


def _days(shown: Treasury, around: date) -> Iterator[Line]:
    near = [one for one in shown.flows if abs(one.day - around) <= _AROUND]
    for day, rows in groupby(near, lambda one: one.day):
        merged = list(_merged(list(rows)))
        for place, (one, amount, status) in enumerate(merged):
            last = place == len(merged) - 1
            balance = shown.curve.on(day) if last else None
            yield Line(day, KINDS[one.kind], one.subject, amount, _doubt(status), balance)


def _merged(rows: Sequence[Flow]) -> Iterator[tuple[Flow, int, int]]:
    """One line for each kind and award of a day."""
    for _key, same in groupby(rows, lambda one: (one.kind, one.subject)):
        found = list(same)
        yield found[0], sum(one.amount for one in found), max(one.status for one in found)


def _doubt(status: int) -> str:
    return DOUBTS[STATUSES[status]]


def _seen(ground: Ground) -> Iterator[Seen]:
    for group, delay in sorted(ground.delays.items()):
        scheme, _slash, kind = group.partition("/")
        yield Seen(schemes()[scheme].label, str(Instalment.Kind(kind).label), delay)
