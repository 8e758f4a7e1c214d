"""Kinds whose effect can be counted: one row per step, refused by the database when done twice."""

import time
from datetime import date
from typing import Any

from backoffice.federation.jobs import Work, job
from backoffice.federation.models import FigureEntry


@job("effects", label={"fr": "Effets", "nl": "Effecten"})
def effects(work: Work) -> dict[str, Any]:
    steps, pause = work.arguments["steps"], work.arguments.get("pause", 0)
    for number in range(steps):
        work.progress(number, steps, f"étape {number}")
        with work.once(f"step:{number}") as step:
            if step is not None:
                FigureEntry.objects.create(
                    code=f"effect:{work.number}:{number}",
                    since=date(2024, 1, 1),
                    value="1",
                    source="essai",
                    verified_on=date(2024, 1, 1),
                )
                time.sleep(pause)
                step["attempt"] = work.attempt
    attempts = [(work.done(f"step:{number}") or {})["attempt"] for number in range(steps)]
    return {"attempts": attempts}
