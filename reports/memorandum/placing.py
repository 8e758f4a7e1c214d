"""Where the work of an employer goes: months of pay and slices, each to a service and function."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from backoffice.engine.claims.ledger import Ledger
from backoffice.engine.periods import month_ordinals
from reports.memorandum.services import Employer
from reports.snapshots import YearFacts
from staffing.snapshots import ContractFacts

OUTSIDE, UNPLACED = -1, -2
_MONTHS = 12


@dataclass(frozen=True)
class Part:
    """A part of a worker-month under one contract line; `weight` is hours (hundredths) x days."""

    service: int
    function: str
    weight: int
    full_time: int


@dataclass(frozen=True)
class EmployerYear:
    """A settled employer-year, and to which service each of its rows belongs.

    A contract line or an award without approval belongs to the only approval of the employer; where
    there are several it is not placed, and the measures that need it are unknown.
    """

    employer: Employer
    facts: YearFacts
    ledger: Ledger

    def place(self, approval: int | None) -> int:
        """Index of the service of an approval, OUTSIDE (a representative body) or UNPLACED."""
        held = self.employer.approvals
        if approval is None:
            if len(held) != 1:
                return UNPLACED
            approval = next(iter(held))
        service = held.get(approval)
        return OUTSIDE if service is None else service.index

    @cached_property
    def parts(self) -> tuple[tuple[Part, ...], ...]:
        """The parts of each row of pay; after the last contract, pay follows that contract."""
        pay = self.facts.staff.pay
        by_worker: dict[int, list[ContractFacts]] = {}
        for line in self.facts.staff.contracts:
            by_worker.setdefault(line.worker, []).append(line)
        first, after = month_ordinals(pay.month).tolist(), month_ordinals(pay.month + 1).tolist()
        workers = pay.worker.tolist()
        return tuple(
            tuple(self._parts(by_worker.get(workers[row], []), first[row], after[row]))
            for row in range(len(pay))
        )

    def _parts(self, lines: list[ContractFacts], first: int, after: int) -> Iterator[Part]:
        touching = [line for line in lines if line.start < after and line.stop > first]
        for line in touching or [line for line in lines if line.stop <= first][-1:]:
            days = min(line.stop, after) - max(line.start, first)
            yield self._part(line, max(days, 0) * line.hours if touching else 0)

    def _part(self, line: ContractFacts, weight: int) -> Part:
        return Part(self.place(line.row.approval_id), line.row.function, weight, line.full_time)

    @cached_property
    def slice_places(self) -> tuple[tuple[int, str], ...]:
        """Service and function of the worker of each slice."""
        return tuple(
            (self.place(fact.contract.row.approval_id), fact.contract.row.function)
            for fact in self.facts.slice_facts
        )

    @cached_property
    def paid_services(self) -> frozenset[int]:
        """Services whose pay is known: every month of the year has pay, and every row a service.

        A service without any worker in the year has nothing to know: it is not among them.
        """
        found = {part.service for parts in self.parts for part in parts}
        months = {int(month) for month in self.facts.staff.pay.month}
        placed = UNPLACED not in found and all(self.parts)
        return frozenset(found) - {OUTSIDE} if placed and len(months) == _MONTHS else frozenset()

    def funder(self, award: int) -> str:
        """Who pays an award, in French: the key of every table by funder."""
        return self.facts.awards[award].scheme.funder["fr"]
