"""The one definition of a fan chart: page, picture, paper and the command draw it. Knows no words but those given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import altair as alt

from fourfold.governance.signals.pages.forecast_fan import SHARES, Fan, FanPoint
from fourfold.platform.ui.charts import ChartTheme, Palette, compiled, drawn, palette
from fourfold.platform.ui.charts.axes import Chart, Row, answering, over, periods_across, values_up
from fourfold.platform.ui.charts.bounds import padded, span_of

__all__ = ["WASHES", "fan_as_json", "fan_as_svg", "fan_chart"]

WASHES: Final = {95: 0.14, 80: 0.2, 50: 0.3}
"""How opaque each band is; they lie upon one another."""

_PADDING: Final = 0.08  # of the span, so that no line runs along an edge
_REACH: Final = 1.5  # bands widen the axis by no more than this share of what is known and wanted


def fan_as_json(fan: Fan, *, theme: ChartTheme) -> str:
    """What the island draws."""
    return compiled(fan_chart(fan, theme=theme, width=860, height=320), theme=theme).vega


def fan_as_svg(fan: Fan, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The same as a picture, at the desk's width or the telephone's."""
    width, height = (320, 250) if is_narrow else (860, 320)
    return drawn(compiled(fan_chart(fan, theme=theme, width=width, height=height), theme=theme))


def fan_chart(fan: Fan, *, theme: ChartTheme, width: int, height: int) -> Chart:
    """Bands at the back, then the target, the median, the past, and the points one can ask."""
    sheet = _Sheet(fan, palette(theme), *_bounds(fan))
    layers = [
        *sheet.bands(),
        sheet.now(),
        sheet.targets(),
        sheet.median(),
        sheet.past(),
        sheet.values(),
        sheet.questions(),
    ]
    return alt.layer(*layers).properties(
        width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )


def _bounds(fan: Fan) -> tuple[float, float]:
    """The axis: all values, medians and targets; bands as far as they do not flatten these."""
    sure = [
        number
        for point in fan.points
        for number in (point.value, point.median, point.target)
        if number is not None
    ]
    low, high = min(sure, default=0.0), max(sure, default=1.0)
    room = span_of(low, high) * _REACH
    ends = [band for point in fan.points for band in point.bands]
    low = max(min([low, *(band.low for band in ends)]), low - room)
    high = min(max([high, *(band.high for band in ends)]), high + room)
    return padded(low, high, by=_PADDING)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all layers of one chart share."""

    fan: Fan
    colours: Palette
    low: float
    high: float

    def bands(self) -> Iterator[Chart]:
        """One area a share; each opens at the last value."""
        for share in SHARES:
            yield (
                over(list(self._band_rows(share)))
                .mark_area(fill=self.colours.accent, fillOpacity=WASHES[share])
                .encode(x=self._across(), y=self._up("low"), y2=alt.Y2("high:Q"))
            )

    def now(self) -> Chart:
        """Where the past ends."""
        return (
            over([{"place": self.fan.last + 0.5}])
            .mark_rule(stroke=self.colours.ink_soft, strokeDash=[2, 3], strokeWidth=1)
            .encode(x=self._across())
        )

    def targets(self) -> Chart:
        """The target of each period as a flight of steps."""
        rows = [
            {"place": place + side, "at": point.target, "run": "target"}
            for place, point in enumerate(self.fan.points)
            if point.target is not None
            for side in (-0.5, 0.5)
        ]
        return (
            over(rows)
            .mark_line(stroke=self.colours.ink, strokeDash=[5, 4], strokeWidth=1.5)
            .encode(x=self._across(), y=self._up("at"), order="place:Q")
        )

    def median(self) -> Chart:
        """The middle of what is expected, from the last value on."""
        return (
            over(self._middle_rows(), name="median")
            .mark_line(stroke=self.colours.accent, strokeDash=[6, 3], strokeWidth=2)
            .encode(x=self._across(), y=self._up("at"))
        )

    def past(self) -> Chart:
        """The values so far; broken where there is none."""
        rows = [
            {"place": place, "at": point.value} for place, point in enumerate(self.fan.points[: self._known])
        ]
        return (
            over(rows)
            .mark_line(
                stroke=self.colours.accent,
                strokeWidth=2.25,
                strokeJoin="round",
                invalid="break-paths-show-domains",
            )
            .encode(x=self._across(), y=self._up("at"))
        )

    def values(self) -> Chart:
        """A point on each value."""
        rows = [
            {"place": place, "at": point.value}
            for place, point in enumerate(self.fan.points)
            if point.value is not None
        ]
        return (
            over(rows, name="values")
            .mark_point(
                filled=True,
                opacity=1,
                size=30,
                fill=self.colours.accent,
                stroke=self.colours.surface,
                strokeWidth=1,
            )
            .encode(x=self._across(), y=self._up("at"))
        )

    def questions(self) -> Chart:
        """An unseen column over every period that answers the pointer."""
        rows = [self._question(place, point) for place, point in enumerate(self.fan.points)]
        titles = dict.fromkeys(title for point in self.fan.points for title, _ in point.said)
        said = [("label", "period"), *((f"said{nth}", title) for nth, title in enumerate(titles))]
        return answering(rows, across=self._across("since"), up=self._up("at"), high=self.high, said=said)

    @property
    def _known(self) -> int:
        return self.fan.last + 1

    def _question(self, place: int, point: FanPoint) -> Row:
        titles = dict.fromkeys(title for each in self.fan.points for title, _ in each.said)
        words = dict(point.said)
        return {
            "since": place - 0.5,
            "until": place + 0.5,
            "at": self.low,
            "label": point.label,
            **{f"said{nth}": words.get(title, "–") for nth, title in enumerate(titles)},
        }

    def _band_rows(self, share: int) -> Iterator[Row]:
        last = self.fan.points[self.fan.last]
        if last.value is not None:
            yield {"place": self.fan.last, "low": last.value, "high": last.value}
        for place, point in enumerate(self.fan.points):
            band = point.band(share)
            if band is not None:
                yield {"place": place, "low": max(band.low, self.low), "high": min(band.high, self.high)}

    def _middle_rows(self) -> Iterator[Row]:
        last = self.fan.points[self.fan.last]
        if last.value is not None:
            yield {"place": self.fan.last, "at": last.value}
        for place, point in enumerate(self.fan.points):
            if point.median is not None:
                yield {"place": place, "at": point.median}

    def _across(self, field: str = "place") -> alt.X:
        return periods_across([point.short for point in self.fan.points], field=field)

    def _up(self, field: str) -> alt.Y:
        return values_up(field, low=self.low, high=self.high)
