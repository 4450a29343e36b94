"""Limits, signals and both icons of all measures of a unit at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fourfold.engine import spc
from fourfold.engine.evaluate.native_series import NativeSeries
from fourfold.engine.quantities import GoalType, Polarity, Why
from fourfold.engine.spc import (
    WITH_MEMORY,
    Assurance,
    Basis,
    ChartKind,
    ControlChart,
    Icons,
    MemoryTerms,
    Remembered,
    Segments,
    Signals,
    Variation,
)
from fourfold.governance.signals.queries.chart_kinds import OF_VALUES, kind_of, runs_to_date
from fourfold.governance.signals.queries.decisions import Decision, DecisionKind
from fourfold.governance.signals.queries.series import SeriesTable

__all__ = ["Group", "Judged", "Rules", "Standing", "judged"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

STAGED = (GoalType.BOOLEAN, GoalType.ORDINAL, GoalType.MILESTONE)
"""Yes or no, steps of a rubric and milestones: no process with a natural spread."""

_BETTER = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the organisation decided about its charts (METHOD §0.5)."""

    names: str
    trial: int
    firm: int
    baseline: int
    screening: bool
    memory: MemoryTerms

    @classmethod
    def of(cls, table: SeriesTable) -> Rules:
        """As policy says; a baseline is never shorter than a trial."""
        policies = table.policies
        trial = int(policies.number("spc.min_points.trial"))
        return cls(
            policies.text("spc.rules"),
            trial,
            max(int(policies.number("spc.min_points.firm")), trial),
            max(int(policies.number("spc.baseline")), trial),
            policies.is_on("spc.screening"),
            MemoryTerms(
                policies.number("ewma.weight"),
                policies.number("ewma.width"),
                policies.number("cusum.k"),
                policies.number("cusum.h"),
            ),
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Charts of one kind, a row per measure, all ending at the right edge; `scale` takes a row to its measure.

    An EWMA or CUSUM is `remembered`: the signals are its own, while `chart` holds the single values with their natural
    limits, which say what the process will do about its target.
    """

    keys: tuple[str, ...]
    chart: ControlChart
    signals: Signals
    icons: Icons
    excluded: Bools
    scale: Floats
    kind: ChartKind
    remembered: Remembered | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Both icons of one measure; `reason` says why there are none. `is_latest`: of the last closed period."""

    variation: Variation = Variation.NOT_COMPUTABLE
    assurance: Assurance = Assurance.NOT_COMPUTABLE
    reason: str = ""
    is_latest: bool = True

    @property
    def speaks(self) -> bool:
        """Whether the icons may stand beside a figure: not where its period has no value or there are no limits."""
        return self.is_latest and self.variation is not Variation.NOT_COMPUTABLE

    @property
    def promised(self) -> Assurance:
        """What may be said of the target: nothing while the latest value shows that the process has changed."""
        return Assurance.NOT_COMPUTABLE if self.variation.is_special else self.assurance


@dataclass(frozen=True, slots=True)
class Judged:
    """Every measure's chart, or why there is none: `refused` by measure."""

    rules: Rules
    groups: tuple[Group, ...]
    rows: dict[str, tuple[int, int]]
    refused: dict[str, str]

    def standing(self, key: str) -> Standing:
        """The icons of a measure; of one that has no series, none and no reason."""
        if key not in self.rows:
            return Standing(reason=self.refused.get(key, ""))
        group, row = self.place(key)
        variation = Variation(int(group.icons.variation[row]))
        reason = "" if variation is not Variation.NOT_COMPUTABLE else why_none(group.chart, row)
        is_latest = int(group.icons.point[row]) == group.chart.points.shape[1] - 1
        return Standing(variation, Assurance(int(group.icons.assurance[row])), reason, is_latest)

    def place(self, key: str) -> tuple[Group, int]:
        """Where a measure's chart is."""
        group, row = self.rows[key]
        return self.groups[group], row


def judged(table: SeriesTable, decisions: Sequence[Decision] = ()) -> Judged:
    """Chart everything in the table; kept there, because the same series and decisions give the same chart."""
    key = tuple(decisions)
    if key not in table.kept:
        table.kept[key] = _judged(table, decisions)
    found: Judged = table.kept[key]
    return found


def why_none(chart: ControlChart, row: int) -> str:
    """Why the latest point of a chart has no limits, as a code."""
    here = chart.over_points(chart.why)[row]
    return Why(int(here[-1])).code


def _judged(table: SeriesTable, decisions: Sequence[Decision]) -> Judged:
    rules = Rules.of(table)
    refused: dict[str, str] = {}
    by_kind: dict[ChartKind, list[NativeSeries]] = {}
    own = _by_measure(decisions)
    for key, series in table.series.items():
        kind = kind_of(series, own.get(key, ()))
        if reason := _refused(series, kind):
            refused[key] = reason
        else:
            by_kind.setdefault(kind, []).append(series)
    maker = _Maker(table, rules, own)
    groups = [group for kind, each in by_kind.items() for group in maker.groups(kind, each)]
    rows = {key: (at, row) for at, group in enumerate(groups) for row, key in enumerate(group.keys)}
    return Judged(rules, tuple(groups), rows, refused)


def _refused(series: NativeSeries, kind: ChartKind) -> str:
    """Why these values make no chart of any kind; empty where they may."""
    if series.overlaps:
        return Why.OVERLAPPING.code
    if series.version.goal in STAGED:
        return "staged"
    if not np.isfinite(series.value).any():
        gone = series.why == Why.ZERO_DENOMINATOR
        return Why.ZERO_DENOMINATOR.code if gone.any() else "no_points"
    if kind in (WITH_MEMORY | {ChartKind.XMR}) and runs_to_date(series, _there(series)):
        return "cumulative"
    return ""


def _there(series: NativeSeries) -> Floats:
    """The values from the first one on."""
    return series.value[int(np.isfinite(series.value).argmax()) :]


def _by_measure(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.measure, []).append(decision)
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes one array of many series, and charts of it."""

    table: SeriesTable
    rules: Rules
    decisions: dict[str, list[Decision]]

    def groups(self, kind: ChartKind, series: list[NativeSeries]) -> list[Group]:
        """One group, or two where some counts vary more, or less, than chance alone (Laney)."""
        if kind in OF_VALUES:
            return [self._group(kind, series)]
        plain = self._group(kind, series)
        dispersed = spc.is_dispersed(plain.chart, _aligned([each.denominator for each in series]))
        if not dispersed.any():
            return [plain]
        widened = ChartKind.P_PRIME if kind is ChartKind.P else ChartKind.U_PRIME
        by_chance = [each for each, far in zip(series, dispersed, strict=True) if not far]
        off = [each for each, far in zip(series, dispersed, strict=True) if far]
        return [*([self._group(kind, by_chance)] if by_chance else []), self._group(widened, off)]

    def _group(self, kind: ChartKind, series: list[NativeSeries]) -> Group:
        width = max(len(each.ordinals) for each in series)
        excluded = self._excluded(series, width=width)
        spans = [self._spans(each, width=width) for each in series]
        basis = Basis(
            segments=Segments.of(width, spans=spans),
            baseline=self.rules.baseline,
            excluded=excluded,
            least=self.rules.trial,
        )
        chart = self._chart(kind, series, basis=basis)
        counted = kind not in OF_VALUES
        scale = np.array([each.version.multiplier if counted else 1.0 for each in series])
        memory = self._remembered(kind, chart, basis=basis)
        signals = memory.signals if memory else spc.signals(chart, rules=self.rules.names)
        last = spc.last_points(chart.points)
        aims = _aligned([each.target for each in series])[np.arange(len(series)), last] / scale
        better = np.array([_wanted(each) for each in series], dtype=np.int8)
        found = spc.icons(chart, signals, polarity=better, target=aims)
        keys = tuple(each.measure for each in series)
        return Group(keys, chart, signals, found, excluded, scale, kind, memory)

    def _remembered(self, kind: ChartKind, chart: ControlChart, *, basis: Basis) -> Remembered | None:
        if kind not in WITH_MEMORY:
            return None
        return spc.remembered(chart.points, kind=kind, terms=self.rules.memory, basis=basis)

    def _chart(self, kind: ChartKind, series: list[NativeSeries], *, basis: Basis) -> ControlChart:
        if kind in OF_VALUES:
            return self._of_values(kind, _aligned([each.value for each in series]), basis=basis)
        above = _aligned([each.numerator for each in series])
        below = _aligned([each.denominator for each in series])
        match kind:
            case ChartKind.P:
                return spc.proportions(above, below, basis=basis)
            case ChartKind.P_PRIME:
                return spc.proportions(above, below, basis=basis, kind="p-prime")
            case ChartKind.U:
                return spc.rates(above, below, basis=basis)
            case _:
                return spc.rates(above, below, basis=basis, kind="u-prime")

    def _of_values(self, kind: ChartKind, values: Floats, *, basis: Basis) -> ControlChart:
        match kind:
            case ChartKind.C:
                return spc.occurrences(values, basis=basis)
            case ChartKind.G:
                return spc.between_events(values, basis=basis)
            case ChartKind.T:
                return spc.time_between_events(values, basis=basis)
            case ChartKind.EWMA | ChartKind.CUSUM:
                # Their sigma is made of all ranges: what stands beside them is, too.
                return spc.xmr(values, basis=basis, screening=False)
            case _:
                return spc.xmr(values, basis=basis, screening=self.rules.screening)

    def _excluded(self, series: list[NativeSeries], *, width: int) -> Bools:
        """The points that a decision marks as special cause."""
        found = np.zeros((len(series), width), dtype=np.bool_)
        for row, each in zip(found, series, strict=True):
            before = width - len(each.ordinals)
            for decision in self.decisions.get(each.measure, ()):
                if decision.kind is DecisionKind.SPECIAL_CAUSE:
                    first, after = decision.places(each, calendar=self.table.calendar)
                    row[before + first : before + after] = after > first
        return found

    def _spans(self, series: NativeSeries, *, width: int) -> list[tuple[int, int]]:
        """Segments: from one break in the definition, or decision to begin anew, to the next."""
        count = len(series.ordinals)
        starts = {0, *(np.flatnonzero(np.diff(series.stretch)) + 1).tolist()}
        for decision in self.decisions.get(series.measure, ()):
            if decision.kind is DecisionKind.REBASE:
                first, after = decision.places(series, calendar=self.table.calendar)
                if after > first:
                    starts.add(first)
        ordered = [*sorted(starts), count]
        before = width - count
        return [(before + first, before + after) for first, after in pairwise(ordered)]


def _wanted(series: NativeSeries) -> int:
    polarity = series.version.goal.polarity
    return 0 if polarity is None else _BETTER.get(polarity, 0)


def _aligned(rows: Sequence[Floats | None]) -> Floats:
    """One array of series of many lengths, all ending at its right edge."""
    there = [row for row in rows if row is not None]
    found = np.full((len(there), max(row.size for row in there)), np.nan)
    for place, row in enumerate(there):
        found[place, found.shape[1] - row.size :] = row
    return found
