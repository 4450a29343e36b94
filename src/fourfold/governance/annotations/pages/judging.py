"""The pages of an analysis and of a judgement beside a status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.quantities import Status
from fourfold.governance.annotations.queries.analyses import AnalysisText, analysis_editions
from fourfold.governance.annotations.queries.anchors import Anchor, Place, place_of
from fourfold.governance.annotations.queries.missing import AnalysisLine, analyses_in
from fourfold.governance.annotations.queries.overrides import (
    Judgement,
    computed_status,
    former_judgements,
    judgements_of,
)
from fourfold.governance.annotations.queries.owning import refusal_to_judge, require_to_judge
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.place import Place as ScorecardPlace
from fourfold.scorecard.evaluation.pages.scorecard.reading import read_scorecard

__all__ = ["AnalysesPage", "AnalysisPage", "OverridePage", "read_analyses", "read_analysis", "read_override"]


@dataclass(frozen=True, slots=True)
class AnalysisPage:
    """The form of one analysis, and its editions, the latest first. `why_not` is None for whoever may write it."""

    place: Place
    editions: tuple[AnalysisText, ...]
    why_not: NotPermitted | None

    @property
    def current(self) -> AnalysisText | None:
        """What stands."""
        return self.editions[0] if self.editions else None

    @property
    def edition(self) -> int:
        """The number of what stands; 0 where nothing does."""
        return self.current.edition if self.current else 0

    @property
    def initial(self) -> dict[str, object]:
        """What the form begins with."""
        now = self.current
        words = {"happened": now.happened, "why": now.why, "next": now.next} if now else {}
        return {**words, "edition": self.edition}


@dataclass(frozen=True, slots=True)
class OverridePage:
    """The form of one judgement: what is computed, what is judged, and what was judged before."""

    place: Place
    computed: Status
    judgement: Judgement | None
    former: tuple[Judgement, ...]

    @property
    def edition(self) -> int:
        """What names the judgement that stands; 0 where none does."""
        return self.judgement.edition if self.judgement else 0

    @property
    def initial(self) -> dict[str, object]:
        """What the form begins with."""
        now = self.judgement
        words = {"status": now.status.value, "reason": now.reason} if now else {}
        return {**words, "edition": self.edition}


@dataclass(frozen=True, slots=True)
class AnalysesPage:
    """The analyses of a unit's period: those owed, then those that stand."""

    place: PageContext
    lines: tuple[AnalysisLine, ...]

    @property
    def owed(self) -> tuple[AnalysisLine, ...]:
        """Off target and unexplained."""
        return tuple(line for line in self.lines if line.is_owed)

    @property
    def written(self) -> tuple[AnalysisLine, ...]:
        """Explained."""
        return tuple(line for line in self.lines if line.is_written)


def read_analysis(anchor: Anchor, *, scope: Scope, at: datetime) -> AnalysisPage:
    """What was written about a thing's period.

    Raises:
        What `place_of` raises.
    """
    place = place_of(anchor, scope=scope, at=at)
    why_not = refusal_to_judge(Act.WRITE_ANALYSIS, place.owner, unit=place.anchor.unit, scope=scope)
    return AnalysisPage(place, analysis_editions(place.anchor, scope=scope), why_not)


def read_override(anchor: Anchor, *, scope: Scope, at: datetime) -> OverridePage:
    """What is computed and what is judged, for whoever may judge.

    Raises:
        NotPermitted, and what `place_of` raises.
    """
    place = place_of(anchor, scope=scope, at=at)
    here = place.anchor
    require_to_judge(Act.OVERRIDE_STATUS, place.owner, unit=here.unit, scope=scope)
    found = judgements_of([here.key], unit=here.unit, period=here.period, scope=scope)
    return OverridePage(
        place=place,
        computed=computed_status(here, scope=scope, at=at),
        judgement=found.get(here.key),
        former=former_judgements(here, scope=scope),
    )


def read_analyses(unit: str, period: str, *, scope: Scope, at: datetime) -> AnalysesPage:
    """What the unit's period owes and has.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    page = read_scorecard(scope, ScorecardPlace(unit, period), at=at)
    return AnalysesPage(page.place, analyses_in(scope, unit, period=period, at=at))
