"""Write a scenario: what is read back is the same scenario."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from reports.scenarios.scenario import Change, Reference, Scenario
from reports.scenarios.toml.values import digits

_LAST_CONTROL = 0x9F
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_scenario(scenario: Scenario) -> str:
    """The scenario as TOML; amounts are texts, so that no reader makes a float of them."""
    return "\n".join(_lines(scenario)) + "\n"


def _lines(scenario: Scenario) -> Iterator[str]:
    yield f"name = {_value(scenario.name)}"
    yield from _given("label", scenario.label, _table)
    yield from _given("description", scenario.description, _table)
    yield from _given("source", scenario.source, _table)
    yield from _given("uses", scenario.uses, _list)
    if not scenario.changes:
        yield "patches = []"
    for code, parameter in scenario.parameters.items():
        yield f"\n[parameters.{_key(code)}]"
        yield from _given("label", parameter.label, _table)
        yield from _given("value", parameter.value, _value)
        yield from _given("among", parameter.among, _value)
    for change in scenario.changes:
        yield from _change(change)


def _given(key: str, value: Any, write: Callable[[Any], str]) -> Iterator[str]:
    if value:
        yield f"{key} = {write(value)}"


def _change(change: Change) -> Iterator[str]:
    yield "\n[[patches]]"
    yield f"kind = {_value(change.kind)}"
    yield f"target = {_value(change.target)}"
    yield f"from = {_value(change.since)}"
    for key, value in change.values.items():
        yield f"{_key(key)} = {_value(value)}"


def _table(pairs: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{_key(key)} = {_value(value)}" for key, value in pairs.items()) + " }"


def _list(values: Sequence[Any]) -> str:
    return f"[{', '.join(map(_value, values))}]"


def _key(text: str) -> str:
    plain = text.isascii() and text.replace("_", "").replace("-", "").isalnum()
    return text if plain else _text(text)


def _value(value: Any) -> str:
    if isinstance(value, Reference):
        return _table({value.source.value: value.code})
    if isinstance(value, bool):
        return "true"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return _text(digits(value) if isinstance(value, Fraction) else str(value))


def _text(text: str) -> str:
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    plain = sign.isprintable() or ord(sign) > _LAST_CONTROL
    return _ESCAPED.get(sign) or (sign if plain else f"\\u{ord(sign):04x}")
