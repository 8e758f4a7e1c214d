"""Whatever a patch says, it is applied or refused with a sentence: nothing else ever happens."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.periods import month_index
from backoffice.engine.scenario.patch import Patch
from reports.scenarios.comparing import Baseline, outcome
from reports.scenarios.kinds import BOUNDS, VALUES, Form
from reports.scenarios.scenario import Change, Scenario
from tests.engine.projection.made import FIRST_YEAR
from tests.reports.scenarios.beside import beside

TARGETS = {
    "figure": ["s0.ceiling", "s3.premium_rate", "employer.manual_base", "s0.*", "no.such"],
    "index": ["*", "r", "none"],
    "award": ["*", "scheme:s2", "E0/A1", "A1", "nothing"],
    "scheme": ["s2", "s9"],
    "post": ["*", "CASG", "E0", "E9"],
    "worker": ["E0/W0", "W0", "E0/W9"],
    "pay_date": ["*", "scheme:s2", "x"],
    "merge": ["E0", "E1", "E9"],
}
WORDS = ["r", "grants", "pay", "social", "master", "antenna", "open", "closed", "MADE", "a", "E1"]
FORMS = {
    Form.WORD: st.sampled_from(WORDS),
    Form.DAY: st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    Form.TRUE: st.just(True),  # noqa: FBT003
}
DAYS = st.dates(date(FIRST_YEAR - 1, 1, 1), date(FIRST_YEAR + 3, 1, 1))


@st.composite
def changes(draw: st.DrawFn, number: int) -> Change:
    kind = draw(st.sampled_from(sorted(VALUES)))
    names = draw(st.lists(st.sampled_from(sorted(VALUES[kind])), max_size=4, unique=True))
    values = {name: _plain(draw(_written(kind, name))) for name in names}
    return Change(number, kind, draw(st.sampled_from(TARGETS[kind])), draw(DAYS), values)


def _written(kind: str, name: str) -> st.SearchStrategy[Any]:
    """A value of the form that is asked; the ends of its bounds come often."""
    form = VALUES[kind][name]
    if form not in {Form.NUMBER, Form.EITHER}:
        return FORMS[form]
    bounds = BOUNDS[kind][name]
    least, most = bounds.least, bounds.most
    inside = st.fractions(least, most, max_denominator=1 if bounds.whole else 38)
    number = st.sampled_from([least, most]) | inside
    return number | FORMS[Form.WORD] if form is Form.EITHER else number


def _plain(value: Any) -> Any:
    whole = isinstance(value, Fraction) and value.denominator == 1
    return int(value) if whole else value


def _felt(patch: Patch) -> int:
    """The first month that may move: that of the day, or the first whole one."""
    return month_index(patch.since) if patch.kind in {"worker", "scheme"} else patch.month


@pytest.fixture(scope="module")
def base() -> Baseline:
    return beside()


@given(st.data())
def test_any_patches_are_applied_or_refused_and_sums_hold(
    base: Baseline, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, 3))
    drawn = tuple(data.draw(changes(number)) for number in range(1, size + 1))
    found = outcome(base, Scenario("any", drawn))
    assert len(found.refused) <= size
    for sentence in found.refused:
        assert sentence.startswith("Modification n° ")
    figures = {one.code: one for one in found.figures}
    parts = [one for code, one in figures.items() if code.startswith("funded.")]
    paid, own, cost = (figures[one] for one in ("funded", "own_funds", "cost"))
    assert sum(one.scenario for one in parts).tolist() == paid.scenario.tolist()
    assert (paid.scenario + own.scenario).tolist() == cost.scenario.tolist()
    assert (cost.scenario >= 0).all()
    since = min((_felt(one) for one in found.filled.patches), default=0)
    before = max(since - base.facts.first, 0)
    for one in found.figures:
        assert not one.delta[:before].any(), one.code
