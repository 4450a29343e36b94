"""CUSUM of a file's series: the sums, where they pass the decision, and which way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.series_table import SeriesTable, segments_of
from fourfold.cli.spc.document import freed
from fourfold.cli.spc.doubts import coded, doubts_of_values, last_stretch, overlapping_in
from fourfold.engine import spc
from fourfold.engine.quantities import Why

__all__ = ["SumTerms", "SumsFound", "sum_up"]


@dataclass(frozen=True, slots=True)
class SumTerms:
    """What was asked for on the command line; None: judged by the values, or by the periods."""

    baseline: int | None = None
    rebase: tuple[str, ...] = ()
    is_cumulative: bool | None = None
    cycle: int | None = None
    residuals: bool = False


@dataclass(frozen=True, slots=True)
class SumsFound:
    """All series with their sums, and what makes them doubtful."""

    table: SeriesTable
    found: spc.Cusum
    segments: spc.Segments | None
    warnings: tuple[tuple[str, ...], ...]

    @property
    def has_limits(self) -> bool:
        """Whether any series could be summed up at all."""
        return bool((self.found.why == Why.PRESENT).any())

    def document(self) -> Mapping[str, object]:
        """Everything, as canonical JSON takes it."""
        return {
            "chart": "cusum",
            "decision": self.found.decision,
            "periods": list(self.table.periods),
            "series": [self.series(place) for place in range(len(self.table.keys))],
        }

    def series(self, place: int) -> Mapping[str, object]:
        """One series in full."""
        found = self.found
        why = Why(int(found.why[place, -1]))
        return {
            "key": dict(zip(self.table.columns.by, self.table.keys[place], strict=True)),
            "why": None if why is Why.PRESENT else why.code,
            "warnings": list(self.warnings[place]),
            "high": _listed(found.high[place]),
            "low": _listed(found.low[place]),
            "signals_up": np.flatnonzero(found.signals_up[place]).tolist(),
            "signals_down": np.flatnonzero(found.signals_down[place]).tolist(),
        }

    def told(self, place: int) -> str:
        """In words: how many points pass the decision, from which on, and what is doubtful."""
        series = self.series(place)
        if series["why"] is not None:
            return f"no limits: {str(series['why']).replace('_', ' ')}"
        ways = [(name, series[f"signals_{name}"]) for name in ("up", "down")]
        said = [
            f"{name} from point {places[0] + 1}, {len(places)} in all"
            for name, places in ways
            if isinstance(places, list) and places
        ]
        doubts = ", ".join(self.warnings[place]).replace("_", " ")
        return ("; ".join(said) or "no drift") + (f" ({doubts})" if doubts else "")


def sum_up(table: SeriesTable, terms: SumTerms) -> SumsFound:
    """Add up what lies off the centre, unless the values are running totals.

    Raises:
        ChartRefused.
    """
    segments = segments_of(table, terms.rebase)
    overlapping = overlapping_in(table, terms.is_cumulative)
    table = freed(table) if terms.residuals else table
    basis = spc.Basis(segments=segments, baseline=terms.baseline)
    found = spc.cusum(table.values, basis=basis, overlapping=overlapping)
    doubts = doubts_of_values(
        last_stretch(table.values, segments),
        cycle=table.cycle if terms.cycle is None else terms.cycle,
        overlapping=overlapping,
        is_judged=terms.is_cumulative is None,
    )
    return SumsFound(table, found, segments, coded(doubts, count=len(table.keys)))


def _listed(line: NDArray[np.float64]) -> list[float | None]:
    return [float(number) if np.isfinite(number) else None for number in line]
