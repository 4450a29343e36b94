"""What `fourfold leadlag` found, as a document."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.leadlag.links import AskedLink
from fourfold.cli.leadlag.side_by_side import EvenSeries, SeriesColumns, read_even_series
from fourfold.engine import leadlag
from fourfold.engine.spc import looks_cumulative

__all__ = ["LinksFound", "links_found"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinksFound:
    """Every link asked for with its verdict; the p of each are adjusted for one another."""

    series: EvenSeries
    asked: tuple[AskedLink, ...]
    judged: tuple[leadlag.Judged, ...]
    permutations: int

    @property
    def whys(self) -> tuple[str, ...]:
        """Why a link was not tested; empty where it was."""
        return tuple(
            each.found.why.code if isinstance(each.found, leadlag.NotTestable) else "" for each in self.judged
        )

    def document(self) -> Mapping[str, object]:
        """Everything, as canonical JSON takes it; None where there is no number."""
        return {
            "cycle": self.series.cycle,
            "permutations": self.permutations,
            "links": [
                self._link(asked, judged) for asked, judged in zip(self.asked, self.judged, strict=True)
            ],
        }

    def _link(self, asked: AskedLink, judged: leadlag.Judged) -> Mapping[str, object]:
        expected, found = asked.hypothesis, judged.found
        named = {
            "x": asked.x,
            "y": asked.y,
            "sign": expected.sign,
            "lag": [expected.lag_from, expected.lag_to],
            "verdict": judged.verdict.value,
            "doubts": [doubt.value for doubt in judged.doubts],
        }
        if isinstance(found, leadlag.NotTestable):
            return {**named, "why": found.why.code, "n": found.periods, "n_needed": found.needed}
        return {**named, "why": None, **self._numbers(found), "p_adjusted": judged.adjusted_p}

    def _numbers(self, found: leadlag.Examination) -> Mapping[str, object]:
        shape, granger, stretch = found.shape, found.precedence, found.stretch
        return {
            "n": stretch.periods,
            "from": self.series.periods[stretch.start],
            "to": self.series.periods[stretch.stop - 1],
            "needs_caution": found.needs_caution,
            "transformations": {
                "log_x": shape.log_x,
                "log_y": shape.log_y,
                "cycle": shape.cycle,
                "differenced": shape.is_differenced,
                "prewhitening_order": found.order,
            },
            "correlations": {str(lag): _plain(found.at(lag)) for lag in range(-found.most, found.most + 1)},
            "peak_lag": found.peak_lag,
            "peak": _plain(found.peak),
            "is_in_window": found.is_in_window,
            "reverse_lag": found.reverse_lag,
            "reverse": _plain(found.reverse),
            "p": found.p,
            "granger": {
                "f": _plain(granger.f),
                "p": _plain(granger.p),
                "lags": granger.lags,
                "order": granger.order,
                "toda_yamamoto": granger.is_augmented,
            },
            "minimal_detectable": found.detectable,
        }


def links_found(
    path: Path,
    columns: SeriesColumns,
    *,
    asked: Sequence[AskedLink],
    cycle: int | None,
    permutations: int | None,
    is_cumulative: bool | None,
) -> LinksFound:
    """Read the series and test every link.

    Raises:
        FileRefused, LeadLagRefused.
    """
    names = list(dict.fromkeys(name for link in asked for name in (link.x, link.y)))
    read = read_even_series(path, columns, names=names)
    orders = permutations if permutations is not None else leadlag.permutations_for(len(asked))
    terms = leadlag.Terms(cycle=read.cycle if cycle is None else cycle, permutations=orders)
    series = {
        name: leadlag.Series(values, overlaps=_overlaps(values) if is_cumulative is None else is_cumulative)
        for name, values in read.values.items()
    }
    found = [
        leadlag.examine(
            series[link.x],
            series[link.y],
            hypothesis=link.hypothesis,
            seed=leadlag.seed_of(link.x, link.y),
            terms=terms,
        )
        for link in asked
    ]
    return LinksFound(read, tuple(asked), leadlag.judged(found), orders)


def _overlaps(values: Floats) -> bool:
    return bool(looks_cumulative(values)[0])


def _plain(number: float) -> float | None:
    return number if math.isfinite(number) else None
