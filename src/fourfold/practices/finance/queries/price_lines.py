"""What each line of a measure brought, and how many pieces: by the segments both share, or by the units below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import evaluate
from fourfold.engine.evaluate.segments import evaluate_segments
from fourfold.engine.quantities import NotComputable, Why
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.price_terms import PriceTerms
from fourfold.scorecard.evaluation.queries.hidden_segments import hidden_segments

__all__ = ["LineEnd", "LineEnds", "Lines", "line_ends"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lines:
    """Their names in listed order, and keys where they are units; `dimension` is empty for units."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    dimension: str


@dataclass(frozen=True, slots=True)
class LineEnd:
    """One end: pieces and what they brought, (line,); NaN is missing. A line that was not there yet has 0 of both."""

    quantity: Floats
    amount: Floats


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Both ends, and what the measure itself was there."""

    lines: Lines
    before: LineEnd
    after: LineEnd
    start: float
    end: float

    @property
    def lacking(self) -> tuple[str, ...]:
        """Lines without a number at one end."""
        missing = np.isnan(np.stack(self._columns)).sum(axis=0)
        return tuple(self.lines.names[place] for place in np.flatnonzero(missing))

    @property
    def _columns(self) -> tuple[Floats, ...]:
        return tuple(each for end in (self.before, self.after) for each in (end.quantity, end.amount))


def line_ends(looked: Looked, terms: PriceTerms, *, other: GrainPeriod | None) -> LineEnds | NotComputable:
    """Read both ends; reads the cube.

    Args:
        other: the period before; None: what was planned for the shown one.

    Returns: why the measure has no number at one end.
    """
    evaluation = evaluate(
        looked.evaluation.book,
        looked.cube,
        grains=(looked.shown.grain,),
        unit=looked.unit,
        measures=terms.read,
        depth=1,
        rollups=False,
    )
    seen = replace(looked, evaluation=evaluation)
    ordinals = evaluation.at(looked.shown.grain).ordinals
    before = looked.shown if other is None else other
    if before.ordinal not in ordinals:
        return NotComputable(Why.TOO_FEW_POINTS)
    place = ordinals.index(before.ordinal)
    start = seen.target(terms.outcome, at=place) if other is None else seen.value(terms.outcome, at=place)
    end = seen.value(terms.outcome, at=looked.at)
    for value in (end, start):
        if isinstance(value, NotComputable):
            return value
    if start is None:
        return NotComputable(Why.MISSING_REQUIRED)
    return _read(seen, terms, before if other else None, ends=(float(start), float(end)))  # type: ignore[arg-type]


def _read(
    seen: Looked, terms: PriceTerms, other: GrainPeriod | None, *, ends: tuple[float, float]
) -> LineEnds:
    find = _by_segment if _shared_segments(seen, terms) else _by_unit
    lines, before, after, hidden = find(seen, terms, other)
    columns = np.array([before.quantity, before.amount, after.quantity, after.amount])
    there = (columns != 0.0).any(axis=0)
    lines, before, after = _only(lines, (before, after), there)
    found = LineEnds(lines, before, after, *ends)
    return _pooled(found, hidden[there]) if hidden[there].any() else found


def _shared_segments(seen: Looked, terms: PriceTerms) -> tuple[str, ...]:
    """The keys both numbers are told by; empty where they are not."""
    lines = [seen.line_of(key, seen.shown) for key in _told(terms)]
    keys = [tuple(each.key for each in line.rule.version.segments) if line else () for line in lines]
    return keys[0] if set(keys[0]) == set(keys[1]) else ()


def _told(terms: PriceTerms) -> tuple[str, str]:
    """The measures whose numbers by line are read: the volume, and what says what it brought."""
    return terms.volume, terms.price if terms.is_written else terms.outcome


_Found = tuple[Lines, LineEnd, LineEnd, Flags]


def _by_unit(seen: Looked, terms: PriceTerms, other: GrainPeriod | None) -> _Found:
    evaluation = seen.evaluation
    columns = list(evaluation.units.children(0))
    results = evaluation.at(seen.shown.grain).measures
    ordinals = evaluation.at(seen.shown.grain).ordinals
    names = {unit.key: unit.name for unit in evaluation.book.definitions.units}

    def numbers(key: str, *, at: int, is_plan: bool) -> Floats:
        row = evaluation.measure_index(key), at, columns
        values = results.target[row] if is_plan else results.value[row]
        return _nothing_is_zero(values, results.why[row] == Why.NOT_APPLICABLE)

    if not columns or not np.isfinite(numbers(terms.volume, at=seen.at, is_plan=False)).any():
        columns = [0]
    at = seen.at if other is None else ordinals.index(other.ordinal)
    keys = tuple(evaluation.units.keys[column] for column in columns)
    before = _end(terms, lambda key: numbers(key, at=at, is_plan=other is None))
    after = _end(terms, lambda key: numbers(key, at=seen.at, is_plan=False))
    lines = Lines(tuple(names[key] for key in keys), keys, "")
    return lines, before, after, np.zeros(len(keys), dtype=np.bool_)


def _by_segment(seen: Looked, terms: PriceTerms, other: GrainPeriod | None) -> _Found:
    book, grain, order = seen.evaluation.book, seen.shown.grain, _shared_segments(seen, terms)
    found = {
        key: evaluate_segments(book, seen.cube, measure=key, grain=grain, unit=seen.unit)
        for key in _told(terms)
    }
    ends = [seen.shown.ordinal] if other is None else [other.ordinal, seen.shown.ordinal]
    hidden = np.zeros(len(order), dtype=np.bool_)
    for key in found:
        hiding = hidden_segments(book, seen.cube, measure=key, grain=grain)
        for ordinal in ends:
            hidden |= [hiding.hides(each, unit=seen.unit, ordinal=ordinal) for each in order]

    def numbers(key: str, *, ordinal: int, is_plan: bool) -> Floats:
        results = found[key]
        places = [results.keys.index(each) for each in order]
        at = results.position(ordinal)
        values = results.target[places, at, 0] if is_plan else results.value[places, at, 0]
        return _nothing_is_zero(values, results.why[places, at, 0] == Why.NOT_APPLICABLE)

    before = _end(terms, lambda key: numbers(key, ordinal=ends[0], is_plan=other is None))
    after = _end(terms, lambda key: numbers(key, ordinal=ends[-1], is_plan=False))
    line = seen.line_of(terms.volume, seen.shown)
    assert line is not None
    version = line.rule.version
    names = {each.key: each.name for each in version.segments}
    lines = Lines(tuple(names[key] for key in order), (), version.segment_dimension or "")
    return lines, before, after, hidden


def _nothing_is_zero(values: Floats, is_nothing: Flags) -> Floats:
    """A line that was never there sold nothing."""
    return np.where(np.isnan(values) & is_nothing, 0.0, values)


def _end(terms: PriceTerms, numbers: Callable[[str], Floats]) -> LineEnd:
    quantity, told = (numbers(key) for key in _told(terms))
    amount = np.where(quantity == 0.0, 0.0, quantity * told / terms.scale) if terms.is_written else told
    return LineEnd(quantity, amount)


def _only(lines: Lines, ends: tuple[LineEnd, LineEnd], there: Flags) -> tuple[Lines, LineEnd, LineEnd]:
    def kept(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for text, is_there in zip(texts, there, strict=True) if is_there)

    before, after = (LineEnd(end.quantity[there], end.amount[there]) for end in ends)
    units = kept(lines.units) if lines.units else ()
    return Lines(kept(lines.names), units, lines.dimension), before, after


def _pooled(ends: LineEnds, hidden: Flags) -> LineEnds:
    """Those that may not be shown by themselves as one line, the last."""

    def summed(values: Floats) -> Floats:
        return np.append(values[~hidden], values[hidden].sum())

    names = [name for name, is_hidden in zip(ends.lines.names, hidden, strict=True) if not is_hidden]
    before, after = (LineEnd(summed(end.quantity), summed(end.amount)) for end in (ends.before, ends.after))
    lines = Lines((*names, _("Small ones together")), (), ends.lines.dimension)
    return LineEnds(lines, before, after, ends.start, ends.end)
