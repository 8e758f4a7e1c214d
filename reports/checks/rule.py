"""What a rule receives, and how it words a finding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from backoffice.engine.claims.claim import Claim
from backoffice.engine.periods import month_text
from backoffice.federation.vocabulary import Diploma
from backoffice.web.templatetags.labels import cited, said
from grants import general_law
from grants.snapshots import AwardFacts
from reports.dossier import Check
from reports.snapshots import YearFacts
from reports.worker_files import files_of
from staffing.models import ContractLine, WorkerDocument


@dataclass(frozen=True)
class Case:
    """One settled award of an employer-year, under check."""

    facts: YearFacts
    claim: Claim
    award: AwardFacts

    def worker_of(self, pay: int) -> str:
        """Number of the worker of a pay row."""
        return self.facts.staff.workers[int(self.facts.staff.pay.worker[pay])].number

    def worker_number(self, pk: int) -> str:
        """Number of the worker with this key."""
        return self._numbers[pk]

    @cached_property
    def _numbers(self) -> dict[int, str]:
        return {worker.pk: worker.number for worker in self.facts.staff.workers}

    def documents_of(self, worker: str) -> tuple[WorkerDocument, ...]:
        """The documents of a worker's file that were there on the day of the statement, by day."""
        return self._files.get(worker, ())

    def contracts_of(self, worker: str) -> list[ContractLine]:
        """The contract lines of a worker up to the end of the year, by day."""
        workers = self.facts.staff.workers
        return [
            line.row for line in self.facts.staff.contracts if workers[line.worker].number == worker
        ]

    def diploma_of(self, worker: str) -> str:
        """The highest diploma that the worker's file proves, empty when it states none."""
        levels = {one.level for one in self.documents_of(worker) if one.level}
        return min(levels, key=Diploma.values.index, default="")

    @cached_property
    def _files(self) -> dict[str, tuple[WorkerDocument, ...]]:
        return files_of(self.facts)

    @property
    def granted_on(self) -> date:
        """The day whose law binds the award: that of its letter, or the first of the exercise."""
        return self.award.row.letter_on or self.award.exercise.start

    def law(self, principle: str) -> str:
        """A principle of the general law, with its article on the day of the letter."""
        day = self.granted_on
        words = said(general_law.principles()[principle])
        try:
            found = general_law.reference(principle, self.award.scheme.authority, day)
        except general_law.LawNotInForce:
            return _("%(words)s Aucun texte n'est tenu au %(day)s.") % {
                "words": words,
                "day": f"{day:%d/%m/%Y}",
            }
        return f"{words} {cited(found.text)}"

    def month_of(self, pay: int) -> str:
        """Month of a pay row, YYYY-MM."""
        return month_text(int(self.facts.staff.pay.month[pay]))

    def total(self, name: str, pay: int) -> int:
        """Sum of a column of the staff sheet over one pay row, in cents."""
        if name not in self.claim.staff:
            return 0
        values = self.claim.staff[name].values
        return sum(
            int(values[row])
            for row, place in enumerate(self.claim.rows)
            if self.facts.slice_facts[int(place)].pay == pay
        )


Rule = Callable[[Case], Iterator[Check]]
