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
