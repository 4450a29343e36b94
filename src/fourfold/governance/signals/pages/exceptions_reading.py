"""One call: everything that the exceptions' page says, from one evaluation and a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fourfold.engine.calendar import GrainPeriod, Period
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.exceptions import ExceptionItem, ExceptionKind, Line
from fourfold.engine.tree import scorecard_tree
from fourfold.governance.signals.pages.exception_drawing import small_chart
from fourfold.governance.signals.pages.exception_points import (
    SmallPoint,
    has_better_way,
    last_points_of,
    mark_of,
)
from fourfold.governance.signals.pages.exception_sentences import (
    KIND_LABELS,
    Told,
    closing_sentence,
    exception_sentence,
    kind_label,
)
from fourfold.governance.signals.pages.exceptions_page import (
    ExceptionLine,
    ExceptionsPage,
    ExceptionTag,
    NormalMeasure,
)
from fourfold.governance.signals.queries.decisions import decisions_of
from fourfold.governance.signals.queries.exception_flips import flips_of
from fourfold.governance.signals.queries.exception_outlooks import NextTarget, next_targets
from fourfold.governance.signals.queries.exception_standing import MeasureStanding, standings
from fourfold.governance.signals.queries.exceptions import (
    ExceptedMeasure,
    UnitExceptions,
    exceptions_among,
    terms_of,
)
from fourfold.governance.signals.queries.judging import Judged, judged
from fourfold.governance.signals.queries.series import SeriesTable, series_in
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.measure.reading import known_by_day, moment_of
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import measure_rows
from fourfold.scorecard.evaluation.pages.scorecard.page import MeasureRow
from fourfold.scorecard.evaluation.pages.value_format import format_of
from fourfold.scorecard.evaluation.pages.window import window
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, visible_unit

__all__ = ["read_exceptions"]


def read_exceptions(place: Place, *, scope: Scope, at: datetime, as_of: str = "") -> ExceptionsPage:
    """The exceptions of a unit's measures in a period, as known now or on a day: values, definitions, decisions.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, AsOfMalformed, NothingKnownYet.
    """
    moment = moment_of(as_of, at=at)
    with known_by_day(at, moment, day=as_of) as cube:
        unit = visible_unit(cube.book, place.unit, scope=scope)
        table = series_in(unit, place.period, scope=scope, at=at, as_of=moment)
        evaluation = evaluate(cube.book, cube.cube, grains=(table.shown.grain,), unit=unit, depth=0)
        decisions = decisions_of(unit, scope=scope, as_of=moment)
        found = judged(table, decisions)
        latest = terms_of(table.policies).latest
        looked_at = {key: each.ordinals[-latest:] for key, each in table.series.items()}
        flips = flips_of(looked_at, unit=unit, scope=scope, as_of=moment)
        visible = None if scope.sees_everything else scope.unit_keys
        try:
            rows = _rows(evaluation, unit, table.shown)
            # What serves no objective is an operand of what does: its owner sees it there.
            own = [key for key in table.series if key in rows]
            outlooks = next_targets(table, decisions, measures=own)
            hits = {key: each.chance for key, each in outlooks.items()}
            beside = standings(evaluation, own, unit=unit, shown=table.shown, hits=hits, flips=flips)
            context = page_context(evaluation, unit=unit, shown=table.shown, visible=visible)
        except IndexError as outside:
            raise PeriodNotCovered(period=place.period) from outside
        among = _among(table, found, known=beside, evaluation=evaluation)
        writer = _Writer(table, found, beside, outlooks, among, rows)
        return ExceptionsPage(
            place=context,
            lines=tuple(writer.line(line) for line in among.ranking.shown),
            rest=tuple(writer.line(line) for line in among.ranking.rest),
            normal=tuple(writer.normal(key) for key in among.normal),
            closing=closing_sentence(
                len(among.normal),
                judged=among.judged,
                expected=among.expected,
                leaning=len(among.leaning),
            ),
            latest=among.latest,
            known_on=None if moment is None else date.fromisoformat(as_of),
        )


def _among(
    table: SeriesTable, found: Judged, *, known: Mapping[str, MeasureStanding], evaluation: Evaluation
) -> UnitExceptions:
    """Judged once for a place of the ledger: who looks again, or takes the table, waits for nothing."""
    key = ("exceptions", id(found), tuple(known.items()))
    if key not in table.kept:
        table.kept[key] = exceptions_among(table, found, known=known, evaluation=evaluation)
    kept: UnitExceptions = table.kept[key]
    return kept


def _rows(evaluation: Evaluation, unit: str, shown: GrainPeriod) -> dict[str, MeasureRow]:
    tree = scorecard_tree(evaluation, unit=unit, period=shown)
    seen = window(evaluation, unit=unit, shown=shown)
    return {row.key: row for row in measure_rows(tree, seen=seen)}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Everything that a line is written from."""

    table: SeriesTable
    judged: Judged
    standings: Mapping[str, MeasureStanding]
    outlooks: Mapping[str, NextTarget]
    among: UnitExceptions
    rows: Mapping[str, MeasureRow]

    def line(self, line: Line) -> ExceptionLine:
        """One line with what is folded beneath it."""
        folded = tuple(self._told(item) for item in line.folded)
        follows = self.table.names[self._measure(line.follows).key] if line.follows else ""
        return self._told(line.item, folded=folded, follows=follows)

    def normal(self, key: str) -> NormalMeasure:
        """A measure of which there is nothing to say."""
        return NormalMeasure(key, self.table.names[key], self.rows[key].mark)

    def _measure(self, item: ExceptionItem) -> ExceptedMeasure:
        return self.among.measures[item.place]

    def _told(
        self, item: ExceptionItem, *, folded: tuple[ExceptionLine, ...] = (), follows: str = ""
    ) -> ExceptionLine:
        measure = self._measure(item)
        row = self.rows[measure.key]
        points = last_points_of(self.table, self.judged, measure=measure.key)
        places = [len(points) + point for point in measure.points if -point <= len(points)]
        marked = tuple(points[place] for place in places)
        series = self.table.series[measure.key]
        mark = mark_of(series, measure.moved)
        first, *others = _tags(measure, has_better_way=has_better_way(series))
        return ExceptionLine(
            key=measure.key,
            name=row.name,
            objective_name=row.objective_name,
            tag=first,
            others=tuple(others),
            sentence=exception_sentence(self._words(measure, points, marked, row=row)),
            mark=row.mark,
            owner_key=row.owner,
            owner_name=row.owner_name,
            tier=series.version.tier.value,
            priority=measure.priority,
            format=row.format,
            value=row.value,
            target=row.target,
            chart=small_chart(
                points, marked=dict.fromkeys(places, mark), name=row.name, form=format_of(series.version)
            ),
            folded=folded,
            follows=follows,
            leans=measure.key in self.among.leaning,
        )

    def _words(
        self,
        measure: ExceptedMeasure,
        points: tuple[SmallPoint, ...],
        marked: tuple[SmallPoint, ...],
        *,
        row: MeasureRow,
    ) -> Told:
        kind, standing = measure.kinds[0], self.standings[measure.key]
        latest = next((point for point in reversed(points) if point.value is not None), None)
        series = self.table.series[measure.key]
        is_signal = kind.is_signal or kind is ExceptionKind.MISSES
        periods = standing.overdue if kind is ExceptionKind.STALE else standing.red_periods
        outlook = self.outlooks[measure.key] if kind is ExceptionKind.UNLIKELY else None
        target = latest.target if is_signal and latest else row.target
        return Told(
            name=row.name,
            kind=kind,
            frequency=series.version.frequency if is_signal else standing.frequency,
            format=format_of(series.version) if is_signal else row.format,
            moved=measure.moved,
            marked=marked,
            latest=latest,
            window=min(self.among.latest, len(points)),
            period=row.shown_period or self.table.calendar.label(self.table.shown),
            value=row.value,
            target=outlook.target if outlook else target,
            periods=max(periods, 1),
            hit=standing.hit,
            by=self.table.calendar.label(outlook.period) if outlook else "",
            flip=self._flip(measure.key, standing),
            has_better_way=has_better_way(series),
            is_remembered=self._is_remembered(measure.key),
            leans=measure.key in self.among.leaning,
        )

    def _is_remembered(self, key: str) -> bool:
        """Whether its signals are those of an EWMA or a CUSUM."""
        return key in self.judged.rows and self.judged.place(key)[0].remembered is not None

    def _flip(self, key: str, standing: MeasureStanding) -> tuple[str, float, float] | None:
        if standing.flip is None:
            return None
        frequency = self.table.series[key].version.frequency
        period = self.table.calendar.label(Period(frequency, standing.flip.period))
        return period, standing.flip.before, standing.flip.after


def _tags(measure: ExceptedMeasure, *, has_better_way: bool) -> Iterator[ExceptionTag]:
    """Of every kind, the most urgent first."""
    for kind in measure.kinds:
        label = kind_label(kind, has_better_way=has_better_way)
        yield ExceptionTag(kind.code, label, KIND_LABELS[kind])
