"""One call per answer about a measure's segments: the page, its waterfall, its table, its panel."""

from __future__ import annotations

from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.practices.customers.pages.segments_building import segments_page
from fourfold.practices.customers.pages.segments_page import SegmentsPage
from fourfold.practices.customers.queries.splits import segmented
from fourfold.scorecard.evaluation.pages.measure.against import AskedAgainst

__all__ = ["read_segments"]


def read_segments(asked: AskedAgainst, *, scope: Scope, at: datetime) -> SegmentsPage:
    """The segments of a measure in a unit and period. One query where nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, MeasureUnknown, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    visible = None if scope.sees_everything else scope.unit_keys
    with segmented(asked, scope=scope, at=at) as seen:
        return segments_page(seen, visible=visible)
