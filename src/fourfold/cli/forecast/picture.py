"""A forecast as a picture: the past, the median ahead, three bands, the target."""

from __future__ import annotations

from typing import Final

import altair as alt
import numpy as np

from fourfold.cli.forecast.document import BANDS, ForecastsFound
from fourfold.engine import trend
from fourfold.engine.forecast import Forecast
from fourfold.engine.quantities import NotComputable
from fourfold.governance.signals.pages.forecast_drawing import fan_chart
from fourfold.governance.signals.pages.forecast_fan import Band, Fan, FanPoint
from fourfold.platform.ui.charts import ChartTheme, compiled, drawn, palette

__all__ = ["forecast_svg"]

_WIDTH: Final = 860
_HEIGHT: Final = 340
_PAPER: Final = "#ffffff"


def forecast_svg(found: ForecastsFound) -> str:
    """The one series as an SVG of its own on white paper."""
    title = alt.TitleParams(
        found.table.title(0), subtitle=_subtitle(found), anchor="start", color=palette(ChartTheme.LIGHT).ink
    )
    chart = fan_chart(_fan(found), theme=ChartTheme.LIGHT, width=_WIDTH, height=_HEIGHT)
    return drawn(compiled(chart.properties(background=_PAPER, title=title), theme=ChartTheme.LIGHT))


def _subtitle(found: ForecastsFound) -> str:
    foretold, hit = found.forecasts[0], found.hits[0]
    way = trend.Direction(int(found.trends.direction[0])).code.replace("_", " ")
    if isinstance(foretold, NotComputable):
        return f"{way} · no forecast: {foretold.reason.code.replace('_', ' ')}"
    parts = [way, f"{foretold.method.value.replace('_', ' ')}, bands of 50, 80 and 95 %"]
    if hit is not None:
        parts.append(f"target {found.asked.target:g}: {hit.outlook.value} ({hit.chance:.0%})")
    return " · ".join(parts)


def _fan(found: ForecastsFound) -> Fan:
    values, foretold = found.table.values[0], found.forecasts[0]
    last = foretold.last if isinstance(foretold, Forecast) else int(np.flatnonzero(np.isfinite(values))[-1])
    past = [
        FanPoint(label, label, value=float(value) if np.isfinite(value) else None)
        for label, value in zip(found.table.periods[: last + 1], values[: last + 1], strict=True)
    ]
    return Fan((*past, *(_ahead(found, foretold) if isinstance(foretold, Forecast) else ())), last)


def _ahead(found: ForecastsFound, foretold: Forecast) -> list[FanPoint]:
    bands = {share: foretold.projection.interval(share / 100) for share in BANDS}
    aimed = None if found.asked.total_from else found.asked.target
    return [
        FanPoint(
            label,
            label,
            median=float(foretold.projection.mean[step]),
            bands=tuple(
                Band(share, float(low[step]), float(high[step])) for share, (low, high) in bands.items()
            ),
            target=aimed,
        )
        for step, label in enumerate(found.steps.after(foretold.last, found.asked.ahead))
    ]
