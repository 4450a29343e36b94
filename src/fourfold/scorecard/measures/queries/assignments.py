"""Which measures somebody answers for: an assignment of its own, beside the roles (METHOD M6.2)."""

from __future__ import annotations

from django.db.models import Max

from fourfold.scorecard.measures.models import MeasureVersion

__all__ = ["measures_assigned_to"]


def measures_assigned_to(person_key: str) -> frozenset[int]:
    """The ids of the measures that this person owns or stewards by the latest version. Two queries, none for nobody."""
    if not person_key:
        return frozenset()
    latest = dict(MeasureVersion.objects.values_list("measure_id").annotate(Max("number")))
    named = MeasureVersion.objects.filter(owner__key=person_key) | MeasureVersion.objects.filter(
        steward__key=person_key
    )
    pairs = named.values_list("measure_id", "number").distinct()
    return frozenset(measure for measure, number in pairs if latest[measure] == number)
