"""The rows of a figure of a comparison in a month: they sum to it, today and under the scenario.

parts_of(found, side, "funded.COCOF", month)    # its awards with their rule; of cost, the workers
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.scenario.compare import posts_at_risk
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur
from grants.pack import RuleText
from reports.board import faces
from reports.board.counting import (
    award_about,
    award_name,
    demand_about,
    demand_name,
    lost_about,
    own_fte_about,
    paid_about,
    rule_of,
    service_name,
    settled_about,
    worker_about,
)
from reports.board.faces import Face, Key, Values, face_of
from reports.scenarios.comparing import Comparison, Outcome

_MONTHS = 12


@dataclass(frozen=True)
class Part:
    """One row of a figure, in cents or in ten-thousandths of an FTE-month.

    Attributes:
        name: a worker, an award, a service, a demand.
        today, amount: what it counts for today, and on the side looked at.
        about: how it is counted, in sentences.
        rule: of an award, what its scheme says of the calculation, with article and confidence.
        line: of a worker, the row of its month on the side looked at.
    """

    name: str
    today: int
    amount: int
    about: tuple[str, ...] = ()
    rule: RuleText | None = None
    line: int | None = None

    @property
    def delta(self) -> int:
        """What the scenario changes of it."""
        return self.amount - self.today

    @property
    def rule_words(self) -> str:
        """The rule in the language in force, empty without one."""
        return said({"fr": self.rule.fr, "nl": self.rule.nl}) if self.rule else ""


def parts_of(found: Comparison, side: int, code: str, at: int) -> list[Part]:
    """The rows of a figure in a month; those that are zero on both sides are left out.

    What a scenario that begins within a year moves to the months after it is a row of its own.

    Args:
        found: the comparison.
        side: 0 today, from 1 a scenario.
        code: of a figure that the comparison holds.
        at: year x 12 + month - 1, in the horizon.

    Raises:
        IndexError: there is no such side.
        LookupError: there is no such figure.
    """
    looked = _Looked(found.outcomes[max(side, 1) - 1], *_faces(found, side, at))
    kind, _dot, of = code.partition(".")
    rows = _at_risk(looked) if kind == "posts_at_risk" else _read(looked, kind, of)
    parts = [one for one in rows if one.today or one.amount]
    figure = looked.outcome.figure(code)
    column = looked.now.column
    whole = (
        int(figure.baseline[column]),
        int((figure.scenario if side else figure.baseline)[column]),
    )
    summed = total_of(parts)
    parts.sort(key=lambda one: (-abs(one.delta), one.name))
    if summed != whole:
        today, amount = whole[0] - summed[0], whole[1] - summed[1]
        parts.append(Part(_("Report dans l'année"), today, amount, settled_about()))
    return parts


@dataclass(frozen=True)
class _Looked:
    """What is compared: a scenario, and the month today and on the side looked at."""

    outcome: Outcome
    before: Face
    now: Face


def _faces(found: Comparison, side: int, at: int) -> tuple[Face, Face]:
    return face_of(found, 0, at), face_of(found, side, at)


def _read(looked: _Looked, kind: str, of: str) -> Iterator[Part]:
    """The same rows on both sides; posts are asked under a scenario alone."""
    if kind not in _KINDS:
        raise LookupError(kind)
    read, named = _KINDS[kind]
    asked = kind in _ASKED
    today: Values = {} if asked else read(looked.before, of)
    amounts: Values = {} if asked and looked.now.own is looked.before.own else read(looked.now, of)
    for key in sorted({*today, *amounts}):
        yield named(looked, key, (today.get(key, 0), amounts.get(key, 0)))


def _worker(looked: _Looked, key: Key, both: tuple[int, int]) -> Part:
    name, line = looked.now.own.facts.names.workers[key[0]], looked.now.lines.get(key)
    return Part(name, *both, worker_about(looked.now.run, line), line=line)


def _borne(looked: _Looked, key: Key, both: tuple[int, int]) -> Part:
    """A worker of whom own funds pay a part: what the month costs and who pays the rest."""
    part = _worker(looked, key, both)
    if part.line is None:
        return part
    paid = paid_about(looked.now.run, part.line, looked.now.paid_to(part.line))
    return replace(part, about=(*paid, *part.about))


def _award(looked: _Looked, key: Key, both: tuple[int, int]) -> Part:
    names, year = looked.now.own.facts.names, looked.now.at // _MONTHS
    about = award_about(looked.now.run, key[0], year)
    rule = rule_of(names.award_schemes[key[0]])
    return Part(award_name(names, key[0]), *both, about, rule)


def _service(looked: _Looked, key: Key, both: tuple[int, int]) -> Part:
    about = own_fte_about(looked.now.totals, key[0], looked.now.column)
    return Part(service_name(looked.now.own.facts.names, looked.now.totals, key[0]), *both, about)


def _demand(looked: _Looked, key: Key, both: tuple[int, int]) -> Part:
    facts = looked.now.own.facts
    about = demand_about(facts, key[0], looked.outcome.scenario)
    return Part(demand_name(facts, key[0]), *both, about)


Named = Callable[[_Looked, Key, tuple[int, int]], Part]
_KINDS: MappingProxyType[str, tuple[Callable[[Face, str], Values], Named]] = MappingProxyType(
    {
        "cost": (faces.cost, _worker),
        "own_funds": (faces.own_funds, _borne),
        "fte": (faces.fte, _worker),
        "own_fte": (faces.own_fte, _service),
        "funded": (faces.funded, _award),
        "invoices": (faces.invoices, _award),
        "asked": (faces.asked, _demand),
        "asked_fte": (faces.asked_fte, _demand),
        "unpriced_fte": (faces.unpriced_fte, _demand),
    }
)
_ASKED = frozenset({"asked", "asked_fte", "unpriced_fte"})


def _at_risk(looked: _Looked) -> Iterator[Part]:
    """The FTE that a service loses, shared over the workers of whom own funds pay more."""
    before, now = looked.before, looked.now
    risk = posts_at_risk(before.totals, now.totals)[:, now.column]
    was, becomes = faces.own_funds(before, ""), faces.own_funds(now, "")
    for service, unit in now.services.items():
        fte = int(risk[unit])
        if not fte:
            continue
        lost = {
            key: more
            for key, amount in sorted(becomes.items())
            if key[1:] == service and (more := amount - was.get(key, 0)) > 0
        }
        shares = money.allocate(fte, list(lost.values())) if lost else [fte]
        for key, share in zip(lost or [()], shares, strict=True):
            yield _lost(looked, key, unit, share)


def _lost(looked: _Looked, key: Key, unit: int, share: int) -> Part:
    names = looked.now.own.facts.names
    if not key:
        own = [int(one.totals.own_funds[unit, one.column]) for one in (looked.before, looked.now)]
        words = {"before": eur(own[0]), "after": eur(own[1])}
        about = _("Fonds propres du service : %(before)s aujourd'hui, %(after)s ensuite.") % words
        return Part(service_name(names, looked.now.totals, unit), 0, share, (about,))
    line = looked.now.lines[key]
    was = looked.before.lines.get(key)
    costs = _cost_of(looked.before, was), _cost_of(looked.now, line)
    paid = {} if was is None else looked.before.paid_to(was), looked.now.paid_to(line)
    return Part(names.workers[key[0]], 0, share, tuple(lost_about(names, costs, paid)), line=line)


def _cost_of(face: Face, place: int | None) -> int:
    return 0 if place is None else int(face.run.months.cost[place])


def total_of(parts: Sequence[Part]) -> tuple[int, int]:
    """What the rows sum to, today and on the side looked at."""
    return sum(one.today for one in parts), sum(one.amount for one in parts)
