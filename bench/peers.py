"""One dated rule over one population: ours, OpenFisca-Core, and LibreOffice on the same sheet.

The rule is that of a ceiling per person and month: own funds = cost - min(cost, ceiling of the
month), where the ceiling changes every year. The reference of the cents is Python's whole numbers.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import openpyxl

from backoffice.engine import money
from backoffice.engine.figures import Figure, Figures, FigureValue, Source
from bench.table import Row
from bench.timing import family_mb, fresh, peak_mb, timed

Cents = npt.NDArray[np.int64]
FIRST_YEAR = 2017
_ASKED, _MONTHS = 100_000, 120
_OFFICE_PEOPLE, _OFFICE_MONTHS = 1_000, 60
_SHARE = Fraction(25, 38)
"""Hours of a part-time contract: what makes a cent fall on a half."""


def measure(*, quick: bool) -> Iterator[Row]:
    """OpenFisca at the size asked, then LibreOffice at what a sheet can hold."""
    size = {"people": 2_000 if quick else _ASKED, "months": _MONTHS, "runs": 3 if quick else 7}
    yield from _openfisca(size)
    office = {"people": 50 if quick else _OFFICE_PEOPLE, "months": _OFFICE_MONTHS}
    yield from _libreoffice(office)


def _openfisca(size: dict[str, int]) -> Iterator[Row]:
    ours, theirs = fresh("bench.peers:ours", **size), fresh("bench.peers:openfisca", **size)
    exact = fresh("bench.peers:exact", people=size["people"], months=size["months"])
    yield Row(
        f"dated ceiling, {size['people']:,} people x {size['months']} months",
        ours["median"],
        ours["spread"],
        target="1.5 x its time or less",
        alternative="OpenFisca-Core, inputs set and rule calculated",
        other=theirs["median"],
        memory=f"{ours['peak']:.0f} MB against {theirs['peak']:.0f}",
    )
    yield _cents("dated ceiling", exact, ours["cents"], "OpenFisca-Core (float32)", theirs["cents"])


def _libreoffice(size: dict[str, int]) -> Iterator[Row]:
    if shutil.which("soffice") is None:
        yield Row("dated ceiling in LibreOffice", note="soffice is not installed here")
        return
    ours, theirs = fresh("bench.peers:shared", **size), fresh("bench.peers:libreoffice", **size)
    exact = fresh("bench.peers:exact", share=True, **size)
    yield Row(
        f"25/38 of the cost, then the ceiling, {size['people'] * size['months']:,} rows",
        ours["median"],
        ours["spread"],
        alternative="the same sheet recalculated by LibreOffice (1 run, start included)",
        other=theirs["seconds"],
        memory=f"{ours['peak']:.0f} MB against {theirs['peak']:.0f}",
    )
    yield _cents("25/38, then the ceiling", exact, ours["cents"], "LibreOffice", theirs["cents"])


def _cents(name: str, exact: int, ours: int, peer: str, theirs: float) -> Row:
    return Row(
        f"{name}: distance from exact fractions, of {money.text(exact)} EUR",
        note=f"{abs(ours - exact)} cents away",
        target="0",
        alternative=f"{peer}: {abs(theirs - exact):,.0f} cents away",
    )


def population(people: int, months: int) -> Cents:
    """Cost in cents, a row a month and a column a person."""
    return np.random.default_rng(20).integers(180_000, 900_000, (months, people), dtype=np.int64)


def ceilings() -> Figures:
    """The ceiling of a month in EUR, another one every year."""
    source = Source("DEMO")
    values = []
    for year in range(FIRST_YEAR, FIRST_YEAR + 10):
        text = f"{3_900 + 77 * (year - FIRST_YEAR)}.{year % 100}"
        since = date(year, 1, 1)
        values.append(FigureValue(since, None, Fraction(text), text, since, "confirmed", source))
    label = {"fr": "Plafond DEMO", "nl": "Plafond DEMO"}
    return Figures([Figure("demo.ceiling", label, "EUR", tuple(values))])


def _days(months: int) -> list[date]:
    return [date(FIRST_YEAR + month // 12, month % 12 + 1, 1) for month in range(months)]


def _own_funds(costs: Cents, figures: Figures) -> Cents:
    """The rule on columns of cents: one figure looked up a month, one column left by month."""
    left = np.empty_like(costs)
    for row, day in enumerate(_days(len(costs))):
        ceiling = money.times_one(100, figures.on("demo.ceiling", day).exact)
        np.subtract(costs[row], ceiling, out=left[row])
    return np.maximum(left, 0, out=left)


def ours(people: int, months: int, runs: int) -> dict[str, Any]:
    """Time, memory and total of the rule in whole cents."""
    costs, figures = population(people, months), ceilings()
    done = timed(lambda: money.total(_own_funds(costs, figures).reshape(-1)), runs)
    peak = peak_mb()
    cents = money.total(_own_funds(costs, figures).reshape(-1))
    return {"median": done.middle, "spread": done.spread, "peak": peak, "cents": cents}


def shared(people: int, months: int) -> dict[str, Any]:
    """The same on a share of the cost, rounded once a row."""
    costs, figures = population(people, months), ceilings()

    def work() -> int:
        part = money.times(costs.reshape(-1), _SHARE.numerator, _SHARE.denominator)
        return money.total(_own_funds(part.reshape(costs.shape), figures).reshape(-1))

    done = timed(work, 5)
    return {"median": done.middle, "spread": done.spread, "peak": peak_mb(), "cents": work()}


def exact(people: int, months: int, *, share: bool = False) -> int:
    """The total in cents by Python's fractions and whole numbers, person by person."""
    figures, sum_of = ceilings(), 0
    for costs, day in zip(population(people, months), _days(months), strict=True):
        ceiling = int(figures.on("demo.ceiling", day).exact * 100)
        rows = costs.tolist()
        if share:
            rows = [int(cost * _SHARE + Fraction(1, 2)) for cost in rows]
        sum_of += sum(max(cost - ceiling, 0) for cost in rows)
    return sum_of


def openfisca(people: int, months: int, runs: int) -> dict[str, Any]:
    """The rule as OpenFisca states it: a variable, a dated parameter, a simulation."""
    from openfisca_core.simulations import SimulationBuilder  # noqa: PLC0415

    system = _system(ceilings())
    names = [f"{day:%Y-%m}" for day in _days(months)]
    floats = [costs / 100 for costs in population(people, months)]

    def work() -> float:
        simulation = SimulationBuilder().build_default_simulation(system, people)
        for name, costs in zip(names, floats, strict=True):
            simulation.set_input("cost", name, costs)
        left = (simulation.calculate("own_funds", name) for name in names)
        return sum(float(column.sum(dtype=np.float64)) for column in left)

    done = timed(work, runs)
    peak = peak_mb()
    return {"median": done.middle, "spread": done.spread, "peak": peak, "cents": work() * 100}


def _system(figures: Figures) -> Any:
    from openfisca_core.entities import build_entity  # noqa: PLC0415
    from openfisca_core.periods import MONTH  # noqa: PLC0415
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # noqa: PLC0415
    from openfisca_core.variables import Variable  # noqa: PLC0415

    person = build_entity("person", "persons", "", is_person=True)
    common = {"value_type": float, "entity": person, "definition_period": MONTH}

    def formula(people: Any, period: Any, parameters: Any) -> Any:
        cost = people("cost", period)
        return cost - np.minimum(cost, parameters(period).ceiling)

    system = TaxBenefitSystem([person])
    system.add_variable(type("cost", (Variable,), dict(common)))
    system.add_variable(type("own_funds", (Variable,), {**common, "formula": formula}))
    values = figures["demo.ceiling"].values
    dated = "".join(f"  {each.since}:\n    value: {each.text}\n" for each in values)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ceiling.yaml").write_text(f"description: DEMO\nvalues:\n{dated}", "utf-8")
        system.load_parameters(folder)
    return system


def libreoffice(people: int, months: int) -> dict[str, Any]:
    """The sheet with its formulas, recalculated without a screen."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sheet.xlsx")
        _sheet(people, months).save(path)
        peaks: list[float] = []
        done = timed(lambda: _recalculated(path, peaks), 1)
        book = openpyxl.load_workbook(path.with_name("out") / path.name, data_only=True)
    total = book["total"]["A1"].value
    return {"seconds": done.middle, "peak": max(peaks), "cents": float(total) * 100}


def _sheet(people: int, months: int) -> Any:
    """Ceilings by year, then a row a person and month; no value is kept, all are formulas."""
    book = openpyxl.Workbook(write_only=True)
    figures, sheet = book.create_sheet("ceilings"), book.create_sheet("months")
    for value in ceilings()["demo.ceiling"].values:
        figures.append([value.since.year, float(value.exact)])
    row = 0
    for costs, day in zip(population(people, months), _days(months), strict=True):
        for cost in costs.tolist():
            row += 1
            part = f"=ROUND(B{row}*{_SHARE.numerator}/{_SHARE.denominator},2)"
            ceiling = f"=VLOOKUP(A{row},ceilings.A$1:B$10,2,0)".replace(".", "!")
            sheet.append([day.year, cost / 100, part, ceiling, f"=C{row}-MIN(C{row},D{row})"])
    book.create_sheet("total").append([f"=SUM(months!E1:E{row})"])
    return book


def _recalculated(path: Path, peaks: list[float]) -> None:
    home = f"-env:UserInstallation=file://{path.parent}/home"
    to = ["--convert-to", "xlsx", "--outdir", str(path.with_name("out")), str(path)]
    command = ["soffice", home, "--headless", *to]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as office:  # noqa: S603
        while office.poll() is None:
            peaks.append(family_mb("VmHWM"))
            try:
                office.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    if office.returncode:
        raise RuntimeError(f"LibreOffice stopped with {office.returncode}.")
