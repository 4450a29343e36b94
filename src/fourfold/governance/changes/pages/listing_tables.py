"""The remarks of the strategy's checker and the policies as tables to take away."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from fourfold.engine.finding import Finding
from fourfold.governance.changes.queries.listing import PolicyLine
from fourfold.platform.ui.tables import Column, ColumnKind, Table

__all__ = ["policies_table", "remarks_table"]


def remarks_table(found: Sequence[Finding]) -> Table:
    """One row for each remark, the gravest first."""
    columns = (
        Column(_("Gravity")),
        Column(_("Rule")),
        Column(_("Kind")),
        Column(_("Key")),
        Column(_("What")),
        Column(_("What to do")),
    )
    rows = [
        (each.severity.value, each.rule, each.object_kind.value, each.object_key, each.message, each.remedy)
        for each in found
    ]
    return Table(_("Remarks on the map"), columns, rows)


def policies_table(lines: Sequence[PolicyLine]) -> Table:
    """One row for each policy, decided or not."""
    columns = (
        Column(_("Policy")),
        Column(_("Value")),
        Column(_("Default")),
        Column(_("Version"), ColumnKind.NUMBER, decimals=0),
        Column(_("Decided"), ColumnKind.DATE),
        Column(_("By")),
        Column(_("Reason")),
        Column(_("What it decides")),
    )
    rows = [
        (
            line.policy.key,
            line.value,
            line.policy.default,
            line.version or None,
            line.since.date() if line.since else None,
            line.by,
            line.reason,
            line.meaning,
        )
        for line in lines
    ]
    return Table(_("Policies"), columns, rows)
