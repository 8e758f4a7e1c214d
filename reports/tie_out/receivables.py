"""What each award still owes, or is owed, on the closing day, exercise by exercise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine import money
from backoffice.federation.models import Organisation
from grants.models import Award, Receipt
from invoices.models import OpeningBalance
from reports.tie_out.classes import RECEIVABLE, REPAYABLE
from reports.tie_out.content import Receivable
from reports.tie_out.year import Codes, Year

PAYABLE, GRANTED, UNKNOWN = "payable", "granted", "unknown"
OPENING, LOOSE = "opening", "opening_without_award"
Key = tuple[int, int]


@dataclass(frozen=True)
class Received:
    """One receipt: cents, positive when it came, negative when it was given back."""

    award: int
    year: int
    day: date
    amount: int


def received_until(organisation: Organisation, closing: date) -> list[Received]:
    """Every receipt of an organisation up to a day."""
    rows = Receipt.objects.filter(award__organisation=organisation, received_on__lte=closing)
    return [
        Received(row.award_id, row.year, row.received_on, money.cents(row.amount.amount))
        for row in rows.order_by("pk")
    ]


def receivables(
    years: Mapping[int, Year],
    receipts: Sequence[Received],
    openings: Sequence[OpeningBalance],
    codes: Codes,
) -> Iterator[Receivable]:
    """One row per award and exercise that is not settled, by reference and exercise.

    A balance taken on stands for everything before its day: what was earned and what had come.

    Args:
        years: the years that the product can settle.
        receipts: what came up to the closing day.
        openings: the balances taken on up to that day; those on 413, 2912 and 167 count.
        codes: the analytical accounts.
    """
    taken = _taken(openings)
    labels = _labels(years, openings)
    keys = {*_settled(years), *((one.award, one.year) for one in receipts), *taken}
    last = max(years)
    for key in sorted(keys, key=lambda one: (codes.references[one[0]], one[1])):
        if key[1] <= last:
            row = _row(key, years, receipts, taken, (codes, labels))
            if row.balance != 0 or row.year == last:
                yield row
    yield from _without_award(openings, codes)


def _settled(years: Mapping[int, Year]) -> Iterator[Key]:
    for number, year in years.items():
        for award in year.facts.awards:
            yield award.row.pk, number


def _row(
    key: Key,
    years: Mapping[int, Year],
    receipts: Sequence[Received],
    taken: Mapping[Key, tuple[date, int]],
    words: tuple[Codes, Mapping[int, str]],
) -> Receivable:
    codes, labels = words
    since, opening = taken.get(key, (date.min, None))
    basis, earned, gap = _earned(years.get(key[1]), key[0])
    if opening is not None:
        basis, earned, gap = OPENING, opening, 0
    return Receivable(
        reference=codes.references[key[0]],
        label=labels.get(key[0], ""),
        analytical=codes.awards[key[0]],
        year=key[1],
        basis=basis,
        earned=earned,
        received=sum(
            one.amount for one in receipts if (one.award, one.year) == key and one.day > since
        ),
        gap=gap,
    )


def _earned(year: Year | None, award: int) -> tuple[str, int | None, int]:
    """What an award has earned for an exercise, and what was granted above that."""
    rows = [] if year is None else [one.row.pk for one in year.facts.awards]
    if year is None or award not in rows:
        return UNKNOWN, None, 0
    claim = year.claims[rows.index(award)]
    if claim.payable is not None:
        granted = claim.payable if claim.granted is None else claim.granted
        return PAYABLE, claim.payable, granted - claim.payable
    return (GRANTED if claim.granted is not None else UNKNOWN), claim.granted, 0


def _taken(openings: Sequence[OpeningBalance]) -> dict[Key, tuple[date, int]]:
    """Cents taken on for each award and exercise, on the latest day: debit positive."""
    found: dict[Key, tuple[date, int]] = {}
    for one in openings:
        if one.award_id is not None and one.year is not None and _counts(one):
            day, cents = found.get((one.award_id, one.year), (one.on_day, 0))
            kept = cents if day == one.on_day else 0
            amount = kept + money.cents(one.amount.amount)
            found[one.award_id, one.year] = (one.on_day, amount)
    return found


def _without_award(openings: Sequence[OpeningBalance], codes: Codes) -> Iterator[Receivable]:
    """Balances taken on that name no award or no exercise: they stay until someone says which.

    Those of one account and approval taken on another day replace the former ones.
    """
    loose = [one for one in openings if _counts(one) and None in {one.award_id, one.year}]
    latest: dict[tuple[object, ...], date] = {}
    for one in loose:
        latest[_place(one)] = max(one.on_day, latest.get(_place(one), one.on_day))
    for one in loose:
        if one.on_day == latest[_place(one)]:
            cents = money.cents(one.amount.amount)
            code = codes.of(one.approval_id)
            yield Receivable(one.code, one.label, code, one.year, LOOSE, cents, 0)


def _place(one: OpeningBalance) -> tuple[object, ...]:
    """What a later balance without award replaces."""
    return RECEIVABLE.holds(one.account), one.approval_id, one.award_id, one.year


def _counts(one: OpeningBalance) -> bool:
    return RECEIVABLE.holds(one.account) or REPAYABLE.holds(one.account)


def _labels(years: Mapping[int, Year], openings: Sequence[OpeningBalance]) -> dict[int, str]:
    found = {one.award.pk: one.award.label for one in openings if isinstance(one.award, Award)}
    for year in years.values():
        found |= {award.row.pk: award.row.label for award in year.facts.awards}
    return found
