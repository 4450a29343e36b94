"""The decision path: five steps from a variance to a verdict, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fourfold.engine.quantities import NotComputable, Status
from fourfold.engine.variance.pattern import LeadState, Pattern, pattern_of
from fourfold.engine.variance.persistence import Persistence
from fourfold.engine.variance.splitting import VarianceSplit

__all__ = [
    "RESIDUAL_SHARE",
    "Evidence",
    "LeadEvidence",
    "Materiality",
    "Standing",
    "Step",
    "StepName",
    "Verdict",
    "VerdictPath",
    "judged",
]

RESIDUAL_SHARE: Final = 0.5  # policy `strategic.residual_share`
CONSECUTIVE_QUARTERS: Final = 2  # METHOD M4.5
MONTHS_OF_A_QUARTER: Final = 3
OLDEST_ELASTICITY: Final = 4  # quarters; older ones are warned of (METHOD M4.5)


class Verdict(StrEnum):
    """What to do about it."""

    NOT_MATERIAL = "not_material"
    COMMON_CAUSE = "common_cause"
    OPERATIONAL = "operational"
    NOT_YET_RED = "not_yet_red"
    HYPOTHESIS_DOUBTFUL = "hypothesis_doubtful"
    STRATEGIC = "strategic"
    MARKET_UNKNOWN = "market_unknown"
    LUCK_OR_WRONG_DRIVER = "luck_or_wrong_driver"
    PARTLY_AS_INTENDED = "partly_as_intended"
    AS_INTENDED = "as_intended"
    CANNOT_DISTINGUISH = "cannot_distinguish"

    @property
    def opens_review(self) -> bool:
        """Only a doubtful strategy is put on the table of a strategic review."""
        return self is Verdict.STRATEGIC


class StepName(StrEnum):
    """The nodes of the path, in order."""

    MATERIAL = "material"
    SIGNAL = "signal"
    SPLIT = "split"
    PATTERN = "pattern"
    PERSISTENCE = "persistence"


@dataclass(frozen=True, slots=True)
class Materiality:
    """The size from which a deviation matters: the larger of an absolute floor and a share of the target.

    Where red itself begins nearer, that is the share: half a point of an availability of 99.9 % is no trifle.
    `amber_width` is the way from green to red, 0 where nobody said.

    Source: METHOD M1.5.

    >>> Materiality(share=0.02).applies(-3.0, target=100.0)
    True
    >>> Materiality(share=0.02, amber_width=0.5).border(99.9)
    0.5
    """

    floor: float = 0.0
    share: float = 0.0
    amber_width: float = 0.0

    def border(self, target: float) -> float:
        """From which size on."""
        sizes = (self.share * abs(target), self.amber_width)
        return max(self.floor, min((size for size in sizes if size > 0.0), default=0.0))

    def is_by_red(self, target: float) -> bool:
        """Whether the border is where red begins, nearer than the share."""
        return self.border(target) == self.amber_width != self.share * abs(target)

    def applies(self, variance: float, *, target: float) -> bool:
        """Whether a variance is material."""
        return abs(variance) > self.border(target)


@dataclass(frozen=True, slots=True)
class LeadEvidence:
    """One causal ancestor: what it did over its lag, in periods."""

    key: str
    state: LeadState
    lag: int


@dataclass(frozen=True, slots=True)
class Standing:
    """For how many periods in a row, ending here, the hypothesis has been doubtful, and how many months those are."""

    periods: int = 0
    months: int = 0

    @property
    def lasts(self) -> bool:
        """Whether it fills two quarters (METHOD M4.5). One value by itself shows no duration, however long its year."""
        return self.periods > 1 and self.months >= CONSECUTIVE_QUARTERS * MONTHS_OF_A_QUARTER

    @classmethod
    def of(cls, patterns: Sequence[Pattern], *, months: int) -> Standing:
        """Count back from the last of the patterns, oldest first; each period is so many months long.

        >>> Standing.of([Pattern.HYPOTHESIS_DOUBTFUL] * 3, months=1).months
        3
        """
        periods = 0
        for pattern in reversed(patterns):
            if pattern is not Pattern.HYPOTHESIS_DOUBTFUL:
                break
            periods += 1
        return cls(periods, periods * months)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a verdict rests on. `is_signal` None: no control chart could be made.

    `standing` is for how long the hypothesis has been doubtful without a break; `oldest_elasticity` the quarters since
    the oldest elasticity used was estimated.
    """

    target: float
    materiality: Materiality
    is_signal: bool | None
    split: VarianceSplit
    leads: tuple[LeadEvidence, ...]
    lag_status: Status
    persistence: Persistence | NotComputable
    standing: Standing = Standing()
    residual_share: float = RESIDUAL_SHARE
    oldest_elasticity: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One node: whether the path goes on from here. `is_reached` False: computed, but nothing hangs on it."""

    name: StepName
    holds: bool | None
    is_reached: bool = True


@dataclass(frozen=True, slots=True)
class VerdictPath:
    """The verdict, the nodes that led to it, and the pattern."""

    verdict: Verdict
    steps: tuple[Step, ...]
    pattern: Pattern
    evidence: Evidence

    @property
    def has_old_elasticities(self) -> bool:
        """Whether an elasticity is older than four quarters."""
        return self.evidence.oldest_elasticity > OLDEST_ELASTICITY


def judged(evidence: Evidence) -> VerdictPath:
    """Walk the path.

    0 material? 1 outside the limits of common cause? 2 external, execution, residual. 3 the pattern of drivers and
    outcome. 4 persistence. *Strategic misalignment* only if the hypothesis is doubtful (3b), the residual is at least
    half of the variance and of its sign, and it persists (CUSUM signal, or 3b in every period of two quarters). Beyond
    step 1 nothing can be told apart without driver data: CANNOT_DISTINGUISH. A doubt that lasts is MARKET_UNKNOWN where
    nobody knows what came from outside: the market may have moved, and the strategy be right.

    Source: METHOD M4.5. Tested by the four synthetic cases in tests/engine/variance/test_verdict.py.

    >>> from fourfold.engine.quantities import Why
    >>> split, unknown = VarianceSplit(-10.0, 0.0, ()), NotComputable(Why.TOO_FEW_POINTS)
    >>> lead = LeadEvidence("otif", LeadState.MISSED, 3)
    >>> judged(Evidence(100.0, Materiality(), True, split, (lead,), Status.RED, unknown)).verdict.value
    'operational'
    """
    pattern = pattern_of([lead.state for lead in evidence.leads], evidence.lag_status)
    is_material = evidence.materiality.applies(evidence.split.total, target=evidence.target)
    persists = _persists(evidence)
    verdict = _verdict(evidence, pattern=pattern, is_material=is_material, persists=persists)
    goes_on = is_material and evidence.is_signal is not False
    steps = (
        Step(StepName.MATERIAL, is_material),
        Step(StepName.SIGNAL, evidence.is_signal, is_reached=is_material),
        Step(StepName.SPLIT, _is_unexplained(evidence), is_reached=goes_on),
        Step(StepName.PATTERN, pattern is Pattern.HYPOTHESIS_DOUBTFUL, is_reached=goes_on),
        # The CUSUM is computed regardless (METHOD M4.5, step 1).
        Step(StepName.PERSISTENCE, persists, is_reached=goes_on and pattern is Pattern.HYPOTHESIS_DOUBTFUL),
    )
    return VerdictPath(verdict, steps, pattern, evidence)


def _verdict(evidence: Evidence, *, pattern: Pattern, is_material: bool, persists: bool | None) -> Verdict:
    if not is_material:
        return Verdict.NOT_MATERIAL
    if evidence.is_signal is False:
        return Verdict.COMMON_CAUSE
    if pattern is Pattern.UNKNOWN:
        return Verdict.CANNOT_DISTINGUISH
    if pattern is Pattern.HYPOTHESIS_DOUBTFUL:
        return _of_doubt(_is_unexplained(evidence), persists=persists)
    return _OF_PATTERN[pattern]


def _of_doubt(is_unexplained: bool | None, *, persists: bool | None) -> Verdict:
    if not persists:
        return Verdict.HYPOTHESIS_DOUBTFUL
    if is_unexplained is None:
        return Verdict.MARKET_UNKNOWN
    return Verdict.STRATEGIC if is_unexplained else Verdict.HYPOTHESIS_DOUBTFUL


def _is_unexplained(evidence: Evidence) -> bool | None:
    """None where the outside is unknown: the residual would be overstated, or hide behind a market that grew."""
    if evidence.split.external is None:
        return None
    split = evidence.split
    is_adverse = split.residual * split.total > 0.0  # better than the market explains is no reason to doubt
    share = split.residual_share
    return is_adverse and share is not None and share >= evidence.residual_share - 1e-12


def _persists(evidence: Evidence) -> bool | None:
    if evidence.standing.lasts:
        return True
    if isinstance(evidence.persistence, NotComputable):
        return None
    return evidence.persistence.is_signal


_OF_PATTERN = {
    Pattern.EXECUTION_FAILS: Verdict.OPERATIONAL,
    Pattern.NOT_YET_RED: Verdict.NOT_YET_RED,
    Pattern.LUCK_OR_WRONG_DRIVER: Verdict.LUCK_OR_WRONG_DRIVER,
    Pattern.PARTLY_AS_INTENDED: Verdict.PARTLY_AS_INTENDED,
    Pattern.AS_INTENDED: Verdict.AS_INTENDED,
}
