"""The people one manages as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fourfold.platform.accounts.pages.people import InvitationLine, PeoplePage, PersonLine
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Table

__all__ = ["people_table"]


def people_table(page: PeoplePage) -> Table:
    """A row for each role that somebody holds, one for whoever holds none, then those who are expected."""
    columns = (
        Column(_("Person key")),
        Column(_("Person")),
        Column(_("Address")),
        Column(_("State")),
        Column(_("Role")),
        Column(_("Unit key")),
        Column(_("Unit")),
        Column(_("Last here"), ColumnKind.DATE),
    )
    here = [row for line in page.people for row in _roles_of(line)]
    expected = [_expected(line, role) for line in page.invitations for role in line.roles]
    return Table(_("People"), columns, [*here, *expected])


def _roles_of(line: PersonLine) -> Iterator[tuple[Cell, ...]]:
    state = _("here") if line.is_active else _("left")
    last = localtime(line.last_login).date() if line.last_login else None
    held = [(role.name, role.unit, role.unit_name) for role in line.roles] or [("", "", "")]
    for role, unit, unit_name in held:
        yield (line.key, line.name, line.email, state, role, unit, unit_name, last)


def _expected(line: InvitationLine, role: str) -> tuple[Cell, ...]:
    return ("", line.name, line.email, _standing(line), role, "", line.unit_name, None)


def _standing(line: InvitationLine) -> str:
    if line.is_expired:
        return _("invitation expired")
    return _("invited") if line.is_backed else _("invitation void: whoever sent it may not invite there now")
