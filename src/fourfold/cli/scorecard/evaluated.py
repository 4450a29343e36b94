"""A scorecard ready to be printed, from a folder or from the database; both give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fourfold.cli.exits import say
from fourfold.engine.book import compile_book
from fourfold.engine.calendar import FiscalCalendar, Grain, GrainPeriod, PeriodUnknown
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Organisation
from fourfold.engine.evaluate import Evaluation, evaluate, last_complete
from fourfold.engine.tree import ScorecardNode, as_document, canonical_json, scorecard_tree
from fourfold.folder import FolderReading, read_folder

__all__ = ["EvaluatedScorecard", "from_folder", "lines_of", "today_of"]


@dataclass(frozen=True, slots=True)
class EvaluatedScorecard:
    """One unit and period of an evaluation."""

    evaluation: Evaluation
    unit: str
    period: GrainPeriod

    @property
    def calendar(self) -> FiscalCalendar:
        """The organisation's calendar."""
        return self.evaluation.book.definitions.organisation.calendar

    def tree(self) -> ScorecardNode:
        """The scorecard with its children.

        Raises:
            PeriodUnknown: the definitions do not reach that far.
        """
        try:
            return scorecard_tree(self.evaluation, unit=self.unit, period=self.period)
        except IndexError as outside:
            key = self.calendar.key_of(self.period)
            raise PeriodUnknown(f"{key} lies outside the time that the definitions cover") from outside

    def json(self) -> bytes:
        """The canonical document: equal bytes for equal numbers."""
        return canonical_json(as_document(self.tree(), evaluation=self.evaluation, period=self.period))


def today_of(organisation: Organisation) -> datetime:
    """The pinned clock, or now in the organisation's zone: the one place where the command reads the time."""
    if organisation.clock is not None:
        return datetime(organisation.clock.year, organisation.clock.month, organisation.clock.day, tzinfo=UTC)
    return datetime.now(ZoneInfo(organisation.time_zone))


def from_folder(
    folder: Path, *, data: Path | None, unit: str | None, period: str | None
) -> EvaluatedScorecard:
    """Read, compile and evaluate a strategy folder; the unit defaults to the root, the period to the last complete.

    Raises:
        FolderRefused, DefinitionRefused, UnknownUnit, PeriodUnknown.
    """
    reading = read_folder(folder, data=data)
    _warn_of_absent_data(reading)
    organisation = reading.definitions.organisation
    asked = None if period is None else organisation.calendar.parse_grain(period)
    book = compile_book(reading.definitions, today=today_of(organisation).date())
    cube = Cube.of(book, reading.rows)
    shown = asked or last_complete(book, cube, grain=Grain.MONTH, unit=unit)
    evaluation = evaluate(book, cube, grains=(shown.grain,), unit=unit)
    return EvaluatedScorecard(evaluation, evaluation.units.keys[0], shown)


def _warn_of_absent_data(reading: FolderReading) -> None:
    """A scorecard without its numbers would look like one that has none."""
    for finding in reading.findings:
        if finding.code == "DATA_ABSENT":
            say(finding.code, f"{finding.file}: {finding.message}", remedy=finding.remedy)


def lines_of(node: ScorecardNode, *, depth: int = 0) -> Sequence[tuple[int, ScorecardNode]]:
    """The tree flattened in the order it is read, with depths."""
    below = [line for child in node.children for line in lines_of(child, depth=depth + 1)]
    return [(depth, node), *below]
