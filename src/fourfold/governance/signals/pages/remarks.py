"""What makes a chart's limits doubtful, said beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine import spc
from fourfold.engine.calendar import Frequency
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.spc import ChartKind
from fourfold.governance.signals.pages.control_points import ControlPoint
from fourfold.governance.signals.queries.chart_kinds import are_rare
from fourfold.governance.signals.queries.judging import Group
from fourfold.governance.signals.queries.series import SeriesTable
from fourfold.platform.ui.numbers import display_number

__all__ = ["remarks"]

_CYCLE = {Frequency.MONTH: 12, Frequency.QUARTER: 4, Frequency.WEEK: 52, Frequency.DAY: 7}


def remarks(
    table: SeriesTable,
    series: NativeSeries,
    *,
    group: Group,
    row: int,
    points: Sequence[ControlPoint],
    is_trial: bool,
) -> tuple[str, ...]:
    """Trial limits, dispersion, neighbours and seasons alike, gaps, and a period left out because it is not over."""
    found = list(_of_limits(group, row, is_trial=is_trial))
    found += list(_of_likeness(series, points))
    rare = are_rare(series) if group.chart.kind not in (ChartKind.G, ChartKind.T) else None
    if rare is not None:
        found.append(
            _(
                "Events are rare here, %(count)s a period on average: limits of counts say little of so few. Take the "
                "cases or the days from one event to the next as a measure, and choose a g or t chart for it."
            )
            % {"count": display_number(rare, decimals=1).text}
        )
    found += list(
        _of_gaps(sum(point.value is None for point in points), is_remembered=bool(group.remembered))
    )
    if table.calendar.last_day(table.shown) > table.today:
        found.append(
            _("%(period)s is not over: a part of it says nothing yet and is left out.")
            % {"period": table.calendar.label(table.shown)}
        )
    return tuple(found)


def _of_gaps(gaps: int, *, is_remembered: bool) -> Iterator[str]:
    if not gaps:
        return
    if is_remembered:
        said = ngettext(
            "%(gaps)s period has no value: nothing is taken across it, and what is remembered waits.",
            "%(gaps)s periods have no value: nothing is taken across them, and what is remembered waits.",
            gaps,
        )
    else:
        said = ngettext(
            "%(gaps)s period has no value: no range is taken across it, and a pattern ends there.",
            "%(gaps)s periods have no value: no range is taken across them, and a pattern ends there.",
            gaps,
        )
    yield said % {"gaps": gaps}


def _of_limits(group: Group, row: int, *, is_trial: bool) -> Iterator[str]:
    used = int(group.chart.over_points(group.chart.used)[row, -1])
    if is_trial:
        yield _("Trial limits: they rest on %(used)s points and will move.") % {"used": used}
    if group.chart.kind in (ChartKind.P_PRIME, ChartKind.U_PRIME) and group.chart.dispersion is not None:
        dispersion = float(group.chart.over_points(group.chart.dispersion)[row, -1])
        words = {"times": display_number(dispersion, decimals=1).text}
        # Whole numbers may be grams or minutes: nothing is said of what they count.
        if dispersion < 1.0:
            yield (
                _(
                    "These parts vary less than counts would by chance, %(times)s times as much; "
                    "the limits allow for it."
                )
                % words
            )
            return
        yield (
            _("These parts vary %(times)s times as much as counts would by chance; the limits allow for it.")
            % words
        )


def _of_likeness(series: NativeSeries, points: Sequence[ControlPoint]) -> Iterator[str]:
    """Only of the last segment: a rebase between two levels would look like likeness."""
    last = points[-1].segment
    values = np.array(
        [np.nan if point.value is None else point.value for point in points if point.segment == last]
    )
    if spc.autocorrelation(values)[0] > spc.MOST_AUTOCORRELATION:
        yield _(
            "Each value is much like the one before it: the limits are tighter than they should be, and some of "
            "these signals may be the slow drift of the process itself."
        )
    if spc.is_seasonal(values, cycle=_CYCLE.get(series.version.frequency, 1))[0]:
        yield _(
            "The values repeat with the season: compare with the same period of last year before you act."
        )
