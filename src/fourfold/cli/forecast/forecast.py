"""`fourfold forecast FILE`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.paths import require_file
from fourfold.cli.series_files.one_picture import refuse_both, require_one
from fourfold.cli.series_files.options import NUMBER, By, File, Only, Period, Value, finite, pairs_of
from fourfold.cli.series_files.refusals import refusals_told

if TYPE_CHECKING:
    from fourfold.cli.forecast.document import ForecastsFound, ForecastTerms
    from fourfold.cli.series_files.series_table import Columns

__all__ = ["forecasts"]


class Wanted(StrEnum):
    """Which way the target lies."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    BAND = "band"
    EXACT = "exact"


class CorrectionOf(StrEnum):
    """What is done where neighbours are alike."""

    FIRST_ORDER = "first-order"
    HAMED_RAO = "hamed-rao"
    PRE_WHITEN = "pre-whiten"


Ahead = Annotated[int, typer.Option(help="Look so many periods ahead.")]
Cycle = Annotated[
    int | None, typer.Option(help="Periods a year; without it told from the labels of --period.")
]
Target = Annotated[
    float | None,
    typer.Option(parser=finite, metavar=NUMBER, help="The value to be reached in the last period ahead."),
]
PolarityOption = Annotated[Wanted, typer.Option(help="Which way the target lies.")]
Tolerance = Annotated[
    float,
    typer.Option(parser=finite, metavar=NUMBER, help="How far off a target to be met may lie (band, exact)."),
]
TotalFrom = Annotated[
    str, typer.Option(metavar="PERIOD", help="The target is that of the total from this period on.")
]
Rebase = Annotated[str, typer.Option(metavar="PERIOD", help="Use nothing from before this period.")]
Driver = Annotated[str, typer.Option(help="A column that drives the values, known ahead too.")]
Cumulative = Annotated[
    bool | None, typer.Option(help="Whether values are running totals; judged by their course if not said.")
]
Correction = Annotated[CorrectionOf, typer.Option(help="Where neighbours are alike.")]
AsJson = Annotated[bool, typer.Option("--json", help="Every number as one JSON document.")]
AsSvg = Annotated[bool, typer.Option("--svg", help="The fan of one series as a picture.")]


def forecasts(
    file: File, value: Value, ahead: Ahead = 12, cycle: Cycle = None, target: Target = None,
    polarity: PolarityOption = Wanted.MAXIMISE, tolerance: Tolerance = 0.0, total_from: TotalFrom = "",
    by: By = None, period: Period = None, only: Only = None, rebase: Rebase = "", driver: Driver = "",
    cumulative: Cumulative = None, correction: Correction = CorrectionOf.FIRST_ORDER,
    as_json: AsJson = False, as_svg: AsSvg = False,
) -> None:  # fmt: skip
    """Say where each series is heading, how sure that is, and how likely it reaches a target."""
    from fourfold.cli.forecast.document import ForecastTerms
    from fourfold.cli.series_files.series_table import Columns
    from fourfold.engine.quantities import Polarity

    require_file(file)
    refuse_both(as_json=as_json, as_svg=as_svg)
    columns = Columns(value, driver, tuple(by or ()), tuple(period or ()), pairs_of(only))
    asked = ForecastTerms(
        ahead=ahead,
        cycle=cycle,
        target=target,
        polarity=Polarity(polarity.value),
        tolerance=tolerance,
        begins=rebase,
        total_from=total_from,
        correction=correction.value.replace("-", "_"),  # type: ignore[arg-type]  # the same words, as options are spelt
        is_cumulative=cumulative,
    )
    _show(_foretold(file, asked, columns), as_json=as_json, as_svg=as_svg)


def _foretold(file: Path, asked: ForecastTerms, columns: Columns) -> ForecastsFound:
    from fourfold.cli.forecast.document import forecast_series
    from fourfold.cli.series_files.gaps import warn_of_order
    from fourfold.cli.series_files.reading import read_series
    from fourfold.engine.forecast import ForecastRefused
    from fourfold.engine.trend import TrendRefused

    with refusals_told({ForecastRefused: "forecast", TrendRefused: "trend"}):
        table = read_series(file, columns)
        warn_of_order(table)
        return forecast_series(table, asked)


def _show(found: ForecastsFound, *, as_json: bool, as_svg: bool) -> None:
    if as_json:
        from fourfold.engine.canonical import canonical_json

        sys.stdout.buffer.write(canonical_json(found.document()))
    elif as_svg:
        from fourfold.cli.forecast.picture import forecast_svg

        require_one(found.table)
        sys.stdout.write(forecast_svg(found))
    else:
        from fourfold.cli.forecast.table import print_forecasts

        print_forecasts(found)
