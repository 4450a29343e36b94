"""What stands on a measure's page and on a scorecard for those who may edit: ways in, and the version history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.governance.changes.pages.measure_timeline import read_timelines
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui.slots import SlotContent, SlotPlace
from fourfold.scorecard.measures.models import MeasureListing

__all__ = ["for_measures", "for_scorecard", "versions_of_measures"]


def for_measures(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Edit the measure, set its targets. One query, and only for somebody who may either."""
    scope = place.scope
    edits, targets = scope.may(Act.EDIT_MEASURES), scope.may(Act.EDIT_TARGETS)
    if not (edits or targets):
        return {}
    listed = MeasureListing.objects.known_at(None).filter(measure__key__in=keys).order_by("pk")
    return {
        key: SlotContent(
            "changes/_measure_acts.html",
            {"key": key, "edit": scope.may(Act.EDIT_MEASURES, unit=unit), "targets": targets},
        )
        for key, unit in listed.values_list("measure__key", "unit__key")
    }


def versions_of_measures(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The version history with its redlines, where there is more than one. Constant queries."""
    return {
        key: SlotContent("changes/_measure_versions.html", {"timeline": timeline})
        for key, timeline in read_timelines(keys).items()
        if len(timeline) > 1
    }


def for_scorecard(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Add a measure, apply measures to units; no query."""
    scope = place.scope
    shown = {}
    for key in keys:
        adds, applies = (scope.may(act, unit=key) for act in (Act.EDIT_MEASURES, Act.APPLY_SCORECARD))
        if adds or applies:
            values = {"key": key, "add": adds, "apply": applies}
            shown[key] = SlotContent("changes/_measure_add.html", values)
    return shown
