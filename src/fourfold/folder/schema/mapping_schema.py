"""`data/<key>.mapping.yaml`: how the columns of one CSV file become observations and targets."""

from __future__ import annotations

from fourfold.engine.definitions import Trajectory
from fourfold.folder.schema.parts import KEY, LONG_TEXT, TEXT, Schema, fields, listed, one_of, top

__all__ = ["CONSTANT_ROLES", "KEY_ROLES", "MAPPING", "MARK_PATTERN", "NUMBER_ROLES"]

NUMBER_ROLES = ("value", "numerator", "denominator", "n", "promoters", "detractors", "target")
"""Columns that hold numbers."""

KEY_ROLES = (
    "measure",
    "unit",
    "segment",
    "series",
    "unit_of_measure",
    "currency",
    "obs_status",
    "release_status",
    "part",
)
"""Columns whose texts name something; `translate` may replace them."""

CONSTANT_ROLES = ("measure", "unit", "segment", "series", "unit_of_measure", "currency", "period")
"""What may hold for the whole file."""

ROW_PARTS = ("value", "target", "leave_out")
"""What a column may say of its row: “Actual”, “Plan”, “Forecast”."""

MARK_PATTERN = r"%|‰|€|\$|£|¥|[A-Z]{3}"
"""What may stand beside a number: a sign, or three capitals as of a currency."""

_COLUMN: Schema = {"type": "string", "minLength": 1, "maxLength": 500}
_TEXT_VALUE: Schema = {"type": ["string", "number", "boolean"]}
_WANTED: Schema = {"type": ["string", "number", "boolean", "array"], "items": _TEXT_VALUE, "minItems": 1}
_CONDITIONS: Schema = {"type": "object", "additionalProperties": _WANTED, "minProperties": 1}
_ALL_OR_KEYS: Schema = {"type": ["string", "array"], "pattern": "^all$", "items": KEY}

_FORMAT = fields(
    (),
    decimal=one_of((".", ",")),
    thousands=one_of(("", ",", ".", " ", "'", "\u00a0", "\u202f", "_")),
    marks={
        **listed({"type": "string", "pattern": f"^({MARK_PATTERN})$"}, maxItems=12),
        "description": "Marks beside numbers, such as % or €: taken off where the measure is in that unit of measure.",
    },
    negative={
        **one_of(("minus", "brackets")),
        "description": "brackets: (1,200) is -1200, and -1200 still is. minus, the default: only a sign says so.",
    },
    date={
        "type": "string",
        "description": "`key` (the default) for the calendar's period keys, `words` as headings name periods, `serial` "
        "for days as spreadsheets count them, or as in strptime: %Y-%m.",
    },
    encoding=one_of(("utf-8", "utf-16", "latin-1", "cp1252")),
    delimiter=one_of((",", ";", "\t", "|")),
    sheet={**TEXT, "description": "Of a workbook; without it, the first sheet that has cells."},
    header={
        "type": "number",
        "minimum": 1,
        "maximum": 1000,
        "description": "The line on which the names of the columns stand, where a title stands above them.",
    },
    header_lines={
        "type": "number",
        "minimum": 1,
        "maximum": 3,
        "description": "On how many lines they stand, a year above its months: `header` is the last of them.",
    },
    digits={
        "enum": [15, "float64"],
        "description": "15: more significant digits are refused. float64: the shortest text of a double is exact too.",
    },
)

_PERIOD: Schema = {
    **fields(("year",), year=_COLUMN, month=_COLUMN, quarter=_COLUMN),
    "type": ["string", "object"],
    "minLength": 1,
    "description": "A column, or the columns of year and month or quarter.",
}

_COLUMNS = fields(
    (), period=_PERIOD, recorded_at=_COLUMN, **dict.fromkeys((*KEY_ROLES, *NUMBER_ROLES), _COLUMN)
)

_LOOKUP = fields(
    ("file", "on", "gives"),
    file={**TEXT, "description": "A CSV file of this folder."},
    on=listed(_COLUMN, minItems=1),
    gives={
        **fields(
            (),
            measure=_COLUMN,
            unit=_COLUMN,
            segment=_COLUMN,
            unit_of_measure=_COLUMN,
            scale={**_COLUMN, "description": "A factor for value and target."},
            ignore={
                **_COLUMN,
                "description": "Where this column is not blank, it is the reason to ignore the row.",
            },
        ),
        "minProperties": 1,
    },
)

_WIDE_VALUE = fields(
    ("measure", "role"), measure=KEY, role=one_of(NUMBER_ROLES), segment=KEY, scale={"type": "number"}
)
_WIDE_ENTRY: Schema = {
    **_WIDE_VALUE,
    "required": ["column", *_WIDE_VALUE["required"]],
    "properties": {"column": _COLUMN, **_WIDE_VALUE["properties"]},
}
_WIDE: Schema = {
    "type": ["array", "object"],
    "minItems": 1,
    "minProperties": 1,
    "items": _WIDE_ENTRY,
    "additionalProperties": {**_WIDE_VALUE, "type": ["object", "array"], "items": _WIDE_VALUE},
    "description": "What each value column holds: a list, or `column: {measure, role}`.",
}

_PERIODS = fields(
    (),
    role={
        **one_of(NUMBER_ROLES),
        "description": "What a column holds that only names a period: `value`, if nothing.",
    },
    order={
        **one_of(("day-first", "month-first")),
        "description": "How headings such as 01/02/2026 are written.",
    },
    year={
        "type": "integer",
        "minimum": 1900,
        "maximum": 2199,
        "description": "Of headings such as Jan, that name a month or a quarter without its year.",
    },
    leave_out=listed(_COLUMN),
    columns={
        "type": "object",
        "additionalProperties": fields(("period",), period=_TEXT_VALUE, role=one_of(NUMBER_ROLES)),
        "description": "What the heading of a column does not say by itself: `column: {period, role}`.",
    },
)

MAPPING: Schema = top(
    "mapping",
    "data/<key>.mapping.yaml of a strategy folder",
    body={
        **fields(
            ("key", "file", "layout"),
            key=KEY,
            file={**TEXT, "description": "The CSV file, relative to the folder or to what `from` names."},
            from_={**one_of(("folder", "data")), "description": "`data`: relative to `--data DIR`."},
            layout=one_of(("long", "wide", "periods")),
            format=_FORMAT,
            missing={**listed({"type": "string"}), "description": "Texts that mean: no value."},
            columns=_COLUMNS,
            constants=fields((), **dict.fromkeys(CONSTANT_ROLES, _TEXT_VALUE)),
            translate=fields(
                (),
                **{
                    **{key: {"type": "object", "additionalProperties": _TEXT_VALUE} for key in KEY_ROLES},
                    "part": {"type": "object", "additionalProperties": one_of(ROW_PARTS)},
                },
            ),
            lookup={**_LOOKUP, "type": ["object", "array"], "items": _LOOKUP},
            wide=_WIDE,
            periods={**_PERIODS, "description": "Of `layout: periods`: how the columns name periods."},
            scale=fields((), **{key: {"type": "number"} for key in NUMBER_ROLES}),
            zero_is_missing={**_ALL_OR_KEYS, "description": "Measures whose zero values mean: no value."},
            zero_target_is_missing={
                **_ALL_OR_KEYS,
                "description": "Measures whose zero targets mean: no target.",
            },
            filters={**_CONDITIONS, "description": "Only rows with these values are read."},
            ignore=listed(fields(("when", "reason"), when=_CONDITIONS, reason={**LONG_TEXT, "minLength": 1})),
            targets=fields((), trajectory=one_of(Trajectory), origin=LONG_TEXT),
        ),
        "if": {"properties": {"layout": {"const": "wide"}}},
        "then": {"required": ["wide"]},
    },
)
