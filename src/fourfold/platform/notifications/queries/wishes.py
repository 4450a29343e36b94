"""What a person wants to be told, and where."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.notifications.kinds import NoticeKind
from fourfold.platform.notifications.models import DigestChoice, SwitchedOff

__all__ = ["KindWish", "Wishes", "wishes_of"]


@dataclass(frozen=True, slots=True)
class KindWish:
    """Two switches."""

    kind: NoticeKind
    in_app: bool
    by_mail: bool


@dataclass(frozen=True, slots=True)
class Wishes:
    """Every kind, in order, and whether a digest comes at all."""

    kinds: tuple[KindWish, ...]
    wants_digest: bool


def wishes_of(scope: Scope) -> Wishes:
    """Two queries."""
    off = {row.kind: row for row in known_switches(scope.person_id)}
    kinds = tuple(_wish(kind, off.get(kind)) for kind in NoticeKind)
    return Wishes(kinds, wants_digest=not known_to_want_no_digest(scope.person_id))


def _wish(kind: NoticeKind, off: SwitchedOff | None) -> KindWish:
    return KindWish(kind, in_app=not (off and off.in_app), by_mail=not (off and off.by_mail))


def known_switches(person_id: int | None) -> list[SwitchedOff]:
    """The rows of one person."""
    return list(SwitchedOff.objects.filter(person=person_id).order_by("pk"))


def known_to_want_no_digest(person_id: int | None) -> bool:
    """Whether this person said never."""
    return DigestChoice.objects.filter(person=person_id, is_never=True).exists()
