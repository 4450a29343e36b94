"""The published shape of every YAML file: JSON Schema 2020-12, the one source of `docs/schema/`."""

from fourfold.folder.schema.mapping_schema import MAPPING
from fourfold.folder.schema.measure_schema import MEASURE
from fourfold.folder.schema.parts import KEY_PATTERN, Schema
from fourfold.folder.schema.strategy_schema import STRATEGY
from fourfold.folder.schema.structure import structure_findings
from fourfold.folder.schema.units_schema import UNITS

PUBLISHED: dict[str, Schema] = {
    "strategy.schema.json": STRATEGY,
    "units.schema.json": UNITS,
    "measure.schema.json": MEASURE,
    "mapping.schema.json": MAPPING,
}
"""File name in `docs/schema/` → schema; `python -m fourfold.folder.schema docs/schema` writes them."""

__all__ = [
    "KEY_PATTERN",
    "MAPPING",
    "MEASURE",
    "PUBLISHED",
    "STRATEGY",
    "UNITS",
    "Schema",
    "structure_findings",
]
