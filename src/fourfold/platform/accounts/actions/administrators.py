"""Somebody must stay who can let others in."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.roles import Role
from fourfold.platform.refusals import Refusal

__all__ = ["LastAdministrator", "has_administrator", "keep_an_administrator"]


class LastAdministrator(Refusal):
    code, status = "LAST_ADMINISTRATOR", 409
    sentence = _("This is the last administrator. Without one nobody could let anybody in.")
    remedy = _("Make somebody else an administrator first.")


def has_administrator() -> bool:
    """Whether anybody who may sign in is an administrator somewhere; the founder is one."""
    is_administrator = Q(memberships__role=Role.ADMINISTRATOR.value) | Q(is_founder=True)
    found: bool = Person.objects.filter(is_administrator, is_active=True).exists()
    return found


def keep_an_administrator() -> None:
    """Call after a change, inside its transaction: the refusal takes the change back.

    Raises:
        LastAdministrator: the change would leave none.
    """
    if not has_administrator():
        raise LastAdministrator
