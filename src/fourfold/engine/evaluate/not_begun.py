"""Pages that have not begun: nothing is due there, whatever was entered early or carried over."""

from __future__ import annotations

from datetime import date

import numpy as np

from fourfold.engine.book.pages import Pages
from fourfold.engine.book.timetable import Line
from fourfold.engine.evaluate.lines import LinePages
from fourfold.engine.quantities import Why

__all__ = ["leave_for_later"]


def leave_for_later(found: LinePages, *, line: Line, pages: Pages, today: date) -> None:
    """Make every page whose first day lies after `today` NOT_DUE as a whole, in place.

    Without this a month in the future would show last quarter's and last year's carried values, and be scored by them
    alone. What is wanted of a coming page stays known, except where a page would only repeat another period's target.
    """
    ahead = pages.ahead(today)
    if not ahead.any():
        return
    applies = ahead[:, np.newaxis] & (found.why != Why.NOT_APPLICABLE)
    found.why[applies] = Why.NOT_DUE
    found.value[ahead] = np.nan
    found.present[ahead] = 0
    found.due[ahead] = 0
    carried = ahead & pages.native(line.rule.frequency).carried
    found.targets.value[carried] = np.nan
    found.targets.why[carried] = found.why[carried]
    if found.shown is not None:
        found.shown[carried] = -1
