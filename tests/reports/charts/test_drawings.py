"""Every chart says the same amounts as its table, to whoever sees, hears or prints it."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest
from django.template import Context, Template
from django.utils import translation

from reports.charts import (
    EUR,
    Chart,
    Over,
    Series,
    Swing,
    bars,
    bridge,
    curve,
    gaps,
    lines,
    tornado,
)
from reports.charts.bridges import BridgeBroken

SVG = "{http://www.w3.org/2000/svg}"
YEARS = Over(("2026", "2027", "2028"))
NAUGHTY = 'Fonds "A" & <b>'
SERIES = (
    Series(NAUGHTY, (100_000, 250_050, 300_000)),
    Series("Fonds propres", (-40_000, None, 60_000), colour=-1),
)
SWINGS = (Swing("Index", -4_500_000, 5_200_000), Swing("Plafond", 0, 200_000))
DAYS = ((date(2026, 1, 5), 900_000), (date(2026, 2, 3), -150_000), (date(2026, 2, 20), 10_000))
CHARTS = {
    "bars": bars("barres", "Qui paie", Over(YEARS.names, ("", "forecast", "assumption")), SERIES),
    "lines": lines("lignes", "Fonds propres", YEARS, SERIES),
    "bridge": bridge(
        "pont", "De A à B", (("A", 100_000), ("B", 90_000)), [("Index", 5_000), ("APE", -15_000)]
    ),
    "tornado": tornado("tornade", "Ce qui fait bouger", SWINGS),
    "curve": curve("courbe", "Trésorerie", DAYS, doubt_from=(date(2026, 2, 1), "prévision")),
}


def root_of(chart: Chart, *, narrow: bool = False) -> Xml.Element:
    drawn = chart.narrow if narrow else chart.svg
    return Xml.fromstring(str(drawn))  # noqa: S314 - our own text


def texts(chart: Chart, *, narrow: bool = False) -> list[str]:
    return [one.text or "" for one in root_of(chart, narrow=narrow).iter(f"{SVG}text")]


def reach(text: Xml.Element) -> tuple[int, int]:
    """The first and last unit that a text takes across, a little more than it does."""
    x, length = int(text.attrib["x"]), 7 * len(text.text or "")
    return {
        "start": (x, x + length),
        "middle": (x - length // 2, x + length // 2),
        "end": (x - length, x),
    }[text.attrib["text-anchor"]]


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_drawing_is_named_and_described_for_a_screen_reader(
    chart: Chart, *, narrow: bool
) -> None:
    root = root_of(chart, narrow=narrow)
    named = root.attrib["aria-labelledby"].split()
    said = [one for one in root if one.attrib.get("id") in named]
    assert root.attrib["role"] == "img"
    assert [one.tag for one in said] == [f"{SVG}title", f"{SVG}desc"]
    assert said[0].text == chart.title
    assert said[1].text


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_drawing_holds_no_style_no_script_and_whole_numbers_only(
    chart: Chart, *, narrow: bool
) -> None:
    for element in root_of(chart, narrow=narrow).iter():
        assert element.tag not in {f"{SVG}style", f"{SVG}script"}
        assert not {"style", "onclick", "onload"} & set(element.attrib)
        for key in ("x", "y", "width", "height", "x1", "x2", "y1", "y2", "cx", "cy", "points"):
            assert "." not in element.attrib.get(key, "")


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_every_row_of_a_table_has_a_cell_under_each_head(chart: Chart) -> None:
    assert {len(row) for row in chart.rows} == {len(chart.head)}


def test_a_name_of_somebody_cannot_break_the_drawing() -> None:
    assert NAUGHTY in texts(CHARTS["bars"])
    assert "<b>" not in CHARTS["bars"].svg


def test_what_is_unknown_is_said_and_its_total_with_it() -> None:
    bar = CHARTS["bars"]
    assert bar.rows[1][2] == "inconnu"
    assert bar.rows[2] == ("Total", "600,00", "inconnu", "3\u202f600,00")
    assert "inconnu" in texts(bar)


def test_a_line_stops_where_a_value_is_unknown() -> None:
    whole = lines("a", "A", YEARS, [Series("x", (1, 2, 3))])
    holed = lines("a", "A", YEARS, [Series("x", (1, None, 3))])
    assert len(list(root_of(whole).iter(f"{SVG}polyline"))) == 1
    assert list(root_of(holed).iter(f"{SVG}polyline")) == []
    assert len(list(root_of(holed).iter(f"{SVG}circle"))) == 2


def test_a_category_says_what_its_figures_rest_on() -> None:
    assert {"prévision", "hypothèse"} <= set(texts(CHARTS["bars"]))
    assert CHARTS["bars"].head[1:] == ("2026", "2027 (prévision)", "2028 (hypothèse)")


def test_a_bridge_that_does_not_arrive_is_refused() -> None:
    with pytest.raises(BridgeBroken):
        bridge("pont", "De A à B", (("A", 100), ("B", 90)), [("Index", -9)])


def test_a_bridge_tells_what_adds_from_what_takes_away() -> None:
    looks = [one.attrib["class"] for one in root_of(CHARTS["bridge"]).iter(f"{SVG}rect")]
    assert looks == ["whole", "more", "less", "whole"]
    assert CHARTS["bridge"].rows[1:3] == (("Index", "+50,00"), ("APE", "\u2212150,00"))


def test_the_lowest_day_of_a_curve_is_marked_with_its_amount() -> None:
    assert "\u22121\u202f500, 03/02/2026" in texts(CHARTS["curve"])
    assert CHARTS["curve"].rows[1] == ("02/2026", "100,00", "\u22121\u202f500,00", "03/02/2026")


def test_amounts_are_written_as_the_language_writes_them() -> None:
    with translation.override("nl"):
        chart = bars("b", "Wie betaalt", Over(("2026",)), [Series("COCOF", (123_456_750,))])
    assert chart.rows[0][1] == "1.234.567,50"
    assert "1.234.568" in texts(chart)


@pytest.mark.parametrize("shown", ["chart", "printed_chart"])
def test_a_chart_comes_with_its_table(shown: str) -> None:
    template = Template("{% load charts %}{% " + shown + " one %}")
    page = template.render(Context({"one": CHARTS["bridge"]}))
    assert page.count("<svg") == (2 if shown == "chart" else 1)
    assert page.count("<tr") == 1 + 4
    assert "\u2212150,00" in page


def test_a_long_name_is_folded_and_no_line_of_it_meets_another() -> None:
    name = "Subventions indexées deux mois après les salaires"
    many = [Series(f"{name} {n}", (100, 100)) for n in range(4)]
    chart = lines("noms", "Fonds propres", Over(("2026", "2027")), many)
    drawn = root_of(chart).iter(f"{SVG}text")
    written = [
        one for one in drawn if one.attrib["text-anchor"] == "start" and one.attrib["x"] != "0"
    ]
    heights = [int(one.attrib["y"]) for one in written]
    assert len(written) == 2 + 3 * 3
    assert all(later - early >= 14 for early, later in pairwise(sorted(heights)))
    stacked = bars("piles", "Qui paie", Over((name, name)), [Series("COCOF", (1, 2))])
    assert " ".join(texts(stacked)).count("salaires") == 2


LONG = tuple(f"Demande {n} : un ETP administratif de plus par centre agréé" for n in range(6))
CENTS = tuple(999_999_900 * sign for sign in (1, -1, 1, -1, 1, -1))
GREAT = {
    "bars": bars("barres", "Qui paie", Over(LONG, ("forecast",) * 6), [Series(LONG[0], CENTS)]),
    "lines": lines(
        "lignes",
        "Fonds propres",
        Over([str(year) for year in range(2026, 2034)], ("to_confirm", *("assumption",) * 7)),
        [Series(name, (*CENTS, 0, None)) for name in LONG],
    ),
    "bridge": bridge(
        "pont",
        "De A à B",
        ((LONG[0], 0), (LONG[1], 0)),
        list(zip(LONG, CENTS, strict=True)),
    ),
    "gaps": gaps("ecarts", "Écarts", list(zip(LONG, CENTS, strict=True))),
    "tornado": tornado(
        "tornade",
        "Ce qui fait bouger",
        [Swing(name, -999_999_900, 999_999_900, LONG[0], LONG[1]) for name in LONG],
    ),
    "curve": curve(
        "courbe",
        "Trésorerie",
        [(date(2026, 1, 5), 999_999_900), (date(2026, 1, 6), -999_999_900), (date(2028, 1, 1), 0)],
        doubt_from=(date(2027, 11, 1), "prévision"),
        today=[(date(2026, 1, 5), 0), (date(2028, 1, 1), -999_999_900)],
    ),
}


@pytest.mark.parametrize("kind", GREAT)
def test_no_word_and_no_amount_leaves_the_narrow_drawing(kind: str) -> None:
    root = root_of(GREAT[kind], narrow=True)
    width = int(root.attrib["viewBox"].split()[2])
    assert width == 320
    for text in root.iter(f"{SVG}text"):
        first, last = reach(text)
        assert first >= 0, text.text
        assert last <= width, text.text
    for bar in root.iter(f"{SVG}rect"):
        if "x" in bar.attrib:
            assert 0 <= int(bar.attrib["x"]) <= width - int(bar.attrib["width"])


@pytest.mark.parametrize("kind", ["bars", "bridge", "gaps", "tornado", "curve"])
def test_the_narrow_drawing_says_the_amounts_of_the_wide_one(kind: str) -> None:
    def amounts(*, narrow: bool) -> set[str]:
        return {one for one in texts(GREAT[kind], narrow=narrow) if "9\u202f999\u202f999" in one}

    assert amounts(narrow=True) == amounts(narrow=False) != set()


def test_both_drawings_of_a_chart_name_their_parts_apart() -> None:
    for chart in (*CHARTS.values(), *GREAT.values()):
        found = [
            {one.attrib["id"] for one in root_of(chart, narrow=narrow).iter() if "id" in one.attrib}
            for narrow in (False, True)
        ]
        assert found[0]
        assert not found[0] & found[1]


def test_under_a_scenario_the_balance_of_today_is_drawn_said_and_in_the_table() -> None:
    before = [(DAYS[0][0], 900_000), (DAYS[-1][0], 500_000)]
    alone, beside = CHARTS["curve"], curve("courbe", "Trésorerie", DAYS, today=before)
    assert len(beside.rows[0]) == len(beside.head) == len(alone.head) + 1
    assert beside.rows[-1][-1] == EUR.text(500_000)
    for narrow in (False, True):
        assert "ce qui est en place aujourd'hui" in texts(beside, narrow=narrow)
        assert "ce qui est en place aujourd'hui" not in texts(alone, narrow=narrow)
    assert EUR.text(500_000) in "".join(root_of(beside).itertext())
