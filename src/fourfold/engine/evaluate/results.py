"""What an evaluation yields: arrays with the axes (node, period, unit), and how to find one number in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book, UnitTree
from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.cube import Cube
from fourfold.engine.score import Backend

__all__ = ["Evaluation", "GrainNotEvaluated", "GrainResults", "MeasureResults", "RollupResults"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Counts = NDArray[np.integer]


class GrainNotEvaluated(KeyError):
    """This evaluation was not asked for that grain."""


@dataclass(frozen=True, slots=True)
class MeasureResults:
    """Every measure at one grain; all arrays have the shape (measure, period, unit).

    `value`, `target` and `score` are NaN where there is none; `why` says why there is no value, `target_why` why
    there is no target, `score_why` why there is no score (all `Why` codes). A STALE value is still shown. `status` is
    a byte of `score.STATUS_CODES`. `present` of `due` observations lie behind the value.
    """

    value: Floats
    target: Floats
    score: Floats
    why: Bytes
    target_why: Bytes
    score_why: Bytes
    status: Bytes
    present: Counts
    due: Counts


@dataclass(frozen=True, slots=True)
class RollupResults:
    """Objectives, perspectives or the total at one grain; all arrays have the shape (node, period, unit).

    `coverage` is the weight share of eligible children with a score; `low` and `high` bound the score for any value
    of the missing ones. `worst_child` is the position among the node's children, −1 where none has a score.
    """

    score: Floats
    coverage: Floats
    low: Floats
    high: Floats
    status: Bytes
    why: Bytes
    red_children: NDArray[np.int16]
    worst_child: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class GrainResults:
    """Everything at one grain. `ordinals` names the period axis; `total` has a single node.

    `shown` holds, for measures taken less often than the pages, the ordinal (at the native frequency) of the period
    whose value each page shows, −1 where none; by place on the measure axis, shape (period, unit). `held` marks
    statuses kept by hysteresis, likewise; it is empty where policy wants none.
    """

    grain: Grain
    ordinals: range
    measures: MeasureResults
    objectives: RollupResults
    perspectives: RollupResults
    total: RollupResults
    shown: Mapping[int, NDArray[np.int64]]
    held: Mapping[int, NDArray[np.bool_]]

    def position(self, ordinal: int) -> int:
        """Where a period stands on the period axis; raises IndexError outside it."""
        if ordinal not in self.ordinals:
            raise IndexError(f"{self.grain} {ordinal} lies outside the evaluated time")
        return ordinal - self.ordinals.start


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer to `evaluate`: numbers of the units below `units.keys[0]`, per grain.

    `measures` are the evaluated measures' keys in listed order; objectives and perspectives are those of the
    definitions, in listed order. The cube it was computed from is kept for drilling down to observations; `places`,
    `arrays` and `view` serve `update`, which changes the results in place.
    """

    book: Book
    cube: Cube
    units: UnitTree
    measures: tuple[str, ...]
    grains: Mapping[Grain, GrainResults]
    backend: Backend
    places: dict[int, int] = field(repr=False, compare=False)
    arrays: Any = field(repr=False, compare=False)
    view: Any = field(repr=False, compare=False)

    def at(self, grain: Grain) -> GrainResults:
        """The arrays of one grain.

        Raises:
            GrainNotEvaluated: not among the grains asked for.
        """
        if grain not in self.grains:
            raise GrainNotEvaluated(f"{grain} was not evaluated")
        return self.grains[grain]

    def measure_index(self, key: str) -> int:
        """Where a measure stands on the node axis."""
        return self.measures.index(key)

    def objective_index(self, key: str) -> int:
        """Where an objective stands on the node axis."""
        return self.book.objective_index(key)

    def perspective_index(self, key: str) -> int:
        """Where a perspective stands on the node axis."""
        return self.book.perspective_index(key)

    def has(self, page: GrainPeriod) -> bool:
        """Whether a page's period lies on the evaluated axis."""
        return page.grain in self.grains and page.ordinal in self.grains[page.grain].ordinals

    def differs_from(self, other: Evaluation) -> tuple[str, ...]:
        """Names of the arrays that are not equal bit for bit; empty for two equal evaluations."""
        names = []
        for grain, results in self.grains.items():
            for part in ("measures", "objectives", "perspectives", "total"):
                mine, theirs = getattr(results, part), getattr(other.at(grain), part)
                names += [
                    f"{grain}.{part}.{f.name}"
                    for f in fields(mine)
                    if getattr(mine, f.name).tobytes() != getattr(theirs, f.name).tobytes()
                ]
        return tuple(names)
