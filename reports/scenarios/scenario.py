"""A scenario as it was written, and the patches that it becomes once its choices are filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language

from backoffice.engine.scenario.patch import Value

LANGUAGES = ("fr", "nl")
Words = Mapping[str, str]
"""A text by language; empty where nobody wrote one."""


def nothing() -> Mapping[str, Any]:
    """An empty table that stays empty."""
    return MappingProxyType({})


class Source(Enum):
    """Where a value stands that the patch itself does not give."""

    ASSUMPTION = "assumption"
    PARAMETER = "parameter"


@dataclass(frozen=True)
class Reference:
    """A value that an assumption of the federation, or a choice of the user, gives."""

    source: Source
    code: str


Written = Value | Reference


@dataclass(frozen=True)
class Parameter:
    """A choice that the user makes: which worker, which service. No `value`: not made yet.

    `among` is the type of approval of the organisations that it is made among: without it, the
    changes that need it are left out and the others count.
    """

    label: Words = field(default_factory=nothing)
    value: str = ""
    among: str = ""

    def titled(self, code: str) -> str:
        """What the choice is called in the language in force; its code where nobody named it."""
        return self.label.get((get_language() or "fr")[:2]) or self.label.get("fr") or code


@dataclass(frozen=True)
class Change:
    """One patch as it was written, in the order of the file."""

    number: int
    kind: str
    target: str | Reference
    since: date
    values: Mapping[str, Written] = field(default_factory=nothing)


@dataclass(frozen=True)
class Problem:
    """A patch that cannot be read: its number, and a sentence that says how to mend it."""

    number: int
    message: str


@dataclass(frozen=True)
class Scenario:
    """A named list of changes.

    Attributes:
        name: its short name, unique among those compared.
        changes: in their order.
        label, description: in each language, optional.
        source: where the demand or the rule is written, in each language.
        uses: codes of the assumptions that it names.
        parameters: choices of the user by name.
        problems: patches that could not be read; the others count.
    """

    name: str
    changes: tuple[Change, ...] = ()
    label: Words = field(default_factory=nothing)
    description: Words = field(default_factory=nothing)
    source: Words = field(default_factory=nothing)
    uses: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=nothing)
    problems: tuple[Problem, ...] = ()

    def titled(self, language: str) -> str:
        """Its label in a language, its name where it has none."""
        return self.label.get(language[:2]) or self.label.get("fr") or self.name

    def told(self, language: str) -> str:
        """Its description in a language, empty where it has none."""
        return self.description.get(language[:2]) or self.description.get("fr", "")

    def sourced(self, language: str) -> str:
        """Its source in a language, empty where it has none."""
        return self.source.get(language[:2]) or self.source.get("fr", "")

    @property
    def unchosen(self) -> tuple[str, ...]:
        """What the choices not made yet are called, without which it is not calculated."""
        codes = references(self, Source.PARAMETER)
        lacking = [one for one in codes if one in self.parameters and self._lacks(one)]
        if all(self.parameters[one].among for one in lacking) and self._counts_without(lacking):
            return ()
        return tuple(self.parameters[one].titled(one) for one in lacking)

    def _lacks(self, code: str) -> bool:
        return not self.parameters[code].value.strip()

    def _counts_without(self, lacking: Sequence[str]) -> bool:
        """Whether a change needs none of these choices."""
        return any(not {*_codes(one, Source.PARAMETER)} & {*lacking} for one in self.changes)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all its changes, those that could not be read too."""
        unread = {one.number for one in self.problems if one.number}
        return frozenset({one.number for one in self.changes} | unread)

    def with_choices(self, chosen: Mapping[str, str]) -> "Scenario":
        """The same scenario with some of its parameters filled in."""
        filled = {
            code: replace(one, value=chosen.get(code, one.value))
            for code, one in self.parameters.items()
        }
        return replace(self, parameters=MappingProxyType(filled))


def is_calculated(scenario: Scenario, uncounted: Sequence[int]) -> bool:
    """Whether its choices are made and a change of it counts, if it has any.

    Args:
        scenario: its choices filled in.
        uncounted: the numbers of the changes that do not count.
    """
    numbers = scenario.numbers
    unread = any(not one.number for one in scenario.problems)
    return not scenario.unchosen and not unread and (not numbers or bool(numbers - {*uncounted}))


def references(scenario: Scenario, source: Source) -> tuple[str, ...]:
    """The codes that its changes refer to, each once, in order."""
    found = [code for change in scenario.changes for code in _codes(change, source)]
    return tuple(dict.fromkeys(found))


def _codes(change: Change, source: Source) -> list[str]:
    return [
        one.code
        for one in (change.target, *change.values.values())
        if isinstance(one, Reference) and one.source is source
    ]
