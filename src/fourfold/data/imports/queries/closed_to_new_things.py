"""New units and measures that would begin inside a month that is final: what was closed stays (decision 17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.queries.prepared_import import PreparedImport
from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.folder.mapping.row_findings import RowFindings
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import known_closing
from fourfold.platform.units.queries import known_paths
from fourfold.scorecard.evaluation.queries.final_months import FinalValuesChange

__all__ = ["NewInFinalPeriod", "closed_to_new_things"]


class NewInFinalPeriod(FinalValuesChange):
    sentence = _("{period} is final for “{unit}”; “{name}” would be there already.")
    remedy = _(
        "Let it begin after the closed periods, leave the earlier rows out, or have the period reopened for a "
        "restatement."
    )


def closed_to_new_things(prepared: PreparedImport, *, scope: Scope) -> RowFindings:
    """One finding for each new thing that would change a final month of a unit in sight; who may add it sees all it
    touches. Four queries; one where nothing was closed."""
    findings = RowFindings(prepared.source.name)
    refusals = list(_refusals(prepared, scope)) if prepared.source.units or prepared.source.measures else []
    findings.refuse(
        NewInFinalPeriod.code,
        np.zeros(len(refusals), dtype=np.int32),
        say=lambda at: (refusals[at].told_sentence, refusals[at].told_remedy),
    )
    return findings


def _refusals(prepared: PreparedImport, scope: Scope) -> Iterator[NewInFinalPeriod]:
    closing = known_closing()
    if not closing.has_final:
        return
    calendar, paths = prepared.known.organisation.calendar, known_paths()
    names = {each.key: each.name for each in prepared.known.units}
    final = {
        key: [
            month for month in sorted(closing.steps) if closing.state(month, path=path) == PeriodState.FINAL
        ]
        for key, path in paths.items()
    }
    for thing, day, units in _new_things(prepared, paths):
        first = calendar.period_of(Frequency.MONTH, day).ordinal if day else None
        for unit in filter(scope.sees, units):
            if months := [month for month in final[unit] if first is None or month >= first]:
                yield NewInFinalPeriod(
                    period=_label(calendar, months[0]), unit=names.get(unit, unit), name=thing.name
                )
                break


def _label(calendar: FiscalCalendar, month: int) -> str:
    return calendar.label(Period(Frequency.MONTH, month))


def _new_things(
    prepared: PreparedImport, paths: Mapping[str, str]
) -> Iterator[tuple[ProposedUnit | ProposedMeasure, date | None, list[str]]]:
    """Each with its first day and the units whose months would have it: a new unit is summed into the one above."""
    source, root = prepared.source, prepared.known.units[0].key
    known_units = {each.key for each in prepared.known.units}
    known_measures = {each.key for each in prepared.known.measures}
    above = {each.key: each.parent for each in source.units}
    for unit in source.units:
        parent = unit.parent or root
        while parent not in paths and parent in above:
            parent = above[parent] or root
        if unit.key not in known_units:
            yield unit, _day(unit.since), [parent] if parent in paths else []
    for measure in source.measures:
        path = paths.get(measure.unit or root, paths[root])
        below = [key for key, each in paths.items() if each.startswith(path)]
        if measure.key not in known_measures:
            yield measure, _day(measure.since), below


def _day(since: str) -> date | None:
    return date.fromisoformat(since) if since else None
