"""The drawings: gaps stay gaps, every status has its shape, every line its dash, and nothing carries a style."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Direction, Series
from fourfold.platform.ui.drawings.bullet import bullet_bar
from fourfold.platform.ui.drawings.gauge import gauge
from fourfold.platform.ui.drawings.history import HistoryLine, ScoreHistory, history_chart
from fourfold.platform.ui.drawings.icons import ICONS, icon
from fourfold.platform.ui.drawings.marks import direction_arrow, status_shape
from fourfold.platform.ui.drawings.scaling import Scale
from fourfold.platform.ui.drawings.sparkline import sparkline
from fourfold.platform.ui.numbers import ValueFormat

STYLES = Path(__file__).parents[3] / "src" / "fourfold" / "platform" / "ui" / "styles"
LABELS = ("Jun 26", "Jul 26", "Aug 26", "Sep 26")


def drawn(markup):
    return ET.fromstring(str(markup))


def named(drawing, name):
    return [part for part in drawing.iter() if name in part.get("class", "").split()]


def history_of(*scores):
    lines = tuple(HistoryLine(f"p{place}", f"Perspective {place}", line) for place, line in enumerate(scores))
    return ScoreHistory(LABELS, lines, borders=(100 / 3, 200 / 3))


EVERY_DRAWING = [
    *(status_shape(status) for status in Status),
    *(direction_arrow(direction) for direction in Direction),
    *(icon(name) for name in ICONS),
    gauge(73.2, status=Status.GREEN, borders=(33.3, 66.7), label="Financial"),
    sparkline(Series(LABELS, (1.0, None, 3.0, 4.0), (2.0,) * 4), status=Status.RED),
    bullet_bar(50.0, status=Status.AMBER, low=0.0, high=100.0, borders=(33.0, 67.0), label="Half way"),
    history_chart(history_of((50.0, 60.0, None, 70.0)), width=700, height=300, title="Scores"),
]


@pytest.mark.parametrize("markup", EVERY_DRAWING, ids=range(len(EVERY_DRAWING)))
def test_a_drawing_is_well_formed_and_carries_no_style(markup):
    assert all("style" not in part.attrib and not part.tag.endswith("style") for part in drawn(markup).iter())


def test_each_status_has_a_shape_of_its_own():
    shapes = {re.sub(r"shape-(green|amber|red|grey)", "", str(status_shape(status))) for status in Status}

    assert len(shapes) == len(Status)


def test_a_missing_month_interrupts_the_sparkline():
    whole = sparkline(Series(LABELS, (1.0, 2.0, 3.0, 4.0)), status=Status.GREEN)
    broken = sparkline(Series(LABELS, (1.0, 2.0, None, 4.0)), status=Status.GREEN)

    assert len(named(drawn(whole), "spark-line")) == 1
    assert len(named(drawn(broken), "spark-line")) == 2
    assert "1 without a value" in drawn(broken).get("aria-label")


def test_the_last_dot_has_the_colour_of_the_status_and_is_left_out_where_the_last_value_is_missing():
    red = sparkline(Series(LABELS, (1.0, 2.0, 3.0, 4.0)), status=Status.RED)
    gone = sparkline(Series(LABELS, (1.0, 2.0, 3.0, None)), status=Status.GREY)

    assert named(drawn(red), "dot-red")
    assert not named(drawn(gone), "spark-dot")


def test_a_sparkline_says_in_words_where_it_came_from_and_where_it_went():
    series = Series(LABELS, (12.1, 12.5, 13.0, 13.3), format=ValueFormat(1, "%"))

    words = drawn(sparkline(series, status=Status.GREEN, label="Return")).get("aria-label")

    assert words == "Return, 4 periods: from 12.1 % in Jun 26 to 13.3 % in Sep 26"


def test_a_series_without_any_value_is_said_not_drawn():
    assert "No values yet" in sparkline(Series(LABELS, (None,) * 4), status=Status.GREY)


def test_a_higher_score_fills_more_of_the_ring_and_a_missing_one_nothing():
    def end(score):
        fill = named(drawn(gauge(score, status=Status.GREEN)), "gauge-fill")[0].get("d")
        return float(fill.split()[-2]) if fill else None

    assert end(10.0) < end(50.0) < end(90.0) < end(100.0)
    assert end(None) is None


def test_a_ring_on_a_scale_up_to_120_is_full_at_120():
    full = named(drawn(gauge(120.0, status=Status.GREEN, ceiling=120.0)), "gauge-fill")[0].get("d")
    track = named(drawn(gauge(120.0, status=Status.GREEN, ceiling=120.0)), "gauge-track")[0].get("d")

    assert full == track


def test_a_name_cannot_break_out_of_a_drawing():
    hostile = '"><script>alert(1)</script>'

    assert drawn(gauge(50.0, status=Status.RED, label=hostile)).get("aria-label").startswith(hostile)


def test_seven_perspectives_are_told_apart_by_dash_alone():
    sheet = (STYLES / "components.css").read_text(encoding="utf-8")
    rules = {int(number): rule for number, rule in re.findall(r"\.line-(\d) \{([^}]*)\}", sheet)}
    dashes = [re.search(r"stroke-dasharray: ([^;]*)", rules[number]) for number in range(1, 8)]

    assert len({dash.group(1) if dash else "solid" for dash in dashes}) == 7


def test_last_scores_that_would_overprint_each_other_are_moved_apart():
    chart = drawn(
        history_chart(history_of((60.0,) * 4, (60.2,) * 4, (60.4,) * 4), width=700, height=300, title="")
    )
    heights = sorted(float(end.get("y")) for end in named(chart, "history-end"))

    assert all(later - earlier >= 12 for earlier, later in pairwise(heights))


def test_the_table_beside_the_chart_has_the_same_numbers_by_period():
    history = history_of((50.0, None, 60.0, 70.0), (40.0, 41.0, 42.0, 43.0))

    assert [row.label for row in history.rows] == list(LABELS)
    assert history.rows[1].scores == (None, 41.0)


def test_a_scale_of_one_value_puts_it_in_the_middle():
    assert Scale.over([5.0, None, 5.0], start=0.0, end=10.0)(5.0) == 5.0
