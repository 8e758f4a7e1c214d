"""An assumption of the federation, and the patches that a scenario becomes with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from django.utils.translation import gettext as _

from backoffice.engine.money import times_one
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.web.templatetags.money import eur, share
from reports.scenarios.codes import EUR_A_YEAR, TO_10, UNITS, spoken
from reports.scenarios.kinds import Form, form_of
from reports.scenarios.scenario import Change, Problem, Reference, Scenario, Source, Written
from reports.scenarios.toml.values import Unreadable, value_of, within

PRICES = ("cost", "running")
"""Values that a demand may do without: it is then counted in FTE only."""


@dataclass(frozen=True)
class Assumed:
    """What the federation supposes: a code, an exact value from a day on, and who says so.

    `sentence` and `source` are those of its author, `signed_on` the day on which it was entered.
    """

    code: str
    value: Fraction
    since: date
    author: str
    signed_on: date
    source: str
    sentence: str


_RUNNING = "running_"
_CENTS = 100
Assumptions = Mapping[str, tuple[Assumed, ...]]
"""By code, the values by their first day: each holds until the next one begins."""
NONE_ASSUMED: Assumptions = MappingProxyType({})


def by_code(rows: Iterable[Assumed]) -> Assumptions:
    """The values of each code; of two that begin on the same day the later row counts."""
    found: dict[str, dict[date, Assumed]] = {}
    for one in rows:
        found.setdefault(one.code, {})[one.since] = one
    return MappingProxyType(
        {code: tuple(days[day] for day in sorted(days)) for code, days in found.items()}
    )


def in_force(assumptions: Assumptions, code: str, day: date) -> Assumed | None:
    """The value that holds on a day; None where none has begun."""
    begun = [one for one in assumptions.get(code, ()) if one.since <= day]
    return begun[-1] if begun else None


@dataclass(frozen=True)
class Filled:
    """A scenario ready to run.

    Attributes:
        patches: with every value known, in their order.
        problems: patches that lack a choice or a value, or that could not be read.
        used: the assumptions that count in it, by code.
        lacking: codes without a value in force on the day of their patch: what rests on them does
            not count in euros.
        needed: such codes without which their patch does not count at all.
    """

    patches: tuple[Patch, ...]
    problems: tuple[Problem, ...]
    used: tuple[Assumed, ...]
    lacking: tuple[str, ...]
    needed: tuple[str, ...] = ()


class _Lacking(ValueError):
    """A value without which the patch cannot run; the message says how to give it."""


def filled_in(scenario: Scenario, assumptions: Assumptions = NONE_ASSUMED) -> Filled:
    """The patches of a scenario, its assumptions and choices in their places."""
    patches, problems = [], list(scenario.problems)
    used: dict[Assumed, None] = {}
    lacking: dict[str, None] = {}
    needed: dict[str, None] = {}
    for change in scenario.changes:
        try:
            patches.append(_patch(scenario, change, assumptions))
        except (_Lacking, Unreadable) as error:
            words = {"number": change.number, "why": error}
            problems.append(
                Problem(change.number, _("Modification n° %(number)s : %(why)s") % words)
            )
            held = partial(in_force, assumptions, day=change.since)
            needed |= {code: None for code in _assumed(change) if held(code) is None}
            continue
        for code in _assumed(change):
            if one := in_force(assumptions, code, change.since):
                used[one] = None
            else:
                lacking[code] = None
    problems.sort(key=lambda one: one.number)
    return Filled(tuple(patches), tuple(problems), tuple(used), tuple(lacking), tuple(needed))


def value_words(one: Assumed) -> str:
    """An amount in euros, or a rate in per cent, in the language of the reader."""
    family = one.code.partition(".")[0]
    return (
        eur(times_one(_CENTS, one.value)) if UNITS.get(family) == EUR_A_YEAR else share(one.value)
    )


def left_out(filled: Filled) -> list[str]:
    """What the demands are counted without: their cost, or their running costs."""
    found = list(map(lacking_words, filled.lacking))
    priced = [one for one in filled.patches if one.kind == "post" and "cost" in one.values]
    numbers = [str(one.number) for one in priced if "running" not in one.values]
    if numbers:
        found.append(
            _(
                "Postes demandés aux modifications n° %s : leur coût est celui du personnel seul, "
                "sans frais de fonctionnement."
            )
            % ", ".join(numbers)
        )
    return found


def lacking_words(code: str) -> str:
    """That no value of an assumption is in force: which one, what does not count, who enters it."""
    if code.startswith(_RUNNING):
        return _(
            "Aucune valeur de l'hypothèse « %s » n'est en vigueur au jour de la modification : le "
            "coût des postes demandés est sans ces frais, ce qui n'est pas zéro. La fédération la "
            "signe."
        ) % spoken(code)
    return _(
        "Aucune valeur de l'hypothèse « %s » n'est en vigueur au jour de la modification : les "
        "postes demandés ne sont comptés qu'en ETP, et leur coût n'est pas zéro. La fédération la "
        "signe."
    ) % spoken(code)


def needed_words(code: str) -> str:
    """That a change waits for an assumption: what is to be entered, and by whom."""
    if code.startswith(f"{TO_10}."):
        return _(
            "À signer par la fédération : « %s », soit 1 + (10 %% - part d'aujourd'hui) / 90 %%, "
            "1,0444 pour une part de 6 %% ; d'ici là, la modification n'est pas comptée."
        ) % spoken(code)
    return _(
        "À signer par la fédération : « %s » ; d'ici là, la modification n'est pas comptée."
    ) % spoken(code)


def _assumed(change: Change) -> Iterator[str]:
    for value in change.values.values():
        if isinstance(value, Reference) and value.source is Source.ASSUMPTION:
            yield value.code


def _patch(scenario: Scenario, change: Change, assumptions: Assumptions) -> Patch:
    held = {code: in_force(assumptions, code, change.since) for code in _assumed(change)}
    given = scenario, held, change.kind
    values: dict[str, Value] = {}
    for name, written in change.values.items():
        found = _value(given, name, written)
        if found is not None:
            values[name] = found
    target = _value(given, "target", change.target)
    return Patch(change.number, change.kind, str(target), change.since, MappingProxyType(values))


def _value(
    given: tuple[Scenario, Mapping[str, Assumed | None], str], name: str, written: Written
) -> Value | None:
    """The value itself; None for a price of which no value is in force."""
    if not isinstance(written, Reference):
        return written
    scenario, held, kind = given
    if written.source is Source.PARAMETER:
        return _chosen(scenario, (kind, name), written.code)
    if assumed := held.get(written.code):
        return _within(kind, name, assumed)
    if name in PRICES:
        return None
    raise _Lacking(
        _(
            "l'hypothèse « %s » n'a pas de valeur en vigueur ce jour-là : demandez à la fédération "
            "de la dater et de la signer, ou écrivez ici une valeur."
        )
        % spoken(written.code)
    )


def _within(kind: str, name: str, assumed: Assumed) -> Value:
    try:
        return within(kind, name, assumed.value)
    except Unreadable as error:
        raise _Lacking(
            _("l'hypothèse « %(code)s » ne convient pas ici : %(why)s")
            % {"code": spoken(assumed.code), "why": error}
        ) from None


def _chosen(scenario: Scenario, at: tuple[str, str], code: str) -> Value:
    kind, name = at
    parameter = scenario.parameters.get(code)
    if parameter is None or not parameter.value:
        raise _Lacking(
            _("choisissez d'abord « %s ».") % (parameter.titled(code) if parameter else code)
        )
    given: object = parameter.value
    if form_of(kind, name) is Form.DAY:
        given = _day(parameter.value)
    value = value_of(kind, name, given)
    if isinstance(value, Reference):
        raise Unreadable(_("« %s » est une valeur.") % code)
    return value


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Unreadable(_("un jour est attendu : 2027-01-01.")) from None
