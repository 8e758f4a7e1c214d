"""Rules about workers: contracts that do not overlap, pay and assignments inside them."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from backoffice.engine.periods import Period, month_index, month_period
from backoffice.web.sentences import gettext as _
from reports.exchange.columns import Value
from reports.exchange.problems import Problem, remove_box
from reports.exchange.rules.facts import Fact, Facts, days, meet

Dated = tuple[Period, Fact]
Contracts = Mapping[Value, list[tuple[Period | None, Fact]]]


def contracts_by_worker(facts: Facts) -> Contracts:
    """Worker number -> contract lines; the period is None when it could not be read."""
    found: dict[Value, list[tuple[Period | None, Fact]]] = {}
    for fact in facts.merged("contract_lines"):
        found.setdefault(fact.values.get("worker"), []).append((days(fact.values), fact))
    return found


def without_contract(facts: Facts) -> Iterator[Problem]:
    """Pay or an assignment of a worker who has no contract line; named once a sheet."""
    contracts = contracts_by_worker(facts)
    workers = facts.keys("workers")
    for sheet in ("pay", "assignments"):
        named = set()
        for line in facts.lines(sheet):
            worker = line.values.get("worker")
            if worker in contracts or worker in named or (worker,) not in workers:
                continue
            named.add(worker)
            yield line.problem(
                "worker_without_contract",
                "worker",
                _("Ce travailleur n'a aucune ligne de contrat."),
                _("Ajoutez son contrat dans la feuille Contrats."),
            )


def pay_outside_contract(facts: Facts) -> Iterator[Problem]:
    """Pay of a month in which the worker has no day of contract."""
    contracts = contracts_by_worker(facts)
    for line in facts.lines("pay"):
        month = line.values.get("month")
        lines = contracts.get(line.values.get("worker"))
        if not isinstance(month, date) or not lines:
            continue
        whole_month = month_period(month_index(month))
        if not any(period is None or meet(period, whole_month) for period, _fact in lines):
            yield line.problem(
                "pay_outside_contract",
                "month",
                _("Ce travailleur n'a aucun jour de contrat ce mois-là."),
                _("Corrigez le mois, ou les dates du contrat dans la feuille Contrats."),
            )


def contracts_overlap(facts: Facts) -> Iterator[Problem]:
    """Two contract lines of one worker on the same day."""
    for lines in contracts_by_worker(facts).values():
        known = [(period, fact) for period, fact in lines if period is not None]
        known.sort(key=lambda pair: pair[0])
        for (before, first), (after, second) in _pairs(known):
            same_key = before.start == after.start and first.line and second.line
            line = second.line or first.line
            if line is None or same_key or not meet(before, after):
                continue
            other = first if line is second.line else second
            yield line.problem(
                "contracts_overlap",
                "starts_on",
                _("Cette ligne de contrat chevauche celle du %(start)s%(where)s.")
                % {"start": f"{other.values['starts_on']:%d/%m/%Y}", "where": _where(other)},
                _("Fermez la première ligne la veille du début de la suivante.") + _way_out(other),
            )


def assignments_overlap(facts: Facts) -> Iterator[Problem]:
    """Two assignments of one worker to one post on the same day."""
    found: dict[tuple[Value, ...], list[Dated]] = {}
    for fact in facts.merged("assignments"):
        period = days(fact.values)
        post = tuple(fact.values.get(code) for code in ("worker", "award", "post"))
        if period is not None and None not in post:
            found.setdefault(post, []).append((period, fact))
    for known in found.values():
        known.sort(key=lambda pair: pair[0])
        for (before, first), (after, second) in _pairs(known):
            same_key = before.start == after.start and first.line and second.line
            line = second.line or first.line
            if line is None or same_key or not meet(before, after):
                continue
            other = first if line is second.line else second
            yield line.problem(
                "assignments_overlap",
                "starts_on",
                _("Cette affectation chevauche celle du %(start)s au même poste%(where)s.")
                % {"start": f"{other.values['starts_on']:%d/%m/%Y}", "where": _where(other)},
                _("Fermez la première la veille du début de la suivante.") + _way_out(other),
            )


def _way_out(other: Fact) -> str:
    """How to replace a stored row that the workbook no longer has."""
    if not other.removable:
        return ""
    return " " + _(
        "Ou, si la ligne enregistrée est à remplacer : refaites l'import avec --remove-absent "
        "(sur le site, la case « %(box)s »)."
    ) % {"box": remove_box()}


def _pairs(lines: list[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """Each line, in order of start, with the one before it that lasts longest."""
    longest = lines[0] if lines else None
    for line in lines[1:]:
        if longest is None:
            return
        yield longest, line
        longest = max(longest, line, key=lambda pair: pair[0].stop)


def _where(fact: Fact) -> str:
    if fact.line is None:
        return _(" (déjà enregistrée)")
    return _(" (ligne %(row)d)") % {"row": fact.line.row}


def over_full_time(facts: Facts) -> Iterator[Problem]:
    """More hours a week than the full time, in a contract line or in an assignment."""
    for line in facts.lines("contract_lines"):
        hours, full = line.values.get("weekly_hours"), line.values.get("full_time_hours")
        if isinstance(hours, Decimal) and isinstance(full, Decimal) and hours > full:
            yield line.problem(
                "hours_over_full_time",
                "weekly_hours",
                _("Plus d'heures par semaine que le temps plein (%(full)s).")
                % {"full": _hours(full)},
                _("Corrigez les heures ou le temps plein."),
            )
    contracts = contracts_by_worker(facts)
    for line in facts.lines("assignments"):
        hours, period = line.values.get("weekly_hours"), days(line.values)
        fulls = [
            full
            for contract, fact in contracts.get(line.values.get("worker"), ())
            if contract and period and meet(contract, period)
            if isinstance(full := fact.values.get("full_time_hours"), Decimal)
        ]
        if isinstance(hours, Decimal) and fulls and hours > max(fulls):
            yield line.problem(
                "hours_over_full_time",
                "weekly_hours",
                _("Plus d'heures par semaine que le temps plein du contrat (%(full)s).")
                % {"full": _hours(max(fulls))},
                _("Corrigez les heures de l'affectation ou le contrat."),
            )


def _hours(hours: Decimal) -> str:
    return f"{hours:.2f}".replace(".", ",")


def replaced_by_oneself(facts: Facts) -> Iterator[Problem]:
    """A contract line that replaces its own worker."""
    for line in facts.lines("contract_lines"):
        if line.has("worker", "replaces") and line.values["worker"] == line.values["replaces"]:
            yield line.problem(
                "replaces_oneself",
                "replaces",
                _("Un travailleur ne peut pas se remplacer lui-même."),
                _("Écrivez le numéro du travailleur remplacé, ou videz la cellule."),
            )


def assignment_outside(facts: Facts) -> Iterator[Problem]:
    """An assignment that has no day in common with its post, or with the award."""
    posts = {
        (fact.values.get("award"), fact.values.get("code")): days(fact.values)
        for fact in facts.merged("posts")
    }
    awards = {(fact.values.get("reference"),): days(fact.values) for fact in facts.merged("awards")}
    for line in facts.lines("assignments"):
        period = days(line.values)
        award, post = line.values.get("award"), line.values.get("post")
        for code, column, name, other in (
            ("assignment_outside_award", "award", _("la subvention"), awards.get((award,))),
            ("assignment_outside_post", "post", _("le poste"), posts.get((award, post))),
        ):
            if period and other and not meet(period, other):
                yield line.problem(
                    code,
                    column,
                    _("L'affectation n'a aucun jour commun avec %(name)s (du %(first)s%(last)s).")
                    % {"name": name, "first": f"{other.start:%d/%m/%Y}", "last": _until(other)},
                    _("Corrigez les dates, la subvention ou le poste."),
                )


def _until(period: Period) -> str:
    return (
        "" if period.ends_on is None else _(" au %(day)s") % {"day": f"{period.ends_on:%d/%m/%Y}"}
    )
