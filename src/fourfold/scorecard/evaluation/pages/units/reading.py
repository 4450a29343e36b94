"""One call per page of units, read at the ledger's head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.tables import Column, ColumnKind, Table
from fourfold.scorecard.evaluation.pages.place import Place, looking
from fourfold.scorecard.evaluation.pages.units.building import compare_page, heat_map_page
from fourfold.scorecard.evaluation.pages.units.judging import Judging
from fourfold.scorecard.evaluation.pages.units.page import ComparePage, HeatMapPage, RankingPage
from fourfold.scorecard.evaluation.pages.units.ranking import RankBy, ranking_page

__all__ = ["heat_map_table", "read_comparison", "read_heat_map", "read_ranking"]


def read_heat_map(scope: Scope, place: Place, *, levels: int, at: datetime) -> HeatMapPage:
    """Perspectives × units.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with looking(scope, place, at=at, depth=levels) as seen:
        page = heat_map_page(
            seen.evaluation, unit=place.unit, shown=seen.shown, levels=levels, visible=seen.visible
        )
        judging = Judging(place, scope, at, seen.evaluation.book.definitions)
    return judging.heat_map(page)


def read_comparison(scope: Scope, place: Place, *, chosen: Sequence[str], at: datetime) -> ComparePage:
    """Up to six units side by side; one outside the page's unit is not among them.

    Raises:
        As `read_heat_map`.
    """
    with looking(scope, place, at=at) as seen:
        page = compare_page(
            seen.evaluation, unit=place.unit, shown=seen.shown, chosen=chosen, visible=seen.visible
        )
        judging = Judging(place, scope, at, seen.evaluation.book.definitions)
    return judging.comparison(page)


def read_ranking(scope: Scope, place: Place, *, by: RankBy, at: datetime) -> RankingPage:
    """Units of one level in the order of one score.

    Raises:
        As `read_heat_map`.
    """
    with looking(scope, place, at=at) as seen:
        page = ranking_page(seen.evaluation, unit=place.unit, shown=seen.shown, by=by, visible=seen.visible)
        judging = Judging(place, scope, at, seen.evaluation.book.definitions)
    return judging.ranking(page)


def heat_map_table(page: HeatMapPage) -> Table:
    """The heat map to take away: for every perspective a score, a status, and which of its objectives were judged."""
    columns = [Column("Unit key"), Column("Unit"), Column("Level")]
    for name in page.perspectives:
        columns += [Column(name, ColumnKind.NUMBER, decimals=0), Column(f"{name}: status")]
        columns += [Column(f"{name}: objectives judged")]
    rows = [
        (
            row.key,
            row.name,
            row.level,
            *(
                part
                for cell in row.cells
                for part in (cell.score, cell.mark.status.label, "; ".join(cell.judged))
            ),
        )
        for row in page.rows
    ]
    notes = (("Period", page.place.stepper.current.label), ("Scale", page.place.scale.sentence))
    return Table(f"Units below {page.place.unit_name}", tuple(columns), rows, notes)
