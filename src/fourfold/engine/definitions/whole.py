"""Everything together."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.engine.definitions.measure import Measure, Target
from fourfold.engine.definitions.organisation import Organisation, Person, PolicyValue, Unit
from fourfold.engine.definitions.strategy import (
    CausalLink,
    IdentityLink,
    Initiative,
    Objective,
    Perspective,
    Strategy,
    Theme,
)

__all__ = ["Definitions"]


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything written down about one organisation, as known at one moment."""

    organisation: Organisation
    units: tuple[Unit, ...]
    strategy: Strategy
    perspectives: tuple[Perspective, ...]
    themes: tuple[Theme, ...]
    objectives: tuple[Objective, ...]
    causal_links: tuple[CausalLink, ...]
    identity_links: tuple[IdentityLink, ...]
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]
    initiatives: tuple[Initiative, ...]
    people: tuple[Person, ...]
    policies: tuple[PolicyValue, ...] = ()
