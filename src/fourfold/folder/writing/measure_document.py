"""A measure → `measures/<key>.yaml`."""

from __future__ import annotations

from itertools import pairwise

from fourfold.engine.definitions import (
    FormulaOrder,
    Measure,
    MeasureVersion,
    MissingOperand,
    ObjectiveShare,
    OrgValues,
    Thresholds,
)
from fourfold.folder.measure_building import default_multiplier
from fourfold.folder.writing.strategy_document import selector_fields, unless, weight_value, without_nothing
from fourfold.folder.writing.yaml_text import Value

__all__ = ["measure_document"]


def measure_document(measure: Measure, *, root: str) -> dict[str, Value]:
    """A single version stands at the top level of the file, several in a list."""
    shares = [_share(each) for each in measure.objectives]
    before = [1, *(earlier.series for earlier, _ in pairwise(measure.versions))]
    versions = [_version(each, series=series) for each, series in zip(measure.versions, before, strict=True)]
    head = without_nothing(
        {
            "key": measure.key,
            "name": measure.name,
            "objective": shares[0] if len(shares) == 1 else shares,
            **selector_fields(measure.units, root=root),
            "retired_on": measure.retired_on,
        }
    )
    return {**head, **versions[0]} if len(versions) == 1 else {**head, "versions": versions}


def _share(share: ObjectiveShare) -> dict[str, Value]:
    return without_nothing(
        {
            "key": share.objective,
            "weight": weight_value(share.weights),
            "critical": unless(share.critical, False),
        }
    )


def _version(version: MeasureVersion, *, series: int) -> dict[str, Value]:
    return without_nothing({**_nature(version), **_values(version, series=series), **_judgement(version)})


def _nature(version: MeasureVersion) -> dict[str, Value | None]:
    """What it is and whose it is."""
    return {
        "valid_from": version.valid_from,
        "kind": str(version.kind),
        # an empty unit of measure is a statement, not an omission
        "unit_of_measure": version.unit_of_measure or "1",
        "goal": str(version.goal),
        "frequency": str(version.frequency),
        "role": str(version.role),
        "tier": str(version.tier),
        "owner": version.owner,
        "steward": version.steward,
        "operational_definition": version.operational_definition,
    }


def _values(version: MeasureVersion, *, series: int) -> dict[str, Value | None]:
    """How its values come about and are shown."""
    return {
        "formula": version.formula,
        "formula_order": unless(str(version.formula_order), str(FormulaOrder.OPERANDS_FIRST)),
        "missing_operand": unless(str(version.missing_operand), str(MissingOperand.PROPAGATE)),
        "org_values": unless(str(version.org_values), str(OrgValues.AGGREGATED)),
        "multiplier": unless(version.multiplier, default_multiplier(version.kind, version.unit_of_measure)),
        "counts_cases": unless(version.counts_cases, False),
        "decimals": unless(version.decimals, 1),
        "segments": _segments(version),
        "due_days": unless(version.due_days, 0),
        "grace_periods": unless(version.grace_periods, 1),
        "series": unless(version.series, series),
        "reason": version.reason,
    }


def _segments(version: MeasureVersion) -> dict[str, Value] | None:
    if version.segment_dimension is None:
        return None
    members = [{"key": each.key, "name": each.name} for each in version.segments]
    return {"dimension": version.segment_dimension, "members": members}


def _judgement(version: MeasureVersion) -> dict[str, Value | None]:
    """What its values are held against."""
    return {
        "thresholds": _thresholds(version.thresholds),
        "band": version.band,
        "rubric": version.rubric,
        "baseline": version.baseline,
        "natural_min": version.natural_min,
        "natural_max": version.natural_max,
    }


def _thresholds(thresholds: Thresholds) -> dict[str, Value]:
    basis = unless(str(thresholds.basis), str(Thresholds().basis))
    return without_nothing(
        {
            "basis": basis,
            "red": thresholds.red,
            "best": thresholds.best,
            "worst": thresholds.worst,
            "tolerance": thresholds.tolerance,
        }
    )
