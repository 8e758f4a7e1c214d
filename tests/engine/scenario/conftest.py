"""A small employer that several files of this room change."""

from dataclasses import replace

import numpy as np
import pytest

from tests.engine.projection.made import FAR, Made, made


@pytest.fixture(scope="module")
def one() -> Made:
    """Two workers without end on eight awards, over three years."""
    found = made(workers=2, awards=8, years=3, seed=4)
    lines = found.facts.contracts
    lines = replace(
        lines, stop=np.full(len(lines), FAR), regime=np.zeros(len(lines), dtype=np.int64)
    )
    return replace(found, facts=replace(found.facts, contracts=lines))
