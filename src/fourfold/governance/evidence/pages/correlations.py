"""One link's correlations as files."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fourfold.governance.evidence.models import LinkTestUnknown
from fourfold.governance.evidence.pages.link_page import LinkAddress, LinkPage, read_link
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.documents import correlogram_picture
from fourfold.platform.ui.tables import Column, ColumnKind, Table

__all__ = ["read_correlations", "read_correlogram"]


def read_correlations(address: LinkAddress, *, scope: Scope, at: datetime) -> Table:
    """Every lag with its correlation.

    Raises:
        LinkTestUnknown, and what `read_link` raises.
    """
    page = _tested(address, scope=scope, at=at)
    columns = (
        Column(_("Lag"), ColumnKind.NUMBER, decimals=0),
        Column(_("Correlation"), ColumnKind.NUMBER, decimals=4),
        Column(_("Who comes first")),
    )
    rows = [(lag, r, _first(lag)) for lag, r in page.lines]
    notes = (
        (_("Cause"), f"{page.names.source}: {page.names.x}"),
        (_("Effect"), f"{page.names.target}: {page.names.y}"),
        (_("Unit"), page.place.unit_name),
        (_("Periods"), page.periods),
        (_("State"), page.state.text),
        (_("In words"), " ".join(page.sentences)),
    )
    return Table(_("Correlations by lag"), columns, rows, notes)


def read_correlogram(address: LinkAddress, *, scope: Scope, at: datetime) -> str:
    """The drawing as an SVG of its own.

    Raises:
        LinkTestUnknown, and what `read_link` raises.
    """
    page = _tested(address, scope=scope, at=at)
    shown = page.correlogram
    assert shown is not None, "only what was tested gets here"
    under = " · ".join((page.place.unit_name, f"{page.names.x} → {page.names.y}", page.state.text))
    return correlogram_picture(shown, title=f"{page.names.source} → {page.names.target}", under=under)


def _tested(address: LinkAddress, *, scope: Scope, at: datetime) -> LinkPage:
    page = read_link(address, scope=scope, at=at)
    if page.correlogram is None:
        raise LinkTestUnknown
    return page


def _first(lag: int) -> str:
    return _("cause") if lag > 0 else _("effect") if lag < 0 else _("together")
