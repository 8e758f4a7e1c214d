"""The rules of the five claim shapes in plain fractions, for the reference of the tests."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import prod

from backoffice.engine.claims.inputs import HEADS, Award, Known
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import days_in_month, month_start
from tests.engine.claims.rounding import half_up, within


@dataclass
class Line:
    """One assignment x contract line x month; cents, and the paid FTE-month as a fraction."""

    pay: int
    month: int
    post: int
    function: int
    scale: int
    seniority: int
    weight: int
    fte: Fraction
    parts: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    deducted: int = 0
    paid: int = 0

    @property
    def eligible(self) -> int:
        return sum(self.taken.values())

    @property
    def presented(self) -> int:
        return self.eligible - self.deducted

    def of(self, nature: str, known: Known) -> int:
        """The cents of one nature: scale, charges or benefit."""
        return sum(part for item, part in self.taken.items() if known.natures[item] == nature)


def admissible_costs(award: Award, lines: list[Line], known: Known) -> list[int]:
    """What the shape of the award admits of each line, in cents.

    Raises:
        FigureNotDefined: something that the rule needs is unknown.
    """
    if award.shape in {"real_cost", "indexed_cost", "envelope_share"}:
        return _within_scale_and_frame(award, lines, known)
    if award.shape == "capped_cost":
        return _within_amount_per_fte(award, lines, known, (award.ceiling,))
    if award.shape == "post_premium":
        return _within_amount_per_fte(award, lines, known, (award.premium, "premium_rate"))
    return [line.presented for line in lines]


def _within_scale_and_frame(award: Award, lines: list[Line], known: Known) -> list[int]:
    """Pay up to the scale, FTE up to the posts, less what others pay for the same hours."""
    admitted = [line.eligible for line in lines]
    if award.scale_bound:
        for name in ("scales", "index_regime"):
            if getattr(award, name) is None:
                raise FigureNotDefined(name, None, "missing", "the letter is silent")
        admitted = [_within_scale(award, line, known) for line in lines]
    if award.framed:
        admitted = _within_frame(award, lines, admitted)
    if award.refused_functions is None:
        raise FigureNotDefined("form", None, "missing", "the letter is silent")
    admitted = [
        0 if line.function in award.refused_functions else cents
        for line, cents in zip(lines, admitted, strict=True)
    ]
    return [
        cents if cents < 0 else max(cents - line.deducted, 0)
        for line, cents in zip(lines, admitted, strict=True)
    ]


def _within_scale(award: Award, line: Line, known: Known) -> int:
    """Gross up to the indexed scale x FTE, charges in proportion, other benefits in full."""
    maximum = half_up(_scale_month(award, line, known) * line.fte)
    gross, charges = line.of("scale", known), line.of("charges", known)
    admitted = min(gross, maximum)
    if admitted != gross:
        charges = half_up(Fraction(charges * admitted, gross))
    return min(admitted + charges + line.of("benefit", known), line.eligible)


def _scale_month(award: Award, line: Line, known: Known) -> int:
    """Base at 100 % x coefficient / 12, then each capped event, each rounded once."""
    index = known.index.get((award.index_regime or "", line.month))
    if index is None:
        raise FigureNotDefined("index", month_start(line.month), "missing", "unknown regime")
    scale, column = known.scales[line.scale]
    if scale not in (award.scales or ()):
        return 0
    steps = (f"scale.{scale}.{column}.{step}.base" for step in range(line.seniority, -1, -1))
    code = next(code for code in steps if code in known.figures)
    base = half_up(known.use(code, award.exercise.start)[0] * 100)
    month = half_up(base * index.coefficient / 12)
    for event in index.capped:
        if event.missing is not None:
            raise event.missing
        low = month if event.cap is None else min(month, event.cap)
        month = half_up(month + low * event.capped_rate + month * (event.rate - event.capped_rate))
    return month


def _within_frame(award: Award, lines: list[Line], admitted: list[int]) -> list[int]:
    """Function by function and month by month, no more FTE than the posts of the award."""
    found = list(admitted)
    for rows in _together((line.function, line.month) for line in lines):
        fte = sum(lines[row].fte for row in rows)
        frame = _frame(award, lines[rows[0]].function, lines[rows[0]].month)
        if fte > frame:
            positive = sum(max(admitted[row], 0) for row in rows)
            negative = sum(min(admitted[row], 0) for row in rows)
            bound = half_up(positive * frame / fte) + negative
            _bring_down(found, rows, bound)
    return found


def _frame(award: Award, function: int | None, month: int) -> Fraction:
    """FTE of the posts of a function (None: of all) in a month, each for the days it exists."""
    first, after = month_start(month).toordinal(), month_start(month + 1).toordinal()
    if function is None:
        first = max(first, award.exercise.start.toordinal())
        after = min(after, award.exercise.stop.toordinal())
    found = Fraction(0)
    for row, fte in enumerate(award.posts.fte):
        if function is None or award.posts.function[row] == function:
            start, stop = int(award.posts.start[row]), int(award.posts.stop[row])
            days = max(min(stop, after) - max(start, first), 0)
            found += Fraction(int(fte), 10_000) * Fraction(days, days_in_month(month))
    return found


def _within_amount_per_fte(
    award: Award, lines: list[Line], known: Known, names: tuple[str, ...]
) -> list[int]:
    """A post over the exercise, or a worker-month, up to the amount per FTE x funded FTE."""
    found = [line.presented for line in lines]
    a_year = [
        prod(known.use(name, month_start(line.month))[0] for name in names) * fte
        for line, fte in zip(lines, _funded(award, lines), strict=True)
    ]
    by_post = award.bound == "post_year"
    for rows in _together(line.post if by_post else line.pay for line in lines):
        _bring_down(found, rows, half_up(sum(a_year[row] for row in rows) * 100 / 12))
    return found


def _funded(award: Award, lines: list[Line]) -> list[Fraction]:
    """Paid FTE, the holders of a post being together no more than the post in the month."""
    found = [line.fte for line in lines]
    for rows in _together((line.post, line.month) for line in lines):
        paid = sum(lines[row].fte for row in rows)
        room = _post(award, lines[rows[0]].post - award.first_post, lines[rows[0]].month)
        if paid > room:
            for row in rows:
                found[row] = lines[row].fte * room / paid
    return found


def _post(award: Award, row: int, month: int) -> Fraction:
    """FTE of one post in a month, for the days it exists."""
    first, after = month_start(month).toordinal(), month_start(month + 1).toordinal()
    days = min(int(award.posts.stop[row]), after) - max(int(award.posts.start[row]), first)
    return Fraction(int(award.posts.fte[row]) * max(days, 0), 10_000 * days_in_month(month))


def _together(keys: Iterable[object]) -> Iterable[list[int]]:
    rows: dict[object, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        rows[key].append(row)
    return rows.values()


def _bring_down(amounts: list[int], rows: list[int], bound: int) -> None:
    for row, part in zip(rows, within(bound, [amounts[row] for row in rows]), strict=True):
        amounts[row] = part


def admissible_heads(award: Award, known: Known, staff: int, admitted: int) -> dict[str, int]:
    """Cents admissible of each head that holds something, staff first.

    Raises:
        FigureNotDefined: the letter does not give a maximum that the scheme asks for.
    """
    found: dict[str, int] = {}
    for head in HEADS:
        mine = [
            int(c)
            for c, h in zip(award.invoices.amount, award.invoices.head, strict=True)
            if HEADS[int(h)] == head
        ]
        presented, cents = sum(mine), sum(admitted_invoices(award, head))
        if head == "staff":
            presented, cents = presented + staff, cents + admitted
        if presented or cents:
            found[head] = _within_maximum(award, known, head, cents, found.get("staff", 0))
    return found


def _within_maximum(award: Award, known: Known, head: str, cents: int, staff: int) -> int:
    rule = award.heads.get(head, "excluded")
    if rule in {"full", "excluded"}:
        return cents if rule == "full" else 0
    name = rule.removeprefix("optional:")
    last = award.exercise.stop - timedelta(days=1)
    use = known.use_if_any(name, last) if name != rule else known.use(name, last)
    found = [cents]
    if use is not None:
        base = Fraction(max(staff, 0)) if use[1].unit == "ratio" else Fraction(100)
        found.append(half_up(base * use[0]))
    own = known.use_if_any("own_share_min", last) if head == "investment" else None
    if own is not None:
        free = half_up(known.use("investment_free", last)[0] * 100)
        found.append(max(free, half_up(max(cents, 0) * (1 - own[0]))))
    return min(found)


def admitted_invoices(award: Award, head: str) -> list[int]:
    """Each invoice part of a head: its cents when incurred (and paid, if asked) in time, or 0."""
    parts, found = award.invoices, []
    for row in range(len(parts)):
        if HEADS[int(parts.head[row])] != head:
            continue
        issued = date.fromordinal(int(parts.issued[row]))
        taken = award.exercise.contains(issued) and award.heads.get(head) != "excluded"
        taken = taken and not parts.refused[row]
        taken = taken and (award.not_before is None or issued >= award.not_before)
        if award.pay_period is not None:
            paid = int(parts.paid[row])
            taken = taken and paid > 0 and award.pay_period.contains(date.fromordinal(paid))
        found.append(int(parts.amount[row]) if taken else 0)
    return found


def granted(award: Award, known: Known) -> int:
    """The amount of the letter, or else the right that the terms give, in cents.

    Raises:
        FigureNotDefined: neither is known.
    """
    last = award.exercise.stop - timedelta(days=1)
    written = known.use_if_any("granted", last)
    if written is not None:
        return half_up(written[0] * 100)
    if award.shape == "real_cost":
        return _by_months_of_approval(award, known, last)
    if award.shape == "indexed_amount":
        return _indexed(known, last)
    if award.shape == "indexed_cost":
        return _by_december(award, known, last)
    products = {
        "flat_amount": ("flat_amount", "units", "liquidation_rate"),
        "envelope_share": ("envelope", "key_share"),
    }
    if award.shape in products:
        names = products[award.shape]
        return half_up(prod(known.use(name, last)[0] for name in names) * 100)
    names = (award.ceiling,) if award.shape == "capped_cost" else (award.premium, "premium_rate")
    return half_up(
        sum(
            prod(known.use(name, month_start(month))[0] for name in names)
            * _frame(award, None, month)
            for month in award.exercise.months()
        )
        * 100
        / 12
    )


def _by_december(award: Award, known: Known, last: date) -> int:
    """Amount of the first year x December before the exercise / December before that year."""
    amount, use = known.use("first_year_amount", last)
    if (award.exercise.start.month, award.exercise.start.day) != (1, 1):
        raise FigureNotDefined("granted", last, "missing", "a part of a year")
    now = known.use("index.health_2013", date(last.year - 1, 12, 1))[0]
    then = known.use("index.health_2013", date(use.since.year - 1, 12, 1))[0]
    return half_up(amount * now / then * 100)


def _by_months_of_approval(award: Award, known: Known, last: date) -> int:
    """A year's amount x months of approval / 12, where the scheme grants so and the letter says."""
    yearly = known.use_if_any("annual_amount", last)
    if yearly is None or award.approved_months is None:
        return half_up(known.use("granted", last)[0] * 100)
    return half_up(yearly[0] * 100 * award.approved_months / 12)


def _indexed(known: Known, last: date) -> int:
    """Base x every yearly index since, and the one-off premium of the year on the bare base."""
    base, use = known.use("base_amount", last)
    years = range(use.since.year + 1, last.year + 1)
    index = prod(1 + known.use("index_rate", date(year, 1, 1))[0] for year in years)
    premium = known.use("exceptional_rate", last)[0]
    return half_up(base * index * 100) + half_up(base * premium * 100)
