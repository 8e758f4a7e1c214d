"""The memorandum of many services: its files, its identities, and what it keeps to itself."""

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from backoffice.federation.models import ApprovedPosition, Organisation
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.json_file import render_json
from reports.memorandum.measures import FTE_COLUMNS, LEVELS
from reports.memorandum.memorandum import Memorandum
from reports.memorandum.writing import render_files
from tests.reports.memorandum.federation import AS_OF, YEAR, invent_federation
from tests.reports.memorandum.recomputing import echelon, reduced

pytestmark = pytest.mark.django_db
GAPS = FTE_COLUMNS[len(LEVELS) :]
PLAN = (
    *(("CASG",),) * 4,
    ("CASG", "SASPP"),
    *(("CAP",),) * 5,
    ("CAP", "CSS"),
    *(("CSS",),) * 3,
    ("CSS", "ILI"),
    *(("ILI",),) * 4,
    *(("SASPP",),) * 2,
)
PUBLIC = {"norm", "target"}


Twice = tuple[Memorandum, Memorandum]


@pytest.fixture(scope="module", params=[1, 2])
def twice(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Twice:
    """Invented services, computed two times; the frames of two employers are not known."""
    with django_db_blocker.unblock(), transaction.atomic():
        invent_federation(PLAN, workers=(3, 6), seed=request.param)
        for organisation in Organisation.objects.order_by("enterprise_number")[5:7]:
            ApprovedPosition.objects.filter(approval__organisation=organisation).delete()
        made = compute_memorandum(YEAR, AS_OF), compute_memorandum(YEAR, AS_OF)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def memorandum(twice: Twice) -> Memorandum:
    return twice[0]


@pytest.fixture(scope="module")
def document(memorandum: Memorandum) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_json(memorandum))
    return found


def _equations(document: dict[str, Any]) -> Iterator[dict[str, int]]:
    """Every identity that a reader may use: totals, gaps, and figures that stand twice."""
    figures = {one["id"]: one for one in document["figures"]}
    for equation in (*_totals(document), *_between(document)):
        if equation.keys() <= figures.keys():
            yield equation
    for equation in _gaps(document):
        found = [figures[key] for key in equation if key in figures]
        same = len({one["scope"]["known"] for one in found}) == 1
        if same and all(one["state"] in {"known", "hidden"} for one in found):
            yield equation


def _sum(total: str, parts: Iterable[str]) -> dict[str, int]:
    return {total: 1, **dict.fromkeys(parts, -1)}


def _totals(document: dict[str, Any]) -> Iterator[dict[str, int]]:
    for table in document["tables"]:
        code = table["code"]
        for row, column in product(table["rows"], table["columns"]):
            total = f"{code}.{row['code']}.{column['code']}"
            if row["sum_of"] and column["adds_up"]:
                yield _sum(total, (f"{code}.{one}.{column['code']}" for one in row["sum_of"]))
            if column["sum_of"]:
                yield _sum(total, (f"{code}.{row['code']}.{one}" for one in column["sum_of"]))


def _between(document: dict[str, Any]) -> Iterator[dict[str, int]]:
    """All functions are the sum of each; the same number stands in several tables."""
    tables = {one["code"]: one for one in document["tables"]}
    functions = [code for code in tables if code.startswith("fte_")]
    places = [row["code"] for row in tables["fte"]["rows"]]
    for row, column in product(places, (*LEVELS, *GAPS)):
        yield _sum(f"fte.{row}.{column}", (f"{one}.{row}.{column}" for one in functions))
    funders = [one["code"] for one in tables["funded_sector"]["columns"][:-1]]
    for row in places:
        yield _sum(f"fte.{row}.funded", [f"funded_sector.{row}.funded"])
        parts = (f"funded_sector.{row}.{one}" for one in funders)
        yield _sum(f"fte.{row}.funded", parts)
    for row in tables["funded_function"]["rows"]:
        parts = [f"funded_function.{row['code']}.{one}" for one in funders]
        yield _sum(f"funded_function.{row['code']}.funded", parts)
    for one in funders:
        yield _sum(f"posts.{one}.posts", [f"funded_sector.all.{one}"])
        yield _sum(f"bearers.{one}.payable", [f"cost_sector.all.{one}"])
        yield _sum(f"cost_function.all.{one}", [f"cost_sector.all.{one}"])
        yield {
            f"posts.{one}.posts_paid": 1,
            f"posts.{one}.posts": -1,
            f"posts.{one}.paid_posts": 1,
        }


def _gaps(document: dict[str, Any]) -> Iterator[dict[str, int]]:
    """A gap is its two sides apart; over all functions only where both are known for each."""
    for table in document["tables"]:
        code = table["code"]
        if code.startswith("fte"):
            for row, gap in product(table["rows"], GAPS):
                left, right = gap.split("_")
                if code != "fte" or not {left, right} & PUBLIC:
                    place = f"{code}.{row['code']}"
                    yield {f"{place}.{gap}": 1, f"{place}.{left}": -1, f"{place}.{right}": 1}


def test_published_identities_hold(document: dict[str, Any]) -> None:
    figures = {one["id"]: one for one in document["figures"]}
    checked = 0
    for equation in _equations(document):
        shown = [figures[key]["state"] != "hidden" for key in equation]
        if all(shown):
            amounts = [
                sign * Fraction(figures[key]["value"])
                for key, sign in equation.items()
                if figures[key]["state"] == "known"
            ]
            # Each FTE is rounded once, to four decimals; euros are exact.
            fte = figures[next(iter(equation))]["unit"] == "FTE-year"
            assert abs(sum(amounts)) <= (Fraction(len(amounts), 20_000) if fte else 0), equation
            checked += 1
    assert checked > 100


def test_no_hidden_figure_follows_from_the_identities_and_what_is_shown(
    document: dict[str, Any],
) -> None:
    figures = {one["id"]: one for one in document["figures"]}
    hidden = {key for key, one in figures.items() if one["state"] == "hidden"}
    rows = [
        {key: sign for key, sign in equation.items() if key in hidden}
        for equation in _equations(document)
    ]
    solved = echelon([row for row in rows if row])
    assert len(hidden) > 50
    assert sorted(key for key in hidden if not reduced({key: 1}, solved)) == []


def test_a_figure_of_fewer_than_four_services_is_never_given(document: dict[str, Any]) -> None:
    few = [one for one in document["figures"] if one["scope"]["services"] == "moins de 4"]
    assert few
    for one in few:
        if one["measure"] not in PUBLIC:
            assert one["value"] in {"masqué", "inconnu", "\u2013"}, one["id"]


def test_every_figure_is_complete_in_itself(document: dict[str, Any]) -> None:
    for one in document["figures"]:
        assert one["definition"]["fr"], one["id"]
        assert one["definition"]["nl"], one["id"]
        assert one["unit"] in {"EUR", "FTE-year", "days", "count"}
        assert one["cut_off"] in {"2024-12-31", "2025-06-30"}
        assert one["rules"] == document["rules"]["digest"]
        assert one["status"] in {"confirmed", "to_confirm", "forecast"}
        assert one["source"]
        assert one["state"] == "known" or one["value"] in {"inconnu", "masqué", "\u2013"}
    assert len({one["id"] for one in document["figures"]}) == len(document["figures"])


def test_money_sums_to_the_cent(memorandum: Memorandum) -> None:
    grid = next(one for one in memorandum.grids if one.code == "cost_sector")
    total = next(one for one in grid.columns if one.parts)
    checked = 0
    for row in grid.rows:
        entries = [grid.entries[row.code, part] for part in total.parts]
        whole = grid.entries[row.code, total.code]
        if whole.value is not None and all(one.state in {"known", "none"} for one in entries):
            assert sum(one.value or 0 for one in entries) == whole.value
            checked += 1
    assert checked


def test_the_same_rows_give_the_same_bytes_and_the_same_digest(twice: Twice) -> None:
    one, again = twice
    assert again.digest == one.digest
    formats = ("json", "xlsx")
    assert render_files(again, formats) == render_files(one, formats)


def test_a_row_of_posts_is_shown_whole_or_not_at_all(memorandum: Memorandum) -> None:
    grid = next(one for one in memorandum.grids if one.code == "posts")
    for row in grid.rows:
        states = {grid.entries[row.code, column.code].state for column in grid.columns}
        assert "hidden" not in states or "known" not in states, row.code


def test_the_number_of_services_of_a_sector_is_public(document: dict[str, Any]) -> None:
    assert {one["sector"]: one["services"] for one in document["services"]}["SASPP"] == "3"
