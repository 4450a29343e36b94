"""`fourfold exceptions FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.paths import require_file
from fourfold.cli.series_files.one_picture import refuse_both
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
    from fourfold.cli.exceptions.document import ExceptionsFound

__all__ = ["find_exceptions"]

PolarityOption = Annotated[Better | None, typer.Option(help="Which way is better, of all series.")]
Target = Annotated[
    float | None, typer.Option(parser=finite, metavar=NUMBER, help="The value that all series are to reach.")
]
About = Annotated[
    Path | None, typer.Option(help="A CSV that says of each series its polarity, target, tier, materiality.")
]
Links = Annotated[Path | None, typer.Option(help="A CSV of series that act on others: cause, effect, sign.")]
Baseline = Annotated[
    int | None, typer.Option(help="Make limits of the first so many points; else of all but the latest.")
]
Latest = Annotated[int, typer.Option(min=1, help="Look at so many latest points.")]
Shown = Annotated[int, typer.Option(min=1, help="Tell so many; the rest is listed.")]
AsJson = Annotated[bool, typer.Option("--json", help="Every exception as one JSON document.")]
AsSvg = Annotated[bool, typer.Option("--svg", help="A chart of each exception as one picture.")]


def find_exceptions(
    file: File, value: Value, by: By = None, period: Period = None, only: Only = None,
    polarity: PolarityOption = None, target: Target = None, about: About = None, links: Links = None,
    rules: Rules = None, baseline: Baseline = None, rebase: Rebase = None, cumulative: Cumulative = None,
    latest: Latest = 7, shown: Shown = 10, as_json: AsJson = False, as_svg: AsSvg = False,
) -> None:  # fmt: skip
    """Find the few series that matter: latest signals, missed targets, late data, ranked and weighed against chance."""
    from fourfold.cli.exceptions.about_series import read_about, read_links
    from fourfold.cli.exceptions.document import ExceptionTerms, exceptions_among
    from fourfold.cli.series_files.gaps import read_for_chart
    from fourfold.cli.series_files.series_table import Columns
    from fourfold.engine.quantities import Polarity
    from fourfold.engine.spc import ChartRefused

    refuse_both(as_json=as_json, as_svg=as_svg)
    for path in (file, about, links):
        if path is not None:
            require_file(path)
    terms = ExceptionTerms(
        polarity=None if polarity is None else Polarity(polarity.value),
        target=target,
        rules=tuple(rules or ("mdc",)),
        baseline=baseline,
        rebase=tuple(rebase or ()),
        is_cumulative=cumulative,
        latest=latest,
        shown=shown,
    )
    columns = Columns(value, "", tuple(by or ()), tuple(period or ()), pairs_of(only))
    with refusals_told({ChartRefused: "exceptions"}):
        table = read_for_chart(file, columns)
        found = exceptions_among(table, terms, about=read_about(about, table), links=read_links(links, table))
    _show(found, as_json=as_json, as_svg=as_svg)


def _show(found: ExceptionsFound, *, as_json: bool, as_svg: bool) -> None:
    if as_json:
        from fourfold.engine.canonical import canonical_json

        sys.stdout.buffer.write(canonical_json(found.document()))
    elif as_svg:
        from fourfold.cli.exceptions.picture import exceptions_svg

        sys.stdout.write(exceptions_svg(found))
    else:
        from fourfold.cli.exceptions.table import print_exceptions

        print_exceptions(found)
