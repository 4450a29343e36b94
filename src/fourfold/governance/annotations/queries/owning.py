"""Who explains and judges a thing: its owner, and nobody in their place (METHOD §2.9, M6.1; decision 12)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals.refusal import NotPermitted

__all__ = ["NotItsOwner", "Owner", "OwnerOnlyReads", "OwnerUnnamed", "refusal_to_judge", "require_to_judge"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a thing; both empty where nobody is named."""

    key: str = ""
    name: str = ""


class NotItsOwner(NotPermitted):
    """Whatever role somebody holds: a judgement carries the name of the one who answers for the thing."""

    code = "NOT_ITS_OWNER"
    sentence = _("Only its owner explains and judges this: {owner}.")
    remedy = _("Annotate it to tell them what you know, or have the strategy office name another owner.")


class OwnerUnnamed(NotPermitted):
    code = "OWNER_UNNAMED"
    sentence = _("Only its owner explains and judges this, and nobody is named.")
    remedy = _("The strategy office names one under Design.")


class OwnerOnlyReads(NotPermitted):
    code = "OWNER_ONLY_READS"
    sentence = _("You are named as its owner, but your roles at this unit only read.")
    remedy = _("Ask an administrator for a role that works there, such as objective owner.")


def refusal_to_judge(act: Act, owner: Owner, *, unit: str, scope: Scope) -> NotPermitted | None:
    """Why this person may not write the thing's analysis or override its status there; None where they may."""
    if scope.may(act, unit=unit, assigned=(owner.key,)):
        return None
    if not owner.key:
        return OwnerUnnamed(act=act.value, unit=unit)
    if owner.key == scope.person_key:
        return OwnerOnlyReads(act=act.value, unit=unit)
    return NotItsOwner(act=act.value, unit=unit, owner=owner.name or owner.key)


def require_to_judge(act: Act, owner: Owner, *, unit: str, scope: Scope) -> None:
    """Refuse whoever may not.

    Raises:
        NotItsOwner, OwnerUnnamed, OwnerOnlyReads.
    """
    if refused := refusal_to_judge(act, owner, unit=unit, scope=scope):
        raise refused
