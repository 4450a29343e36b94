"""What the evidence room shows on the map."""

from __future__ import annotations

from fourfold.governance.evidence.pages.edges import arrows, contradicted_panel, tests_link, unmoved_panel
from fourfold.platform.ui import slots
from fourfold.platform.ui.slots import slot

__all__ = ["fill_slots"]

NAME = "evidence"


def fill_slots() -> None:
    """Register every provider; again replaces."""
    slot(slots.MAP_EDGES).register(NAME, arrows)
    slot(slots.MAP_PANELS).register(NAME, contradicted_panel)
    slot(slots.MAP_PANELS).register(f"{NAME}-in-time", unmoved_panel)
    slot(slots.MAP_ACTIONS).register(NAME, tests_link)
