"""Write targets as a definition names them; a retarget never rewrites what was wanted before."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from fourfold.engine import definitions
from fourfold.platform.audit.changes import Changes, Placed
from fourfold.platform.units.models import UnitUnknown
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.measures.models import Measure, MeasureUnknown, Target, TargetPoint

__all__ = ["TargetName", "target_name", "write_targets"]

TargetName = tuple[str, str, str]
"""Measure, unit, and segment (empty: the total)."""

BATCH = 5_000


def target_name(target: definitions.Target) -> TargetName:
    """What makes a target this one and no other."""
    return target.measure, target.unit, target.segment or ""


@transaction.atomic
def write_targets(changed: Changes[TargetName, definitions.Target], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    for measure, unit, segment in changed.superseded:
        known = Target.objects.filter(measure__key=measure, unit__key=unit, segment=segment).known_at(None)
        known.close(seq=seq)
    measures, units = dict(Measure.objects.values_list("key", "pk")), unit_ids_by_key()
    rows = [_row(placed, measures=measures, units=units, seq=seq) for placed in changed.put]
    Target.objects.bulk_create(rows, batch_size=BATCH)
    points = (
        TargetPoint(
            target_id=row.pk,
            place=place,
            frequency=point.period.frequency.value,
            period=point.period.ordinal,
            value=point.value,
        )
        for row, placed in zip(rows, changed.put, strict=True)
        for place, point in enumerate(placed.thing.points)
    )
    TargetPoint.objects.bulk_create(points, batch_size=BATCH)


def _row(
    placed: Placed[definitions.Target], *, measures: Mapping[str, int], units: Mapping[str, int], seq: int
) -> Target:
    target = placed.thing
    if target.measure not in measures:
        raise MeasureUnknown(key=target.measure)
    if target.unit not in units:
        raise UnitUnknown(key=target.unit)
    return Target(
        measure_id=measures[target.measure],
        unit_id=units[target.unit],
        segment=target.segment or "",
        seq=seq,
        ordinal=placed.ordinal,
        trajectory=target.trajectory.value,
        red=target.red,
        best=target.best,
        origin=target.origin,
    )
