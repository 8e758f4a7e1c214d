"""What each kind of patch may say: the names of its values and how each is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Form(Enum):
    """How a value is written."""

    NUMBER = "number"
    WORD = "word"
    EITHER = "either"
    DAY = "day"
    TRUE = "true"


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a number may be, both included; `whole`: no part of one."""

    least: int
    most: int
    whole: bool = False


_NUMBER, _WORD, _TRUE = Form.NUMBER, Form.WORD, Form.TRUE
VALUES: Mapping[str, Mapping[str, Form]] = MappingProxyType(
    {
        "figure": {
            "set": _NUMBER,
            "add": _NUMBER,
            "factor": _NUMBER,
            "freeze": _TRUE,
            "uncapped": _TRUE,
            "indexed_by": Form.EITHER,
            "every": _NUMBER,
            "late": _NUMBER,
        },
        "index": {
            "lag": _NUMBER,
            "skip": _NUMBER,
            "capped_above": _NUMBER,
            "capped": _NUMBER,
            "events": _NUMBER,
            "full": _TRUE,
            "path": _NUMBER,
            "of": _WORD,
        },
        "award": {
            "granted": _NUMBER,
            "factor": _NUMBER,
            "add": _NUMBER,
            "head": _WORD,
            "regime": _WORD,
            "indexed_by": Form.EITHER,
            "every": _NUMBER,
            "late": _NUMBER,
            "stop": _TRUE,
            "uncapped": _TRUE,
            "least": _NUMBER,
            "fte": _NUMBER,
            "envelope": _WORD,
        },
        "scheme": {"stop": _TRUE, "successor": _NUMBER},
        "post": {
            "fte": _NUMBER,
            "least": _NUMBER,
            "function": _WORD,
            "diploma": _WORD,
            "per": _WORD,
            "cost": _NUMBER,
            "running": _NUMBER,
            "regime": _WORD,
            "funder": _WORD,
        },
        "worker": {
            "hours": _NUMBER,
            "share": _NUMBER,
            "of_full_time": _NUMBER,
            "scale": _WORD,
            "column": _WORD,
            "end": _TRUE,
            "leave": Form.DAY,
        },
        "pay_date": {"start_share": _NUMBER, "delay_days": _NUMBER, "twelfths": _TRUE},
        "merge": {"into": _WORD},
    }
)
"""The values of each kind; `engine/scenario/patches` says what they do."""

_MILLIARD = 10**9
_RATIO, _SHIFT = Bounds(0, 1), Bounds(-_MILLIARD, _MILLIARD)
_EUROS, _FTE, _FACTOR, _RATE = (
    Bounds(0, _MILLIARD),
    Bounds(0, 10_000),
    Bounds(0, 1000),
    Bounds(-1, 1),
)
_STEPS = {"every": Bounds(1, 120, whole=True), "late": Bounds(0, 120, whole=True)}
BOUNDS: Mapping[str, Mapping[str, Bounds]] = MappingProxyType(
    {
        "figure": {
            "set": _EUROS,
            "add": _SHIFT,
            "factor": _FACTOR,
            "indexed_by": _RATE,
            **_STEPS,
        },
        "index": {
            "lag": Bounds(-120, 120, whole=True),
            "skip": Bounds(1990, 2200, whole=True),
            "capped_above": _EUROS,
            "capped": _RATIO,
            "events": Bounds(1, 100, whole=True),
            "path": _RATE,
        },
        "award": {
            "granted": _EUROS,
            "factor": _FACTOR,
            "add": _SHIFT,
            "indexed_by": _RATE,
            **_STEPS,
            "least": _EUROS,
            "fte": _FTE,
        },
        "scheme": {"successor": _FACTOR},
        "post": {"fte": _FTE, "least": _FTE, "cost": _EUROS, "running": _EUROS},
        "worker": {"hours": Bounds(0, 168), "share": _RATIO, "of_full_time": _RATIO},
        "pay_date": {"start_share": _RATIO, "delay_days": Bounds(-3660, 3660, whole=True)},
        "merge": {},
    }
)
"""Between what each number of each kind lies: beyond, it is a slip of the pen."""


def form_of(kind: str, name: str) -> Form:
    """How a value of a kind, or its target, is written."""
    return Form.WORD if name == "target" else VALUES[kind][name]
