"""`fourfold leadlag FILE`."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.exits import Exit, stop
from fourfold.cli.paths import require_file
from fourfold.cli.series_files.options import Only, Period, pairs_of
from fourfold.cli.series_files.refusals import refusals_told

if TYPE_CHECKING:
    from fourfold.cli.leadlag.document import LinksFound
    from fourfold.cli.leadlag.links import AskedLink
    from fourfold.cli.leadlag.side_by_side import SeriesColumns

__all__ = ["lead_and_lag"]


class Sign(StrEnum):
    """More of x with more or less of y."""

    PLUS = "+"
    MINUS = "-"


File = Annotated[Path, typer.Argument(help="A CSV, .xlsx or Parquet file: one row a period, oldest first.")]
X = Annotated[str, typer.Option("--x", help="What should run ahead: a column, or with --by a series' name.")]
Y = Annotated[str, typer.Option("--y", help="What should follow.")]
Lag = Annotated[str, typer.Option(metavar="A..B", help="After how many periods: 3, or 2..4.")]
SignOption = Annotated[Sign, typer.Option(help="Whether more of x should go with more (+) or less (-) of y.")]
Links = Annotated[
    Path | None,
    typer.Option(help="A CSV of links with the columns x, y, sign, lag, in the place of --x and --y."),
]
By = Annotated[str, typer.Option(help="Where series stand under one another: the column with their names.")]
Value = Annotated[str, typer.Option(help="Beside --by: the column with the values.")]
PanelOption = Annotated[
    str,
    typer.Option(
        "--panel", help="The column with units, a row a unit and period: one slope over all of them."
    ),
]
Cycle = Annotated[
    int | None, typer.Option(min=0, help="Periods a year, 0 for none; months and quarters are recognised.")
]
Permutations = Annotated[
    int | None, typer.Option(help="How many orders chance is given; 999 up to 25 links.")
]
Cumulative = Annotated[
    bool | None,
    typer.Option(help="Whether values are rolling or running totals; judged by their course if not said."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Every correlation and verdict as one JSON document.")]
AsSvg = Annotated[bool, typer.Option("--svg", help="The correlations of one link as a picture.")]


def lead_and_lag(
    file: File, x: X = "", y: Y = "", lag: Lag = "1", sign: SignOption = Sign.PLUS, links: Links = None,
    by: By = "", value: Value = "", panel: PanelOption = "", period: Period = None, only: Only = None,
    cycle: Cycle = None, permutations: Permutations = None, cumulative: Cumulative = None,
    as_json: AsJson = False, as_svg: AsSvg = False,
) -> None:  # fmt: skip
    """Test whether one series runs ahead of another: correlations by lag, a verdict, and what it could have found."""
    from fourfold.cli.leadlag.document import links_found
    from fourfold.cli.leadlag.side_by_side import SeriesColumns
    from fourfold.engine.leadlag import LeadLagRefused
    from fourfold.engine.spc import ChartRefused

    require_file(file)
    _require_fitting(x, y, links=links, by=by, value=value, as_json=as_json, as_svg=as_svg)
    if panel and (by or as_svg or cycle is not None or permutations is not None):
        _conflict("--panel goes with none of --by, --svg, --cycle and --permutations", "Leave them out.")
    with refusals_told({ChartRefused: "lead-lag", LeadLagRefused: "lead-lag"}):
        columns = SeriesColumns(by, value, tuple(period or ()), pairs_of(only))
        asked = _asked(x, y, lag=lag, sign=sign, links=links)
        if panel:
            _show_panel(file, columns, unit=panel, asked=asked, cumulative=cumulative, as_json=as_json)
            return
        found = links_found(
            file,
            columns,
            asked=asked,
            cycle=cycle,
            permutations=permutations,
            is_cumulative=cumulative,
        )
    _show(found, as_json=as_json, as_svg=as_svg)


def _show_panel(
    file: Path,
    columns: SeriesColumns,
    *,
    unit: str,
    asked: list[AskedLink],
    cumulative: bool | None,
    as_json: bool,
) -> None:
    from fourfold.cli.leadlag.panel_document import panels_found
    from fourfold.engine.canonical import canonical_json

    found = panels_found(file, columns, unit=unit, asked=asked, is_cumulative=cumulative)
    if as_json:
        sys.stdout.buffer.write(canonical_json(found.document()))
    else:
        from fourfold.cli.leadlag.panel_table import print_panels

        print_panels(found)


def _asked(x: str, y: str, *, lag: str, sign: Sign, links: Path | None) -> list[AskedLink]:
    from fourfold.cli.leadlag.links import asked_link, read_links

    if links is not None:
        require_file(links)
        return read_links(links)
    return [asked_link(x, y, lag=lag, sign=sign.value)]


def _require_fitting(
    x: str, y: str, *, links: Path | None, by: str, value: str, as_json: bool, as_svg: bool
) -> None:
    if (links is None) != bool(x and y) or (links is not None and (x or y)):
        _conflict("one link needs --x and --y, many need --links", "Give one of the two.")
    if bool(by) != bool(value):
        _conflict("--by and --value belong together", "Name both columns, or neither.")
    if as_json and as_svg:
        _conflict("--svg does not go with --json", "Leave one of them out.")


def _conflict(message: str, remedy: str) -> None:
    stop(Exit.USAGE, problem="OPTIONS_CONFLICT", message=message, remedy=remedy)


def _show(found: LinksFound, *, as_json: bool, as_svg: bool) -> None:
    if as_json:
        from fourfold.engine.canonical import canonical_json

        sys.stdout.buffer.write(canonical_json(found.document()))
    elif as_svg:
        _draw(found)
    else:
        from fourfold.cli.leadlag.table import print_links

        print_links(found)


def _draw(found: LinksFound) -> None:
    from fourfold.cli.leadlag.picture import link_svg

    if len(found.judged) != 1:
        message = f"a picture shows one link, and {len(found.judged)} are asked for"
        stop(Exit.USAGE, problem="LINKS_MANY", message=message, remedy="Name one with --x and --y.")
    picture = link_svg(found)
    if picture is None:
        why = re.sub("_", " ", found.whys[0])
        stop(
            Exit.REFUSED,
            problem="NOT_TESTABLE",
            message=f"there is nothing to draw: {why}",
            remedy="Ask without --svg for what is missing.",
        )
    sys.stdout.write(picture)
