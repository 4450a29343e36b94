"""Targets of a file that would judge ended or final periods anew: findings with their rows (METHOD §2.7)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

import numpy as np

from fourfold.data.imports.queries.prepared_import import PreparedImport
from fourfold.engine.book import DefinitionRefused
from fourfold.engine.definitions import Definitions, Target
from fourfold.folder.mapping.row_findings import RowFindings
from fourfold.folder.mapping.row_targets import TargetLines
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.queries.target_past import TouchedPeriod, touched_past

__all__ = ["judged_targets"]


def judged_targets(
    prepared: PreparedImport,
    *,
    before: Definitions,
    after: Definitions,
    differing: Sequence[Target],
    scope: Scope,
    today: date,
) -> RowFindings:
    """Compare the definitions without and with the file's targets; one finding for a row and code.

    Both hold what else the file brings along. What fits no period or unit is left to the writer to refuse by name.
    """
    findings = RowFindings(prepared.source.name)
    if not differing:
        return findings
    measures = sorted({each.measure for each in differing})
    try:
        touched = list(touched_past(before, after, measures=measures, scope=scope, today=today))
    except DefinitionRefused:
        return findings
    for code, rows in _by_code(touched, prepared).items():
        lines = np.array(sorted(rows), dtype=np.int32)
        told = [rows[line].refusal for line in sorted(rows)]
        findings.refuse(code, lines, say=partial(_told, told))
    return findings


def _told(refusals: Sequence[Refusal], at: int) -> tuple[str, str]:
    return refusals[at].told_sentence, refusals[at].told_remedy


def _by_code(
    touched: Iterable[TouchedPeriod], prepared: PreparedImport
) -> dict[str, dict[int, TouchedPeriod]]:
    """By code and row the first period; a row's own unit before those that inherit from it or are summed from it."""
    rows = _Rows(prepared.mapped.target_lines)
    found: dict[str, dict[int, TouchedPeriod]] = {}
    for each in sorted(touched, key=lambda each: (each.measure, each.unit) not in rows.of_unit):
        found.setdefault(each.refusal.code, {}).setdefault(rows.line_of(each), each)
    return found


class _Rows:
    """The rows with targets, by what they are about: period and line, oldest period first."""

    def __init__(self, lines: TargetLines) -> None:
        self.of_unit: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self.of_measure: dict[str, list[tuple[int, int]]] = {}
        for (measure, unit, ordinal), line in sorted(lines.items(), key=lambda each: (each[0][2], each[1])):
            self.of_unit.setdefault((measure, unit), []).append((ordinal, line))
            self.of_measure.setdefault(measure, []).append((ordinal, line))

    def line_of(self, touched: TouchedPeriod) -> int:
        """The last row up to this period, of the same unit or else of the measure; 0 where no row has a target."""
        own = self.of_unit.get((touched.measure, touched.unit), self.of_measure.get(touched.measure))
        if own is None:
            return 0
        return own[max(bisect_right(own, (touched.ordinal + 1,)) - 1, 0)][1]
