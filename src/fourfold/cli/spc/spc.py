"""`fourfold spc FILE`."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.exits import Exit, stop
from fourfold.cli.paths import require_file
from fourfold.cli.series_files.one_picture import refuse_both, require_one
from fourfold.cli.series_files.options import (
    NUMBER,
    Better,
    By,
    Cumulative,
    File,
    Only,
    Period,
    Rebase,
    Rules,
    Value,
    finite,
    pairs_of,
)
from fourfold.cli.series_files.refusals import refusals_told

if TYPE_CHECKING:
    from fourfold.cli.series_files.series_table import Columns
    from fourfold.cli.spc.cusum_document import SumTerms
    from fourfold.cli.spc.document import ChartsFound, ChartTerms

__all__ = ["control_charts"]


class Chart(StrEnum):
    """Which chart."""

    XMR = "xmr"
    XBAR_R = "xbar-r"
    XBAR_S = "xbar-s"
    P = "p"
    NP = "np"
    C = "c"
    U = "u"
    P_PRIME = "p-prime"
    U_PRIME = "u-prime"
    G = "g"
    T = "t"
    EWMA = "ewma"
    CUSUM = "cusum"


_OF_SIZES = (Chart.P, Chart.NP, Chart.U, Chart.P_PRIME, Chart.U_PRIME)


class ConstantsOf(StrEnum):
    """Which constants."""

    PUBLISHED = "published"
    EXACT = "exact"


Size = Annotated[str, typer.Option("--n", help="The column with denominators or exposures.")]
ChartOption = Annotated[Chart, typer.Option(help="Which chart.")]
Baseline = Annotated[int | None, typer.Option(help="Fix limits on the first so many points.")]
Constants = Annotated[ConstantsOf, typer.Option(help="As tabled, or exact.")]
Screening = Annotated[bool, typer.Option(help="Drop outlying moving ranges once (XmR).")]
Cycle = Annotated[
    int | None, typer.Option(min=1, help="Periods a year, for the warning of seasons; told from --period.")
]
Residuals = Annotated[bool, typer.Option("--residuals", help="Chart what the point before does not explain.")]
PolarityOption = Annotated[Better | None, typer.Option(help="Which way is better.")]
Target = Annotated[float | None, typer.Option(parser=finite, metavar=NUMBER, help="The value to be reached.")]
AsJson = Annotated[bool, typer.Option("--json", help="Every limit and signal as one JSON document.")]
AsSvg = Annotated[bool, typer.Option("--svg", help="The chart of one series as a picture.")]


def control_charts(
    file: File, value: Value, size: Size = "", by: By = None, period: Period = None, only: Only = None,
    chart: ChartOption = Chart.XMR, rules: Rules = None, baseline: Baseline = None, rebase: Rebase = None,
    constants: Constants = ConstantsOf.PUBLISHED, screening: Screening = True, cumulative: Cumulative = None,
    cycle: Cycle = None, residuals: Residuals = False, polarity: PolarityOption = None, target: Target = None,
    as_json: AsJson = False, as_svg: AsSvg = False,
) -> None:  # fmt: skip
    """Tell signal from noise: limits, rules and icons for every series of a file."""
    from fourfold.cli.series_files.series_table import Columns
    from fourfold.cli.spc.document import ChartTerms
    from fourfold.engine.quantities import Polarity
    from fourfold.engine.spc import ChartKind

    require_file(file)
    refuse_both(as_json=as_json, as_svg=as_svg)
    _refuse_residuals_of(chart if residuals else Chart.XMR)
    _warn_of_size(chart, size)
    columns = Columns(value, size, tuple(by or ()), tuple(period or ()), pairs_of(only))
    if chart is Chart.CUSUM:
        from fourfold.cli.spc.cusum_document import SumTerms

        terms = SumTerms(baseline, tuple(rebase or ()), cumulative, cycle, residuals)
        _show_sums(file, columns, terms=terms, as_json=as_json, as_svg=as_svg)
        return
    asked = ChartTerms(
        chart=ChartKind(chart.value),
        rules=tuple(rules or (("rule1",) if chart is Chart.EWMA else ("mdc",))),
        baseline=baseline,
        rebase=tuple(rebase or ()),
        constants="exact" if constants is ConstantsOf.EXACT else "published",
        screening=screening,
        polarity=None if polarity is None else Polarity(polarity.value),
        target=target,
        is_cumulative=cumulative,
        cycle=cycle,
        residuals=residuals,
    )
    charted = _charted(file, asked, columns)
    _show(charted, as_json=as_json, as_svg=as_svg)
    _require_limits(has_limits=charted.has_limits or as_json or as_svg)


def _show_sums(file: Path, columns: Columns, *, terms: SumTerms, as_json: bool, as_svg: bool) -> None:
    from fourfold.cli.spc.show_cusum import show_sums
    from fourfold.engine.spc import ChartRefused

    with refusals_told({ChartRefused: "control-charts"}):
        has_limits = show_sums(file, columns, terms=terms, as_json=as_json, as_svg=as_svg)
    _require_limits(has_limits=has_limits or as_json or as_svg)


def _warn_of_size(chart: Chart, size: str) -> None:
    """Say on standard error that denominators mean nothing to a chart of values."""
    if size and chart not in _OF_SIZES:
        typer.echo(f"Warning: a chart {chart} has no denominators; --n {size} is ignored.", err=True)
        typer.echo("Remedy: For shares take --chart p, for events per exposure --chart u.", err=True)


def _require_limits(*, has_limits: bool) -> None:
    """The table was shown, with the reasons; who reads only the exit code hears too. Documents say `why` themselves."""
    if not has_limits:
        stop(
            Exit.REFUSED,
            problem="NO_LIMITS",
            message="no series of this file could be given limits",
            remedy="The remark on each series says why; see docs/algorithms/control-charts.md.",
        )


def _refuse_residuals_of(chart: Chart) -> None:
    if chart not in (Chart.XMR, Chart.EWMA, Chart.CUSUM):
        message, remedy = (
            f"--residuals are of single values, not of a {chart} chart",
            "Leave one of them out.",
        )
        stop(Exit.USAGE, problem="OPTIONS_CONFLICT", message=message, remedy=remedy)


def _show(charted: ChartsFound, *, as_json: bool, as_svg: bool) -> None:
    if as_json:
        from fourfold.engine.canonical import canonical_json

        sys.stdout.buffer.write(canonical_json(charted.document()))
    elif as_svg:
        from fourfold.cli.spc.picture import chart_svg

        require_one(charted.table)
        sys.stdout.write(chart_svg(charted))
    else:
        from fourfold.cli.spc.table import print_charts

        print_charts(charted)


def _charted(file: Path, asked: ChartTerms, columns: Columns) -> ChartsFound:
    from fourfold.cli.series_files.gaps import read_for_chart
    from fourfold.cli.spc.document import chart_series
    from fourfold.engine.spc import ChartRefused

    if asked.needs_size and not columns.size:
        message = f"a {asked.chart} chart needs the column of denominators"
        stop(Exit.USAGE, problem="COLUMN_MISSING", message=message, remedy="Name it with --n COLUMN.")
    if asked.needs_members and not columns.period:
        message = f"a {asked.chart} chart needs to know which rows belong together"
        stop(
            Exit.USAGE,
            problem="COLUMN_MISSING",
            message=message,
            remedy="Name the period with --period COLUMN.",
        )
    if not asked.needs_size:
        columns = replace(columns, size="")
    with refusals_told({ChartRefused: "control-charts"}):
        table = read_for_chart(file, columns, members=asked.needs_members, evenly=not asked.is_of_events)
        return chart_series(table, asked)
