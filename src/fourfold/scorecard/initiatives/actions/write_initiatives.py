"""Write initiatives as a definition names them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from fourfold.engine import definitions
from fourfold.platform.accounts.models import PersonUnknown
from fourfold.platform.accounts.queries import person_ids_by_key
from fourfold.platform.audit.changes import Changes, Placed
from fourfold.platform.audit.known import identities
from fourfold.scorecard.initiatives.models import Initiative, InitiativeMilestone, InitiativeVersion

__all__ = ["write_initiatives"]


@transaction.atomic
def write_initiatives(changed: Changes[str, definitions.Initiative], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    ids = identities(Initiative, [placed.thing.key for placed in changed.put])
    people = person_ids_by_key()
    InitiativeVersion.objects.filter(initiative__key__in=changed.superseded).known_at(None).close(seq=seq)
    for placed in changed.put:
        _write(placed, initiative_id=ids[placed.thing.key], people=people, seq=seq)


def _write(
    placed: Placed[definitions.Initiative], *, initiative_id: int, people: Mapping[str, int], seq: int
) -> None:
    initiative = placed.thing
    if initiative.owner is not None and initiative.owner not in people:
        raise PersonUnknown(key=initiative.owner)
    row = InitiativeVersion.objects.create(
        initiative_id=initiative_id,
        seq=seq,
        ordinal=placed.ordinal,
        name=initiative.name,
        owner_id=people[initiative.owner] if initiative.owner else None,
        start=initiative.start,
        end=initiative.end,
        status=initiative.status.value,
        budget=None if initiative.budget is None else str(initiative.budget),
        spent=None if initiative.spent is None else str(initiative.spent),
        description=initiative.description,
    )
    InitiativeMilestone.objects.bulk_create(
        InitiativeMilestone(version=row, place=place, name=step.name, due=step.due, done=step.done)
        for place, step in enumerate(initiative.milestones)
    )
