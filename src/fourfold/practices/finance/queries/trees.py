"""A measure's driver tree between two ends: exact parts of the formula's leaves, estimated parts behind a leaf."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fourfold.engine.calendar import Grain
from fourfold.engine.drivers import (
    Attribution,
    CapitalMixed,
    CapitalNotPositive,
    EstimatedSplit,
    attribute,
    estimated_split,
)
from fourfold.engine.quantities import NotComputable, Why
from fourfold.practices.finance.queries.leaves import FormulaLeaf, FormulaLeaves, formula_leaves
from fourfold.practices.finance.queries.linked import (
    LinkedHistory,
    SkippedDriver,
    causal_drivers,
    linked_history,
)
from fourfold.practices.finance.queries.looking import Looked

__all__ = ["DriverTree", "EstimatedDrivers", "Refused", "driver_tree", "estimated_drivers"]


@dataclass(frozen=True, slots=True)
class DriverTree:
    """The formula's leaves with their parts; column 0 is the unit, the others the units directly below."""

    leaves: FormulaLeaves
    attribution: Attribution
    unplanned: tuple[str, ...]

    @property
    def ranked(self) -> tuple[int, ...]:
        """Places of the leaves, the largest part first; equal ones as the formula lists them."""
        parts = np.abs(self.attribution.contributions[:, 0])
        return tuple(int(place) for place in np.argsort(-np.nan_to_num(parts), kind="stable"))


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no tree at all: the code of the refusal."""

    code: str


@dataclass(frozen=True, slots=True)
class EstimatedDrivers:
    """What the map's causal links may explain of one leaf's change."""

    measure: str
    split: EstimatedSplit | NotComputable
    skipped: tuple[SkippedDriver, ...]
    linked: int


def driver_tree(looked: Looked) -> DriverTree | Refused | NotComputable | None:
    """The tree of the measure looked at; None for a measure without a formula. Reads the cube.

    Returns: NotComputable where an end has no value, lies outside the evaluated time, or was defined otherwise.
    """
    line = looked.line_at(looked.shown)
    if line is None or line.rule.formula is None:
        return None
    if looked.from_ is None:
        return NotComputable(Why.TOO_FEW_POINTS)
    if looked.other is not None:
        then = looked.line_at(looked.other)
        if then is None or (then.rule.formula, then.rule.factor) != (line.rule.formula, line.rule.factor):
            return NotComputable(Why.DEFINITION_BREAK)
    for place in {looked.at, looked.at if looked.other is None else looked.from_}:
        value = looked.value(looked.measure.key, at=place)
        if isinstance(value, NotComputable):
            return value
    try:
        leaves = formula_leaves(looked, line)
    except (CapitalMixed, CapitalNotPositive) as refused:
        return Refused(refused.code)
    found = attribute(leaves.formula, before=leaves.before, after=leaves.after, factor=leaves.factor)
    return DriverTree(leaves, found, _unplanned(looked, leaves.leaves))


def _unplanned(looked: Looked, leaves: tuple[FormulaLeaf, ...]) -> tuple[str, ...]:
    if looked.other is not None:
        return ()
    return tuple(leaf.name for leaf in leaves if np.isnan(leaf.before[0]))


def estimated_drivers(looked: Looked, measure: str, *, change: float) -> EstimatedDrivers | None:
    """Estimate what the measures linked to this one did to its change; None where no causal link leads to it.

    Each driver's own change is taken `lag` periods earlier; against the plan it is its gap to its target. Reads the
    cube, and costs one regression.
    """
    linked = causal_drivers(looked.evaluation.book.definitions, measure)
    if not linked:
        return None
    history = linked_history(looked, measure)
    if isinstance(history, NotComputable):
        return EstimatedDrivers(measure, history, (), len(linked))
    split = _split(looked, history, change=change)
    return EstimatedDrivers(measure, split, history.skipped, len(linked))


def _split(looked: Looked, history: LinkedHistory, *, change: float) -> EstimatedSplit | NotComputable:
    frequency, grain = history.outcome.version.frequency, looked.shown.grain
    if grain is Grain.YTD or grain.frequency is not frequency:
        return NotComputable(Why.NOT_APPLICABLE)
    fewest = int(looked.evaluation.book.policies.number("leadlag.min_n.refuse"))
    found = history.elasticities(fewest=fewest)
    if isinstance(found, NotComputable):
        return found
    ordinals = history.outcome.ordinals
    moved = {}
    for driver in history.drivers:
        now = _at(driver.values, ordinals, looked.shown.ordinal - driver.lag)
        if looked.other is None:
            then = _at(driver.targets, ordinals, looked.shown.ordinal - driver.lag)
        else:
            then = _at(driver.values, ordinals, looked.other.ordinal - driver.lag)
        moved[driver.measure] = now - then
    known = {
        driver.measure: each
        for driver, each in zip(history.drivers, found, strict=True)
        if np.isfinite(moved[driver.measure])
    }
    if not known:
        return NotComputable(Why.MISSING_REQUIRED)
    return estimated_split(change, known, moved=moved)


def _at(values: np.ndarray[tuple[int], np.dtype[np.float64]], ordinals: range, ordinal: int) -> float:
    return float(values[ordinals.index(ordinal)]) if ordinal in ordinals else float("nan")
