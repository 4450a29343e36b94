"""A file's CUSUM as it was asked for: a document, a picture, or a line a series."""

from __future__ import annotations

import sys
from pathlib import Path

from fourfold.cli.series_files.gaps import read_for_chart
from fourfold.cli.series_files.one_picture import require_one
from fourfold.cli.series_files.series_table import Columns
from fourfold.cli.spc.cusum_document import SumTerms, sum_up
from fourfold.engine.canonical import canonical_json

__all__ = ["show_sums"]


def show_sums(file: Path, columns: Columns, *, terms: SumTerms, as_json: bool, as_svg: bool) -> bool:
    """Print them, as a document, a picture of the one series, or a line a series; answers whether any has limits.

    Raises:
        FileRefused, ChartRefused.
    """
    summed = sum_up(read_for_chart(file, columns), terms)
    if as_json:
        sys.stdout.buffer.write(canonical_json(summed.document()))
    elif as_svg:
        from fourfold.cli.spc.cusum_picture import sums_svg

        require_one(summed.table)
        sys.stdout.write(sums_svg(summed))
    else:
        for place in range(len(summed.table.keys)):
            sys.stdout.write(f"{summed.table.name(place)}: {summed.told(place)}\n")
    return summed.has_limits
