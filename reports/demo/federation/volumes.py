"""What each ILI did in a year of the new order, mission by mission, above the least volumes."""

from collections.abc import Sequence
from decimal import Decimal

from reports.demo.federation.plan import Employer
from reports.demo.rows import Row
from reports.demo.truth import LOW_VOLUME

_VOLUMES = 8000
_SINCE = 2025
_MISSIONS: tuple[tuple[tuple[str, str, int, int], ...], ...] = (
    (("french", "hours", 400, 620),),
    (("citizenship", "modules", 3, 5), ("citizenship", "module_hours", 60, 64)),
    (("social", "files", 24, 55), ("social", "week_hours", 8, 14)),
    (("intercultural", "hours", 570, 700),),
)
"""Mission, unit, least and most drawn; a unit of one mission never goes without the other."""


def volume_rows(employer: Employer, year: int) -> Sequence[Row]:
    """French for everyone, then one or two other missions, with the planted volume."""
    low = {fact.year: Decimal(fact.value) for fact in employer.planted if fact.kind == LOW_VOLUME}
    if year < _SINCE or all(service.code != "ILI" for service in employer.services):
        return []
    chance = employer.chance(_VOLUMES + year)
    french, *others = _MISSIONS
    chosen = [*french, *(row for one in chance.sample(others, 2) for row in one)]
    drawn = [(*row[:2], Decimal(chance.randint(*row[2:]))) for row in chosen]
    return [
        {
            "approval": "ILI",
            "year": year,
            "mission": mission,
            "unit": unit,
            "volume": low.get(year, volume) if mission == "french" else volume,
            "source": f"DEMO RASH {year}",
        }
        for mission, unit, volume in drawn
    ]
