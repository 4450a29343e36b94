"""What stands on a measure's page about its future, and what of it one can take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from fourfold.governance.signals.pages.forecast_building import forecast_view
from fourfold.governance.signals.pages.forecast_fan import Fan
from fourfold.governance.signals.pages.forecast_view import ForecastView
from fourfold.governance.signals.queries.decisions import decisions_of
from fourfold.governance.signals.queries.forecasts import foreseen
from fourfold.governance.signals.queries.series import ChartPlace, series_in
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui import slots
from fourfold.platform.ui.slots import SlotContent, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.measure.reading import moment_of
from fourfold.scorecard.measures.models import MeasureUnknown

__all__ = ["ForecastPanel", "NoForecast", "fill_forecast_slots", "read_fan", "read_forecast"]

NAME = "forecast"


class NoForecast(MeasureUnknown):
    """There is no fan where nothing can be forecast; the page says why."""


@dataclass(frozen=True, slots=True)
class ForecastPanel:
    """The forecast with its place."""

    place: ChartPlace
    view: ForecastView

    @property
    def query(self) -> str:
        """What the addresses of its parts say beside their place."""
        return urlencode({"as_of": self.place.as_of}) if self.place.as_of else ""

    @property
    def table_files(self) -> tuple[tuple[str, str], ...]:
        """The endings of a table's files, in words."""
        return (("csv", str(_("Table as CSV"))), ("xlsx", str(_("Table as XLSX"))))


def fill_forecast_slots() -> None:
    """Register the panel; again replaces."""
    slot(slots.MEASURE_PANELS).register(NAME, panels)


def panels(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The forecast of each measure."""
    if place.at is None:
        return {}
    found = {}
    for key in keys:  # a page has one
        here = ChartPlace(key, place.unit, place.period, place.as_of)
        try:
            view = read_forecast(here, scope=place.scope, at=place.at)
        except MeasureUnknown:
            continue
        found[key] = SlotContent("signals/_forecast.html", {"panel": ForecastPanel(here, view)})
    return found


def read_forecast(place: ChartPlace, *, scope: Scope, at: datetime) -> ForecastView:
    """The forecast of a measure. Two queries when nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, AsOfMalformed; MeasureUnknown where the unit has none.
    """
    as_of = moment_of(place.as_of, at=at) if place.as_of else None
    table = series_in(place.unit, place.period, scope=scope, at=at, as_of=as_of)
    if place.measure not in table.series:
        raise MeasureUnknown(key=place.measure)
    decisions = decisions_of(place.unit, scope=scope, as_of=as_of)
    return forecast_view(table, foreseen(table, decisions, measure=place.measure))


def read_fan(place: ChartPlace, *, scope: Scope, at: datetime) -> tuple[ForecastView, Fan]:
    """The same where there is a chart.

    Raises:
        As `read_forecast`; NoForecast.
    """
    view = read_forecast(place, scope=scope, at=at)
    if view.fan is None:
        raise NoForecast(key=place.measure)
    return view, view.fan
