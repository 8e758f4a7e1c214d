"""Every chart says the same amounts as its table, to whoever sees, hears or prints it."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest
from django.template import Context, Template
from django.utils import translation

from reports.charts import Chart, Over, Series, Swing, bars, bridge, curve, lines, tornado
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


def root_of(chart: Chart) -> Xml.Element:
    return Xml.fromstring(str(chart.svg))  # noqa: S314 - our own text


def texts(chart: Chart) -> list[str]:
    return [one.text or "" for one in root_of(chart).iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_drawing_is_named_and_described_for_a_screen_reader(chart: Chart) -> None:
    root = root_of(chart)
    named = root.attrib["aria-labelledby"].split()
    said = [one for one in root if one.attrib.get("id") in named]
    assert root.attrib["role"] == "img"
    assert [one.tag for one in said] == [f"{SVG}title", f"{SVG}desc"]
    assert said[0].text == chart.title
    assert said[1].text


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_drawing_holds_no_style_no_script_and_whole_numbers_only(chart: Chart) -> None:
    for element in root_of(chart).iter():
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
    assert page.count("<svg") == 1
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
    assert len(written) == 8
    assert all(later - early >= 14 for early, later in pairwise(sorted(heights)))
    stacked = bars("piles", "Qui paie", Over((name, name)), [Series("COCOF", (1, 2))])
    assert " ".join(texts(stacked)).count("salaires") == 2
