"""What is due, the board of periods and the restatements as tables to take away."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from fourfold.data.entry.pages.board import PeriodBoard
from fourfold.data.entry.pages.due import DuePage
from fourfold.data.entry.pages.restatements import RestatementPage, RestatementView
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Table

__all__ = ["board_table", "due_table", "restatements_table"]

_WHOLE = 0  # decimals of a count


def due_table(page: DuePage) -> Table:
    """Every value of the list, in its order."""
    columns = (
        Column(_("Measure key")),
        Column(_("Measure")),
        Column(_("Unit key")),
        Column(_("Unit")),
        Column(_("Period")),
        Column(_("Due"), ColumnKind.DATE),
        Column(_("State")),
        Column(_("Days late"), ColumnKind.NUMBER, decimals=_WHOLE),
        Column(_("Owner")),
        Column(_("Steward")),
    )
    rows = [
        (
            line.measure,
            line.measure_name,
            line.unit,
            line.unit_name,
            line.period,
            line.due,
            line.state.label,
            line.days if line.state.value == "late" else None,
            line.owner,
            line.steward,
        )
        for line in page.lines
    ]
    return Table(_("What is due"), columns, rows, ((_("Day"), page.today.isoformat()),))


def board_table(page: PeriodBoard) -> Table:
    """A row for each month of the board, the newest first."""
    columns = (
        Column(_("Period key")),
        Column(_("Period")),
        Column(_("State")),
        Column(_("Entered"), ColumnKind.NUMBER, decimals=_WHOLE),
        Column(_("Due"), ColumnKind.NUMBER, decimals=_WHOLE),
        Column(_("Missing"), ColumnKind.NUMBER, decimals=_WHOLE),
        Column(_("Since (UTC)")),
        Column(_("By")),
        Column(_("Reason")),
        Column(_("Closed with gaps"), ColumnKind.NUMBER, decimals=_WHOLE),
    )
    rows = [
        (
            card.key,
            card.label,
            card.state_label,
            card.entered,
            card.due,
            card.owed,
            _moment(card.since),
            card.actor,
            card.reason,
            card.gaps,
        )
        for card in page.cards
    ]
    return Table(_("Periods"), columns, rows, ((_("Unit"), page.unit_name),))


def restatements_table(page: RestatementPage) -> Table:
    """A row for each value that is or was to be restated; those that wait first."""
    columns = (
        Column(_("Number"), ColumnKind.NUMBER, decimals=_WHOLE),
        Column(_("Unit key")),
        Column(_("Unit")),
        Column(_("Class")),
        Column(_("State")),
        Column(_("Reason")),
        Column(_("Proposed by")),
        Column(_("Proposed (UTC)")),
        Column(_("Measure key")),
        Column(_("Measure")),
        Column(_("Segment")),
        Column(_("Period")),
        Column(_("Published")),
        Column(_("Restated")),
        Column(_("Restated value"), ColumnKind.NUMBER),
        Column(_("Verdicts")),
    )
    rows = [row for view in (*page.pending, *page.decided) for row in _restated(view)]
    return Table(_("Restatements"), columns, rows)


def _restated(view: RestatementView) -> list[tuple[Cell, ...]]:
    said = "; ".join(
        f"{each.person}: {_('approved') if each.is_approval else _('refused')}"
        + (f" ({each.comment})" if each.comment else "")
        for each in view.verdicts
    )
    about = (
        view.pk,
        view.unit,
        view.unit_name,
        view.class_label,
        view.state_label,
        view.reason,
        view.proposer,
        _moment(view.proposed_at),
    )
    return [
        (
            *about,
            line.measure,
            line.measure_name,
            line.segment,
            line.period,
            line.before,
            line.after,
            line.value,
            said,
        )
        for line in view.lines
    ]


def _moment(when: datetime | None) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds") if when else ""
