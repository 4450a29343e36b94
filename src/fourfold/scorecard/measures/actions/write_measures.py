"""Write measures as a definition names them; a version once written stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine import definitions
from fourfold.platform.accounts.models import PersonUnknown
from fourfold.platform.accounts.queries import person_ids_by_key
from fourfold.platform.audit.changes import Changes, Placed
from fourfold.platform.audit.known import identities
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import UnitUnknown
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.measures.models import Measure, MeasureListing, MeasureSegment, MeasureVersion
from fourfold.scorecard.measures.queries.known import known_measures

__all__ = ["VersionImmutable", "write_measures"]


class VersionImmutable(Refusal):
    code, status = "VERSION_IMMUTABLE", 409
    sentence = _("Version {number} of measure “{measure}” is in use and is never changed or taken back.")
    remedy = _("Keep it as it is and add a version with the next number, its valid_from and a reason.")


@transaction.atomic
def write_measures(changed: Changes[str, definitions.Measure], *, seq: int) -> None:
    """Supersede listings that differ at `seq` and add new versions. The caller audits."""
    before = {measure.key: measure for measure in known_measures()}
    ids = identities(Measure, [placed.thing.key for placed in changed.put])
    people, units = person_ids_by_key(), unit_ids_by_key()
    MeasureListing.objects.filter(measure__key__in=changed.superseded).known_at(None).close(seq=seq)
    MeasureListing.objects.bulk_create(
        _listing(placed, ids=ids, units=units, seq=seq) for placed in changed.put
    )
    for placed in changed.put:
        for version in _new_versions(placed.thing, before.get(placed.thing.key)):
            _write_version(version, measure_id=ids[placed.thing.key], people=people, seq=seq)


def _listing(
    placed: Placed[definitions.Measure], *, ids: Mapping[str, int], units: Mapping[str, int], seq: int
) -> MeasureListing:
    measure = placed.thing
    if measure.units.unit not in units:
        raise UnitUnknown(key=measure.units.unit)
    return MeasureListing(
        measure_id=ids[measure.key],
        seq=seq,
        ordinal=placed.ordinal,
        name=measure.name,
        unit_id=units[measure.units.unit],
        unit_levels=list(measure.units.levels),
        unit_keys=list(measure.units.keys),
        units_since={unit: day.isoformat() for unit, day in measure.units.since},
        retired_on=measure.retired_on,
    )


def _new_versions(
    measure: definitions.Measure, before: definitions.Measure | None
) -> list[definitions.MeasureVersion]:
    """Refuse a change or loss of what was written before."""
    offered = {version.number: version for version in measure.versions}
    written = {version.number: version for version in before.versions} if before else {}
    for number, version in written.items():
        if offered.get(number) != version:
            raise VersionImmutable(measure=measure.key, number=number)
    return [version for number, version in offered.items() if number not in written]


def _write_version(
    version: definitions.MeasureVersion, *, measure_id: int, people: Mapping[str, int], seq: int
) -> None:
    row = MeasureVersion.objects.create(
        measure_id=measure_id,
        seq=seq,
        owner_id=_person(version.owner, people),
        steward_id=_person(version.steward, people),
        **_thresholds(version.thresholds),
        **_plain(version),
    )
    MeasureSegment.objects.bulk_create(
        MeasureSegment(version=row, ordinal=ordinal, key=segment.key, name=segment.name)
        for ordinal, segment in enumerate(version.segments, start=1)
    )


def _person(key: str | None, people: Mapping[str, int]) -> int | None:
    if key is None:
        return None
    if key not in people:
        raise PersonUnknown(key=key)
    return people[key]


def _thresholds(thresholds: definitions.Thresholds) -> dict[str, str | float | None]:
    return {
        "threshold_basis": thresholds.basis.value,
        "threshold_red": thresholds.red,
        "threshold_best": thresholds.best,
        "threshold_worst": thresholds.worst,
        "threshold_tolerance": thresholds.tolerance,
    }


_SAME_NAME = (
    "number",
    "valid_from",
    "unit_of_measure",
    "operational_definition",
    "series",
    "formula",
    "multiplier",
    "decimals",
    "segment_dimension",
    "baseline",
    "natural_min",
    "natural_max",
    "counts_cases",
    "due_days",
    "grace_periods",
    "reason",
)
_WORDS = ("kind", "goal", "frequency", "role", "tier", "formula_order", "missing_operand", "org_values")


def _plain(version: definitions.MeasureVersion) -> dict[str, object]:
    low, high = version.band or (None, None)
    return {
        **{name: getattr(version, name) for name in _SAME_NAME},
        **{name: getattr(version, name).value for name in _WORDS},
        "band_low": low,
        "band_high": high,
        "rubric": [list(step) for step in version.rubric],
    }
