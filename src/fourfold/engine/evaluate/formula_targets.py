"""What is wanted of a measure computed page by page: it has no observations, so its periods count by date."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import PageRanges, TargetOperator
from fourfold.engine.book.pages import Pages
from fourfold.engine.book.timetable import Line
from fourfold.engine.evaluate.native import by_date
from fourfold.engine.evaluate.operands import Operands, Totals
from fourfold.engine.evaluate.page_targets import PageTargets, page_targets
from fourfold.engine.quantities import Why

__all__ = ["formula_targets", "weighs_by_divisor"]

Floats = NDArray[np.float64]


def formula_targets(line: Line, totals: Totals, *, pages: Pages) -> PageTargets:
    """Targets of a formula's pages.

    Several periods of a quotient weigh by the value of its divisor in each, since that is the denominator the page's
    value has; where the divisor is missing or not positive a period weighs nothing, and where none weighs, or the
    formula is no quotient, all weigh alike. An overlapping formula (`rolling`, `ytd`) is wanted as of the last period
    owed, as its value is.

    Source: METHOD §2.6, §2.7; decisions 0007, 0008.
    """
    view = totals.view
    expectation = view.expectation(line)
    native_map = pages.native(line.rule.frequency)
    start = np.maximum(native_map.start, 0)
    stop = np.where(native_map.carried, native_map.start + 1, native_map.stop)
    ranges = PageRanges(start, np.maximum(stop, 0).astype(np.int32))
    weights = None
    if weighs_by_divisor(line) and not ranges.is_native:
        weights = _divisors(line, totals)
    wanted = page_targets(
        view.target(line),
        operator=line.rule.target_operator,
        native=by_date(expectation),
        ranges=ranges,
        grows=any(each.anchors.grows_with_sums for each in line.rule.scored),
        weights=weights,
    )
    wanted.why[:, ~expectation.selected] = Why.NOT_APPLICABLE
    wanted.value[:, ~expectation.selected] = np.nan
    return wanted


def weighs_by_divisor(line: Line) -> bool:
    """Whether a formula's targets depend on what was observed."""
    is_weighted = line.rule.is_per_page and line.rule.target_operator is TargetOperator.WEIGHTED
    needed = line.target is not None and not line.target.is_steady
    return is_weighted and needed and line.rule.divisor is not None


def _divisors(line: Line, totals: Totals) -> Floats:
    """The divisor's value in every native period, 0 where it cannot weigh."""
    assert line.rule.divisor is not None
    operands = Operands(totals, totals.view.native_pages(line.rule.frequency))
    values, whys = operands.part(line, line.rule.divisor)
    return np.where((whys == Why.PRESENT) & (values > 0.0), values, 0.0)
