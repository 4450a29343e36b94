"""What owners judged beside computed statuses (METHOD §2.9), as a higher app tells it: never part of a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fourfold.engine.quantities import Status
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.slots import UNIT_JUDGEMENTS, SlotContent, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["Judged", "judged_here", "judged_of", "judged_parts"]


@dataclass(frozen=True, slots=True)
class Judged:
    """An objective's status as its owner sees it; `mark` is what pages show beside the computed one."""

    status: Status
    by: str
    reason: str
    mark: SlotContent

    def told(self, name: str) -> str:
        """In one sentence of a file, of the objective called so."""
        said = {"name": name, "status": self.status.label, "by": self.by, "reason": self.reason}
        return _("%(name)s: %(status)s, judged by %(by)s: %(reason)s") % said


def judged_of(
    units: Sequence[str], place: Place, *, scope: Scope, at: datetime
) -> dict[str, dict[str, Judged]]:
    """By unit, then by objective, in the place's period as known at a moment. Constant queries.

    Units and objectives of which nothing was judged are missing.
    """
    here = SlotPlace(place.unit, place.period, scope, at)
    contents = slot(UNIT_JUDGEMENTS).contents(units, place=here)
    return {unit: _objectives(said) for unit, said in contents.items() if said}


def judged_here(place: Place, *, scope: Scope, at: datetime) -> dict[str, Judged]:
    """By objective, in the place's own unit. Constant queries."""
    return judged_of([place.unit], place, scope=scope, at=at).get(place.unit, {})


def judged_parts(judged: Judged | None) -> tuple[str, str, str]:
    """The columns of a file: status, who judged and why; empty where nobody did."""
    return (judged.status.label, judged.by, judged.reason) if judged else ("", "", "")


def _objectives(said: Sequence[SlotContent]) -> dict[str, Judged]:
    found: dict[str, Judged] = {}
    for content in said:
        told: Mapping[str, Mapping[str, Any]] = content.values["judged"]  # type: ignore[assignment]
        found |= {key: Judged(**each) for key, each in told.items()}
    return found
