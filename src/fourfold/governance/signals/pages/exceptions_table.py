"""The exceptions as a table to take away: every one, told, folded or remaining, and every normal measure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from fourfold.governance.signals.pages.exceptions_page import ExceptionLine, ExceptionsPage
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Table

__all__ = ["exceptions_table"]

_NUMBER = ColumnKind.NUMBER
Row = tuple[Cell, ...]


def exceptions_table(page: ExceptionsPage, notes: Mapping[str, str] = MappingProxyType({})) -> Table:
    """In the order of the page; `notes`: by `measure/<key>`, what the owner says of the period."""
    columns = (
        Column(_("Measure key")),
        Column(_("Measure")),
        Column(_("Objective")),
        Column(_("Kinds")),
        Column(_("Sentence")),
        Column(_("Follows from")),
        Column(_("Status")),
        Column(_("Value"), _NUMBER, decimals=6),
        Column(_("Target"), _NUMBER, decimals=6),
        Column(_("Unit of measure")),
        Column(_("Tier")),
        Column(_("Owner")),
        Column(_("Priority"), _NUMBER, decimals=3),
        Column(_("Told")),
        Column(_("Neighbours alike")),
        Column(_("Analysis")),
    )
    rows: list[Row] = []
    for told, lines in ((_("yes"), page.lines), (_("listed"), page.rest)):
        for line in lines:
            rows.append(_row(line, notes, told=told, follows=line.follows))
            rows += [_row(each, notes, told=_("folded"), follows=line.name) for each in line.folded]
    rows += [_normal(each.key, each.name, status=each.mark.status.label) for each in page.normal]
    about = (
        (_("Unit"), page.place.unit_name),
        (_("Period"), page.place.stepper.current.label),
        (_("Latest points"), str(page.latest)),
        (_("In all"), page.closing),
        *([(_("As known on"), page.as_of)] if page.known_on else []),
    )
    return Table(_("Exceptions"), columns, rows, about)


def _row(line: ExceptionLine, notes: Mapping[str, str], *, told: str, follows: str) -> Row:
    kinds = "; ".join(tag.label for tag in (line.tag, *line.others))
    return (
        line.key,
        line.name,
        line.objective_name,
        kinds,
        line.sentence,
        follows,
        line.mark.status.label,
        line.value,
        line.target,
        line.format.unit_of_measure,
        line.tier,
        line.owner_name,
        line.priority,
        told,
        _("yes") if line.leans else "",
        notes.get(f"measure/{line.key}", ""),
    )


def _normal(key: str, name: str, *, status: str) -> Row:
    return (key, name, "", _("Normal"), "", "", status, None, None, "", "", "", None, "", "", "")
