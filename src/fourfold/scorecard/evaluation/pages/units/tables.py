"""The comparison and the ranking of units as tables to take away."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Figure, Table
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.judged import judged_parts
from fourfold.scorecard.evaluation.pages.units.page import ComparedCell, ComparePage, RankedUnit, RankingPage

__all__ = ["comparison_table", "ranking_table"]

_NUMBER = ColumnKind.NUMBER


def comparison_table(page: ComparePage) -> Table:
    """A row for each perspective, objective and measure; seven columns for each unit."""
    columns = [Column(_("Kind")), Column(_("Key")), Column(_("Name")), Column(_("Unit of measure"))]
    for _key, name in page.units:
        columns += [
            Column(f"{name}: {_('value')}", _NUMBER),
            Column(f"{name}: {_('score')}", _NUMBER, decimals=0),
            Column(f"{name}: {_('status')}"),
            Column(f"{name}: {_('why')}"),
            Column(f"{name}: {_('status judged')}"),
            Column(f"{name}: {_('judged by')}"),
            Column(f"{name}: {_('judged reason')}"),
        ]
    rows = [
        (
            row.kind,
            row.key,
            row.name,
            row.format.unit_of_measure,
            *(part for cell in row.cells for part in _compared(cell)),
        )
        for row in page.rows
    ]
    return Table(_("Comparison of units"), tuple(columns), rows, _notes(page.place))


def ranking_table(page: RankingPage) -> Table:
    """The units in their places."""
    columns = (
        Column(_("Rank"), _NUMBER, decimals=0),
        Column(_("Unit key")),
        Column(_("Unit")),
        Column(_("Belongs to")),
        Column(_("Value"), _NUMBER, decimals=page.format.decimals if page.format else None),
        Column(_("Unit of measure")),
        Column(_("Score"), _NUMBER, decimals=0),
        Column(_("Status")),
        Column(_("Why")),
        Column(_("Places gained"), _NUMBER, decimals=0),
        Column(_("Objectives judged")),
    )
    form = page.format or ValueFormat()
    notes = ((_("Ranked by"), page.by), *_notes(page.place))
    return Table(_("Ranking of units"), columns, [tuple(_ranked(row, form)) for row in page.rows], notes)


def _ranked(row: RankedUnit, form: ValueFormat) -> Iterator[Cell]:
    yield from (row.rank, row.key, row.name, row.parent, _figure(row), form.unit_of_measure, row.score)
    yield from (row.mark.label, row.mark.note or reason_sentence(row.mark.why), row.moved)
    yield "; ".join(row.judged)


def _figure(row: RankedUnit) -> Cell:
    if row.value is None or row.format is None:
        return row.value
    return Figure(row.value, row.format.decimals)


def _compared(cell: ComparedCell) -> tuple[Cell, ...]:
    if cell.mark is None:
        return (None, None, "", _("not here"), *judged_parts(None))
    why = cell.mark.note or reason_sentence(cell.mark.why)
    value = None if cell.value is None else Figure(cell.value, cell.format.decimals)
    return (value, cell.score, cell.mark.label, why, *judged_parts(cell.judged))


def _notes(place: PageContext) -> tuple[tuple[str, str], ...]:
    return (
        (_("Unit"), place.unit_name),
        (_("Period"), place.stepper.current.label),
        (_("Scale"), place.scale.sentence),
    )
