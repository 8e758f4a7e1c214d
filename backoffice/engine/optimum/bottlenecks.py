"""What holds the best allocation back, read from the prices of its proof."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from backoffice.engine.optimum.plan import Best
from backoffice.engine.optimum.programme import PRECISION, WHOLE, Name

POST, FRAME, CEILING, STAFF, GRANT, BARRED = "post", "frame", "ceiling", "staff", "grant", "barred"
_HUNDRED, _MONTHS = 10_000, 12


@dataclass(frozen=True)
class Bottleneck:
    """A limit that one more of would bring euros, as long as nothing else stops them.

    Attributes:
        kind: full post or frame, amount per FTE, maximum of the staff, grant, or a worker who is
            barred from a post.
        year: the award-year.
        what: row of the post, index of the function, or cell; -1 for the award itself.
        worth: cents at most for one more FTE-month, for a worker-month, or for 100.00 EUR more of
            an amount (a year and FTE, where it is one per FTE).
        months: month indices where it holds back, in order; none where it holds the whole year.
    """

    kind: str
    year: int
    what: int
    worth: int
    months: tuple[int, ...] = ()


def bottlenecks(best: Best) -> list[Bottleneck]:
    """Every limit with a worth, the dearest first; each kind once by award and post or function."""
    found: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
    for kind, name, worth in (*_rows(best), *_columns(best)):
        what = name.two if kind != GRANT else -1
        found.setdefault((kind, name.one, what), []).append((worth, name.three))
    told = list(_barred(best))
    for (kind, year, what), held in found.items():
        months = tuple(sorted({month for _worth, month in held if month}))
        told.append(Bottleneck(kind, year, what, max(worth for worth, _m in held), months))
    return sorted(told, key=lambda one: (-one.worth, one.kind, one.year, one.what))


def _rows(best: Best) -> Iterator[tuple[str, Name, int]]:
    programme, proof = best.programme, best.proof
    for name, worth in zip(programme.rows, proof.worth, strict=True):
        if name.kind in {"post", "frame"} and (cents := worth * WHOLE // PRECISION) > 0:
            yield name.kind, name, cents
        if name.kind == "ceiling" and worth > 0:
            fte = _funded(best, name.one, name.two)
            cents = _HUNDRED * worth * fte // (PRECISION * WHOLE * _MONTHS)
            if cents > 0:
                yield CEILING, name, cents


def _columns(best: Best) -> Iterator[tuple[str, Name, int]]:
    """Limits that are the most of a column: the FTE of a post, the maximum of a head, a grant."""
    for name, gain in zip(best.programme.columns, best.proof.gains, strict=True):
        cents = gain // PRECISION
        if name.kind == "funded" and cents > 0:
            yield POST, name, cents
        if name.kind in {"staff", "paid"} and gain > 0 and (part := gain * _HUNDRED // PRECISION):
            yield (STAFF if name.kind == "staff" else GRANT), name, part


def _funded(best: Best, year: int, post: int) -> int:
    """FTE-months that a post is paid for in the plan, in parts of `WHOLE`."""
    question, plan = best.plan.question, best.plan
    cells = np.flatnonzero((question.cells.year == year) & (question.cells.post == post))
    return int((question.worth.fte[cells] * plan.shares[cells] // WHOLE).sum())


def _barred(best: Best) -> Iterator[Bottleneck]:
    """The dearest worker-month that something keeps off a post, by award."""
    cells, month = best.plan.question.cells, best.plan.question.month
    gains = best.proof.gains
    barred = np.flatnonzero((best.programme.most[: len(cells)] == 0) & cells.free)
    dearest: dict[int, int] = {}
    for cell in sorted(barred.tolist(), key=lambda one: gains[one]):
        dearest[int(cells.year[cell])] = cell
    for year, cell in dearest.items():
        if (cents := gains[cell] // PRECISION) > 0:
            yield Bottleneck(BARRED, year, cell, cents, (int(month[cell]),))
