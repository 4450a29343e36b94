"""A measure's versions one after another: what changed, who wrote it, when and why (METHOD M6.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from fourfold.engine.definitions import MeasureVersion
from fourfold.governance.changes.pages.measure_difference import (
    ChangeClass,
    Difference,
    between_versions,
    class_of,
)
from fourfold.platform.accounts.models import Person
from fourfold.scorecard.measures.models import LedgerEntry
from fourfold.scorecard.measures.queries.known import versions_with_seq

__all__ = ["VersionEntry", "read_timelines"]


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One version beside the one before; the first has no class and no differences."""

    number: int
    valid_from: date | None
    change_class: ChangeClass | None
    differences: tuple[Difference, ...]
    reason: str
    who: str
    when: datetime | None
    starts_series: bool


def read_timelines(keys: Sequence[str]) -> dict[str, tuple[VersionEntry, ...]]:
    """The newest version first. Four queries, whatever the number of measures and versions."""
    versions = versions_with_seq(keys)
    written = _written({seq for listed in versions.values() for seq, _version in listed})
    return {key: _timeline(listed, written) for key, listed in versions.items()}


def _timeline(
    listed: Sequence[tuple[int, MeasureVersion]], written: dict[int, tuple[str, datetime]]
) -> tuple[VersionEntry, ...]:
    entries = [_entry(*listed[0], before=None, written=written)]
    entries += [_entry(*after, before=before[1], written=written) for before, after in pairwise(listed)]
    return tuple(reversed(entries))


def _entry(
    seq: int,
    version: MeasureVersion,
    *,
    before: MeasureVersion | None,
    written: dict[int, tuple[str, datetime]],
) -> VersionEntry:
    differences = between_versions(before, version) if before else ()
    breaks = before is not None and before.series != version.series
    grave = None if before is None else ChangeClass.MAJOR if breaks else class_of(differences)
    who, when = written.get(seq, ("", None))
    return VersionEntry(
        version.number, version.valid_from, grave, differences, version.reason, who, when, breaks
    )


def _written(seqs: set[int]) -> dict[int, tuple[str, datetime]]:
    """Who wrote the entry of each seq, by name, and when. Two queries."""
    entries = {
        last: (actor, at)
        for last, actor, at in LedgerEntry.objects.filter(last_seq__in=seqs)
        .order_by("last_seq")
        .values_list("last_seq", "actor", "recorded_at")
    }
    names: dict[str, str] = defaultdict(str)
    names.update(
        Person.objects.filter(key__in={actor for actor, _at in entries.values()}).values_list("key", "name")
    )
    return {seq: (names[actor] or actor, at) for seq, (actor, at) in entries.items()}
