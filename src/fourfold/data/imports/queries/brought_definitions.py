"""What a run changed in the definitions: its targets with what they were before, and the things that are new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fourfold.data.imports.models import ImportRun
from fourfold.engine.definitions import Definitions, Target
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.definitions import read_definitions

__all__ = ["BroughtTarget", "BroughtThing", "TargetName", "brought_targets", "brought_things", "target_name"]

TargetName = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class BroughtTarget:
    """A target as the run wrote it, and as it was before; None: there was none."""

    before: Target | None
    after: Target


@dataclass(frozen=True, slots=True)
class BroughtThing:
    """A unit or a measure that came with a run and still stands. `kind` is `unit` or `measure`."""

    kind: str
    key: str
    name: str


def target_name(target: Target) -> TargetName:
    """What there is one target of at most."""
    return target.measure, target.unit, target.segment


def brought_targets(run: ImportRun) -> dict[TargetName, BroughtTarget]:
    """None of a run that wrote none, or that was written before runs kept their seq. For compiling: no scope."""
    if run.definitions_seq is None or not run.targets_written:
        return {}
    before = {target_name(each): each for each in read_definitions(run.definitions_seq - 1).targets}
    return {
        target_name(each): BroughtTarget(before.get(target_name(each)), each)
        for each in read_definitions(run.definitions_seq).targets
        if each != before.get(target_name(each))
    }


def brought_things(run: ImportRun, *, known: Definitions, scope: Scope) -> tuple[BroughtThing, ...]:
    """Those of them that are still among the `known`, and in sight."""
    if run.definitions_seq is None or not run.definitions_written:
        return ()
    before, after = read_definitions(run.definitions_seq - 1), read_definitions(run.definitions_seq)
    there = {("unit", each.key) for each in before.units} | {
        ("measure", each.key) for each in before.measures
    }
    came = {(each.kind, each.key) for each in _things(after, scope=scope)} - there
    return tuple(each for each in _things(known, scope=scope) if (each.kind, each.key) in came)


def _things(definitions: Definitions, *, scope: Scope) -> Iterator[BroughtThing]:
    for unit in definitions.units:
        if scope.sees(unit.key):
            yield BroughtThing("unit", unit.key, unit.name)
    for measure in definitions.measures:
        if scope.sees(measure.units.unit):
            yield BroughtThing("measure", measure.key, measure.name)
