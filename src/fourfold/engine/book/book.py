"""The frozen compiled definition as of a time (DESIGN §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fourfold.engine.book.timeline import Timeline
from fourfold.engine.book.units import UnitTree
from fourfold.engine.definitions import Definitions, Measure, MeasureVersion, Objective, Perspective
from fourfold.engine.policies import Policies
from fourfold.engine.score.scales import Scale

__all__ = ["Book", "compile_book"]


@dataclass(frozen=True)
class Book:
    """Definitions with everything that can be worked out before the first number is seen.

    `today` decides what is due. `timeline` covers the definitions' horizon; a cube may cover more.
    """

    definitions: Definitions
    today: date
    policies: Policies
    scale: Scale
    units: UnitTree
    timeline: Timeline

    def measure(self, key: str) -> Measure:
        """A measure by key; KeyError if there is none."""
        return self.definitions.measures[self.measure_index(key)]

    def measure_index(self, key: str) -> int:
        """Position in `Definitions.measures`."""
        raise NotImplementedError

    def objective(self, key: str) -> Objective:
        """An objective by key; KeyError if there is none."""
        return self.definitions.objectives[self.objective_index(key)]

    def objective_index(self, key: str) -> int:
        """Position in `Definitions.objectives`."""
        raise NotImplementedError

    def perspective(self, key: str) -> Perspective:
        """A perspective by key; KeyError if there is none."""
        return self.definitions.perspectives[self.perspective_index(key)]

    def perspective_index(self, key: str) -> int:
        """Position in `Definitions.perspectives`."""
        raise NotImplementedError

    def version_on(self, key: str, *, day: date) -> MeasureVersion | None:
        """The version of a measure that a period ending on `day` uses."""
        raise NotImplementedError


def compile_book(
    definitions: Definitions, *, today: date, first: date | None = None, last: date | None = None
) -> Book:
    """Check the definitions and lay them out for evaluation. Costs milliseconds; keep the book.

    Args:
        definitions: as known at one moment.
        today: what is due is due by the end of this day.
        first: the earliest day shown; None: the strategy's horizon, targets and versions say.
        last: the latest day shown; None: likewise, and at least today's fiscal year.

    Raises:
        DefinitionRefused: see there for the codes.
    """
    raise NotImplementedError
