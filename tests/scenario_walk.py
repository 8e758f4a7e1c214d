"""The addresses of scenarios, for the walk over all of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from reports.models import StoredScenario
from reports.scenarios.services import create_scenario, share_scenario
from tests.visits import Visit, act, both, page

TEXT = """name = "Un peu moins"
[[patches]]
kind = "award"
target = "*"
from = 2025-03-01
factor = "0.95"

[[patches]]
kind = "award"
target = "*"
from = 2025-04-01
add = 10
"""


def kept(of: Any) -> int:
    """The number of a scenario of the organisation, written where it has none yet."""
    held = of.organisation.scenarios.first()
    row = held or create_scenario(
        organisation=of.organisation, text=TEXT, reason="essai", by=of.keeper, day=date(2025, 1, 31)
    )
    return int(row.pk)


def shared(of: Any) -> int:
    """The number of a share of that scenario with the federation, made where there is none yet."""
    row = StoredScenario.objects.get(pk=kept(of))
    held = row.shares.first()
    made = held or share_scenario(row=row, organisation=None, reason="essai", by=of.keeper)
    return int(made.pk)


NUMBER: dict[str, Callable[[Any], int]] = {"number": kept}

SCENARIO_ENTRIES: dict[str, Visit] = {
    "scenarios": page(),
    "scenario_comparison": page(),
    "scenario_drivers": page(),
    "scenario_explanation": page(),
    "scenario_optimum": page(),
    "scenario_note": act(),
    "scenario_choices": act({"p-worker": "W01"}),
    "assumptions": both(),
    "scenario": page(**NUMBER),
    "scenario_text": page(**NUMBER),
    "library_scenario": page(code="maribel_frozen"),
    "library_scenario_text": page(code="maribel_frozen"),
    "new_scenario": act({"name": "Essai", "reason": "essai"}),
    "copy_scenario": act({"source": "maribel_frozen", "name": "Copie", "reason": "essai"}),
    "share_scenario": act({"partage-whom": "federation", "partage-reason": "essai"}, **NUMBER),
    "withdraw_share": act(share=shared, **NUMBER),
    "remove_scenario": act({"retrait-reason": "essai"}, **NUMBER),
    "add_change": act({"target": "*", "since": "01/05/2025", "add": "5"}, kind="award", **NUMBER),
    "act_on_change": act(place=1, act="descendre", **NUMBER),
    "federation_new_scenario": act({"name": "Essai", "reason": "essai"}),
    "federation_copy_scenario": act(
        {"source": "maribel_frozen", "name": "Copie", "reason": "essai"}
    ),
    "federation_scenarios": page(),
    "federation_scenario_comparison": page(),
    "federation_scenario_drivers": page(),
    "federation_scenario_note": act(),
    "federation_scenario_choices": act({"p-worker": "W01"}),
    "federation_note_file": page(number=1),
}
