"""The sheet of awards, whose rows may name one another: an award may renew an earlier one."""

from collections.abc import Mapping, Sequence

from grants.models import Award
from reports.exchange.columns import Value
from reports.exchange.resources import SheetResource
from reports.exchange.tables import awards


class AwardResource(SheetResource):
    """Awards; the rules have made sure that an award renews one that starts before it."""

    sheet = awards.AWARDS
    owner = "organisation"

    class Meta:
        model = Award

    def store(self, rows: Sequence[Mapping[str, Value]]) -> None:
        """Store each award after the one that it renews, which must have an id to be named."""
        self._release(rows)
        waiting = {row["reference"]: row for row in rows}
        while waiting:
            ready = [row for row in waiting.values() if row["renews"] not in waiting]
            super().store(ready)
            for row in ready:
                del waiting[row["reference"]]

    def _release(self, rows: Sequence[Mapping[str, Value]]) -> None:
        """Free the stored awards that another one renews from now on: one renewal an award."""
        renewed_by = {row["renews"]: row["reference"] for row in rows if row["renews"]}
        freed = [
            instance.pk
            for key, row in self.rows.items()
            if row["renews"]
            and renewed_by.get(row["renews"]) not in (None, row["reference"])
            and (instance := self.known.get(self.sheet.code, key)) is not None
        ]
        if freed:
            Award.objects.filter(pk__in=freed).update(renews=None)
