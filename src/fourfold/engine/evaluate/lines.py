"""One line from observations to pages: value, target and counts, before any score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import PageRanges
from fourfold.engine.book.pages import NativeMap, Pages
from fourfold.engine.book.timetable import Line
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate.carried_over import carried_over
from fourfold.engine.evaluate.native import NativeTotals, Observed, native_totals
from fourfold.engine.evaluate.page_targets import PageTargets, page_targets
from fourfold.engine.evaluate.page_values import PageValues, page_sums, page_values
from fourfold.engine.evaluate.view import View
from fourfold.engine.quantities import Why

__all__ = ["LinePages", "line_pages", "observed", "totals_of", "values_over"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LinePages:
    """One line on a page axis; shape (page, unit). `shown` is the native ordinal a carried page shows, else −1."""

    value: Floats
    why: NDArray[np.uint8]
    present: Floats
    due: Floats
    targets: PageTargets
    shown: NDArray[np.int64] | None


def observed(line: Line, *, cube: Cube, view: View) -> list[Observed]:
    """A line's tracks, cut to the view's units."""
    stack = cube.stack(line.rule.frequency)
    found = []
    for track in line.tracks:
        denominator = stack.denominator_of(track) if line.rule.has_denominator else None
        reasons = stack.reasons.get(track)
        found.append(
            Observed(
                view.cut(stack.numerator[track]),
                None if denominator is None else view.cut(denominator),
                reasons if reasons is None or view.is_whole else reasons[:, view.units.whole],
            )
        )
    return found


def totals_of(tracks: list[Observed], *, line: Line, view: View) -> NativeTotals:
    """What a line's observations add up to natively."""
    return native_totals(tracks, rule=line.rule, expectation=view.expectation(line), levels=view.levels)


def values_over(
    native: NativeTotals, *, line: Line, view: View, ranges: PageRanges, is_cell: NDArray[np.bool_]
) -> PageValues:
    """A line's values over any ranges of native periods."""
    return page_values(
        page_sums(native, rule=line.rule, ranges=ranges),
        native=native,
        rule=line.rule,
        expectation=view.expectation(line),
        ranges=ranges,
        is_cell=is_cell,
        coverage_min=view.book.policies.number("score.coverage_min"),
    )


def line_pages(native: NativeTotals, *, line: Line, view: View, pages: Pages) -> LinePages:
    """Everything about a line on some pages; shorter pages than a native period show the last one closed."""
    native_map = pages.native(line.rule.frequency)
    made = _made_of(native, line=line, view=view, native_map=native_map)
    if not native_map.any_carried:
        return made
    alone = view.native_pages(line.rule.frequency).native(line.rule.frequency)
    single = _made_of(native, line=line, view=view, native_map=alone)
    return _with_carried(made, single, line=line, view=view, pages=pages)


def _made_of(native: NativeTotals, *, line: Line, view: View, native_map: NativeMap) -> LinePages:
    ranges = native_map.ranges
    found = values_over(native, line=line, view=view, ranges=ranges, is_cell=native_map.is_cell)
    targets = page_targets(
        view.target(line),
        operator=line.rule.semantics.target,
        native=native,
        ranges=ranges,
        grows=any(each.anchors.grows_with_sums for each in line.rule.scored),
    )
    unselected = ~view.expectation(line).selected
    targets.why[:, unselected] = Why.NOT_APPLICABLE
    targets.value[:, unselected] = np.nan
    return LinePages(found.value, found.why, found.sums.present, found.sums.due, targets, None)


def _with_carried(made: LinePages, single: LinePages, *, line: Line, view: View, pages: Pages) -> LinePages:
    native_map = pages.native(line.rule.frequency)
    carried = carried_over(
        single.why,
        expectation=view.expectation(line),
        native_map=native_map,
        page_days=pages.last_day,
        due_days=line.rule.version.due_days,
        grace=line.rule.version.grace_periods,
    )
    chosen = np.flatnonzero(native_map.carried)
    rows = carried.rows
    picked = _Picker(rows, chosen)
    picked.put(made.value, single.value, nothing=np.nan)
    picked.put(made.present, single.present, nothing=0)
    picked.put(made.due, single.due, nothing=0)
    picked.put(made.targets.value, single.targets.value, nothing=np.nan)
    picked.put(made.targets.why, single.targets.why, nothing=carried.why)
    for own, alone in ((made.targets.red, single.targets.red), (made.targets.best, single.targets.best)):
        if own is not None and alone is not None:
            picked.put(own, alone, nothing=np.nan)
    if made.targets.times is not None and single.targets.times is not None:
        picked.put(made.targets.times, single.targets.times, nothing=1.0)
    made.why[chosen] = carried.why
    made.value[chosen] = np.where(
        (carried.why == Why.PRESENT) | (carried.why == Why.STALE), made.value[chosen], np.nan
    )
    shown = np.full(made.value.shape, -1, dtype=np.int64)
    shown[chosen] = np.where(rows >= 0, rows + native_map.ordinals.start, -1)
    return LinePages(made.value, made.why, made.present, made.due, made.targets, shown)


@dataclass(frozen=True)
class _Picker:
    """Puts native rows onto carried pages; `nothing` where no row is carried."""

    rows: NDArray[np.int64]
    chosen: NDArray[np.intp]

    def put(self, pages: NDArray[Any], native: NDArray[Any], *, nothing: float | NDArray[np.uint8]) -> None:
        found = np.take_along_axis(native, np.maximum(self.rows, 0), axis=0)
        pages[self.chosen] = np.where(self.rows < 0, nothing, found)
