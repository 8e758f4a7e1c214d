"""Each check has its line in the rule book, with the levels that it really bears."""

from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType, ModuleType

import pytest

from grants.scheme import schemes
from reports.checks.all_checks import LEVELS, RULES
from reports.checks.labels import check_labels, checks_of


def codes(code: CodeType) -> Iterator[CodeType]:
    """A function and what is written inside it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from codes(inner)


def _parts(const: object) -> tuple[object, ...]:
    return const if isinstance(const, tuple) else (const,)


def levels_in(rule: FunctionType, seen: set[str]) -> set[str]:
    """The levels that a rule, or a function of its module that it calls, may say."""
    found: set[str] = set()
    for code in codes(rule.__code__):
        parts = [part for const in code.co_consts for part in _parts(const)]
        found |= {part for part in parts if part in LEVELS}
        for name in set(code.co_names) - seen:
            used = rule.__globals__.get(name)
            if isinstance(used, FunctionType) and used.__module__ == rule.__module__:
                found |= levels_in(used, seen | {name})
            elif isinstance(used, Mapping) and not isinstance(used, ModuleType):
                found |= {text for text in used.values() if text in LEVELS}
    return found


def test_every_check_has_its_line_and_every_line_its_check() -> None:
    assert set(check_labels()) == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_line_says_the_levels_that_its_check_bears(rule: FunctionType) -> None:
    assert set(check_labels()[rule.__name__].levels) == levels_in(rule, {rule.__name__})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_line_is_in_two_languages_and_concerns_some_scheme(rule: FunctionType) -> None:
    line = check_labels()[rule.__name__]
    assert line.label["fr"]
    assert line.label["nl"]
    assert [scheme for scheme in schemes().values() if line.concerns(scheme)]


def test_a_check_of_a_part_that_a_scheme_lacks_is_not_listed_for_it() -> None:
    assert "cost_above_bound" in dict(checks_of(schemes()["maribel"]))
    assert "cost_above_bound" not in dict(checks_of(schemes()["cocof_casg"]))
    assert "staff_share_below_minimum" in dict(checks_of(schemes()["cocof_representative"]))
    assert "staff_share_below_minimum" not in dict(checks_of(schemes()["maribel"]))
