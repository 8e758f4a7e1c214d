"""Pay scales: the step of a seniority, and the faults that a scale sheet can contain.

Seniority is counted in completed years from 0; a worker stays at the last step of the column.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

BIGGEST_RISE = Fraction(15, 100)


class UnknownColumn(LookupError):
    """The scale has no such column."""


class NoStep(LookupError):
    """A seniority below the first step of the column, or a negative one."""


@dataclass(frozen=True)
class Step:
    """One cell: `amount` EUR in the unit of the page, `base` EUR a year at 100 %; None: unknown."""

    seniority: int
    amount: Fraction | None
    base: Fraction | None


@dataclass(frozen=True)
class ScaleColumn:
    """One function or category; `rank` orders categories that must not overtake each other."""

    slug: str
    label: Mapping[str, str]
    rank: int | None
    steps: tuple[Step, ...]

    def step(self, seniority: int) -> Step:
        """The step in which `seniority` completed years stand.

        Raises:
            NoStep: before the first step.
        """
        place = bisect_right(self.steps, seniority, key=lambda step: step.seniority)
        if place == 0:
            years = "ans" if seniority > 1 else "an"
            raise NoStep(f"{self.slug} n'a pas d'échelon pour {seniority} {years} d'ancienneté.")
        return self.steps[place - 1]


@dataclass(frozen=True)
class Scale:
    """One scale: its columns, each with its steps by rising seniority."""

    code: str
    columns: tuple[ScaleColumn, ...]

    def column(self, slug: str) -> ScaleColumn:
        """The column named `slug`.

        Raises:
            UnknownColumn: the scale has none of that name.
        """
        for column in self.columns:
            if column.slug == slug:
                return column
        known = ", ".join(column.slug for column in self.columns)
        raise UnknownColumn(f"L'échelle {self.code} n'a pas de colonne « {slug} » : {known}.")


@dataclass(frozen=True)
class ScaleProblem:
    """One doubtful cell: `code` is step_jump, step_falls or category_overtaken."""

    code: str
    message: str
    scale: str
    column: str
    seniority: int


def anomalies(scale: Scale) -> list[ScaleProblem]:
    """Every doubtful cell of a scale: a step rising more than 15 %, a step that falls, a category
    paid less than the one below it at the same seniority.

    A cell that is out of line on its own is named once: the next cells are compared without it.
    """
    found: list[ScaleProblem] = []
    doubtful: set[tuple[str, int]] = set()
    for column in scale.columns:
        for problem in _steps_out_of_line(scale, column):
            found.append(problem)
            doubtful.add((column.slug, problem.seniority))
    ranked = sorted((c for c in scale.columns if c.rank is not None), key=lambda c: c.rank or 0)
    for below, above in pairwise(ranked):
        found.extend(_overtaken(scale, below, above, doubtful))
    return found


def _steps_out_of_line(scale: Scale, column: ScaleColumn) -> Iterator[ScaleProblem]:
    priced = [(step.seniority, step.amount) for step in column.steps if step.amount is not None]
    for place, (seniority, amount) in enumerate(priced[1:], start=1):
        last = priced[place - 1][1]
        following = priced[place + 1][1] if place + 1 < len(priced) else None
        if amount > last * (1 + BIGGEST_RISE):
            code, words = "step_jump", "monte de plus de 15 %"
        elif amount < last:
            code, words = "step_falls", "baisse"
        else:
            continue
        yield ScaleProblem(
            code,
            f"{scale.code}, {column.slug} : l'échelon {seniority} {words}.",
            scale.code,
            column.slug,
            seniority,
        )
        if following is not None and _alone(last, amount, following):
            priced[place] = (seniority, last)


def _alone(last: Fraction, amount: Fraction, following: Fraction) -> bool:
    """Does the next cell come back to the level from before the doubtful one?"""
    return following < amount if amount > last else following >= last


def _overtaken(
    scale: Scale, below: ScaleColumn, above: ScaleColumn, doubtful: set[tuple[str, int]]
) -> Iterator[ScaleProblem]:
    lower = {step.seniority: step.amount for step in below.steps}
    for step in above.steps:
        floor = lower.get(step.seniority)
        cells = {(below.slug, step.seniority), (above.slug, step.seniority)}
        if floor is None or step.amount is None or cells & doubtful:
            continue
        if step.amount < floor:
            yield ScaleProblem(
                "category_overtaken",
                f"{scale.code}, échelon {step.seniority} : {above.slug} est payée moins que "
                f"{below.slug}.",
                scale.code,
                above.slug,
                step.seniority,
            )
