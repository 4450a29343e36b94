"""Charts of counts: p, np, c, u, and Laney's p′ and u′ where counts vary more, or less, than chance alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import Why
from fourfold.engine.spc.basis import Basis, reasons
from fourfold.engine.spc.by_segment import charted_by_segment
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.individual import table_of
from fourfold.engine.spc.refusals import refuse_counts
from fourfold.engine.spc.runs import medians
from fourfold.engine.spc.segments import Segments
from fourfold.engine.spc.summing import individuals, over_segments, ratios, sum_up

__all__ = ["DISPERSION_TOLERANCE", "LARGE_SIZE", "is_dispersed", "occurrences", "proportions", "rates"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DISPERSION_TOLERANCE: Final = 0.1  # |σ_z − 1| beyond which Laney's charts are due (METHOD M3.4)
LARGE_SIZE: Final = (
    1000.0  # the median denominator from which a wrong σ_z is not chance alone; ours, see the page
)


def proportions(
    counts: Floats, sizes: Floats, *, basis: Basis | None = None, kind: Literal["p", "np", "p-prime"] = "p"
) -> ControlChart:
    """p, np and p′ charts: the share of cases that show something, each point with limits of its own size.

    Args:
        counts: (series, period) or (period,), how many show it; NaN is missing.
        sizes: the same shape, of how many; 0 makes the point missing.
        basis: which points count, segments, constants.
        kind: `p` plots shares, `np` counts, `p-prime` shares with limits widened or narrowed by Laney's σ_z.

    Returns: limits within 0 and 1; `dispersion` is σ_z; ZERO_DENOMINATOR where every size is 0, NO_VARIATION where
        the share is 0 or 1 throughout.

    Raises:
        CountsWrong: a negative count or size, or a count above its size.

    Source: METHOD M3.4; Montgomery §7.2; Laney, Quality Engineering 14, 2002.

    >>> d, n = np.array([12.0, 15, 9, 14, 11, 18, 10, 13]), np.array([2000.0, 2100, 1900, 2050, 1980, 2020, 1990, 2010])
    >>> chart = proportions(d, n)
    >>> chart.centre.round(7).item(), chart.upper[0, 0].round(7).item(), chart.dispersion.round(3).item()
    (0.0063551, 0.0116858, 1.11)
    """
    fit = _Fit.of(counts, sizes, basis=basis or Basis())
    refuse_counts(fit.counts > fit.sizes, "a proportion counts some of its cases: never more than there are")
    return fit.charted(ChartKind(kind), per_size=fit.share * (1.0 - fit.share), ceiling=1.0)


def rates(
    counts: Floats, sizes: Floats, *, basis: Basis | None = None, kind: Literal["u", "u-prime"] = "u"
) -> ControlChart:
    """u and u′ charts: events per unit of exposure (days, kilometres, orders), each point with its own limits.

    Args: as for `proportions`; `sizes` are exposures of any unit, and an event may come more than once per unit.

    Raises:
        CountsWrong: a negative count or exposure.

    Source: METHOD M3.4; Montgomery §7.3; Laney 2002.

    >>> x = np.array([10.0, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5])
    >>> chart = rates(x, np.full(20, 5.0))
    >>> chart.centre.round(2).item(), chart.upper[0, 0].round(2).item()
    (1.93, 3.79)
    """
    fit = _Fit.of(counts, sizes, basis=basis or Basis())
    return fit.charted(ChartKind(kind), per_size=fit.share, ceiling=np.inf)


def occurrences(counts: Floats, *, basis: Basis | None = None) -> ControlChart:
    """c chart: events in equal stretches of exposure; mean ± 3 √mean.

    Args:
        counts: (series, period) or (period,), 0 or more; NaN is missing.
        basis: which points count, segments.

    Raises:
        CountsWrong: a negative count.

    Source: METHOD M3.4; Montgomery §7.3.

    >>> occurrences(np.array([3.0, 5, 4, 2, 6, 4, 3, 5])).upper.item()
    10.0
    """
    basis = basis or Basis()
    points = table_of(counts)
    refuse_counts(points < 0.0, "counts are never negative")
    segments = basis.segments_over(points)
    total, used = sum_up(basis.kept(points), segments, baseline=basis.first_points, backend=basis.backend)
    with np.errstate(all="ignore"):
        mean = total / used
        reach = 3.0 * np.sqrt(mean)
    return charted_by_segment(
        ChartKind.C,
        points,
        centre=mean,
        reach=reach,
        why=reasons(used >= basis.least, reach),
        used=used,
        segments=segments,
        floor=0.0,
    )


def is_dispersed(chart: ControlChart, sizes: Floats) -> Bools:
    """Whether a p or u chart's counts vary so differently from chance that p′ or u′ is due, (series,).

    Source: METHOD M3.4 (|σ_z − 1| > 0.1 and sizes large).

    >>> d, n = np.array([12.0, 15, 9, 14, 11, 18, 10, 13]), np.full(8, 2000.0)
    >>> is_dispersed(proportions(d, n), n).tolist()
    [True]
    """
    assert chart.dispersion is not None, "only charts of counts and sizes have a dispersion"
    with np.errstate(invalid="ignore"):
        large = medians(table_of(sizes)) >= LARGE_SIZE
        off = np.abs(chart.dispersion - 1.0) > DISPERSION_TOLERANCE
    return np.asarray(off.any(axis=1) & large)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Counts and sizes (NaN where 0), the share of each segment spread over its points, and whether it may be used."""

    counts: Floats
    sizes: Floats
    share: Floats
    why: NDArray[np.uint8]
    used: NDArray[np.int32]
    segments: Segments
    basis: Basis

    @classmethod
    def of(cls, counts: Floats, sizes: Floats, *, basis: Basis) -> _Fit:
        above, below = table_of(counts), table_of(sizes)
        for numbers in (above, below):
            refuse_counts(numbers < 0.0, "counts and sizes are never negative")
        segments = basis.segments_over(above)
        total, size, used = ratios(
            basis.kept(above), below, segments=segments, baseline=basis.first_points, backend=basis.backend
        )
        with np.errstate(all="ignore"):
            share = total / size
        nothing = ~(below > 0.0).any(axis=1) & (below == 0.0).any(axis=1)
        why = np.where(used >= basis.least, np.uint8(Why.PRESENT), np.uint8(Why.TOO_FEW_POINTS))
        why[nothing] = Why.ZERO_DENOMINATOR
        return cls(
            above,
            np.where(below > 0.0, below, np.nan),
            over_segments(share, segments, outside=np.nan),
            over_segments(why, segments, outside=int(Why.NOT_APPLICABLE)),
            over_segments(used.astype(np.int32), segments, outside=0),
            segments,
            basis,
        )

    def charted(self, kind: ChartKind, *, per_size: Floats, ceiling: float) -> ControlChart:
        """Limits from the variance of a single case, `per_size`."""
        with np.errstate(all="ignore"):
            points = self.counts / self.sizes
            sigma = np.sqrt(per_size / self.sizes)
            dispersion = self._dispersion((points - self.share) / sigma)
            is_prime = kind in (ChartKind.P_PRIME, ChartKind.U_PRIME)
            reach = 3.0 * sigma * dispersion if is_prime else 3.0 * sigma
            varies = per_size * dispersion > 0.0 if is_prime else per_size > 0.0
        why = np.where((self.why == Why.PRESENT) & ~varies, np.uint8(Why.NO_VARIATION), self.why)
        there = why == Why.PRESENT
        centre, used = np.where(there, self.share, np.nan), self.used
        if kind is ChartKind.NP:
            points, centre, reach, ceiling = self.counts, centre * self.sizes, reach * self.sizes, np.inf
            points = np.where(np.isnan(self.sizes), np.nan, points)
            why, used = np.broadcast_to(why, points.shape), np.broadcast_to(used, points.shape)
        return ControlChart(
            kind,
            points,
            centre=centre,
            reach=np.where(there, reach, np.nan),
            why=why,
            used=used,
            segments=self.segments,
            floor=0.0,
            ceiling=ceiling,
            dispersion=dispersion,
        )

    def _dispersion(self, scores: Floats) -> Floats:
        """Laney's σ_z: the mean moving range of the standardised points ÷ 1.128."""
        sums = individuals(
            self.basis.kept(scores),
            self.segments,
            baseline=self.basis.first_points,
            screen=0.0,
            backend=self.basis.backend,
        )
        mean_range = sums.ranges / sums.spans
        return over_segments(
            mean_range / self.basis.numbers.mean_range_per_sigma, self.segments, outside=np.nan
        )
