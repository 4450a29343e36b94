"""The strategy, its perspectives, themes and links as known, as the engine's frozen values."""

from __future__ import annotations

from fourfold.engine import definitions
from fourfold.scorecard.strategy.models import (
    CausalLink,
    IdentityLink,
    PerspectiveVersion,
    StrategyVersion,
    ThemeVersion,
)

__all__ = [
    "known_causal_links",
    "known_identity_links",
    "known_perspectives",
    "known_strategy",
    "known_themes",
]


def known_strategy(as_of_seq: int | None = None) -> definitions.Strategy:
    """The strategy's own words; empty where nobody has said any."""
    row = StrategyVersion.objects.known_at(as_of_seq).first()
    if row is None:
        return definitions.Strategy("", "", (), None, None)
    return definitions.Strategy(
        row.vision, row.mission, tuple(row.core_values), row.horizon_from, row.horizon_to
    )


def known_perspectives(as_of_seq: int | None = None) -> tuple[definitions.Perspective, ...]:
    """From the top of the map downwards."""
    rows = (
        PerspectiveVersion.objects.known_at(as_of_seq).select_related("perspective").order_by("ordinal", "pk")
    )
    return tuple(definitions.Perspective(row.perspective.key, row.name, row.question) for row in rows)


def known_themes(as_of_seq: int | None = None) -> tuple[definitions.Theme, ...]:
    """In listed order."""
    rows = ThemeVersion.objects.known_at(as_of_seq).select_related("theme").order_by("ordinal", "pk")
    return tuple(definitions.Theme(row.theme.key, row.name, row.result) for row in rows)


def known_causal_links(as_of_seq: int | None = None) -> tuple[definitions.CausalLink, ...]:
    """In listed order."""
    rows = CausalLink.objects.known_at(as_of_seq).select_related("source", "target").order_by("ordinal", "pk")
    return tuple(
        definitions.CausalLink(
            source=row.source.key,
            target=row.target.key,
            sign=row.sign,
            lag_months=row.lag_months,
            strength=row.strength,
            evidence=definitions.EvidenceState(row.evidence),
            hypothesis=row.hypothesis,
            feedback=row.feedback,
        )
        for row in rows
    )


def known_identity_links(as_of_seq: int | None = None) -> tuple[definitions.IdentityLink, ...]:
    """In listed order."""
    rows = (
        IdentityLink.objects.known_at(as_of_seq).select_related("source", "target").order_by("ordinal", "pk")
    )
    return tuple(definitions.IdentityLink(row.source.key, row.target.key, row.sentence) for row in rows)
