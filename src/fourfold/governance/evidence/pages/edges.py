"""How the map's arrows look: what the last test of the unit's links found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from fourfold.governance.evidence.pages.reading import Evidence, evidence_of
from fourfold.governance.evidence.pages.themes import timed_links
from fourfold.platform.ui.slots import SlotContent, SlotPlace

__all__ = ["arrows", "contradicted_panel", "kept_evidence", "tests_link", "unmoved_panel"]


def kept_evidence(place: SlotPlace) -> Evidence | None:
    """Read once a page: the arrows and the panel below them ask for the same. Five queries."""
    if place.at is None:
        return None
    if "evidence" not in place.kept:
        place.kept["evidence"] = evidence_of(place.unit, scope=place.scope, at=place.at)
    found: Evidence = place.kept["evidence"]
    return found


def arrows(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """By `source>target`: line, mark, words, and the way to the link's page."""
    evidence = kept_evidence(place)
    if evidence is None:
        return {}
    return {key: _arrow(evidence, key, place=place) for key in keys if key in evidence.links}


def _arrow(evidence: Evidence, key: str, *, place: SlotPlace) -> SlotContent:
    state = evidence.state(key)
    look = state.look
    source, _arrow, target = key.partition(">")
    values = {
        "state": look.state,
        "word": state.word,
        "colour": look.colour,
        "dash": look.dash,
        "width": look.width,
        "mark": look.mark,
        "text": state.text,
        "address": reverse("evidence:link", args=[source, target, place.unit, place.period]),
    }
    return SlotContent("evidence/_edge.html", values)


def contradicted_panel(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Below the map: links that their tests contradict, with what was decided about each."""
    evidence = kept_evidence(place)
    if evidence is None:
        return {}
    against = evidence.contradicted(scope=place.scope, period=place.period)
    if not against:
        return {}
    return {key: SlotContent("evidence/_contradicted.html", {"findings": against}) for key in keys}


def unmoved_panel(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Below the map: outcomes that did not follow although their leads reached their targets."""
    evidence = kept_evidence(place)
    found = timed_links(evidence, period=place.period) if evidence is not None else ()
    return {key: SlotContent("evidence/_unmoved.html", {"findings": found}) for key in keys if found}


def tests_link(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The way to all links' evidence and the scorecard's balance."""
    values = {"unit": place.unit, "period": place.period}
    return {key: SlotContent("evidence/_evidence_link.html", values) for key in keys}
