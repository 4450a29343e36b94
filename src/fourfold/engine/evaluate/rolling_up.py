"""Measures to objectives, objectives to perspectives, and a total only where policy wants one."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book import Book
from fourfold.engine.book.pages import Pages
from fourfold.engine.book.rollups import Family
from fourfold.engine.evaluate.arrays import Arrays, rollup_node
from fourfold.engine.evaluate.cut import Cut, cut_of, taken
from fourfold.engine.evaluate.results import RollupResults
from fourfold.engine.evaluate.threads import in_threads
from fourfold.engine.quantities import Why
from fourfold.engine.rollup import RollupBlock, rollup_block
from fourfold.engine.score import GREY, Backend

__all__ = ["RollingUp"]

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

ANSWERS = tuple(each.name for each in fields(RollupBlock))


@dataclass(frozen=True)
class RollingUp:
    """Fills the roll-up arrays from the measures'. `places` as in `Measuring`; `units` cuts the tree (None: all).

    With `only`, fills those pages and columns and leaves the others as they are.
    """

    book: Book
    arrays: Arrays
    pages: Pages
    places: dict[int, int]
    units: NDArray[np.int32] | None
    backend: Backend
    kept: dict[Hashable, Any]
    only: Cut | None = None

    def on(self, pages: Places, columns: Places) -> RollingUp:
        """The same for some pages and columns."""
        return replace(self, only=cut_of(pages, columns, shape=self.arrays.measures.score.shape))

    def objective(self, position: int) -> None:
        """One objective from its measures; grey where some of them were not evaluated."""
        family = self.book.objectives[position]
        selected = self.book.selected_objectives[position]
        selected = selected if self.units is None else selected[self.units]
        room = self.arrays.objectives
        if any(share.child not in self.places for share in family.shares):
            _fill(room, position, why=Why.MISSING_REQUIRED)
        else:
            measures = self.arrays.measures
            children = np.array([self.places[share.child] for share in family.shares], dtype=np.int64)
            self._family(
                family,
                children,
                node=position,
                room=room,
                children_of=(measures.score, measures.score_why, measures.status),
            )
        if not selected.all():
            _fill(room, position, why=Why.NOT_APPLICABLE, units=np.flatnonzero(~selected))

    def perspective(self, position: int) -> None:
        """One perspective from its objectives."""
        family = self.book.perspectives[position]
        below = self.arrays.objectives
        self._family(
            family,
            family.children,
            node=position,
            room=self.arrays.perspectives,
            children_of=(below.score, below.why, below.status),
        )

    def total(self) -> None:
        """The grand total; off by default, because it hides trade-offs (METHOD §2.10)."""
        if not self.book.policies.is_on("score.total"):
            if self.only is None:
                _fill(self.arrays.total, 0, why=Why.TOTAL_OFF)
            return
        below = self.arrays.perspectives
        self._family(
            self.book.total,
            self.book.total.children,
            node=0,
            room=self.arrays.total,
            children_of=(below.score, below.why, below.status),
        )

    def everything(self) -> None:
        """All of them, children first."""
        cells = self.arrays.objectives.score.size
        in_threads(self.objective, range(len(self.book.objectives)), cells=cells)
        in_threads(
            self.perspective, range(len(self.book.perspectives)), cells=self.arrays.perspectives.score.size
        )
        self.total()

    def _family(
        self,
        family: Family,
        children: NDArray[np.int64],
        *,
        node: int,
        room: RollupResults,
        children_of: tuple[Floats, Bytes, Bytes],
    ) -> None:
        weights = self._weights(family)
        if self.only is None:
            self._rolled_up(family, weights, children_of, children=children, out=rollup_node(room, node))
            return
        self._family_in_cut(
            family, weights, children_of, children=children, cut=self.only, whole=rollup_node(room, node)
        )

    def _family_in_cut(
        self,
        family: Family,
        weights: Floats,
        children_of: tuple[Floats, Bytes, Bytes],
        *,
        children: NDArray[np.int64],
        cut: Cut,
        whole: RollupBlock,
    ) -> None:
        """One family on some pages and columns; weights that never change take all of these as one row."""
        weights = weights[:, cut.pages]
        if (weights == weights[:, :1]).all():
            cut, weights = cut.as_one_row, weights[:, :1]
        score, why, status = children_of
        where = cut.of_nodes(children)
        gathered = taken(score, where), taken(why, where), taken(status, where)
        out = RollupBlock.empty(cut.flat.shape)
        self._rolled_up(family, weights, gathered, children=None, out=out)
        for name in ANSWERS:
            cut.put(getattr(whole, name), getattr(out, name))

    def _rolled_up(
        self,
        family: Family,
        weights: Floats,
        children_of: tuple[Floats, Bytes, Bytes],
        *,
        children: NDArray[np.int64] | None,
        out: RollupBlock,
    ) -> None:
        score, why, status = children_of
        rollup_block(
            score,
            why,
            status=status,
            weights=weights,
            children=children,
            critical=family.critical,
            method=family.method,
            coverage_min=self.book.policies.number("score.coverage_min"),
            scale=self.book.scale,
            backend=self.backend,
            out=out,
        )

    def _weights(self, family: Family) -> Floats:
        """The weights on all pages; worked out once."""
        key = ("weights", self.pages.grains, id(family))
        if key not in self.kept:
            self.kept[key] = family.weights(self.pages.last_day)
        found: Floats = self.kept[key]
        return found


def _fill(room: RollupResults, node: int, *, why: Why, units: NDArray[np.intp] | None = None) -> None:
    """No score at all, for one reason."""
    where = slice(None) if units is None else units
    for floats in (room.score, room.coverage, room.low, room.high):
        floats[node][:, where] = np.nan
    room.status[node][:, where] = GREY
    room.why[node][:, where] = why
    room.red_children[node][:, where] = 0
    room.worst_child[node][:, where] = -1
