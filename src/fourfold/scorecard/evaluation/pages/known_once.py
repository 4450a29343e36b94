"""What several providers of one page ask for, looked up once."""

from __future__ import annotations

from fourfold.engine.definitions import Definitions
from fourfold.platform.ui.slots import SlotPlace
from fourfold.scorecard.evaluation.queries import known_definitions

__all__ = ["definitions_once"]


def definitions_once(place: SlotPlace) -> Definitions:
    """Everything written down, for as long as the page is made; what `known_definitions` costs, once."""
    if "definitions" not in place.kept:
        place.kept["definitions"] = known_definitions()
    found: Definitions = place.kept["definitions"]
    return found
