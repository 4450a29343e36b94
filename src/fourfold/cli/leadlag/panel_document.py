"""`fourfold leadlag --panel COLUMN`: one link over many units at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.leadlag.links import AskedLink
from fourfold.cli.leadlag.side_by_side import SeriesColumns, read_panel_series
from fourfold.engine import leadlag
from fourfold.engine.spc import looks_cumulative

__all__ = ["PanelsFound", "panels_found"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PanelsFound:
    """Every link asked for; `adjusted` is NaN where nothing could be estimated."""

    units: tuple[str, ...]
    word: str
    asked: tuple[AskedLink, ...]
    found: tuple[leadlag.Panel | leadlag.NoPanel, ...]
    adjusted: tuple[float, ...]

    def verdict(self, place: int) -> leadlag.Verdict:
        """As for one series, without Granger and reverse."""
        found = self.found[place]
        if isinstance(found, leadlag.NoPanel):
            return leadlag.Verdict.NOT_TESTABLE
        if self.adjusted[place] >= leadlag.ALPHA:
            return leadlag.Verdict.INCONCLUSIVE
        return leadlag.Verdict.SUPPORTED if found.has_expected_sign else leadlag.Verdict.CONTRADICTED

    def document(self) -> Mapping[str, object]:
        """Everything, as canonical JSON takes it."""
        return {"units": list(self.units), "links": [self._link(place) for place in range(len(self.asked))]}

    def _link(self, place: int) -> Mapping[str, object]:
        asked, found = self.asked[place], self.found[place]
        expected = asked.hypothesis
        named = {
            "x": asked.x,
            "y": asked.y,
            "sign": expected.sign,
            "lag": [expected.lag_from, expected.lag_to],
            "verdict": self.verdict(place).value,
            "units": found.units,
            "unit_periods": found.unit_periods,
        }
        if isinstance(found, leadlag.NoPanel):
            return {**named, "why": found.why.code}
        return {
            **named,
            "why": None,
            "periods": found.periods,
            "slope": found.slope,
            "error": found.error,
            "low": found.low,
            "high": found.high,
            "p": found.p,
            "p_adjusted": self.adjusted[place],
        }


def panels_found(
    path: Path, columns: SeriesColumns, *, unit: str, asked: Sequence[AskedLink], is_cumulative: bool | None
) -> PanelsFound:
    """Read the measures of every unit and estimate each link.

    Raises:
        FileRefused, LeadLagRefused.
    """
    names = list(dict.fromkeys(name for link in asked for name in (link.x, link.y)))
    read = read_panel_series(path, columns, names=names, unit=unit)
    found = tuple(
        leadlag.panel(
            read.values[link.x],
            read.values[link.y],
            hypothesis=link.hypothesis,
            overlaps=any(_overlaps(read.values[name], said=is_cumulative) for name in (link.x, link.y)),
        )
        for link in asked
    )
    made = [place for place, each in enumerate(found) if isinstance(each, leadlag.Panel)]
    ps = leadlag.adjusted_p([each.p for each in found if isinstance(each, leadlag.Panel)])
    adjusted = dict(zip(made, ps, strict=True))
    every = tuple(adjusted.get(place, float("nan")) for place in range(len(found)))
    return PanelsFound(read.units, read.word, tuple(asked), found, every)


def _overlaps(values: Floats, *, said: bool | None) -> bool:
    """As said; else most of the units look so."""
    return bool(looks_cumulative(values).mean() > 0.5) if said is None else said
