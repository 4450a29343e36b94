"""Write the strategy's words, perspectives and themes as a definition names them."""

from __future__ import annotations

from django.db import transaction

from fourfold.engine import definitions
from fourfold.platform.audit.changes import Changes
from fourfold.platform.audit.known import identities
from fourfold.scorecard.strategy.models import (
    Perspective,
    PerspectiveVersion,
    StrategyVersion,
    Theme,
    ThemeVersion,
)

__all__ = ["write_perspectives", "write_strategy", "write_themes"]


@transaction.atomic
def write_strategy(strategy: definitions.Strategy, *, seq: int) -> None:
    """Supersede the words known so far at `seq`. The caller audits."""
    StrategyVersion.objects.known_at(None).close(seq=seq)
    StrategyVersion.objects.create(
        seq=seq,
        vision=strategy.vision,
        mission=strategy.mission,
        core_values=list(strategy.core_values),
        horizon_from=strategy.horizon_from,
        horizon_to=strategy.horizon_to,
    )


@transaction.atomic
def write_perspectives(changed: Changes[str, definitions.Perspective], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    ids = identities(Perspective, [placed.thing.key for placed in changed.put])
    PerspectiveVersion.objects.filter(perspective__key__in=changed.superseded).known_at(None).close(seq=seq)
    PerspectiveVersion.objects.bulk_create(
        PerspectiveVersion(
            perspective_id=ids[placed.thing.key],
            seq=seq,
            ordinal=placed.ordinal,
            name=placed.thing.name,
            question=placed.thing.question,
        )
        for placed in changed.put
    )


@transaction.atomic
def write_themes(changed: Changes[str, definitions.Theme], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    ids = identities(Theme, [placed.thing.key for placed in changed.put])
    ThemeVersion.objects.filter(theme__key__in=changed.superseded).known_at(None).close(seq=seq)
    ThemeVersion.objects.bulk_create(
        ThemeVersion(
            theme_id=ids[placed.thing.key],
            seq=seq,
            ordinal=placed.ordinal,
            name=placed.thing.name,
            result=placed.thing.result,
        )
        for placed in changed.put
    )
