"""Room for results: one allocation per quantity, all grains' pages on one axis."""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.pages import Pages
from fourfold.engine.calendar import Grain
from fourfold.engine.evaluate.results import GrainResults, MeasureResults, RollupResults
from fourfold.engine.rollup import RollupBlock

__all__ = ["Arrays", "rollup_node", "room_for"]

Part = TypeVar("Part", MeasureResults, RollupResults)

COUNTS_UP_TO = np.iinfo(np.uint16).max


@dataclass(frozen=True)
class Arrays:
    """Results over (node, page, unit); per grain they are slices of these.

    `shown` keeps carried native ordinals, `held` where a status was kept by hysteresis.
    """

    measures: MeasureResults
    objectives: RollupResults
    perspectives: RollupResults
    total: RollupResults
    shown: dict[int, NDArray[np.int64]]
    held: dict[int, NDArray[np.bool_]]

    @property
    def shape(self) -> tuple[tuple[int, ...], ...]:
        """Of every part: what tells whether they can serve again."""
        return tuple(part.score.shape for part in (self.measures, self.objectives, self.perspectives))

    def by_grain(self, pages: Pages) -> MappingProxyType[Grain, GrainResults]:
        """Views for each grain."""
        return MappingProxyType({grain: self._at(grain, pages) for grain in pages.grains})

    def _at(self, grain: Grain, pages: Pages) -> GrainResults:
        where = pages.slices[grain]
        return GrainResults(
            grain,
            pages.ordinals[grain],
            _cut(self.measures, where),
            _cut(self.objectives, where),
            _cut(self.perspectives, where),
            _cut(self.total, where),
            MappingProxyType({measure: shown[where] for measure, shown in self.shown.items()}),
            MappingProxyType({measure: held[where] for measure, held in self.held.items()}),
        )


def room_for(
    *, measures: int, objectives: int, perspectives: int, total: int, pages: int, units: int, most: int
) -> Arrays:
    """Uninitialised arrays. `most` is the largest count of observations behind one cell."""
    shape = (measures, pages, units)
    counts = np.uint16 if most <= COUNTS_UP_TO else np.int32
    return Arrays(
        MeasureResults(
            value=np.empty(shape),
            target=np.empty(shape),
            score=np.empty(shape),
            why=np.empty(shape, dtype=np.uint8),
            target_why=np.empty(shape, dtype=np.uint8),
            score_why=np.empty(shape, dtype=np.uint8),
            status=np.empty(shape, dtype=np.uint8),
            present=np.empty(shape, dtype=counts),
            due=np.empty(shape, dtype=counts),
        ),
        _rollup_room((objectives, pages, units)),
        _rollup_room((perspectives, pages, units)),
        _rollup_room((total, pages, units)),
        {},
        {},
    )


def rollup_node(room: RollupResults, node: int) -> RollupBlock:
    """One node's room in the order a roll-up fills it."""
    return RollupBlock(
        room.score[node],
        room.coverage[node],
        room.low[node],
        room.high[node],
        room.why[node],
        room.status[node],
        room.red_children[node],
        room.worst_child[node],
    )


def _rollup_room(shape: tuple[int, int, int]) -> RollupResults:
    return RollupResults(
        score=np.empty(shape),
        coverage=np.empty(shape),
        low=np.empty(shape),
        high=np.empty(shape),
        status=np.empty(shape, dtype=np.uint8),
        why=np.empty(shape, dtype=np.uint8),
        red_children=np.empty(shape, dtype=np.int16),
        worst_child=np.empty(shape, dtype=np.int16),
    )


def _cut(part: Part, where: slice) -> Part:
    return type(part)(*(getattr(part, field.name)[:, where] for field in fields(part)))
