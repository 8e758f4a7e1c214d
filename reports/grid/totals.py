"""The totals of each award, from the ledger itself: what the justification would say."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.utils.translation import gettext as _

from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.ledger import Ledger
from backoffice.engine.periods import days_in_month
from backoffice.web.templatetags.money import eur, month_words
from reports.grid.content import AwardTotal
from reports.snapshots import YearFacts


def totals_of(
    facts: YearFacts, ledger: Ledger, former: Ledger | None = None
) -> tuple[AwardTotal, ...]:
    """One line per award, by reference; `former` is the ledger of what is saved."""
    before = {one.award.index: one.presented for one in former.claims} if former else {}
    crowded = dict(_crowded(facts))
    claims = sorted(ledger.claims, key=lambda claim: claim.award.key)
    return tuple(_total(facts, claim, before, crowded) for claim in claims)


def _total(
    facts: YearFacts,
    claim: Claim,
    before: Mapping[int, int],
    crowded: Mapping[int, tuple[str, ...]],
) -> AwardTotal:
    index = claim.award.index
    payable, granted = claim.payable, claim.granted
    return AwardTotal(
        reference=claim.award.key,
        scheme=facts.awards[index].scheme.label,
        granted=granted,
        presented=claim.presented,
        payable=payable,
        left=None if granted is None or payable is None else granted - payable,
        above=None if payable is None else claim.presented - payable,
        reached=tuple(_reached(claim)),
        crowded=crowded.get(index, ()),
        moved=claim.presented - before.get(index, claim.presented),
    )


def _reached(claim: Claim) -> Iterator[str]:
    """Which ceilings stop the claim: the amount granted, or the rules of the scheme."""
    admissible, granted = claim.admissible, claim.granted
    if admissible is None:
        return
    if granted is not None and admissible > granted:
        yield _("montant accordé dépassé de %s") % eur(admissible - granted)
    elif granted is not None and admissible == granted:
        yield _("montant accordé atteint")
    above = claim.presented - claim.income - admissible
    if above > 0:
        yield _("plafonds du régime : %s non admis") % eur(above)


def _crowded(facts: YearFacts) -> Iterator[tuple[int, tuple[str, ...]]]:
    """By award, the posts that are held beyond their FTE, with the first and last such month."""
    held = _held(facts)
    place = 0
    for index, award in enumerate(facts.awards):
        found = []
        for post in award.posts:
            months = [
                month for month, fte in held.get(place, {}).items() if fte > Fraction(post.fte)
            ]
            place += 1
            if months:
                first, last = month_words(min(months)), month_words(max(months))
                words = _("poste %(post)s occupé au-delà de ses ETP, de %(first)s à %(last)s")
                found.append(words % {"post": post.code, "first": first, "last": last})
        yield index, tuple(found)


def _held(facts: YearFacts) -> dict[int, dict[int, Fraction]]:
    """FTE held on each post, by its place and by month."""
    slices, sums = facts.slices, dict[tuple[int, int, int], int]()
    months = facts.staff.pay.month[slices.pay].tolist()
    columns = slices.post.tolist(), months, slices.full_time.tolist(), slices.weights.tolist()
    for post, month, full, weight in zip(*columns, strict=True):
        key = post, month, full
        sums[key] = sums.get(key, 0) + weight
    found: dict[int, dict[int, Fraction]] = {}
    for (post, month, full), weight in sums.items():
        mine = found.setdefault(post, {})
        part = Fraction(weight, full * days_in_month(month))
        mine[month] = mine.get(month, Fraction(0)) + part
    return found
