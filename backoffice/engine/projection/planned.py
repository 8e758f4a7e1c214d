"""Projected worker-months as columns, before their cost items."""

from dataclasses import dataclass

from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints


@dataclass(frozen=True)
class Planned:
    """Projected worker-months before their items.

    `contract_month` is a whole month's gross; `full_month` the same at full time; `hours` a week of
    `full_time` (hundredths), and `regime` of the index (-1: unknown), those of the first contract
    line of the month. `paid`, `due` and `contract` are hours a week x days, `length` the days of
    the month, `covered` those under contract.
    `last` is 1 on the month that bears the premiums of the year; `served` whole months under
    contract in the year, `served_before` in the year before; `unknown` 1 without any basis for the
    pay, `observed` 1 where the last real pay is the basis, `apart` 1 where it is not the scale's.
    """

    worker: Ints
    month: Ints
    paid: Ints
    due: Ints
    contract: Ints
    gross: Cents
    fte: Ints
    contract_month: Cents
    full_month: Cents
    hours: Ints
    full_time: Ints
    regime: Ints
    length: Ints
    covered: Ints
    manual: Ints
    committee: Ints
    approval: Ints
    served: Ints
    served_before: Ints
    last: Ints
    targeted: Ints
    unknown: Ints
    observed: Ints
    apart: Ints
    status: Ints

    def __len__(self) -> int:
        return len(self.worker)
