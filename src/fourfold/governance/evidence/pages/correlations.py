"""What one link's page shows, as files: correlations, slopes of units, a simulation."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fourfold.governance.evidence.models import LinkTestUnknown
from fourfold.governance.evidence.pages.forest import sized_forest
from fourfold.governance.evidence.pages.link_page import LinkAddress, LinkPage, read_link
from fourfold.governance.evidence.pages.what_if import WhatIf
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.documents import LegendEntry, correlogram_picture, framed_picture
from fourfold.platform.ui.numbers import unit_label
from fourfold.platform.ui.tables import Column, ColumnKind, Table

__all__ = ["read_correlations", "read_correlogram", "read_forest", "read_simulation"]


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


def read_forest(address: LinkAddress, *, scope: Scope, at: datetime) -> str:
    """The slopes of the units below as an SVG of its own.

    Raises:
        LinkTestUnknown, and what `read_link` raises.
    """
    page = read_link(address, scope=scope, at=at)
    if page.forest is None:
        raise LinkTestUnknown
    unit = unit_label(page.forest.form.unit_of_measure)
    measured = f"{_('in')} {unit}" if unit else ""
    under = (page.place.unit_name, f"{page.names.x} → {page.names.y}", measured)
    return framed_picture(
        sized_forest(page.forest, title=page.names.y),
        title=_("Over the units below: %(link)s") % {"link": f"{page.names.source} → {page.names.target}"},
        under=" · ".join(part for part in under if part),
        legend=[
            LegendEntry(
                '<rect x="8" y="2" width="10" height="10" class="correlogram-bar is-peak"/>', _("One unit")
            ),
            LegendEntry(
                '<path d="M4 7L13 2L22 7L13 12Z" class="correlogram-bar is-peak"/>', _("All together")
            ),
        ],
    )


def read_simulation(address: LinkAddress, *, move: str, scope: Scope, at: datetime) -> Table:
    """What a change would come to, row by row as on the page, with what stands beside it; empty where none was typed.

    Raises:
        LinkTestUnknown: the link was never tested. And what `read_link` raises.
    """
    page = read_link(address, scope=scope, at=at, move=move)
    asked = page.what_if
    if asked is None:
        raise LinkTestUnknown
    number = ColumnKind.NUMBER
    columns = (
        Column(_("Measure key")),
        Column(_("Measure")),
        Column(_("Simulated change"), number, decimals=6),
        Column(_("From"), number, decimals=6),
        Column(_("To"), number, decimals=6),
        Column(_("Unit of measure")),
        Column(_("Links"), number, decimals=0),
        Column(_("Leaves out no change")),
    )
    rows = [
        (
            row.measure,
            row.name,
            row.numbers.change,
            row.numbers.low,
            row.numbers.high,
            row.change.unit,
            row.steps,
            _("yes") if row.is_sure else "",
        )
        for row in asked.rows
    ]
    stops = "; ".join(f"{stop.source} → {stop.target}: {stop.reason}" for stop in asked.stops)
    notes = (
        (_("Simulation"), _("Change “%(name)s” by %(typed)s") % {"name": asked.name, "typed": asked.typed}),
        (_("Unit of measure"), asked.unit_of_measure),
        (_("Unit"), page.place.unit_name),
        (_("Interval"), _("95 %")),
        *((name, said) for name, said in _beside(asked) if said),
        *([(_("Where it ends"), stops)] if stops else []),
    )
    return Table(_("What if"), columns, rows, notes)


def _beside(asked: WhatIf) -> tuple[tuple[str, str], ...]:
    return (
        (_("Not simulated"), asked.refused or asked.problem),
        (_("Caution"), asked.caution),
        (_("Units"), asked.apart),
    )


def _tested(address: LinkAddress, *, scope: Scope, at: datetime) -> LinkPage:
    page = read_link(address, scope=scope, at=at)
    if page.correlogram is None:
        raise LinkTestUnknown
    return page


def _first(lag: int) -> str:
    return _("cause") if lag > 0 else _("effect") if lag < 0 else _("together")
