"""`measures/<key>.yaml`: one measure, its place under objectives, and its versions."""

from __future__ import annotations

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    FormulaOrder,
    MeasureRole,
    MissingOperand,
    OrgValues,
    ThresholdBasis,
    Tier,
)
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.folder.schema.parts import (
    DATE,
    KEY,
    LONG_TEXT,
    MEASURE_UNITS,
    NUMBER,
    TEXT,
    WEIGHT,
    Schema,
    fields,
    listed,
    one_of,
    top,
)

__all__ = ["MEASURE", "VERSION_FIELDS", "VERSION_REQUIRED"]

_PAIR: Schema = listed(NUMBER, minItems=2, maxItems=2)
_DISTANCE: Schema = {"type": "number"}

_THRESHOLDS = fields(
    (),
    basis=one_of(ThresholdBasis),
    red=_DISTANCE,
    best=_DISTANCE,
    worst=_DISTANCE,
    tolerance={"type": "number", "minimum": 0},
)

_SEGMENTS = fields(
    ("dimension", "members"),
    dimension=KEY,
    members=listed(fields(("key", "name"), key=KEY, name=TEXT), minItems=1, maxItems=1000),
)

VERSION_REQUIRED = ("kind", "unit_of_measure", "goal", "frequency")

_VERSION = fields(
    VERSION_REQUIRED,
    valid_from=DATE,
    kind=one_of(AggregationKind),
    unit_of_measure={"type": "string", "maxLength": 40},
    goal=one_of(GoalType),
    frequency=one_of(Frequency),
    role=one_of(MeasureRole),
    tier=one_of(Tier),
    owner=KEY,
    steward=KEY,
    operational_definition=LONG_TEXT,
    formula={"type": "string", "minLength": 1, "maxLength": 4000},
    formula_order=one_of(FormulaOrder),
    missing_operand=one_of(MissingOperand),
    org_values=one_of(OrgValues),
    multiplier={"type": "number", "exclusiveMinimum": 0},
    counts_cases={
        "type": "boolean",
        "description": "Of a ratio: the numerator counts some of the cases that the denominator counts.",
    },
    decimals={"type": "integer", "minimum": 0, "maximum": 10},
    segments=_SEGMENTS,
    thresholds=_THRESHOLDS,
    band=_PAIR,
    rubric=listed(_PAIR, minItems=1),
    baseline=NUMBER,
    natural_min=NUMBER,
    natural_max=NUMBER,
    due_days={"type": "integer", "minimum": 0, "maximum": 3660},
    grace_periods={"type": "integer", "minimum": 0, "maximum": 1000},
    series={"type": "integer", "minimum": 1, "maximum": 32000},
    reason={**LONG_TEXT, "description": "Why this version came to be."},
)
VERSION_FIELDS: tuple[str, ...] = tuple(_VERSION["properties"])

_OBJECTIVE_SHARE = fields(("key",), key=KEY, weight=WEIGHT, critical={"type": "boolean"})

MEASURE: Schema = top(
    "measure",
    "measures/<key>.yaml of a strategy folder",
    body={
        "type": "object",
        "required": ["key", "name"],
        "properties": {
            "key": KEY,
            "name": TEXT,
            "objective": {
                **_OBJECTIVE_SHARE,
                "type": ["object", "array"],
                "items": _OBJECTIVE_SHARE,
                "description": "The objective served, or a list where several are.",
            },
            "unit": {**KEY, "description": "The declaring unit; the root when left out."},
            "units": MEASURE_UNITS,
            "retired_on": {
                **DATE,
                "description": "On pages that end on this day or later it does not apply.",
            },
            "versions": listed({"$ref": "#/$defs/version"}, minItems=1),
            **_VERSION["properties"],
        },
        "additionalProperties": False,
        "if": {"required": ["versions"]},
        "then": {"properties": {key: {"not": {}} for key in VERSION_FIELDS}},
        "else": {"required": list(VERSION_REQUIRED)},
        "$defs": {"version": _VERSION},
    },
)
