"""How the rows of a figure are counted, in sentences: awards, services, demands, posts lost."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.projection.facts import STATUSES, Facts, Names
from backoffice.engine.scenario.run import Run
from backoffice.engine.scenario.totals import Totals
from backoffice.federation.vocabulary import Function
from backoffice.web.templatetags.money import eur, fte, month
from grants.pack import RuleText
from grants.scheme import schemes
from reports.scenarios.labels import STATUSES as DOUBTS
from reports.scenarios.labels import funder_name, regime_name
from reports.scenarios.scenario import Scenario
from reports.scenarios.sentences import sentence
from reports.scenarios.targets import scheme_name

_FTE = 10_000
PaidTo = Mapping[tuple[int, int], int]
"""Cents by award and function of the post (-1: none)."""


def worker_about(run: Run, place: int | None) -> tuple[str, ...]:
    """What the month of a worker rests on; nothing where the worker is not there."""
    if place is None:
        return ()
    status = DOUBTS[STATUSES[int(run.months.status[place])]]
    found = [_("Ce mois repose sur : %s") % status]
    if run.months.incomplete[place]:
        found.append(_("Une partie du coût est inconnue et n'est pas comptée."))
    return tuple(found)


def paid_about(run: Run, place: int, paid: PaidTo) -> tuple[str, ...]:
    """What a worker costs in a month and what each award pays of it."""
    names = run.facts.names
    found = [_("Coût du mois : %s") % eur(int(run.months.cost[place]))]
    found += [
        _("Payé par %(award)s : %(amount)s") % {"award": names.awards[award], "amount": eur(amount)}
        for (award, _function_of), amount in sorted(paid.items())
        if amount
    ]
    if not run.funding.certain[place]:
        found.append(_("Une subvention de ce mois a un montant inconnu : rien n'en est compté."))
    return tuple(found)


def rule_of(code: str) -> RuleText | None:
    """What a scheme says of the calculation, None where its file says nothing."""
    scheme = schemes().get(code)
    rules = [one for one in scheme.rules if one.section == "calculation"] if scheme else []
    return rules[0] if rules else None


def award_name(names: Names, award: int) -> str:
    """The reference of an award and its scheme."""
    return f"{names.awards[award]} ({scheme_name(names.award_schemes[award])})"


def award_about(run: Run, award: int, year: int) -> tuple[str, ...]:
    """What is payable of an award for a year, of what it grants."""
    years, funding = run.facts.years, run.funding
    found = []
    for row in np.flatnonzero((years.award == award) & (years.year == year)).tolist():
        payable, granted = int(funding.payable[row]), int(funding.granted[row])
        if payable < 0:
            found.append(_("Montant accordé inconnu : rien n'est compté."))
            continue
        words = {"payable": eur(payable), "granted": eur(None if granted < 0 else granted)}
        text = _(
            "Payable de l'année : %(payable)s sur %(granted)s accordés ; voici sa part du mois."
        )
        found.append(text % words)
    return tuple(found)


def service_name(names: Names, totals: Totals, unit: int) -> str:
    """The approval of a unit."""
    approval = int(totals.unit_approval[unit])
    return names.approvals[approval] if approval >= 0 else _("Sans agrément")


def own_fte_about(totals: Totals, unit: int, column: int) -> tuple[str, ...]:
    """The FTE of a service, in proportion of what own funds pay of its cost."""
    words = {
        "fte": fte(Fraction(int(totals.fte[unit, column]), _FTE)),
        "own": eur(int(totals.own_funds[unit, column])),
        "cost": eur(int(totals.cost[unit, column])),
    }
    return (_("%(fte)s ETP payés, dont les fonds propres paient %(own)s sur %(cost)s.") % words,)


def demand_name(facts: Facts, demand: int) -> str:
    """For whom a post is asked, and which one."""
    names, rows = facts.names, facts.demands
    approval, function = int(rows.approval[demand]), int(rows.function[demand])
    whose = names.approvals[approval] if approval >= 0 else names.employers[rows.employer[demand]]
    return f"{whose}, {_function(names, function)}" if function >= 0 else whose


def demand_about(facts: Facts, demand: int, scenario: Scenario) -> tuple[str, ...]:
    """How many FTE from when and of whom, their price, and the change that asks them."""
    rows = facts.demands
    since, price, regime = (int(one[demand]) for one in (rows.since, rows.month, rows.regime))
    words = {"fte": fte(Fraction(int(rows.fte[demand]), _FTE)), "since": month(since)}
    found = [_("%(fte)s ETP à partir de %(since)s.") % words]
    funder = rows.funders[rows.funder[demand]]
    if funder:
        found.append(_("Demandé à : %s.") % funder_name(funder))
    if price < 0:
        found.append(_("Coût inconnu : aucune hypothèse ne le donne."))
    elif regime >= 0:
        priced = {"cost": eur(price), "regime": regime_name(facts.index.regimes[regime])}
        found.append(_("%(cost)s par mois au départ, puis suivant : %(regime)s.") % priced)
    else:
        found.append(_("%s par mois, sans indexation.") % eur(price))
    asking = int(rows.patch[demand])
    found += [sentence(one, scenario) for one in scenario.changes if one.number == asking]
    return tuple(found)


def lost_about(names: Names, costs: tuple[int, int], paid: tuple[PaidTo, PaidTo]) -> Iterator[str]:
    """Why own funds pay more of a worker: awards that pay less on a post, a cost that grows."""
    before, now = paid
    for award, function in sorted({*before, *now}):
        was, becomes = before.get((award, function), 0), now.get((award, function), 0)
        if becomes < was:
            post = _function(names, function) if function >= 0 else scheme_name_of(names, award)
            yield _("%(award)s, poste « %(post)s » : payé %(before)s, puis %(after)s.") % {
                "award": names.awards[award],
                "post": post,
                "before": eur(was),
                "after": eur(becomes),
            }
    if costs[1] > costs[0]:
        words = {"before": eur(costs[0]), "after": eur(costs[1])}
        yield _("Coût du mois : %(before)s, puis %(after)s.") % words


def scheme_name_of(names: Names, award: int) -> str:
    """The scheme of an award."""
    return scheme_name(names.award_schemes[award])


def settled_about() -> tuple[str, ...]:
    """What the row says that no worker bears."""
    return (
        _(
            "Le scénario commence en cours d'année : ce qu'il change de l'année entière est "
            "réparti sur les mois qui restent."
        ),
    )


def _function(names: Names, function: int) -> str:
    code = names.functions[function]
    return str(Function(code).label) if code in Function.values else code
