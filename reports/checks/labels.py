"""What each rule looks at, in one line and two languages, how it is said and whom it concerns.

The lines are data (labels.toml); a test holds them to the rules that run. The rule book shows them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from backoffice.engine.sheet import labels
from grants.scheme import Scheme

FILE = Path(__file__).with_name("labels.toml")


@dataclass(frozen=True)
class CheckLabel:
    """One rule in words; `levels` are those it may bear, the strictest first.

    It concerns the schemes with one of the `options`, `shapes`, `parts` or financed `heads`; all
    when it names none.
    """

    label: Mapping[str, str]
    levels: tuple[str, ...]
    options: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()

    def concerns(self, scheme: Scheme) -> bool:
        """Whether the rule can find something in a dossier of the scheme."""
        if not (self.options or self.shapes or self.parts or self.heads):
            return True
        return (
            any(scheme.options.get(name) for name in self.options)
            or scheme.shape in self.shapes
            or any(getattr(scheme, name) for name in self.parts)
            or any(scheme.heads.get(name, "excluded") != "excluded" for name in self.heads)
        )


@cache
def check_labels() -> Mapping[str, CheckLabel]:
    """Every rule in words, by the name of its function."""
    with FILE.open("rb") as file:
        tables = tomllib.load(file)
    found = {}
    for name, table in tables.items():
        rest = {key: tuple(value) for key, value in table.items() if key not in ("fr", "nl")}
        found[name] = CheckLabel(labels(table["fr"], table["nl"]), **rest)
    return MappingProxyType(found)


def checks_of(scheme: Scheme) -> list[tuple[str, CheckLabel]]:
    """The rules that concern a scheme, by the name of their function."""
    return [(name, one) for name, one in check_labels().items() if one.concerns(scheme)]
