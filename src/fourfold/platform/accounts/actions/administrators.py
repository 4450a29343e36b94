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
    sentence = _("This is the last administrator of the whole. Without one nobody could let anybody in.")
    remedy = _("Make somebody else an administrator at the topmost unit first.")


def has_administrator() -> bool:
    """Whether anybody who may sign in is administrator of the whole; the founder is one."""
    at_the_top = Q(memberships__role=Role.ADMINISTRATOR.value, memberships__unit__parent=None)
    found: bool = Person.objects.filter(at_the_top | Q(is_founder=True), is_active=True).exists()
    return found


def keep_an_administrator() -> None:
    """Call after a change, inside its transaction: the refusal takes the change back.

    Raises:
        LastAdministrator: the change would leave none.
    """
    if not has_administrator():
        raise LastAdministrator
