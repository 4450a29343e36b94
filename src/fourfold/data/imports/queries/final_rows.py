"""Values of a file that would change in months that are final: told in the preview, as the writing refuses them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from fourfold.data.imports.queries.prepared_import import PreparedImport
from fourfold.engine.calendar import Frequency, Period
from fourfold.folder.mapping.row_findings import RowFindings
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import known_closing, month_of
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.queries import known_paths

__all__ = ["ValueOfFinalPeriod", "final_rows"]


class ValueOfFinalPeriod(Refusal):
    code, status = "PERIOD_FINAL", 409
    sentence = _("{period} is final for “{unit}”.")
    remedy = _("Leave the row out, propose a restatement with its reason, or have the period reopened.")


def final_rows(prepared: PreparedImport, *, changing: NDArray[np.bool_]) -> RowFindings:
    """Of the rows that would change something (shape (n,)). Three queries; one where nothing was closed."""
    findings = RowFindings(prepared.source.name)
    closing = known_closing()
    if not closing.has_final or not changing.any():
        return findings
    rows = np.flatnonzero(changing)
    months = _months(prepared, rows)
    paths = _paths(prepared)
    pairs, back = np.unique(np.stack((prepared.rows.unit[rows], months)), axis=1, return_inverse=True)
    units = prepared.definitions.units
    is_final = np.array(
        [
            closing.state(month, path=paths[units[unit].key]) == PeriodState.FINAL
            for unit, month in pairs.T.tolist()
        ],
        dtype=np.bool_,
    )
    closed = np.flatnonzero(is_final[back.reshape(-1)])
    lines = prepared.origins.source_row
    told = np.zeros(closed.size, dtype=np.int32) if lines is None else lines[rows[closed]].astype(np.int32)
    calendar = prepared.definitions.organisation.calendar

    def say(at: int) -> tuple[str, str]:
        place = closed[at]
        refusal = ValueOfFinalPeriod(
            period=calendar.label(Period(Frequency.MONTH, int(months[place]))),
            unit=units[int(prepared.rows.unit[rows[place]])].name,
        )
        return refusal.told_sentence, refusal.told_remedy

    findings.refuse(ValueOfFinalPeriod.code, told, say=say)
    return findings


def _months(prepared: PreparedImport, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The month in which each row's period is closed; a few hundred distinct periods, whatever the number of rows."""
    calendar, measures = prepared.definitions.organisation.calendar, prepared.definitions.measures
    taken = prepared.rows
    table = np.stack((taken.measure[rows], taken.series[rows], taken.period[rows])).astype(np.int64)
    kinds, back = np.unique(table, axis=1, return_inverse=True)
    months = []
    for measure, series, ordinal in kinds.T.tolist():
        version = next(each for each in reversed(measures[measure].versions) if each.series == series)
        months.append(month_of(calendar, Period(version.frequency, ordinal)))
    found: NDArray[np.int64] = np.array(months, dtype=np.int64)[back.reshape(-1)]
    return found


def _paths(prepared: PreparedImport) -> Mapping[str, str]:
    """Where each unit stands; a new one is closed as the one above it."""
    paths = known_paths()
    for unit in prepared.definitions.units:
        paths.setdefault(unit.key, paths.get(unit.parent or "", ""))
    return paths
