"""`units.yaml`: the organisational tree, nested as it stands."""

from __future__ import annotations

from fourfold.folder.schema.parts import DATE, KEY, TEXT, Schema, fields, listed, top

__all__ = ["UNITS"]

_UNIT = fields(
    ("key", "name", "level"),
    key=KEY,
    name=TEXT,
    level={**TEXT, "description": "What kind of unit this is: enterprise, region, site."},
    valid_from=DATE,
    valid_to=DATE,
    units=listed({"$ref": "#/$defs/unit"}),
)

UNITS: Schema = top(
    "units",
    "units.yaml of a strategy folder",
    body={
        **fields(("units",), units=listed({"$ref": "#/$defs/unit"}, minItems=1, maxItems=1)),
        "$defs": {"unit": _UNIT},
    },
)
