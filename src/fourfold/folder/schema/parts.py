"""The words schemas are made of: keys, dates, lists, and objects that know all their fields."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

__all__ = [
    "DATE",
    "KEY",
    "KEYS",
    "KEY_PATTERN",
    "LONG_TEXT",
    "MEASURE_UNITS",
    "NUMBER",
    "SELECTOR",
    "TEXT",
    "WEIGHT",
    "Schema",
    "fields",
    "listed",
    "one_of",
    "top",
]

Schema = dict[str, Any]

KEY_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
"""A slug: lower-case letters and digits, hyphens between, a letter first (DESIGN §5, Keys)."""

KEY: Schema = {"type": "string", "pattern": KEY_PATTERN, "maxLength": 80}
KEYS: Schema = {"type": "array", "items": KEY, "uniqueItems": True}
TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": 200}
LONG_TEXT: Schema = {"type": "string", "maxLength": 5000}
DATE: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": "number"}


def fields(required: Iterable[str], /, **properties: Schema) -> Schema:
    """An object with these fields and no others; `from_` is written `from`, which is a Python keyword."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {name.rstrip("_"): schema for name, schema in properties.items()},
        "additionalProperties": False,
    }


def listed(items: Schema, **limits: Any) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": items, **limits}


def one_of(words: type[StrEnum] | Iterable[str]) -> Schema:
    """One of these words."""
    return {"enum": [str(word) for word in words]}


def top(name: str, title: str, *, body: Schema) -> Schema:
    """A schema with its head; the identifier is a name, not an address."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fourfold:folder:1:{name}",
        "title": title,
        **body,
    }


SELECTOR: Schema = {
    **fields((), levels=listed(TEXT), keys=KEYS),
    "description": "Which units at or below `unit` are meant; all of them when nothing is listed.",
}

MEASURE_UNITS: Schema = {
    **fields(
        (),
        levels=listed(TEXT),
        keys=KEYS,
        since={"type": "object", "propertyNames": KEY, "additionalProperties": DATE, "minProperties": 1},
    ),
    "description": (
        "Which units at or below `unit` are meant; all of them when nothing is listed. `since`: by unit, the day from "
        "which the measure is taken there; periods that ended before are not owed."
    ),
}

WEIGHT: Schema = {
    "type": ["number", "array"],
    "minimum": 0,
    "minItems": 1,
    "items": fields(("weight",), from_=DATE, weight={"type": "number", "minimum": 0}),
    "description": "A weight, or weights with the day each is valid from; 0 is informational.",
}
