"""What the policies that choose among words decide, and which policies nothing reads yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["CHOOSING", "NOT_READ_YET"]

CHOOSING: Mapping[str, str | Promise] = MappingProxyType(
    {
        "score.scale": _("How a value becomes a score, and where its colours begin."),
        "score.total": _("Whether one number stands over the perspectives; it hides what one costs another."),
        "status.hysteresis": _("Whether a status waits for a clear change before it changes."),
        "spc.rules": _("Which patterns of points count as a signal."),
        "spc.screening": _("Whether the widest moving ranges are left out of limits."),
    }
)

NOT_READ_YET = frozenset(
    {
        "align.sum_tolerance",
        "anonymity.comments_min",
        "change.overlap_periods",
        "fdr.q",
        "reconcile.unexplained_max",
        "review.action_ack_hours",
        "survey.any_gap_days",
        "survey.relationship_gap_days",
    }
)
"""Deciding one of these would change nothing: the list leaves them out until somebody decided one in a folder, or until
something reads it (a house test holds this against the source)."""
