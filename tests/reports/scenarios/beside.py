"""A baseline over invented facts, without a database."""

from datetime import date

from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.run import run
from backoffice.engine.scenario.totals import totals_of
from reports.scenarios.comparing import Baseline, Horizon, Scope
from tests.engine.projection.made import FIRST_YEAR, made


def beside(facts: Facts | None = None) -> Baseline:
    """Two employers over two years, or the facts given."""
    facts = facts or made(workers=3, employers=2).facts
    done = run(facts)
    last = facts.stop // 12 - 1
    horizon = Horizon(FIRST_YEAR, last, date(FIRST_YEAR, 1, 1))
    return Baseline(Scope(()), horizon, facts, done, totals_of(done), done.notes, ())
