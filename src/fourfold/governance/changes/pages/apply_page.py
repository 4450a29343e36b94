"""What can be applied to which units, for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.pages.measure_form import listed_measures
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions

__all__ = ["ApplicableUnit", "ApplyChoices", "MeasureGroup", "apply_choices"]


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """An objective with its measures."""

    objective: str
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ApplicableUnit:
    """A unit in the tree; `depth` sets it in."""

    key: str
    name: str
    level: str
    depth: int


@dataclass(frozen=True, slots=True)
class ApplyChoices:
    """Measures by objective, units as the tree lists them, and their levels; `running` is the key of this month."""

    groups: tuple[MeasureGroup, ...]
    units: tuple[ApplicableUnit, ...]
    levels: tuple[str, ...]
    running: str


def apply_choices(scope: Scope, *, at: datetime) -> ApplyChoices:
    """The measures this person may read and the units where they may apply them.

    Raises:
        NotPermitted, NotFounded.
    """
    known = known_definitions()
    units = tuple(
        ApplicableUnit(unit.key, unit.name, unit.level, _depth(known, unit.key))
        for unit in known.units
        if scope.may(Act.APPLY_SCORECARD, unit=unit.key)
    )
    if not units:
        raise NotPermitted(act=Act.APPLY_SCORECARD.value, unit="")
    measures = [each for each in listed_measures(known, scope=scope) if each.retired_on is None]
    groups = (
        MeasureGroup(
            objective.name,
            tuple(
                (each.key, each.name)
                for each in measures
                if each.objectives and each.objectives[0].objective == objective.key
            ),
        )
        for objective in known.objectives
    )
    levels = tuple(dict.fromkeys(unit.level for unit in units))
    calendar, day = known.organisation.calendar, today(known.organisation, at=at)
    running = calendar.key(calendar.period_of(Frequency.MONTH, day))
    return ApplyChoices(tuple(group for group in groups if group.measures), units, levels, running)


def _depth(known: Definitions, key: str) -> int:
    parents = {unit.key: unit.parent for unit in known.units}
    depth, above = 0, parents[key]
    while above is not None:
        depth, above = depth + 1, parents[above]
    return depth
