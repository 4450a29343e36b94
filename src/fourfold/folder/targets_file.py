"""`targets.csv`: wanted values, one point a row; the rows of one measure, unit and segment are one target."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from fourfold.engine.calendar import Period
from fourfold.engine.definitions import Definitions, Target, TargetPoint, Trajectory
from fourfold.folder.canonical import canonical_targets
from fourfold.folder.finding import Finding, did_you_mean, error, warning
from fourfold.folder.mapping import Dated, NumberFormat, NumberProblem, PeriodFormat, Resolver, Table

__all__ = ["TARGETS_FILE", "TARGET_COLUMNS", "after_horizon", "read_targets"]

TARGETS_FILE = "targets.csv"
TARGET_COLUMNS = ("measure", "unit", "segment", "period", "value", "trajectory", "red", "best", "origin")
_OPTIONAL = ("segment", "trajectory", "red", "best", "origin")

_REMEDIES = {
    NumberProblem.BLANK: "Give a value, or remove the row.",
    NumberProblem.NOT_A_NUMBER: "Write a decimal point and no thousands separators.",
    NumberProblem.NOT_FINITE: "Give a number, or remove the row.",
    NumberProblem.VALUE_TOO_PRECISE: "Round it; double precision cannot keep the rest.",
}

Row = dict[str, str]


@dataclass(slots=True)
class _Gathered:
    """The points of one target so far; `said` keeps what its rows say beside the points."""

    points: list[TargetPoint] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    definitions: Definitions
    resolver: Resolver
    file: str
    findings: list[Finding] = field(default_factory=list)
    gathered: dict[tuple[int, int, str | None], _Gathered] = field(default_factory=dict)
    numbers: NumberFormat = field(default_factory=lambda: NumberFormat(keeps_doubles=True))

    def take(self, row: Row, line: int) -> None:
        """One row: a point of a target, or findings."""
        measure, unit = self.resolver.measure(row["measure"]), self.resolver.unit(row["unit"])
        if measure < 0:
            self._refuse_unknown("measure", row["measure"], line)
        if unit < 0:
            self._refuse_unknown("unit", row["unit"], line)
        value = self._number(row["value"], line, field="value")
        if measure < 0 or unit < 0:
            return
        dated = self.resolver.dated(measure, (row["period"],))
        if dated.version < 0:
            self._refuse(
                "PERIOD_UNKNOWN", line, message=dated.problem, remedy="Write the period as the calendar does."
            )
            return
        segment = self.resolver.segment(dated.version, row["segment"])
        if row["segment"] and segment < 0:
            known = self.resolver.segment_keys(dated.version)
            self._refuse(
                "SEGMENT_UNKNOWN",
                line,
                message=f'The measure has no segment "{row["segment"]}".',
                remedy=did_you_mean(row["segment"], known, otherwise="Leave it blank for the total."),
            )
            return
        self._gather((measure, unit, row["segment"] or None), row, line=line, dated=dated, value=value)

    def _gather(
        self, key: tuple[int, int, str | None], row: Row, *, line: int, dated: Dated, value: float | None
    ) -> None:
        target = self.gathered.setdefault(key, _Gathered())
        self._keep_said(target, row, line=line)
        self._check_horizon(dated, line)
        period = Period(self.resolver.versions[dated.version].frequency, dated.ordinal)
        if target.points and period.ordinal <= target.points[-1].period.ordinal:
            same = period == target.points[-1].period
            self._refuse(
                "ROW_DUPLICATE" if same else "FIELD_WRONG",
                line,
                message=f"{row['period']} {'stands here twice' if same else 'comes after a later period'}.",
                remedy="Keep one row a period, oldest first.",
            )
        elif value is not None:
            target.points.append(TargetPoint(period, value))

    def _keep_said(self, target: _Gathered, row: Row, *, line: int) -> None:
        for name in ("trajectory", "red", "best", "origin"):
            text = row[name]
            if text and target.said.setdefault(name, text) != text:
                self._refuse(
                    "FIELD_WRONG",
                    line,
                    message=f'{name} is "{text}" here and "{target.said[name]}" in an earlier row of the same target.',
                    remedy="Say it once, in the first row.",
                )
        if row["trajectory"] and row["trajectory"] not in tuple(Trajectory):
            self._refuse(
                "FIELD_WRONG",
                line,
                message=f'There is no trajectory "{row["trajectory"]}".',
                remedy=did_you_mean(
                    row["trajectory"], Trajectory, otherwise=f"Use one of: {', '.join(Trajectory)}."
                ),
            )
        for name in ("red", "best"):
            if row[name]:
                self._number(row[name], line, field=name)

    def _check_horizon(self, dated: Dated, line: int) -> None:
        horizon = self.definitions.strategy.horizon_to
        if horizon is not None and dated.first_day > horizon.toordinal():
            self.findings.append(after_horizon(self.file, line, horizon=horizon))

    def _number(self, text: str, line: int, *, field: str) -> float | None:
        value, problem = self.numbers.read(text)
        if problem is NumberProblem.NONE:
            return value
        code = "FIELD_MISSING" if problem is NumberProblem.BLANK else problem.name
        self._refuse(code, line, message=f'{field} is "{text}".', remedy=_REMEDIES[problem])
        return None

    def _refuse_unknown(self, kind: str, key: str, line: int) -> None:
        code = "UNIT_UNKNOWN" if kind == "unit" else "MEASURE_UNKNOWN"
        self._refuse(
            code, line, message=f'There is no {kind} "{key}".', remedy=self.resolver.advice(kind, key)
        )

    def _refuse(self, code: str, line: int, *, message: str, remedy: str) -> None:
        self.findings.append(error(code, self.file, line=line, message=message, remedy=remedy))

    def targets(self) -> Iterator[Target]:
        """As gathered."""
        for (measure, unit, segment), gathered in self.gathered.items():
            red, best = (self.numbers.read(gathered.said.get(name, ""))[0] for name in ("red", "best"))
            yield Target(
                measure=self.definitions.measures[measure].key,
                unit=self.definitions.units[unit].key,
                points=tuple(gathered.points),
                trajectory=Trajectory(gathered.said.get("trajectory", Trajectory.STEP)),
                segment=segment,
                red=None if math.isnan(red) else red,
                best=None if math.isnan(best) else best,
                origin=gathered.said.get("origin", ""),
            )


def read_targets(folder: Path, definitions: Definitions) -> tuple[tuple[Target, ...], tuple[Finding, ...]]:
    """The targets of a folder in canonical order.

    None where the file is missing, which is a warning, or where a row is refused.
    """
    path = folder / TARGETS_FILE
    if not path.is_file():
        return (), (_absent(),)
    table = Table(path, TARGETS_FILE)
    header = table.header()
    there = [name for name in TARGET_COLUMNS if name in header or name not in _OPTIONAL]
    reader = _Reader(definitions, Resolver(definitions, PeriodFormat()), TARGETS_FILE)
    reader.findings.extend(_unknown_columns(header))
    for chunk in table.chunks(there):
        for place, line in enumerate(chunk.lines.tolist()):
            row = {
                name: chunk.columns[name][place].strip() if name in there else "" for name in TARGET_COLUMNS
            }
            reader.take(row, line)
    findings = (*table.findings, *reader.findings)
    if any(each.level == "error" for each in findings):
        return (), findings
    return canonical_targets(replace(definitions, targets=tuple(reader.targets()))), findings


def after_horizon(file: str, line: int, *, horizon: date) -> Finding:
    """A target nobody has a strategy for; a warning only, because the feeds of real organisations plan ahead."""
    return warning(
        "TARGET_AFTER_HORIZON",
        file,
        line=line,
        message=f"The strategy ends on {horizon}, before this target's period begins.",
        remedy="Extend the horizon in strategy.yaml, or remove the target.",
    )


def _absent() -> Finding:
    return warning(
        "FILE_MISSING",
        TARGETS_FILE,
        line=0,
        message="There are no targets, so nothing can be scored.",
        remedy=f"Write it with the columns {', '.join(TARGET_COLUMNS)}.",
    )


def _unknown_columns(header: list[str]) -> Iterator[Finding]:
    for name in header:
        if name not in TARGET_COLUMNS:
            yield error(
                "FIELD_UNKNOWN",
                TARGETS_FILE,
                line=1,
                message=f'There is no column "{name}".',
                remedy=did_you_mean(name, TARGET_COLUMNS, otherwise=f"Columns: {', '.join(TARGET_COLUMNS)}."),
            )
