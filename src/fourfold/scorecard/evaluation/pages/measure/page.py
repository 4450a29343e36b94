"""A measure in one unit and period as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fourfold.engine.quantities import Status, Why
from fourfold.platform.ui.components import Change, Coverage, Series, StatusMark
from fourfold.platform.ui.numbers import ValueFormat, unit_label
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.explanation_tree import ExplanationNode
from fourfold.scorecard.evaluation.pages.measure.definition_card import DefinitionCard
from fourfold.scorecard.evaluation.pages.measure.history import MeasureHistory
from fourfold.scorecard.evaluation.pages.measure.observation_lines import ObservationList

__all__ = ["ChildUnit", "KnownThen", "MeasureFigure", "MeasurePage", "Named", "Restatement", "SegmentRow"]


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a page of its own."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class MeasureFigure:
    """The number and what stands beside it; the four quantities of METHOD §2.1 each under its own name.

    `attainment` is value ÷ target, `progress` the share of the way from the baseline; both as percentages. `interval`
    holds the value with 95 % confidence where that is known, `interval_words` what that rests on.
    """

    value: float | None
    target: float | None
    target_note: str
    mark: StatusMark
    score: float | None
    change: Change | None
    change_since: str
    last_year: float | None
    last_year_format: ValueFormat
    last_year_label: str
    change_on_year: Change | None
    attainment: float | None
    progress: float | None
    coverage: Coverage | None
    shown_period: str
    band: tuple[float, float] | None
    format: ValueFormat
    interval: tuple[float, float] | None = None
    interval_words: str = ""


@dataclass(frozen=True, slots=True)
class ChildUnit:
    """A unit directly below, by its own value against its own target."""

    key: str
    name: str
    level: str
    mark: StatusMark
    value: float | None
    target: float | None
    score: float | None
    change: Change | None
    series: Series
    coverage: Coverage | None
    format: ValueFormat


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment; what the total is made of. `why` explains an absent value, `is_hidden` that some are not shown."""

    key: str
    name: str
    value: float | None
    why: Why
    target: float | None
    change: Change | None
    series: Series
    format: ValueFormat
    is_hidden: bool = False

    @property
    def status(self) -> Status:
        """Segments are not scored; the sparkline's last point stays plain."""
        return Status.GREY


@dataclass(frozen=True, slots=True)
class KnownThen:
    """The page is as known on `day`; `now` is known today. `share`: how much higher it stood, in percent."""

    day: date
    today: date
    now: float | None
    now_mark: StatusMark
    now_score: float | None
    is_restated: bool
    change: Change | None
    share: float | None

    @property
    def share_lower(self) -> float | None:
        """The same the other way round."""
        return None if self.share is None else -self.share


@dataclass(frozen=True, slots=True)
class Restatement:
    """A day on which a row behind the number was replaced, and the last one on which the old row still stood."""

    day: date
    before: date


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything on the page; what the database was asked for besides (restatements, rows) comes last."""

    place: PageContext
    key: str
    name: str
    objectives: tuple[Named, ...]
    tier: str
    role: str
    frequency: str
    owner: str
    steward: str
    figure: MeasureFigure
    history: MeasureHistory
    lengths: tuple[int, ...]
    length: int
    children: tuple[ChildUnit, ...]
    segment_dimension: str
    segments: tuple[SegmentRow, ...]
    definition: DefinitionCard
    explanation: ExplanationNode
    known_then: KnownThen | None = None
    restatements: tuple[Restatement, ...] = ()
    observed: ObservationList | None = None

    @property
    def unit_label(self) -> str:
        """The unit of measure as it is written."""
        return unit_label(self.figure.format.unit_of_measure)

    @property
    def places_in_time(self) -> tuple[str, ...]:
        """The rows of the table of periods as `measure@period`: what its slot answers for."""
        return tuple(f"{self.key}@{period.key}" for period in self.history.newest_first)

    @property
    def hides_segments(self) -> bool:
        """Whether a segment is of too few cases to be shown."""
        return any(row.is_hidden for row in self.segments)

    @property
    def has_segment_targets(self) -> bool:
        """Whether anybody set a target for a segment."""
        return any(row.target is not None for row in self.segments)
