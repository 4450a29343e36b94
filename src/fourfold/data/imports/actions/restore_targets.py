"""Targets of a run become what they were before it, where they still are the run's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.models import ImportRun
from fourfold.data.imports.queries.brought_definitions import BroughtTarget, brought_targets, target_name
from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.engine.definitions import Trajectory
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.periods.queries import known_closing
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions

__all__ = ["RestoredTargets", "TargetsOfFinalPeriod", "restore_targets"]


class TargetsOfFinalPeriod(Refusal):
    code, status = "TARGET_IN_FINAL_PERIOD", 409
    sentence = _("{period} is final for “{unit}”: without the target of “{measure}” it would be scored anew.")
    remedy = _("Have the period reopened, or set the targets by hand from an open period on.")


@dataclass(frozen=True, slots=True)
class RestoredTargets:
    """How many are as before, or gone where none was; and how many stay: changed since, not known, or not permitted."""

    restored: int = 0
    kept: int = 0


def restore_targets(run: ImportRun, *, scope: Scope, at: datetime) -> RestoredTargets:
    """Inside the transaction that takes the run back, under the ledger's lock.

    Raises:
        TargetsOfFinalPeriod.
    """
    brought = brought_targets(run)
    if not brought:
        return RestoredTargets(0, run.targets_written)
    known = read_definitions()
    ours = {
        target_name(each): brought[target_name(each)].before
        for each in known.targets
        if target_name(each) in brought
        and brought[target_name(each)].after == each
        and scope.may(Act.EDIT_TARGETS, unit=each.unit)
    }
    _refuse_final((brought[name] for name in ours), calendar=known.organisation.calendar)
    if ours:
        wanted = (ours.get(target_name(each), each) for each in known.targets)
        targets = tuple(each for each in wanted if each is not None)
        write_definitions(
            replace(known, targets=targets), scope=scope, at=at, replaces=True, act=Act.EDIT_TARGETS
        )
    return RestoredTargets(len(ours), len(brought) - len(ours))


def _refuse_final(brought: Iterable[BroughtTarget], *, calendar: FiscalCalendar) -> None:
    """Two queries, however many targets; one where nothing was ever closed."""
    closing = known_closing()
    if not closing.has_final:
        return
    units = list(Unit.objects.order_by("path").values_list("key", "path", "name"))
    paths = {key: path for key, path, _name in units}
    for each in brought:
        first = calendar.period_of(Frequency.MONTH, _first_change(each, calendar=calendar)).ordinal
        months = sorted(month for month in closing.steps if month >= first)
        below = [(path, name) for _key, path, name in units if path.startswith(paths[each.after.unit])]
        for month, (path, name) in product(months, below):
            if closing.state(month, path=path) == PeriodState.FINAL:
                period = calendar.label(Period(Frequency.MONTH, month))
                raise TargetsOfFinalPeriod(period=period, unit=name, measure=each.after.measure)


def _first_change(brought: BroughtTarget, *, calendar: FiscalCalendar) -> date:
    """From which day on something else would be wanted: of a step its first other point, else the first point."""
    before = brought.before or replace(brought.after, points=())
    ours, theirs = set(brought.after.points), set(before.points)
    are_steps = before.trajectory is brought.after.trajectory is Trajectory.STEP
    counted = (ours ^ theirs if are_steps else set()) or ours | theirs
    return min(calendar.first_day(point.period) for point in counted)
