"""A chart is held against Vega-Lite's schema before it is drawn, and drawn the same each time."""

from __future__ import annotations

import altair as alt
import pytest
from jsonschema import ValidationError

from fourfold.platform.ui.charts import compiled


def line(**look: object) -> alt.Chart:
    points = alt.Data(values=[{"month": 1, "value": 4}, {"month": 2, "value": 5}])
    return alt.Chart(points).mark_line(**look).encode(x="month:Q", y="value:Q")


def test_what_is_no_chart_is_refused_however_deep_it_lies() -> None:
    with pytest.raises(ValidationError):
        compiled(alt.layer(line(), line(strokeWidth="thick")), theme="light")


def test_equal_definitions_give_equal_bytes_and_themes_differ() -> None:
    assert compiled(line(), theme="light") == compiled(line(), theme="light")
    assert compiled(line(), theme="light") != compiled(line(), theme="dark")
