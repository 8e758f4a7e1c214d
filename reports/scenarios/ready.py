"""The library: scenarios that stand ready for one service, a sector or all."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from reports.scenarios.scenario import Scenario
from reports.scenarios.toml.reading import read_scenario

LIBRARY = Path(__file__).parent / "library"


@cache
def library() -> Mapping[str, Scenario]:
    """Every scenario of the library by its code, the name of its file, in alphabetical order."""
    return MappingProxyType(
        {
            path.stem: read_scenario(library_text(path.stem))
            for path in sorted(LIBRARY.glob("*.toml"))
        }
    )


def library_text(code: str) -> str:
    """The file of a scenario, to be copied and changed."""
    return (LIBRARY / f"{code}.toml").read_text(encoding="utf-8")
