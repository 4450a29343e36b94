"""What was expected beforehand."""

from __future__ import annotations

from collections.abc import Mapping

from fourfold.governance.evidence.models import Registration
from fourfold.governance.evidence.queries.pairing import Registered
from fourfold.platform.accounts.scope import Scope

__all__ = ["registered_links", "registrations_of"]


def registered_links(unit: str, *, scope: Scope) -> Mapping[str, Registered]:
    """The latest edition for each link of the unit that has one, by the link's key. One query."""
    rows = Registration.objects.visible_to(scope).filter(unit__key=unit).order_by("edition")
    return {
        row.link: Registered(row.pk, row.x, row.y, row.sign, row.lag_from, row.lag_to, row.since, row.until)
        for row in rows
    }


def registrations_of(unit: str, *, source: str, target: str, scope: Scope) -> tuple[Registration, ...]:
    """Every edition, the latest first. One query."""
    rows = Registration.objects.visible_to(scope).filter(unit__key=unit, source=source, target=target)
    return tuple(rows.select_related("author").order_by("-edition"))
