"""Capability of a file's series: what `fourfold capability` prints, as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.series_table import SeriesTable, segments_of
from fourfold.cli.spc.doubts import coded, doubts_of_values, overlapping_in
from fourfold.engine import spc
from fourfold.engine.capability import (
    NORMAL_ALPHA,
    Capability,
    FittedCapability,
    Indices,
    Specification,
    capability,
    fitted_capability,
)
from fourfold.engine.quantities import Why

__all__ = ["CapabilitiesFound", "capabilities_of"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CapabilitiesFound:
    """All series with their indices; `fitted` where normality is rejected, `judged` the values of the last segment."""

    table: SeriesTable
    specification: Specification
    found: Capability
    fitted: tuple[FittedCapability | None, ...]
    judged: Floats
    warnings: tuple[tuple[str, ...], ...]

    def document(self) -> Mapping[str, object]:
        """Everything, as canonical JSON takes it; None where there is no number."""
        asked = self.specification
        return {
            "specification": {"lower": asked.lower, "upper": asked.upper, "target": asked.target},
            "series": [self.series(place) for place in range(len(self.table.keys))],
        }

    def series(self, place: int) -> Mapping[str, object]:
        """One series in full."""
        found, fitted = self.found, self.fitted[place]
        why = Why(int(found.why[place]))
        return {
            "key": dict(zip(self.table.columns.by, self.table.keys[place], strict=True)),
            "n": int(found.points[place]),
            "why": None if why is Why.PRESENT else why.code,
            "warnings": list(self.warnings[place]),
            "needs_caution": bool(found.needs_caution[place]),
            "mean": _plain(found.mean[place]),
            "within": _indices(found.within, place),
            "overall": _indices(found.overall, place),
            "cpm": _plain(found.cpm[place]),
            "sigma_level": _plain(found.sigma_level[place]),
            "parts_per_million": _plain(found.parts_per_million[place]),
            "normality": _plain(found.normality[place]),
            "fitted": None if fitted is None else asdict(fitted),
        }


def capabilities_of(
    table: SeriesTable,
    *,
    lower: float | None,
    upper: float | None,
    target: float | None,
    rebase: Sequence[str] | None,
    rules: Sequence[str] | None,
    is_cumulative: bool | None = None,
) -> CapabilitiesFound:
    """Compare every series with the specification; where it is not normal, also with a distribution that fits.

    Raises:
        SpecificationWrong, ChartRefused.
    """
    asked = Specification(lower, upper, target)
    segments = segments_of(table, rebase or ())
    basis = spc.Basis(segments=segments)
    overlapping = overlapping_in(table, is_cumulative)
    found = capability(
        table.values, asked, basis=basis, rules=tuple(rules or ("mdc",)), overlapping=overlapping
    )
    last = table.values if segments is None else table.values[:, segments.number[0] == segments.count - 1]
    doubts = doubts_of_values(
        last, cycle=table.cycle, overlapping=overlapping, is_judged=is_cumulative is None
    )
    fitted = tuple(_fitted(found, place, last[place], asked) for place in range(len(last)))
    return CapabilitiesFound(table, asked, found, fitted, last, coded(doubts, count=len(last)))


def _fitted(found: Capability, place: int, values: Floats, asked: Specification) -> FittedCapability | None:
    if not found.normality[place] < NORMAL_ALPHA:
        return None
    fitted = fitted_capability(values, asked)
    return fitted if isinstance(fitted, FittedCapability) else None


def _indices(of: Indices, place: int) -> Mapping[str, object]:
    return {
        "sigma": _plain(of.sigma[place]),
        "spread": _plain(of.spread[place]),
        "spread_interval": [_plain(end[place]) for end in of.spread_interval],
        "below": _plain(of.below[place]),
        "above": _plain(of.above[place]),
        "centred": _plain(of.centred[place]),
        "centred_interval": [_plain(end[place]) for end in of.centred_interval],
    }


def _plain(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
