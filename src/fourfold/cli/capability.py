"""`fourfold capability FILE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.paths import require_file
from fourfold.cli.spc import By, Only, Period, Rebase, Rules, Value, pairs_of, refusals_told

if TYPE_CHECKING:
    from fourfold.cli.capable import Capable

__all__ = ["capabilities"]

File = Annotated[Path, typer.Argument(help="A CSV, .xlsx or Parquet file: one row a point, oldest first.")]
Lower = Annotated[float | None, typer.Option(help="The lower specification limit.")]
Upper = Annotated[float | None, typer.Option(help="The upper specification limit.")]
Target = Annotated[float | None, typer.Option(help="The nominal value, for C_pm.")]
AsJson = Annotated[bool, typer.Option("--json", help="Every index and interval as one JSON document.")]


def capabilities(
    file: File, value: Value, lower: Lower = None, upper: Upper = None, target: Target = None, by: By = None,
    period: Period = None, only: Only = None, rebase: Rebase = None, rules: Rules = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Say whether each stable series can meet its specification: C_p, C_pk, P_p, P_pk, C_pm, with intervals."""
    from fourfold.cli.capable import asked_of
    from fourfold.cli.even_periods import read_for_chart
    from fourfold.cli.series import Columns

    require_file(file)
    columns = Columns(value, "", tuple(by or ()), tuple(period or ()), pairs_of(only))
    with refusals_told("capability"):
        table = read_for_chart(file, columns)
        found = asked_of(table, lower=lower, upper=upper, target=target, rebase=rebase, rules=rules)
    _show(found, as_json=as_json)


def _show(found: Capable, *, as_json: bool) -> None:
    if as_json:
        from fourfold.engine.canonical import canonical_json

        sys.stdout.buffer.write(canonical_json(found.document()))
        return
    from fourfold.cli.capability_table import print_capabilities

    print_capabilities(found)
