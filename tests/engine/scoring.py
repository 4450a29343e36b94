"""A measure version in one line, and its scores and colours as lists; both backends answer, and must agree."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import MeasureRole, MeasureVersion, Thresholds, Tier
from fourfold.engine.quantities import AggregationKind, GoalType, Why
from fourfold.engine.score import ANCHORED, STATUS_CODES, Scale, ScoreBlock, anchor_rule, score_block

PLAIN = MeasureVersion(
    number=1,
    valid_from=None,
    kind=AggregationKind.STOCK,
    unit_of_measure="1",
    goal=GoalType.MAXIMISE,
    frequency=Frequency.MONTH,
    thresholds=Thresholds(),
    role=MeasureRole.LAG,
    tier=Tier.MANAGEMENT,
    owner=None,
    steward=None,
    operational_definition="",
)


def version(
    goal: GoalType,
    thresholds: Thresholds | None = None,
    *,
    band: tuple[float, float] | None = None,
    rubric: tuple[tuple[float, float], ...] = (),
    baseline: float | None = None,
    natural_min: float | None = None,
    natural_max: float | None = None,
) -> MeasureVersion:
    return replace(
        PLAIN,
        goal=goal,
        thresholds=thresholds or Thresholds(),
        band=band,
        rubric=rubric,
        baseline=baseline,
        natural_min=natural_min,
        natural_max=natural_max,
    )


def scored(
    measured: MeasureVersion,
    values: Sequence[float],
    *,
    target: float | Sequence[float] = np.nan,
    why: Sequence[Why] | None = None,
    scale: Scale = ANCHORED,
    red: Sequence[float] | None = None,
    best: Sequence[float] | None = None,
    multiplicity: float | None = None,
) -> ScoreBlock:
    value = np.array(values)
    states = np.zeros(value.size, np.uint8) if why is None else np.array(why, dtype=np.uint8)
    both = [
        score_block(
            value,
            np.broadcast_to(np.array(target, dtype=float), value.shape),
            rule=anchor_rule(measured, scale=scale),
            why=states,
            red=None if red is None else np.array(red),
            best=None if best is None else np.array(best),
            multiplicity=None if multiplicity is None else np.full(value.shape, multiplicity),
            backend=backend,
        )
        for backend in ("numba", "numpy")
    ]
    assert same_bits(*both)
    return both[0]


def scores(measured: MeasureVersion, values: Sequence[float], **more: object) -> list[float]:
    return scored(measured, values, **more).score.tolist()


def colours(measured: MeasureVersion, values: Sequence[float], **more: object) -> list[str]:
    return [STATUS_CODES[code].value for code in scored(measured, values, **more).status]


def same_bits(one: ScoreBlock, other: ScoreBlock) -> bool:
    return all(
        mine.dtype == theirs.dtype and mine.tobytes() == theirs.tobytes()
        for mine, theirs in zip(one, other, strict=True)
    )


__all__ = ["colours", "same_bits", "scored", "scores", "version"]
