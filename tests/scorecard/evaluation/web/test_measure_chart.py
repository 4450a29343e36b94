"""The chart's definition: what it draws where, and that it is the same for page and paper."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from fourfold.engine.quantities import Status, Why
from fourfold.platform.ui.charts import ChartTheme, compiled, palette
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.ui.tables import table_as_csv
from fourfold.scorecard.evaluation.pages.measure.chart import (
    ChartSize,
    chart_as_json,
    chart_as_svg,
    measure_chart,
)
from fourfold.scorecard.evaluation.pages.measure.history import (
    HistoryPeriod,
    MarkedPoint,
    MeasureHistory,
    VersionBreak,
    Zone,
)
from fourfold.scorecard.evaluation.pages.measure.table import measure_table

ZONES = (Zone(Status.GREEN, 95.0, None), Zone(Status.AMBER, 90.0, 95.0), Zone(Status.RED, None, 90.0))


def month(place, value, **said):
    plain = {
        "why": Why.PRESENT if value is not None else Why.MISSING_DUE,
        "target": 95.0,
        "score": None,
        "status": Status.GREEN if value is not None else Status.GREY,
        "zones": ZONES,
        "format": ValueFormat(1, "%"),
    }
    return HistoryPeriod(
        key=f"2026-{place:02}", label=f"Month {place}", short=f"M{place}", value=value, **{**plain, **said}
    )


HISTORY = MeasureHistory(
    (month(1, 96.2), month(2, None), month(3, 90.6, status=Status.AMBER), month(4, 97.0)),
    (VersionBreak("2026-03", "M3", 2, "a new clock", is_new_series=True),),
    ValueFormat(1, "%"),
)


def data_of(chart):
    """Every row of inline data in the compiled chart."""
    return [row for each in chart["data"] for row in each.get("values", [])]


def marks_of(chart, kind):
    found = []

    def walk(marks):
        for mark in marks:
            if mark["type"] == kind:
                found.append(mark)
            walk(mark.get("marks", []))

    walk(chart["marks"])
    return found


def test_a_missing_month_breaks_the_line_and_gets_a_ring_with_its_reason():
    chart = json.loads(chart_as_json(HISTORY, theme=ChartTheme.LIGHT))
    second = [row for row in data_of(chart) if row.get("label") == "Month 2"]

    assert {row["word"] for row in second} == {"Due, but not reported"}
    assert HISTORY.gaps == (HISTORY.periods[1],)
    assert 'stroke-dasharray="2.5,2"' in chart_as_svg(HISTORY, theme=ChartTheme.LIGHT)


def test_the_zones_run_from_edge_to_edge_of_their_periods():
    washes = palette(ChartTheme.LIGHT)
    rows = data_of(json.loads(chart_as_json(HISTORY, theme=ChartTheme.LIGHT)))
    amber = [row for row in rows if row.get("wash") == washes.amber_wash]

    assert [row["across"] for row in amber] == [-0.5, 0.5, 1.5, 2.5, 3.5]
    assert {(row["low"], row["high"]) for row in amber} == {(90.0, 95.0)}


def test_the_targets_of_two_fiscal_years_to_date_are_two_flights_of_steps():
    split = tuple(
        replace(each, line=2026 if place > 1 else 2025) for place, each in enumerate(HISTORY.periods)
    )
    rows = data_of(json.loads(chart_as_json(replace(HISTORY, periods=split), theme=ChartTheme.LIGHT)))
    steps = [(row["run"], row["across"]) for row in rows if row.keys() >= {"run", "at"}]

    assert steps == [(0, -0.5), (0, 0.5), (0, 1.5), (2, 1.5), (2, 2.5), (2, 3.5)]


def test_a_period_without_thresholds_has_no_zone():
    bare = replace(HISTORY, periods=(HISTORY.periods[0], replace(HISTORY.periods[2], zones=())))
    rows = data_of(json.loads(chart_as_json(bare, theme=ChartTheme.LIGHT)))

    assert {row["across"] for row in rows if "wash" in row} == {-0.5, 0.5}


def test_a_new_version_is_marked_before_its_first_period():
    rows = data_of(json.loads(chart_as_json(HISTORY, theme=ChartTheme.LIGHT)))

    assert {"across": 1.5, "words": "v2"}.items() <= next(row for row in rows if "words" in row).items()
    assert ">v2</text>" in chart_as_svg(HISTORY, theme=ChartTheme.LIGHT)


def test_each_status_has_a_shape_of_its_own():
    rows = data_of(json.loads(chart_as_json(HISTORY, theme=ChartTheme.LIGHT)))
    shapes = {row["label"]: row["shape"] for row in rows if "shape" in row and row.get("at") is not None}

    assert shapes["Month 1"] == "circle"
    assert shapes["Month 3"] == "triangle-up"


def test_the_theme_reaches_the_compiled_chart():
    light, dark = (chart_as_json(HISTORY, theme=theme) for theme in ChartTheme)

    assert palette(ChartTheme.LIGHT).accent in light
    assert palette(ChartTheme.DARK).accent in dark
    assert palette(ChartTheme.LIGHT).accent not in dark


def test_the_picture_asks_nothing_from_outside_and_carries_no_style_attribute():
    picture = chart_as_svg(HISTORY, theme=ChartTheme.LIGHT)

    assert " style=" not in picture
    assert set(re.findall(r'https?://[^"\s]+', picture)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert "Inter" in picture


def test_the_only_expressions_are_ones_the_interpreter_knows():
    """Vega's interpreter takes parsed expressions; what only a compiler could run would stay blank."""
    chart = compiled(
        measure_chart(HISTORY, theme=ChartTheme.LIGHT, size=ChartSize.wide()), theme=ChartTheme.LIGHT
    )

    assert not re.search(r"\b(eval|Function|import)\s*\(", chart.vega)


@pytest.mark.parametrize("value", [0.0, -5.0, 1e12, 95.0])
def test_a_single_value_of_any_size_can_be_drawn(value):
    alone = MeasureHistory((month(1, value, target=None, zones=()),), (), ValueFormat())

    assert chart_as_svg(alone, theme=ChartTheme.LIGHT).startswith("<svg")


def test_a_name_with_quotes_and_slashes_stays_a_name():
    named = replace(HISTORY, periods=(replace(HISTORY.periods[0], short="'\\ </svg>"),), breaks=())

    assert "&lt;/svg&gt;" in chart_as_svg(named, theme=ChartTheme.LIGHT)


def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe():
    named = replace(HISTORY, periods=(replace(HISTORY.periods[0], label='=HYPERLINK("x")'),))
    row = next(csv.DictReader(io.StringIO(table_as_csv(measure_table(named, name="x")))))

    assert row["label"] == '\'=HYPERLINK("x")'
    assert row["value"] == "96.2"


def test_a_negative_number_stays_a_number_in_the_table():
    down = replace(HISTORY, periods=(month(1, -3.25),))

    assert next(csv.DictReader(io.StringIO(table_as_csv(measure_table(down, name="x")))))["value"] == "-3.25"


def test_gaps_for_one_reason_are_told_together():
    missing = (month(1, 1.0), month(2, None), month(3, None), month(4, None, why=Why.STALE))
    runs = replace(HISTORY, periods=missing).gap_runs

    assert [(run.first, run.last) for run in runs] == [("Month 2", "Month 3"), ("Month 4", "Month 4")]


MARKED = replace(
    HISTORY,
    points=(
        MarkedPoint("2026-02", "1", "Context: a strike", "/there/#1", is_open=False),
        MarkedPoint("2026-04", "2", "Cause: a new clock", "/there/#2", is_open=True),
    ),
)


def test_an_annotated_point_carries_a_numbered_bubble_that_leads_to_its_thread():
    chart = json.loads(chart_as_json(MARKED, theme=ChartTheme.LIGHT))
    marked = [row for row in data_of(chart) if "address" in row]

    told = {(row["place"], row["number"], row["said"], row["address"]) for row in marked}
    assert told == {(1, "1", "Context: a strike", "/there/#1"), (3, "2", "Cause: a new clock", "/there/#2")}


def test_the_bubble_of_a_resolved_thread_is_hollow_and_of_an_open_one_filled():
    chart = json.loads(chart_as_json(MARKED, theme=ChartTheme.LIGHT))
    fills = {row["number"]: row["fill"] for row in data_of(chart) if "address" in row}
    colours = palette(ChartTheme.LIGHT)

    assert fills == {"1": colours.surface, "2": colours.ink}


def test_the_picture_for_paper_shows_the_same_bubbles():
    plain, marked = (chart_as_svg(each, theme=ChartTheme.LIGHT) for each in (HISTORY, MARKED))

    assert re.search(r">2</text>", marked)
    assert not re.search(r">2</text>", plain)


def test_a_bubble_over_the_highest_value_stays_inside_the_chart():
    chart = json.loads(chart_as_json(MARKED, theme=ChartTheme.LIGHT))
    [up] = [each for each in chart["scales"] if each["name"] == "y"]

    assert (
        up["domain"][1] > json.loads(chart_as_json(HISTORY, theme=ChartTheme.LIGHT))["scales"][1]["domain"][1]
    )
