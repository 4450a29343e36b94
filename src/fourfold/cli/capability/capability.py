"""`fourfold capability FILE`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.paths import require_file
from fourfold.cli.series_files.one_picture import refuse_both, require_one, require_values
from fourfold.cli.series_files.options import (
    NUMBER,
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
    from fourfold.cli.capability.document import CapabilitiesFound

__all__ = ["capabilities"]

Lower = Annotated[
    float | None, typer.Option(parser=finite, metavar=NUMBER, help="The lower specification limit.")
]
Upper = Annotated[
    float | None, typer.Option(parser=finite, metavar=NUMBER, help="The upper specification limit.")
]
Target = Annotated[
    float | None, typer.Option(parser=finite, metavar=NUMBER, help="The nominal value, for C_pm.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Every index and interval as one JSON document.")]
AsSvg = Annotated[bool, typer.Option("--svg", help="The histogram of one series as a picture.")]


def capabilities(
    file: File, value: Value, lower: Lower = None, upper: Upper = None, target: Target = None, by: By = None,
    period: Period = None, only: Only = None, rebase: Rebase = None, rules: Rules = None, as_json: AsJson = False,
    cumulative: Cumulative = None, as_svg: AsSvg = False,
) -> None:  # fmt: skip
    """Say whether each stable series can meet its specification: C_p, C_pk, P_p, P_pk, C_pm, with intervals."""
    from fourfold.cli.capability.document import capabilities_of
    from fourfold.cli.series_files.gaps import read_for_chart
    from fourfold.cli.series_files.series_table import Columns
    from fourfold.engine.spc import ChartRefused

    require_file(file)
    refuse_both(as_json=as_json, as_svg=as_svg)
    columns = Columns(value, "", tuple(by or ()), tuple(period or ()), pairs_of(only))
    with refusals_told({ChartRefused: "capability"}):
        table = read_for_chart(file, columns)
        found = capabilities_of(
            table,
            lower=lower,
            upper=upper,
            target=target,
            rebase=rebase,
            rules=rules,
            is_cumulative=cumulative,
        )
    _show(found, as_json=as_json, as_svg=as_svg)


def _show(found: CapabilitiesFound, *, as_json: bool, as_svg: bool) -> None:
    if as_json:
        from fourfold.engine.canonical import canonical_json

        sys.stdout.buffer.write(canonical_json(found.document()))
    elif as_svg:
        from fourfold.cli.capability.picture import capability_svg

        require_one(found.table)
        require_values(found.table)
        sys.stdout.write(capability_svg(found))
    else:
        from fourfold.cli.capability.table import print_capabilities

        print_capabilities(found)
