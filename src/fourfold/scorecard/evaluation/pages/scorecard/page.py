"""The scorecard of one unit and period as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Change, Coverage, Series, StatusCount, StatusMark
from fourfold.platform.ui.drawings.history import ScoreHistory
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.context import PageContext

__all__ = [
    "Choice",
    "Filters",
    "InitiativeLine",
    "MeasureGroup",
    "MeasureRow",
    "ObjectiveLine",
    "PerspectiveCard",
    "PerspectiveCell",
    "ScorecardPage",
    "SubUnitRow",
    "SubUnitTable",
    "TotalLine",
]


@dataclass(frozen=True, slots=True)
class PerspectiveCard:
    """One perspective at a glance. `coverage` counts its measures; `weight_coverage` is what the gate looks at.

    `worst` names the objective with the lowest score (METHOD §2.5: always shown, because a mean hides it).
    """

    key: str
    name: str
    score: float | None
    mark: StatusMark
    coverage: Coverage
    weight_coverage: float | None
    counts: tuple[StatusCount, ...]
    objectives: int
    red_objectives: int
    worst: str | None
    change: Change | None
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in one unit and period. `shown_period` names an older one that a carried value belongs to.

    `interval` holds the value with 95 % confidence where that is known.
    """

    key: str
    name: str
    perspective: str
    objective: str
    objective_name: str
    themes: tuple[str, ...]
    owner: str
    owner_name: str
    mark: StatusMark
    score: float | None
    value: float | None
    target: float | None
    band: tuple[float, float] | None
    target_derived: bool
    last_year: float | None
    last_year_format: ValueFormat
    change: Change | None
    series: Series
    format: ValueFormat
    coverage: Coverage | None
    shown_period: str = ""
    interval: tuple[float, float] | None = None

    @property
    def is_last_year_alike(self) -> bool:
        """Whether the value of a year before is in the same unit of measure."""
        return self.last_year_format.unit_of_measure == self.format.unit_of_measure


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective of the unit as it stands, for reports."""

    key: str
    name: str
    score: float | None
    mark: StatusMark


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """An initiative that serves an objective of the unit, for reports; `state` in a word."""

    key: str
    name: str
    state: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class TotalLine:
    """The one number over all perspectives, where policy wants one."""

    score: float | None
    mark: StatusMark


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    """The rows of one perspective, in the order of its objectives."""

    key: str
    name: str
    score: float | None
    mark: StatusMark
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class PerspectiveCell:
    """A sub-unit's score in one perspective."""

    name: str
    score: float | None
    mark: StatusMark


@dataclass(frozen=True, slots=True)
class SubUnitRow:
    """One child unit across the perspectives."""

    key: str
    name: str
    cells: tuple[PerspectiveCell, ...]


@dataclass(frozen=True, slots=True)
class SubUnitTable:
    """The children of the unit; empty for a leaf."""

    perspectives: tuple[str, ...]
    rows: tuple[SubUnitRow, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter may take."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What the measures table offers to narrow it by, and what is chosen."""

    perspectives: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    text: str = ""
    is_active: bool = False
    shown: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    """Everything on the page. `attention` is the whole unit's, whatever the filters leave in `groups`.

    `span` names the periods that lines show, `change_since` and `last_year` those that values are compared with.
    """

    place: PageContext
    span: str
    change_since: str
    last_year: str
    perspectives: tuple[PerspectiveCard, ...]
    history: ScoreHistory
    attention: tuple[MeasureRow, ...]
    filters: Filters
    groups: tuple[MeasureGroup, ...]
    sub_units: SubUnitTable
    objectives: tuple[ObjectiveLine, ...] = ()
    initiatives: tuple[InitiativeLine, ...] = ()
    total: TotalLine | None = None

    @property
    def report_keys(self) -> list[str]:
        """What the slot `report.notes` answers for: every shown row's measure, every objective and initiative."""
        measures = [f"measure/{key}" for key in self.measure_keys]
        objectives = [f"objective/{key}" for key in self.objective_keys]
        return [*measures, *objectives, *(f"initiative/{each.key}" for each in self.initiatives)]

    @property
    def objective_keys(self) -> list[str]:
        """Every objective, in order: what the slot `objective.marks` answers for."""
        return [line.key for line in self.objectives]

    @property
    def computed(self) -> dict[str, StatusMark]:
        """Every objective's status as it is computed: what judgements stand beside."""
        return {line.key: line.mark for line in self.objectives}

    @property
    def measure_keys(self) -> Sequence[str]:
        """Every shown row's measure, in order: what slots answer for."""
        return [row.key for group in self.groups for row in group.rows]

    @property
    def reds(self) -> int:
        """How many measures of the unit are off target."""
        counts = (count for card in self.perspectives for count in card.counts)
        return sum(count.count for count in counts if count.status is Status.RED)
