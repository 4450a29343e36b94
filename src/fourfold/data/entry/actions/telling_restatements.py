"""Whom to tell of a restatement: those who may approve it, and whoever proposed it."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.data.entry.models import Restatement, RestatementState
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import known_people_who_may
from fourfold.platform.notifications.actions.notify import notify
from fourfold.platform.notifications.kinds import NoticeKind

__all__ = ["tell_approvers", "tell_proposer"]

DECIDED: dict[RestatementState, str | Promise] = {
    RestatementState.APPROVED: _("Your restatement is approved by two, and its values stand: {unit}"),
    RestatementState.REFUSED: _("Your restatement was refused, nothing has changed: {unit}"),
}


def tell_approvers(restatement: Restatement, *, at: datetime) -> None:
    """Everybody who may approve it there, but for its proposer."""
    people = known_people_who_may(Act.APPROVE_RESTATEMENT, path=restatement.unit.path)
    words = _("A restatement waits for your approval: {unit}")
    _tell(people - {restatement.proposer.key}, restatement, words=words, what="proposed", at=at)


def tell_proposer(restatement: Restatement, state: RestatementState, *, at: datetime) -> None:
    """What became of it; nothing while another approval is needed."""
    if words := DECIDED.get(state):
        _tell(frozenset({restatement.proposer.key}), restatement, words=words, what=state.value, at=at)


def _tell(
    people: frozenset[str], restatement: Restatement, *, words: str | Promise, what: str, at: datetime
) -> None:
    notify(
        people,
        NoticeKind.RESTATEMENT,
        subject_text=str(words).format(unit=restatement.unit.name),
        address=f"/restatements/#restatement-{restatement.pk}",
        key=f"restatement/{restatement.pk}/{what}",
        at=at,
        unit=restatement.unit.key,
    )
