"""Why a figure of a comparison is what it is: month, then worker-month and article.

worker_month(found, side, month, row)    # the items of the cost and what each award pays
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import Ints, month_start
from backoffice.engine.projection.explained import UNKNOWN, Item, PayStep, explained
from backoffice.engine.scenario.run import Run
from backoffice.engine.scenario.totals import Totals
from backoffice.engine.sheet import FigureUse
from backoffice.figures.vocabulary import cost_items
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import DASH, eur, hours, month_words, share
from backoffice.web.words import Spoken
from grants.scheme import general_figures
from reports.board.counting import rule_of
from reports.pages.explanation import Explanation, Step
from reports.scenarios.comparing import Comparison
from reports.scenarios.labels import STATUSES
from reports.scenarios.targets import scheme_name

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
    """The run that a month of a side comes from: no patch moves anything before its day."""
    run, _totals = side_of(found, side)
    while at < run.since and run is not found.base.run:
        run = run.before or found.base.run
    return run


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
        yield Step(_("Mis sur %s") % reference, eur(int(funding.line_cost[line])), *_rule(code))
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
    found = rule_of(code)
    return (
        (said({"fr": found.fr, "nl": found.nl}), found.article or found.source)
        if found
        else ("", "")
    )
