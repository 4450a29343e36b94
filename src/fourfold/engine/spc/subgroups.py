"""Subgroups of several values a period: X̄–R and X̄–S charts with the charts of their ranges and deviations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.spc.basis import Basis, reasons
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.constants import LARGEST_SUBGROUP
from fourfold.engine.spc.refusals import SubgroupSizeUnknown
from fourfold.engine.spc.segments import Segments
from fourfold.engine.spc.summing import over_segments, ratios, sum_up

__all__ = ["subgroup_means", "subgroup_spreads"]

Floats = NDArray[np.float64]
By = Literal["range", "deviation"]

_MEANS: Final = {"range": ChartKind.XBAR_R, "deviation": ChartKind.XBAR_S}
_SPREADS: Final = {"range": ChartKind.R, "deviation": ChartKind.S}


def subgroup_means(members: Floats, *, by: By = "range", basis: Basis | None = None) -> ControlChart:
    """X̄ chart: the means of subgroups within limits made of the spread inside them.

    Args:
        members: (series, period, member) or (period, member), in the measure's unit; NaN is missing. A subgroup with
            fewer than two members is missing: one value has no spread.
        by: `range` for X̄–R, `deviation` for X̄–S, the better choice above ten members.
        basis: which periods count, segments, constants.

    Returns: with subgroups of one size, x̄̄ ± A2·R̄ or A3·S̄; of several sizes, the mean of all members ± 3σ̂/√n with σ̂
        the mean of R/d2(n) or S/c4(n).

    Raises:
        SubgroupSizeUnknown: more than 25 members.

    Source: METHOD M3.4; Montgomery §6.2, §6.3; Burr, J. Quality Technology 1, 1969 (unequal sizes).

    >>> rng = np.random.default_rng(1)
    >>> subgroup_means(rng.normal(10.0, 1.0, (25, 5))).reach[0, 0].round(2).item()
    1.23
    """
    groups = _Groups.of(members, by=by, basis=basis or Basis())
    table = groups.basis.numbers
    factor = (table.a2 if by == "range" else table.a3)[groups.size]
    with np.errstate(all="ignore"):
        several = 3.0 * groups.sigma / np.sqrt(groups.size)
    reach = np.where(groups.is_even, factor * groups.spread_mean, several)
    return groups.charted(_MEANS[by], groups.mean, centre=groups.grand_mean, reach=reach)


def subgroup_spreads(members: Floats, *, by: By = "range", basis: Basis | None = None) -> ControlChart:
    """R or S chart: whether the spread inside the subgroups is stable; read it before the chart of the means.

    Args: as for `subgroup_means`.

    Source: METHOD M3.4 (D3, D4, B3, B4); Montgomery §6.2, §6.3.

    >>> rng = np.random.default_rng(1)
    >>> chart = subgroup_spreads(rng.normal(10.0, 1.0, (25, 5)))
    >>> (chart.upper / chart.shown_centre).round(3).max().item(), chart.lower.max().item()
    (2.114, 0.0)
    """
    groups = _Groups.of(members, by=by, basis=basis or Basis())
    table = groups.basis.numbers
    expected = (table.d2 if by == "range" else table.c4)[groups.size]
    ceiling = (table.d4 if by == "range" else table.b4)[groups.size]
    centre = np.where(groups.is_even, groups.spread_mean, groups.sigma * expected)
    return groups.charted(
        _SPREADS[by], groups.spread, centre=centre, reach=(ceiling - 1.0) * centre, floor=0.0
    )


@dataclass(frozen=True, slots=True)
class _Groups:
    """What each subgroup is like, (series, period), and what its segment is like on the whole, spread over it."""

    mean: Floats
    spread: Floats
    size: NDArray[np.int64]
    is_even: NDArray[np.bool_]
    grand_mean: Floats
    spread_mean: Floats
    sigma: Floats
    used: NDArray[np.int64]
    segments: Segments
    basis: Basis

    @classmethod
    def of(cls, members: Floats, *, by: By, basis: Basis) -> _Groups:
        cube = np.asarray(members, dtype=np.float64)
        cube = cube[np.newaxis] if cube.ndim == 2 else cube
        cube = cube if cube.shape[1] else np.full((len(cube), 1, 1), np.nan)
        size = _sizes(cube)
        sums = np.where(size > 0, np.nansum(cube, axis=2), np.nan)
        mean = sums / np.where(size > 0, size, 1)
        spread = _spreads(cube, mean, size=size, by=by)
        segments = basis.segments_over(mean)
        table = basis.numbers
        expected = (table.d2 if by == "range" else table.c4)[size]

        def on_the_whole(values: Floats) -> Floats:
            total, used = sum_up(
                basis.kept(values), segments, baseline=basis.first_points, backend=basis.backend
            )
            with np.errstate(all="ignore"):
                return np.asarray(over_segments(total / used, segments, outside=np.nan), dtype=np.float64)

        sizes = np.where(size > 0, size.astype(np.float64), np.nan)
        above, below, used = ratios(
            basis.kept(sums), sizes, segments=segments, baseline=basis.first_points, backend=basis.backend
        )
        with np.errstate(all="ignore"):
            grand = over_segments(above / below, segments, outside=np.nan)
        even = np.nanmax(sizes, axis=1, initial=0.0) == np.nanmin(sizes, axis=1, initial=np.inf)
        return cls(
            mean, spread, size, even[:, np.newaxis], grand, on_the_whole(spread), on_the_whole(spread / expected),
            used, segments, basis,
        )  # fmt: skip

    def charted(
        self, kind: ChartKind, points: Floats, *, centre: Floats, reach: Floats, floor: float = -np.inf
    ) -> ControlChart:
        """Limits a point, because sizes may differ."""
        shape = points.shape
        enough = np.broadcast_to(
            over_segments(self.used >= self.basis.least, self.segments, outside=False), shape
        )
        why = reasons(enough, np.broadcast_to(self.spread_mean, shape)).copy()
        why[np.broadcast_to(self.segments.number, shape) < 0] = Why.NOT_APPLICABLE
        there = why == Why.PRESENT
        used = over_segments(self.used.astype(np.int32), self.segments, outside=0)
        return ControlChart(
            kind,
            points,
            centre=np.where(there, np.broadcast_to(centre, shape), np.nan),
            reach=np.where(there, np.broadcast_to(reach, shape), np.nan),
            why=why,
            used=np.broadcast_to(used, shape),
            segments=self.segments,
            floor=floor,
        )


def _sizes(cube: Floats) -> NDArray[np.int64]:
    """Members of each subgroup; 0 for those too small to have a spread."""
    size = np.isfinite(cube).sum(axis=2)
    if size.max(initial=0) > LARGEST_SUBGROUP:
        raise SubgroupSizeUnknown(f"a subgroup of {size.max()}; the tables go to {LARGEST_SUBGROUP}")
    return np.where(size < 2, 0, size)


def _spreads(cube: Floats, mean: Floats, *, size: NDArray[np.int64], by: By) -> Floats:
    there = np.isfinite(cube)
    if by == "range":
        high = np.max(cube, axis=2, where=there, initial=-np.inf)
        found = high - np.min(cube, axis=2, where=there, initial=np.inf)
    else:
        off = np.where(there, cube - mean[..., np.newaxis], 0.0)
        found = np.sqrt((off * off).sum(axis=2) / np.maximum(size - 1, 1))
    return np.where(size > 0, found, np.nan)
