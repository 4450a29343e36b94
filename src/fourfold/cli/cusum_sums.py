"""CUSUM of a file's series: the sums, where they pass the decision, and which way."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.even_periods import read_for_chart
from fourfold.cli.one_picture import require_one
from fourfold.cli.series import Columns, SeriesTable, segments_of
from fourfold.engine import spc
from fourfold.engine.canonical import canonical_json
from fourfold.engine.quantities import Why

__all__ = ["series_of", "show_sums", "told_of"]


def show_sums(
    file: Path,
    columns: Columns,
    *,
    baseline: int | None,
    rebase: Sequence[str] | None,
    as_json: bool,
    as_svg: bool,
) -> None:
    """Print them, as a document, a picture of the one series, or a line a series.

    Raises:
        FileRefused, ChartRefused.
    """
    table = read_for_chart(file, columns)
    basis = spc.Basis(segments=segments_of(table, rebase or ()), baseline=baseline)
    found = spc.cusum(table.values, basis=basis)
    if as_json:
        sys.stdout.buffer.write(canonical_json(_document(table, found)))
        return
    if as_svg:
        from fourfold.cli.cusum_picture import sums_svg

        require_one(table)
        sys.stdout.write(sums_svg(table, found, segments=basis.segments))
        return
    for place in range(len(table.keys)):
        sys.stdout.write(f"{table.name(place)}: {told_of(series_of(table, found, place))}\n")


def _document(table: SeriesTable, found: spc.Cusum) -> Mapping[str, object]:
    return {
        "chart": "cusum",
        "decision": found.decision,
        "periods": list(table.periods),
        "series": [series_of(table, found, place) for place in range(len(table.keys))],
    }


def series_of(table: SeriesTable, found: spc.Cusum, place: int) -> Mapping[str, object]:
    """One series in full, as canonical JSON takes it."""
    why = Why(int(found.why[place, -1]))
    return {
        "key": dict(zip(table.columns.by, table.keys[place], strict=True)),
        "why": None if why is Why.PRESENT else why.code,
        "high": _listed(found.high[place]),
        "low": _listed(found.low[place]),
        "signals_up": np.flatnonzero(found.signals_up[place]).tolist(),
        "signals_down": np.flatnonzero(found.signals_down[place]).tolist(),
    }


def told_of(series: Mapping[str, object]) -> str:
    """In words: how many points pass the decision, from which on."""
    if series["why"] is not None:
        return f"no limits: {str(series['why']).replace('_', ' ')}"
    ways = [(name, series[f"signals_{name}"]) for name in ("up", "down")]
    said = [
        f"{name} from point {places[0] + 1}, {len(places)} in all"
        for name, places in ways
        if isinstance(places, list) and places
    ]
    return "; ".join(said) or "no drift"


def _listed(line: NDArray[np.float64]) -> list[float | None]:
    return [float(number) if np.isfinite(number) else None for number in line]
