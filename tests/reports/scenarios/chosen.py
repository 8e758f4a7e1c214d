"""The library as a user of the demonstration runs it: choices made, assumptions signed."""

from datetime import date
from fractions import Fraction

from reports.scenarios.assumed import Assumed, Assumptions, by_code
from reports.scenarios.comparing import Baseline, Outcome, outcome
from reports.scenarios.ready import library
from reports.scenarios.scenario import Scenario, Source, references

CHOICES = {
    "fte": "0.5",
    "federation": "0999009037",
    "employer": "0999009037",
    "absorbed": "0999000228",
    "into": "0999000129",
    "worker": "0999000129/W01",
    "scale": "332.00.20-ADMIN",
    "column": "licencie",
}
"""What a user of the demonstration might choose."""
PRICE = 60_000


def supposed(scenario: Scenario) -> Assumptions:
    """Invented values for each assumption that a scenario names."""
    day = date(2026, 1, 1)
    found = []
    for code in references(scenario, Source.ASSUMPTION):
        value = Fraction(11, 10) if code.startswith("running_to_10") else Fraction(PRICE)
        found.append(Assumed(code, value, day, "essai", day, "inventé pour ce test", "essai"))
    return by_code(found)


def run_on(base: Baseline, code: str) -> Outcome:
    """A scenario of the library with every choice made and every assumption entered."""
    scenario = library()[code].with_choices(CHOICES)
    return outcome(base, scenario, supposed(scenario))


def asked(found: Outcome) -> Fraction:
    """FTE asked in the last month."""
    return Fraction(int(found.figure("asked_fte").scenario[-1]), 10_000)


def own_funds(base: Baseline, code: str) -> list[int]:
    return run_on(base, code).figure("own_funds").years.scenario.tolist()
