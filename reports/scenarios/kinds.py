"""What each kind of patch may say: the names of its values and how each is written."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class Form(Enum):
    """How a value is written."""

    NUMBER = "number"
    WORD = "word"
    EITHER = "either"
    DAY = "day"
    TRUE = "true"


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

_RATIO, _MONTHS, _EUROS = (0, 1), (0, 120), (0, 10**9)
BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "set": _EUROS,
        "add": (-(10**9), 10**9),
        "factor": (0, 1000),
        "indexed_by": (-1, 1),
        "every": (1, 120),
        "late": _MONTHS,
        "lag": (-120, 120),
        "skip": (1990, 2200),
        "capped_above": _EUROS,
        "capped": _RATIO,
        "events": (1, 100),
        "path": (-1, 1),
        "granted": _EUROS,
        "least": _EUROS,
        "fte": (0, 10_000),
        "successor": (0, 1000),
        "cost": _EUROS,
        "running": _EUROS,
        "hours": (0, 168),
        "share": _RATIO,
        "start_share": _RATIO,
        "delay_days": (-3660, 3660),
    }
)
"""Between what each number lies, both included: beyond, it is a slip of the pen."""
