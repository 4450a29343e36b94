"""Whether a restatement that waits can still be carried out as it was proposed and approved."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from fourfold.data.entry.models import RestatedValue, Restatement, RestatementVerdict
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import known_permits
from fourfold.scorecard.measures.models import ReleaseStatus
from fourfold.scorecard.measures.queries.closed_periods import LedgerPlaces, releases_of

__all__ = ["reopened_values", "standing_approvals"]


def reopened_values(restatements: Sequence[Restatement]) -> dict[int, RestatedValue]:
    """By restatement the first of its values whose period is final no more. Five queries, whatever their number."""
    values = [(row, value) for row in restatements for value in row.values_wanted.all()]
    if not values:
        return {}
    columns = zip(
        *((value.measure_id, value.series, row.unit_id, value.period) for row, value in values), strict=True
    )
    measures, series, units, periods = (np.array(column, dtype=np.int64) for column in columns)
    releases = releases_of(LedgerPlaces(measures, series, units, periods))
    found: dict[int, RestatedValue] = {}
    for (row, value), release in zip(values, releases, strict=True):
        if release != ReleaseStatus.FINAL.value:
            found.setdefault(row.pk, value)
    return found


def standing_approvals(restatements: Collection[Restatement]) -> dict[int, frozenset[int]]:
    """By restatement the ids of the approvals whose givers may still approve there. Two queries, whatever their number.

    An approval counts as long as its giver's right does: who lost the role or left approves nothing.
    """
    given: list[tuple[Restatement, RestatementVerdict]] = [
        (row, verdict) for row in restatements for verdict in row.verdicts.all() if verdict.is_approval
    ]
    permits = known_permits(Act.APPROVE_RESTATEMENT, people={verdict.person_id for _row, verdict in given})
    found: dict[int, set[int]] = {row.pk: set() for row in restatements}
    for row, verdict in given:
        if any(row.unit.path.startswith(path) for path in permits.get(verdict.person_id, ())):
            found[row.pk].add(verdict.pk)
    return {pk: frozenset(ids) for pk, ids in found.items()}
