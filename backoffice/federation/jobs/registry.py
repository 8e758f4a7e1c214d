"""The kinds of work that the apps offer, each found in its app's `jobs` module."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules

from backoffice.federation.jobs.work import Work

Function = Callable[[Work], dict[str, Any]]


class Refused(Exception):
    """The work cannot be done as asked; the message is one sentence for the user."""


@dataclass(frozen=True)
class Kind:
    """One kind of work: its name, its labels, what does it, and which exceptions it may raise.

    The message of a refusal is a sentence for the user. `right` is what its owner must still have
    over its organisation when it is carried; empty: nothing. A `quiet` kind comes round again and
    again: lists leave out those that went well.
    """

    code: str
    label: Mapping[str, str]
    function: Function
    refusals: tuple[type[Exception], ...]
    right: str
    quiet: bool


_kinds: dict[str, Kind] = {}
_at_start: list[Callable[[], None]] = []
_rounds: list[tuple[timedelta, Callable[[], None]]] = []


def job(
    code: str,
    *,
    label: Mapping[str, str],
    refusals: tuple[type[Exception], ...] = (),
    right: str = "",
    quiet: bool = False,
) -> Callable[[Function], Function]:
    """Make a function the work of a kind; it returns its result, as JSON."""

    def register(function: Function) -> Function:
        _kinds[code] = Kind(code, label, function, (Refused, *refusals), right, quiet)
        return function

    return register


def at_worker_start(action: Callable[[], None]) -> Callable[[], None]:
    """Have something done once in each process that carries jobs, before its first one."""
    _at_start.append(action)
    return action


def every(period: timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Have something short done again and again while `backoffice worker` runs: ask for a job."""

    def register(action: Callable[[], None]) -> Callable[[], None]:
        _rounds.append((period, action))
        return action

    return register


def rounds() -> list[tuple[timedelta, Callable[[], None]]]:
    """What the apps want done again and again, and how often."""
    _load()
    return list(_rounds)


def start_worker() -> None:
    """Do what the apps want done before the first job."""
    _load()
    for action in _at_start:
        action()


def kind_of(code: str) -> Kind | None:
    """The kind with a code; None when no app offers it (any more)."""
    _load()
    return _kinds.get(code)


def quiet_kinds() -> list[str]:
    """The codes of the kinds that lists leave out once they went well."""
    _load()
    return [kind.code for kind in _kinds.values() if kind.quiet]


@cache
def _load() -> None:
    autodiscover_modules("jobs")
