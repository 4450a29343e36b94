"""The same work in Polars, as somebody who knows it would write it: lazy, level by level, no Python per row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.reference_work import (
    DERIVED,
    FIRST_MONTH,
    OBJECTIVES,
    PERSPECTIVES,
    RATIO_TARGET,
    RED_DISTANCE,
    RED_SHARE,
    ReferenceWork,
    is_ratio,
    operands,
)
from fourfold.engine.quantities import Why

__all__ = ["GRAINS", "PeerResult", "evaluate_in_polars", "frame_of"]

GRAINS = ("month", "quarter", "ytd")
KEY = ("measure", "unit", "period")
COVERAGE_MIN = 0.75
ON_THE_BORDER, POINTS_ON_THE_BORDER = 1e-9, 1e-6  # what counts as reaching it, as in engine.score


@dataclass(frozen=True, slots=True)
class PeerResult:
    """Per grain, the same columns as an evaluation has: values, targets, scores, statuses, counts, bounds, reds."""

    measures: dict[str, pl.DataFrame]
    objectives: dict[str, pl.DataFrame]
    perspectives: dict[str, pl.DataFrame]


def frame_of(work: ReferenceWork) -> pl.DataFrame:
    """The rows as a frame; made before the clock starts."""
    rows = work.rows
    return pl.DataFrame(
        {
            "measure": rows.measure,
            "unit": rows.unit,
            "period": rows.period - FIRST_MONTH,
            "numerator": rows.numerator,
            "denominator": rows.denominator,
            "why": rows.why,
        }
    )


def evaluate_in_polars(work: ReferenceWork, frame: pl.DataFrame) -> PeerResult:
    """Everything: roll-up, grains, formulas, targets, scores, weighted roll-up with coverage."""
    parents = _parents(work)
    monthly = _rolled_up(frame, parents)
    targets = _targets(work, parents)
    measures = {grain: _scored(work, _at_grain(monthly, grain), targets, grain=grain) for grain in GRAINS}
    objectives = {grain: _objectives(work, measures[grain]) for grain in GRAINS}
    perspectives = {grain: _perspectives(objectives[grain]) for grain in GRAINS}
    return PeerResult(measures, objectives, perspectives)


def _parents(work: ReferenceWork) -> pl.DataFrame:
    places = {unit.key: place for place, unit in enumerate(work.definitions.units)}
    pairs = [(places[unit.key], places[unit.parent]) for unit in work.definitions.units if unit.parent]
    return pl.DataFrame(pairs, schema={"unit": pl.Int32, "parent": pl.Int32}, orient="row")


def _rolled_up(frame: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """Level by level: each level groups the ten times smaller one below it."""
    is_present = pl.col("why") == int(Why.PRESENT)
    level = (
        frame.lazy()
        .select(
            *KEY,
            pl.when(is_present).then("numerator").otherwise(0.0).alias("numerator"),
            pl.when(is_present).then("denominator").otherwise(0.0).alias("denominator"),
            is_present.cast(pl.Int32).alias("present"),
            pl.lit(1, dtype=pl.Int32).alias("due"),
        )
        .collect()
    )
    levels = [level]
    while level.height and level["unit"].min() != 0:
        level = (
            level.lazy()
            .join(parents.lazy(), on="unit")
            .group_by("measure", pl.col("parent").alias("unit"), "period")
            .agg(pl.col("numerator", "denominator", "present", "due").sum())
            .collect()
        )
        levels.append(level)
    return pl.concat(levels)


def _at_grain(monthly: pl.DataFrame, grain: str) -> pl.DataFrame:
    sums = ("numerator", "denominator", "present", "due")
    if grain == "month":
        return monthly
    if grain == "quarter":
        return (
            monthly.lazy()
            .group_by("measure", "unit", (pl.col("period") // 3).alias("period"))
            .agg(pl.col(*sums).sum())
            .collect()
        )
    year = pl.col("period") // 12
    return (
        monthly.sort(KEY).lazy().with_columns(pl.col(*sums).cum_sum().over("measure", "unit", year)).collect()
    )


def _targets(work: ReferenceWork, parents: pl.DataFrame) -> pl.DataFrame:
    """Monthly targets of flows for every unit: the leaves' own, and sums above."""
    first_leaf = len(work.definitions.units) - work.leaves
    flows = np.array([m for m in range(work.entered) if not is_ratio(m)], dtype=np.int32)
    level = pl.DataFrame(
        {
            "measure": np.repeat(flows, work.leaves),
            "unit": np.tile(np.arange(work.leaves, dtype=np.int32) + first_leaf, flows.size),
            "target": work.targets[flows].ravel(),
        }
    )
    levels = [level]
    while level["unit"].min() != 0:
        level = (
            level.join(parents, on="unit")
            .group_by("measure", pl.col("parent").alias("unit"))
            .agg(pl.col("target").sum())
        )
        levels.append(level)
    return pl.concat(levels)


def _scored(work: ReferenceWork, cells: pl.DataFrame, targets: pl.DataFrame, *, grain: str) -> pl.DataFrame:
    ratio = pl.col("measure") % 5 == 0
    enough = (
        pl.when(ratio)
        .then(pl.col("present") >= COVERAGE_MIN * pl.col("due"))
        .otherwise(pl.col("present") == pl.col("due"))
    )
    value = (
        pl.when(ratio)
        .then(100.0 * pl.col("numerator") / pl.col("denominator"))
        .otherwise(pl.col("numerator"))
    )
    months = {
        "month": pl.lit(1.0),
        "quarter": pl.lit(3.0),
        "ytd": (pl.col("period") % 12 + 1).cast(pl.Float64),
    }
    entered = (
        cells.lazy()
        .join(targets.lazy(), on=["measure", "unit"], how="left")
        .select(
            *KEY,
            pl.when(enough).then(value).alias("value"),
            pl.when(ratio).then(RATIO_TARGET).otherwise(pl.col("target") * months[grain]).alias("target"),
            "present",
            "due",
        )
        .collect()
    )
    cells = pl.concat([entered, _derived(work, entered)])
    is_distance = (pl.col("measure") < work.entered) & (pl.col("measure") % 5 == 0)
    red = pl.when(is_distance).then(pl.col("target") - RED_DISTANCE).otherwise(pl.col("target") * RED_SHARE)
    width = pl.col("target") - pl.col("red")
    return (
        cells.lazy()
        .with_columns(red.alias("red"))
        .with_columns(
            (200 / 3 + (pl.col("value") - pl.col("target")) / width * (100 / 3))
            .clip(0.0, 100.0)
            .alias("score")
        )
        .with_columns(
            _status(pl.col("value") + ON_THE_BORDER * width, red="red", green="target").alias("status")
        )
        .select(*KEY, "value", "target", "score", "status", "present", "due")
        .collect()
    )


def _status(number: pl.Expr, *, red: str | float, green: str | float) -> pl.Expr:
    """Grey, red, amber, green as 0 to 3."""
    return (
        pl.when(number.is_null())
        .then(0)
        .when(number >= (pl.col(green) if isinstance(green, str) else green))
        .then(3)
        .when(number >= (pl.col(red) if isinstance(red, str) else red))
        .then(2)
        .otherwise(1)
        .cast(pl.UInt8)
    )


def _derived(work: ReferenceWork, entered: pl.DataFrame) -> pl.DataFrame:
    frames = []
    for place in range(DERIVED):
        above, below = operands(place, work.entered)
        a = entered.lazy().filter(pl.col("measure") == above)
        b = (
            entered.lazy()
            .filter(pl.col("measure") == below)
            .select("unit", "period", pl.col("value", "present", "due").name.suffix("_below"))
        )
        frames.append(
            a.join(b, on=["unit", "period"]).select(
                pl.lit(work.entered + place, dtype=pl.Int32).alias("measure"),
                "unit",
                "period",
                (pl.col("value") / pl.col("value_below")).alias("value"),
                pl.lit(1.0).alias("target"),
                pl.col("present") + pl.col("present_below"),
                pl.col("due") + pl.col("due_below"),
            )
        )
    return pl.concat(pl.collect_all(frames))


def _objectives(work: ReferenceWork, measures: pl.DataFrame) -> pl.DataFrame:
    weights = pl.DataFrame(
        {"measure": np.arange(work.weights.size, dtype=np.int32), "weight": work.weights}
    ).with_columns((pl.col("measure") % OBJECTIVES).alias("objective"))
    return _rolled(measures.lazy().join(weights.lazy(), on="measure"), parent="objective", child="measure")


def _perspectives(objectives: pl.DataFrame) -> pl.DataFrame:
    weighted = objectives.lazy().with_columns(
        (pl.col("objective") % PERSPECTIVES).alias("perspective"), pl.lit(1.0).alias("weight")
    )
    return _rolled(weighted, parent="perspective", child="objective")


def _rolled(children: pl.LazyFrame, *, parent: str, child: str) -> pl.DataFrame:
    """Weighted mean with coverage, gate, bounds, status, red children and the worst child."""
    scored = pl.when(pl.col("score").is_not_null()).then("weight").otherwise(0.0)
    return (
        children.with_columns(scored.alias("scored"), (pl.col("weight") * pl.col("score")).alias("part"))
        .group_by(parent, "unit", "period")
        .agg(
            pl.col("part", "scored", "weight").sum(),
            (pl.col("status") == 1).sum().alias("red_children"),
            pl.col(child).get(pl.col("score").arg_min()).alias("worst_child"),
        )
        .with_columns(
            (pl.col("scored") / pl.col("weight")).alias("coverage"),
            (pl.col("part") / pl.col("weight")).alias("low"),
        )
        .with_columns(
            (pl.col("low") + 100.0 * (1.0 - pl.col("coverage"))).alias("high"),
            pl.when(pl.col("coverage") >= COVERAGE_MIN)
            .then(pl.col("part") / pl.col("scored"))
            .alias("score"),
        )
        .with_columns(
            _status(pl.col("score") + POINTS_ON_THE_BORDER, red=100 / 3, green=200 / 3).alias("status")
        )
        .drop("part", "scored", "weight")
        .collect()
    )
