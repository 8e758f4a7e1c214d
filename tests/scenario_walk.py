"""The addresses of scenarios, for the walk over all of them."""

from tests.visits import Visit, act, page

SCENARIO_ENTRIES: dict[str, Visit] = {
    "scenarios": page(),
    "scenario_comparison": page(),
    "scenario_drivers": page(),
    "scenario_explanation": page(),
    "scenario_note": act(),
    "federation_scenarios": page(),
    "federation_scenario_comparison": page(),
    "federation_scenario_drivers": page(),
    "federation_scenario_note": act(),
    "federation_note_file": page(number=1),
}
