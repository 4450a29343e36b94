"""What somebody pastes beside what somebody else has set since the page was opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fourfold.engine.calendar import FiscalCalendar, Period
from fourfold.engine.definitions import Definitions, Target, TargetPoint
from fourfold.governance.changes.pages.measure_words import TRAJECTORIES
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.queries.wanted_targets import last_ended

__all__ = ["PointBeside", "own_targets", "points_beside"]


@dataclass(frozen=True, slots=True)
class PointBeside:
    """One unit and period; `yours` is empty where nothing was pasted and theirs therefore stays."""

    label: str
    yours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether taking yours in would replace theirs."""
        return self.yours not in ("", self.theirs)


def points_beside(
    given: Mapping[str, Sequence[TargetPoint]],
    *,
    known: Definitions,
    then: Sequence[Target],
    measure: str,
    today: date,
) -> tuple[PointBeside, ...]:
    """For each pasted unit whose own target is another than `then`: what was pasted, and what else was set meanwhile.

    Empty: nobody has touched the targets of these units. Units and periods in listed order; of ended periods only
    pasted ones, for what those were judged by nobody has changed.
    """
    before, now = own_targets(then, measure), own_targets(known.targets, measure)
    version = next(each.versions[-1] for each in known.measures if each.key == measure)
    beside = _Beside(
        known.organisation.calendar,
        ValueFormat(version.decimals, version.unit_of_measure),
        last_ended(known, version.frequency, today=today),
    )
    return tuple(
        line
        for unit in known.units
        if unit.key in given and before.get(unit.key) != now.get(unit.key)
        for line in beside.lines(
            unit.name, given[unit.key], before=before.get(unit.key), now=now.get(unit.key)
        )
    )


def own_targets(targets: Sequence[Target], measure: str) -> dict[str, Target]:
    """By unit, the targets of the measure's total."""
    return {each.unit: each for each in targets if each.measure == measure and each.segment is None}


class _Beside:
    """How periods and values are written on this page, and which periods have ended."""

    def __init__(self, calendar: FiscalCalendar, form: ValueFormat, ended: int) -> None:
        self.calendar, self.form, self.ended = calendar, form, ended

    def lines(
        self, unit: str, given: Sequence[TargetPoint], *, before: Target | None, now: Target | None
    ) -> Iterator[PointBeside]:
        yours, old, theirs = _by_period(given), _points(before), _points(now)
        for period in sorted({**yours, **old, **theirs}, key=lambda each: each.ordinal):
            is_theirs = period.ordinal > self.ended and old.get(period) != theirs.get(period)
            if period in yours or is_theirs:
                label = f"{unit} · {self.calendar.label(period)}"
                yield PointBeside(
                    label, self._shown(yours.get(period)), self._shown(theirs.get(period)) or "–"
                )
        if before is not None and _manner(before) != _manner(now):
            yield PointBeside(_("{unit} · trajectory, red and best").format(unit=unit), "", self._said(now))

    def _shown(self, value: float | None) -> str:
        return "" if value is None else str(self.form.shown(value))

    def _said(self, target: Target | None) -> str:
        if target is None:
            return _("taken away")
        bounds = (self._shown(target.red), self._shown(target.best))
        trajectory = str(dict(TRAJECTORIES)[target.trajectory.value]).split(":")[0]
        return ", ".join(text for text in (trajectory, *bounds) if text)


def _by_period(points: Sequence[TargetPoint]) -> dict[Period, float]:
    return {point.period: point.value for point in points}


def _points(target: Target | None) -> dict[Period, float]:
    return _by_period(target.points) if target else {}


def _manner(target: Target | None) -> object:
    return target and (target.trajectory, target.red, target.best)
