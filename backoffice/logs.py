"""Logs hold ids and codes: what an exception says may hold a name or a pay."""

import logging
import traceback
from typing import Any


class WithoutValues(logging.Formatter):
    """Where an error happened and what kind it is, through all its causes, without its message.

    PostgreSQL puts the whole row into the message of a constraint that it refuses.
    """

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name of the library
        """The frames of each cause, the first one first, and its type alone."""
        error: BaseException | None = ei[1]
        blocks = []
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            kind = f"{type(error).__module__}.{type(error).__qualname__}"
            blocks.append(f"Traceback (most recent call last):\n{frames}{kind}")
            hidden = None if error.__suppress_context__ else error.__context__
            error = error.__cause__ or hidden
        return "\n\n".join(reversed(blocks))
