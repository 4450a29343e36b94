"""Imports, mappings and the findings of a preview as tables to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from fourfold.data.imports.pages.preview_page import PreviewPage
from fourfold.data.imports.queries.known_mappings import ListedMapping
from fourfold.data.imports.queries.runs import ListedRun
from fourfold.platform.ui.tables import Column, ColumnKind, Table

__all__ = ["findings_table", "mappings_table", "runs_table"]


def runs_table(runs: Iterable[ListedRun]) -> Table:
    """One row for each import, newest first."""
    columns = (
        Column(_("Reference")),
        Column(_("File")),
        Column(_("Mapping")),
        Column(_("When (UTC)")),
        Column(_("Who")),
        *_counts(_("Rows"), _("Written"), _("Unchanged"), _("Targets"), _("Definitions"), _("Remarks")),
        Column(_("State")),
    )
    rows = [
        (
            run.reference,
            run.file,
            run.mapping,
            _moment(run.at),
            run.actor,
            run.rows,
            run.written,
            run.unchanged,
            run.targets,
            run.definitions,
            run.warnings,
            _("taken back") if run.is_withdrawn else _("imported"),
        )
        for run in runs
    ]
    return Table(_("Imports"), columns, rows)


def mappings_table(mappings: Sequence[ListedMapping]) -> Table:
    """One row for each mapping that is offered."""
    columns = (Column(_("Name")), Column(_("Columns")), Column(_("Last used (UTC)")), *_counts(_("Imports")))
    rows = [(each.key, ", ".join(each.columns), _moment(each.last_used), each.runs) for each in mappings]
    return Table(_("Mappings"), columns, rows)


def findings_table(page: PreviewPage) -> Table:
    """Every finding, of which the page shows the first of each kind; one of the file as a whole has no row."""
    columns = (
        *_counts(_("Row")),
        Column(_("Weight")),
        Column(_("Code")),
        Column(_("What")),
        Column(_("What to do")),
    )
    rows = [
        (each.line or None, each.level.value, each.code, each.message, each.remedy) for each in page.ranked
    ]
    return Table(_("Findings"), columns, rows, ((_("File"), page.preview.file),))


def _counts(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, ColumnKind.NUMBER, decimals=0) for heading in headings)


def _moment(when: datetime | None) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds") if when else ""
