"""What is held in a month, in words: a share, hours a week, and from which day to which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from reports.grid.cell_text import Run, hours_text, percent_of
from reports.grid.windows import Span


@dataclass(frozen=True)
class _Stretch:
    """Days (ordinals, `stop` excluded) on which the same is held."""

    start: int
    stop: int
    percent: str
    hours: str

    @property
    def words(self) -> str:
        first, last = date.fromordinal(self.start), date.fromordinal(self.stop - 1)
        return _("Du %(first)s au %(last)s : %(percent)s %%, %(hours)s h par semaine.") % {
            "first": f"{first:%d/%m}",
            "last": f"{last:%d/%m}",
            "percent": self.percent,
            "hours": self.hours,
        }


def held_words(runs: Sequence[Run], window: Sequence[Span]) -> str:
    """What is held on the days of a window: one sentence, or one for each stretch of days."""
    found: list[_Stretch] = []
    for place, run in enumerate(runs):
        end = next(span.stop for span in window if span.start <= run.start < span.stop)
        stop = min([end, *(later.start for later in runs[place + 1 : place + 2])])
        held = percent_of(run.hours, run.contract), hours_text(run.hours)
        last = found[-1] if found else None
        if last and (last.stop, last.percent, last.hours) == (run.start, *held):
            found[-1] = replace(last, stop=stop)
        else:
            found.append(_Stretch(run.start, stop, *held))
    if len(found) == 1:
        return _("%(hours)s h par semaine.") % {"hours": found[0].hours}
    return " ".join(one.words for one in found)
