"""Why a figure of a comparison is what it is: month, then worker-month and article.

month_of(found, side, month)             # the workers of a month: cost, who pays, own funds
worker_month(found, side, month, row)    # the items of the cost and what each award pays
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import Ints, month_start
from backoffice.engine.projection.explained import UNKNOWN, Item, PayStep, explained
from backoffice.engine.scenario.compare import units_of
from backoffice.engine.scenario.run import Run
from backoffice.engine.scenario.totals import Totals
from backoffice.engine.sheet import FigureUse
from backoffice.figures.vocabulary import cost_items
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import DASH, eur, hours, month_words, share
from backoffice.web.words import Spoken
from grants.scheme import general_figures, schemes
from reports.board.sentences import scheme_name
from reports.pages.explanation import Explanation, Step
from reports.scenarios.comparing import Comparison
from reports.scenarios.labels import STATUSES

ORIGINS = Spoken(
    {
        "real": "paie réelle",
        "scale": "barème, ancienneté et index du mois",
        "last_pay": "dernière paie réelle, portée par l'index",
        "figure": "valeur de référence",
        "last_year": "comme dans la dernière année connue",
        "unknown": "inconnu : rien n'est compté",
    }
)


@dataclass(frozen=True)
class Row:
    """A worker in a month: what is known of the cost, who pays what of it, and the rest."""

    row: int
    worker: str
    cost: int
    paid: tuple[tuple[str, int], ...]
    own: int | None
    status: str
    incomplete: bool


@dataclass(frozen=True)
class Month:
    """The workers of a month; `settled` is what the yearly settlement moves to it or from it."""

    rows: tuple[Row, ...]
    cost: int
    paid: int
    own: int
    settled: int


def side_of(found: Comparison, side: int) -> tuple[Run, Totals]:
    """The run behind a side: today (0) or a scenario (from 1).

    Raises:
        IndexError: there is no such side.
    """
    if side == 0:
        return found.base.run, found.base.totals
    outcome = found.outcomes[side - 1]
    return outcome.run, outcome.totals


def run_of(found: Comparison, side: int, at: int) -> Run:
    """The run that the months of a side come from: nothing moves before its first patch."""
    run, _totals = side_of(found, side)
    return found.base.run if at < run.since else run


def month_of(found: Comparison, side: int, at: int) -> Month:
    """The workers of a month on a side.

    Raises:
        IndexError: no such side.
    """
    _run, totals = side_of(found, side)
    run = run_of(found, side, at)
    units = units_of(run.facts, totals, found.base.scope.target)
    column = at - totals.first
    rows = tuple(_rows(run, at))
    cost = int(totals.cost[units, column].sum())
    own = int(totals.own_funds[units, column].sum())
    by_line = sum(amount for row in rows for _award, amount in row.paid)
    return Month(rows, cost, cost - own, own, cost - own - by_line)


def _rows(run: Run, at: int) -> Iterator[Row]:
    names, months, funding = run.facts.names, run.months, run.funding
    lines = run.book.slices
    for place in np.flatnonzero(months.pay.month == at).tolist():
        mine = np.flatnonzero(lines.pay == place)
        paid = tuple(
            (names.awards[int(run.facts.years.award[lines.award[line]])], amount)
            for line in mine.tolist()
            if (amount := int(funding.line_payable[line]))
        )
        certain = bool(funding.certain[place])
        worker = int(months.pay.worker[place])
        told = explained(run.facts, months, place)
        yield Row(
            place,
            names.workers[worker],
            int(months.cost[place]),
            paid,
            int(funding.own_funds[place]) if certain else None,
            STATUSES[told.status],
            told.incomplete,
        )


def worker_month(found: Comparison, side: int, at: int, place: int) -> Explanation:
    """One worker in one month: the items of the cost, what each award pays, what is left.

    Raises:
        IndexError: no such side, or no such row in that month.
    """
    run = run_of(found, side, at)
    if not 0 <= place < len(run.months.pay) or int(run.months.pay.month[place]) != at:
        raise IndexError(place)
    told = explained(run.facts, run.months, place)
    steps = [
        *(step for one in told.steps for step in _pay_steps(one)),
        *(_item(one, at) for one in told.items),
        Step(_("Coût du mois"), eur(int(run.months.cost[place])), result=True),
        *_award_steps(run, np.flatnonzero(run.book.slices.pay == place)),
        _own_step(run, place),
    ]
    title = _("Travailleur %(worker)s, %(month)s") % {
        "worker": told.worker,
        "month": month_words(at),
    }
    about = _("Ce mois repose sur : %s") % STATUSES[told.status]
    if told.incomplete:
        about += _(". Une partie du coût est inconnue et n'est pas comptée.")
    return Explanation(title, about, tuple(steps))


def _pay_steps(one: PayStep) -> Iterator[Step]:
    """How the gross pay of a contract line comes about."""
    scale = " ".join(part for part in one.scale if part)
    if one.base is not None and one.coefficient is not None:
        yield Step(
            _("Barème %(scale)s, %(years)s ans d'ancienneté, par an à 100 %%")
            % {"scale": scale or DASH, "years": one.seniority},
            eur(one.base),
        )
        yield Step(_("Coefficient d'index du mois"), share(one.coefficient))
    for event in one.events:
        rule = _("prévision") if event.status == "forecast" else STATUSES.get(event.status, "")
        yield Step(_("Index du %s") % f"{event.effective:%d/%m/%Y}", share(1 + event.rate), rule)
    yield Step(_("Mois complet à temps plein"), eur(one.full_time))
    yield Step(
        _("Temps de travail"),
        _("%(hours)s h sur %(full)s h")
        % {"hours": hours(one.hours), "full": hours(one.full_hours)},
        _("%(days)s jours de contrat sur %(all)s") % {"days": one.days, "all": one.month_days},
    )


def _item(one: Item, at: int) -> Step:
    item = cost_items().get(one.name)
    amount = None if one.origin == UNKNOWN else one.cents
    return Step(
        said(item.label) if item else one.name,
        eur(amount),
        ORIGINS[one.origin],
        figures=tuple(_uses(one.figures, month_start(at))),
    )


def _uses(codes: Sequence[str], day: date) -> Iterator[FigureUse]:
    """The reference values of an item, with their source and article; those without value lack."""
    figures = general_figures()
    for code in codes:
        with suppress(FigureNotDefined):
            yield FigureUse.of(figures[code], figures.on(code, day))


def _award_steps(run: Run, lines: Ints) -> Iterator[Step]:
    """What each award takes of the month: put on it, presented, admissible, payable."""
    years, names, funding = run.facts.years, run.facts.names, run.funding
    for line in lines.tolist():
        place = int(run.book.slices.award[line])
        award = int(years.award[place])
        code = names.award_schemes[award]
        reference = f"{names.awards[award]} ({scheme_name(code)})"
        rule, article = _rule(code)
        yield Step(_("Mis sur %s") % reference, eur(int(funding.line_cost[line])), rule, article)
        yield Step(_("Présenté"), eur(int(funding.line_presented[line])))
        if int(funding.payable[place]) < 0:
            yield Step(_("Payé"), _("inconnu"), _("le montant accordé n'est pas connu"))
            continue
        yield Step(_("Admissible"), eur(int(funding.line_admissible[line])))
        yield Step(
            _("Payé"),
            eur(int(funding.line_payable[line])),
            _("part du mois dans le payable de l'année : %(payable)s sur %(granted)s accordés")
            % {"payable": eur(int(funding.payable[place])), "granted": _granted(run, place)},
        )


def _granted(run: Run, place: int) -> str:
    granted = int(run.funding.granted[place])
    return eur(None if granted < 0 else granted)


def _own_step(run: Run, place: int) -> Step:
    certain = bool(run.funding.certain[place])
    own = int(run.funding.own_funds[place]) if certain else None
    return Step(_("Fonds propres"), eur(own), _("le coût, moins ce qui est payé"), result=True)


def _rule(code: str) -> tuple[str, str]:
    """What the scheme says of the calculation, with its article or source."""
    scheme = schemes().get(code)
    rules = [one for one in scheme.rules if one.section == "calculation"] if scheme else []
    if not rules:
        return "", ""
    first = rules[0]
    return said({"fr": first.fr, "nl": first.nl}), first.article or first.source
