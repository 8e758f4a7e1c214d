"""What the note for the board says of cash: the curve of one service, today and under a scenario.

A treasury is a service's own: the note on several services has none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.cash.curve import Point
from backoffice.engine.cash.grants import Unplaced
from backoffice.engine.periods import month_index
from backoffice.web.templatetags.money import DASH, amount, day, eur, month
from reports.board.note import Line, short
from reports.board.reading import Reading
from reports.scenarios.comparing import OutsideData
from reports.treasury.choosing import supposed
from reports.treasury.page import SOURCES, WHY, TreasuryPage, page_of
from reports.treasury.reading import ground_of

_QUARTER, _MOST_NAMED = 3, 4


@dataclass(frozen=True)
class Cash:
    """The treasury of the service of a reading: today's, then the first scenario's if calculated.

    No page where several services are read together, or where `unknown` says why the data cannot
    tell of the days to come.
    """

    pages: tuple[TreasuryPage, ...] = ()
    unknown: str = ""


def cash_of(read: Reading) -> Cash:
    """What the treasury says beside a reading."""
    services = read.base.scope.organisations
    if read.found is None or len(services) != 1:
        return Cash()
    try:
        ground = ground_of(services[0], read.base.horizon.as_of)
    except OutsideData as error:
        return Cash(unknown=str(error))
    first = read.scenarios[0]
    under = supposed(ground, first.scenario) if first.is_calculated else None
    return Cash((page_of(ground), *((page_of(ground, under),) if under else ())))


def told(cash: Cash, names: Sequence[str]) -> dict[str, Any]:
    """The curve, its table and what is to be known of it; why there is none, or nothing."""
    pages = cash.pages
    if not pages:
        return {"cash_notes": [cash.unknown] if cash.unknown else []}
    page = pages[-1]
    return {
        "cash": page.chart,
        "cash_answer": _answer(pages),
        "cash_head": _("Trésorerie, en euros") if page.known else _("À partir de zéro, en euros"),
        "cash_names": [short(name) for name in names[: len(pages)]],
        "cash_lines": [*_points(pages), *_questions(pages), *_quarters(pages)],
        "cash_notes": list(_notes(page)),
    }


def _answer(pages: Sequence[TreasuryPage]) -> str:
    """The lowest point in a sentence, and today's where another; nothing without a balance."""
    today, shown = pages[0], pages[-1]
    if not shown.known:
        return ""
    said = _("La trésorerie est au plus bas le %(day)s : %(amount)s") % {
        "day": day(shown.lowest.day),
        "amount": eur(shown.lowest.balance),
    }
    if today.lowest == shown.lowest:
        return f"{said}."
    before = _("sans le scénario, %(amount)s le %(day)s") % {
        "day": day(today.lowest.day),
        "amount": eur(today.lowest.balance),
    }
    return f"{said} ({before})."


def _points(pages: Sequence[TreasuryPage]) -> Iterator[Line]:
    """The lowest points, and the first day without money."""
    lowest = [_at(page.lowest, page.ground.last) for page in pages]
    yield _line(_("Au plus bas"), lowest, strong=True)
    late = [_at(page.late_lowest, page.ground.last) for page in pages]
    yield _line(_("Au plus bas, si chaque pouvoir subsidiant paie au plus tard"), late)
    room = pages[0].ground.room
    below = (
        _("Premier jour au-delà du découvert autorisé de %s") % eur(room)
        if room
        else _("Premier jour sous zéro à partir d'aujourd'hui")
    )
    yield _line(below, [_below(page) for page in pages])


def _at(point: Point, last: date) -> str:
    end = _(", peut encore descendre") if point.day == last else ""
    return f"{amount(point.balance)} ({day(point.day)}{end})"


def _below(page: TreasuryPage) -> str:
    if not page.known:
        return _("inconnu")
    return day(page.below.day) if page.below else _("aucun")


def _questions(pages: Sequence[TreasuryPage]) -> Iterator[Line]:
    """Whether each premium and each double holiday pay can be paid."""
    if not pages[0].known:
        yield _line(_("Pourra-t-on payer ?"), [_("inconnu") for _page in pages])
    answers = [
        {(one.words, one.payable.day.year): one.payable for one in page.questions} for page in pages
    ]
    for words, year in dict.fromkeys(key for one in answers for key in one):
        cells = []
        for one in answers:
            paid = one.get((words, year))
            if paid is None:
                cells.append(DASH)
            elif paid.short:
                cells.append(_("non : il manque %s") % amount(paid.short))
            else:
                cells.append(_("oui : il reste %s") % amount(paid.balance))
        yield _line(_("%(what)s de %(year)s") % {"what": words, "year": year}, cells)


def _quarters(pages: Sequence[TreasuryPage]) -> Iterator[Line]:
    """What is on the account at the end of each quarter to come."""
    today = month_index(pages[0].ground.as_of)
    for places in zip(*(page.months for page in pages), strict=True):
        if places[0].month >= today and (places[0].month + 1) % _QUARTER == 0:
            name = _("Fin du mois : %s") % month(places[0].month)
            yield _line(name, [amount(one.end) for one in places])


def _line(name: str, cells: Sequence[str], *, strong: bool = False) -> Line:
    return Line(name, tuple((cell, "") for cell in cells), strong=strong)


def _notes(page: TreasuryPage) -> Iterator[str]:
    """What the curve starts from, how far it goes, what it supposes, and what is not in it."""
    opening, rules = page.ground.opening, page.ground.rules
    if opening.amount is None:
        yield _(
            "Le solde bancaire n'est pas connu : "
            "la courbe part de zéro et ne dit que ce qui change."
        )
        yield _("Jusqu'au %s.") % day(page.ground.last)
    else:
        yield _("Départ : %(amount)s au %(day)s (%(source)s). Jusqu'au %(last)s.") % {
            "amount": eur(opening.amount),
            "day": day(opening.day),
            "source": SOURCES[opening.source],
            "last": day(page.ground.last),
        }
    if rules is None or not rules.pay_day:
        yield _("Jour de la paie inconnu : elle part le dernier jour du mois (hypothèse).")
    if rules is None or rules.tax_share is None:
        yield _("Précompte inconnu : il part avec la paie, plus tôt qu'en réalité.")
    elsewhere = _off_the_curve(page.unplaced)
    if elsewhere:
        yield _("Sur aucun jour de la courbe : %s.") % "; ".join(elsewhere[:_MOST_NAMED])
        yield from _others(len(elsewhere))
    yield from page.uncounted[:_MOST_NAMED]
    yield from _others(len(page.uncounted))


def _off_the_curve(unplaced: Sequence[Unplaced]) -> list[str]:
    """What of each award and year is on no day, summed, and why."""
    found: dict[tuple[str, int, str], list[int | None]] = {}
    for one in unplaced:
        found.setdefault((one.reference, one.year, one.why), []).append(one.amount)
    return [
        f"{reference} {year} ({_sum(amounts)}{WHY[why]})"
        for (reference, year, why), amounts in found.items()
    ]


def _sum(amounts: Sequence[int | None]) -> str:
    """A sum before a comma; nothing where an amount of it is unknown."""
    known = [one for one in amounts if one is not None]
    return f"{eur(sum(known))}, " if len(known) == len(amounts) else ""


def _others(count: int) -> Iterator[str]:
    """How many more there are than are named, and where."""
    more = count - _MOST_NAMED
    if more > 0:
        yield ngettext(
            "%(n)s autre à lire sur la page de la trésorerie.",
            "%(n)s autres à lire sur la page de la trésorerie.",
            more,
        ) % {"n": more}
