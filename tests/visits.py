"""How a test reaches an address of the site: what it names, what is asked of it and sent to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

Value = Any | Callable[[Any], Any]


@dataclass(frozen=True)
class Visit:
    """How to reach a page: what its address names, what is asked of it, what is sent to it."""

    methods: tuple[str, ...]
    named: Mapping[str, Value] = field(default_factory=dict)
    query: Mapping[str, Value] = field(default_factory=dict)
    sent: Mapping[str, Value] = field(default_factory=dict)
    path: str = ""

    def address(self, name: str, of: Any) -> str:
        """The address that names the rows of an organisation."""
        return self.path or reverse(name, kwargs=made(self.named, of))

    def forged(self, name: str, of: Any) -> str:
        """The same with rows that exist nowhere."""
        real = made(self.named, of)
        false = {key: 10**9 if isinstance(real[key], int) else "RIEN-9" for key in self.rows}
        return reverse(name, kwargs=real | false)

    @property
    def rows(self) -> list[str]:
        """What in the address names a row of the organisation."""
        return [key for key, value in self.named.items() if callable(value)]


def made(values: Mapping[str, Value], of: Any) -> dict[str, Any]:
    """The values for the rows of an organisation."""
    return {key: value(of) if callable(value) else value for key, value in values.items()}


def page(query: Mapping[str, Value] | None = None, **named: Value) -> Visit:
    """A page that is read."""
    return Visit(("GET",), named, query or {})


def act(sent: Mapping[str, Value] | None = None, **named: Value) -> Visit:
    """An address to which something is sent."""
    return Visit(("POST",), named, {}, sent or {})


def both(sent: Mapping[str, Value] | None = None, **named: Value) -> Visit:
    """A page that is read, and to which something is sent."""
    return Visit(("GET", "POST"), named, {}, sent or {})
