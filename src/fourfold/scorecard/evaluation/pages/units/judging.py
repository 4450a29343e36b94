"""What owners judged, beside the statuses of many units: every page asks once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.judged import Judged, judged_of
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.units.page import ComparedRow, ComparePage, HeatMapPage, RankingPage

__all__ = ["Judging"]


@dataclass(frozen=True, slots=True)
class Judging:
    """On whose behalf judgements are looked up, where and when, and the objectives as they are called."""

    place: Place
    scope: Scope
    at: datetime
    definitions: Definitions

    def heat_map(self, page: HeatMapPage) -> HeatMapPage:
        """The same with the objectives judged in each cell's perspective."""
        found = self._found(*page.keys)
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(cell, judged=self._told(found.get(row.key, {}), cell.key)) for cell in row.cells
                ),
            )
            for row in page.rows
        )
        return replace(page, rows=rows)

    def comparison(self, page: ComparePage) -> ComparePage:
        """The same with what was judged beside each objective's status."""
        units = [key for key, _name in page.units]
        found = self._found(*units)
        by_unit = [found.get(key, {}) for key in units]
        return replace(page, rows=tuple(_compared(row, by_unit) for row in page.rows))

    def ranking(self, page: RankingPage) -> RankingPage:
        """The same with the objectives judged in the perspective that ranks; nobody judges a measure."""
        if not page.perspective:
            return page
        found = self._found(*(row.key for row in page.rows))
        told = {unit: self._told(judged, page.perspective) for unit, judged in found.items()}
        return replace(page, rows=tuple(replace(row, judged=told.get(row.key, ())) for row in page.rows))

    def _found(self, *units: str) -> dict[str, dict[str, Judged]]:
        return judged_of(units, self.place, scope=self.scope, at=self.at)

    def _told(self, judged: Mapping[str, Judged], perspective: str) -> tuple[str, ...]:
        """A sentence for each judged objective of a perspective, in the order of the definitions."""
        if not judged:
            return ()
        listed = (each for each in self.definitions.objectives if each.perspective == perspective)
        return tuple(judged[each.key].told(each.name) for each in listed if each.key in judged)


def _compared(row: ComparedRow, by_unit: list[dict[str, Judged]]) -> ComparedRow:
    if row.kind != "objective" or not any(row.key in judged for judged in by_unit):
        return row
    beside = zip(row.cells, by_unit, strict=True)
    cells = (replace(cell, judged=judged.get(row.key) if cell.mark else None) for cell, judged in beside)
    return replace(row, cells=tuple(cells))
