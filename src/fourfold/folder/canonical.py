"""The one order of what a folder holds, so that loading and exporting end where they began (DESIGN §5, Round trip)."""

from __future__ import annotations

from dataclasses import replace

from fourfold.engine.definitions import Definitions, Target

__all__ = ["canonical", "canonical_targets"]


def canonical(definitions: Definitions) -> Definitions:
    """Measures by key, as their files are named; targets by measure, unit and segment; the rest as listed."""
    measures = tuple(sorted(definitions.measures, key=lambda measure: measure.key))
    ordered = replace(definitions, measures=measures)
    return replace(ordered, targets=canonical_targets(ordered))


def canonical_targets(definitions: Definitions) -> tuple[Target, ...]:
    """Targets in the order of measures, units and segment keys, the total first."""
    measures = {measure.key: place for place, measure in enumerate(definitions.measures)}
    units = {unit.key: place for place, unit in enumerate(definitions.units)}
    return tuple(
        sorted(
            definitions.targets,
            key=lambda target: (measures[target.measure], units[target.unit], target.segment or ""),
        )
    )
