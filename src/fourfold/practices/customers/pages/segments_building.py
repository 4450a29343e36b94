"""Making the page of a measure's segments while the cube holds still."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from fourfold.engine.quantities import Polarity, Status, Why
from fourfold.engine.score import STATUS_CODES
from fourfold.engine.segments import dilution, mainly_by_mix
from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat, display_change, display_number
from fourfold.practices.customers.pages import segment_sentences as said
from fourfold.practices.customers.pages.segments_page import (
    PartNumbers,
    SegmentPart,
    SegmentsPage,
    SmallMultiple,
    UnitSplit,
)
from fourfold.practices.customers.pages.small_multiples import hidden_cells, share_of, small_multiples
from fourfold.practices.customers.queries.splits import Segmented, SegmentSplit
from fourfold.scorecard.evaluation.pages.comparison import Against, change_sentence, comparisons
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.past_day import PastDay
from fourfold.scorecard.evaluation.pages.value_format import format_of

__all__ = ["segments_page"]

OFFERED = (Against.BEFORE, Against.LAST_YEAR)


def segments_page(seen: Segmented, *, visible: Collection[str] | None) -> SegmentsPage:
    """Read the page; asks the database nothing, but reads the cube.

    Args:
        visible: the units the picker may link to; None: all.
    """
    form, calendar = format_of(seen.version), seen.evaluation.book.timeline.calendar
    before, after = _total(seen, seen.from_), _total(seen, seen.at)
    labels = (calendar.label(seen.other), calendar.label(seen.shown))
    multiples = small_multiples(seen, form=form)
    split = seen.split
    against = seen.asked.against if seen.asked.against in OFFERED else Against.BEFORE
    return SegmentsPage(
        place=page_context(seen.evaluation, unit=seen.unit, shown=seen.shown, visible=visible),
        key=seen.measure.key,
        name=seen.measure.name,
        dimension=seen.version.segment_dimension or "",
        comparisons=comparisons(against, offered=OFFERED),
        against=against.value,
        before_label=labels[0],
        after_label=labels[1],
        before=before,
        after=after,
        format=form,
        headline=_headline(seen, form, labels=labels) if split else "",
        alarm=_alarm(seen, split) if split else "",
        sentences=_sentences(seen, split, form) if split else (),
        warnings=_warnings(seen, split, multiples=multiples) if split else (),
        reason="" if split else said.no_split(seen.why, name=seen.measure.name),
        remedy="" if split else said.no_split_remedy(seen.why),
        parts=_parts(seen, split, form) if split else (),
        multiples=multiples,
        hidden=said.hidden_cells_sentence(_least(seen)) if hidden_cells(seen).any() else "",
        units=_units(seen, form),
        has_differences=bool(split and split.differences is not None),
        known=PastDay.of(seen.asked.as_of),
    )


def _total(seen: Segmented, place: int | None) -> float | None:
    results = seen.evaluation.at(seen.shown.grain).measures
    if place is None or results.why[0, place, 0] != Why.PRESENT:
        return None
    return float(results.value[seen.evaluation.measure_index(seen.measure.key), place, 0])


def _names(seen: Segmented, split: SegmentSplit) -> list[str]:
    names = [segment.name for segment in seen.sums.segments]
    return [
        names[group[0]] if len(group) == 1 else said.pooled_name([names[place] for place in group])
        for group in split.shown.groups
    ]


def _sized(size: float, form: ValueFormat) -> DisplayNumber:
    """A part of the change, with a digit more than the value has."""
    return display_change(size, decimals=form.decimals + 1, unit_of_measure=form.unit_of_measure)


def _headline(seen: Segmented, form: ValueFormat, *, labels: tuple[str, str]) -> str:
    return change_sentence(seen.measure.name, _ends(seen), form=form, labels=labels)


def _ends(seen: Segmented) -> tuple[float, float]:
    """The totals that the split is of."""
    assert seen.split is not None
    shown, times = seen.split.shown, seen.version.multiplier
    return times * float(shown.before.total_rate), times * float(shown.after.total_rate)


def _alarm(seen: Segmented, split: SegmentSplit) -> str:
    total = float(split.split.total_change)
    against = split.split.rate_change * total < 0.0
    return said.simpson_sentence(
        split.alarm,
        rises=total > 0,
        against=said.Against(
            [name for name, is_so in zip(_names(seen, split), against.tolist(), strict=True) if is_so],
            share_of(float(split.split.weight[against].sum())),
            by_mix=bool(mainly_by_mix(split.split)),
        ),
    )


def _sentences(seen: Segmented, split: SegmentSplit, form: ValueFormat) -> tuple[str, ...]:
    times, names = seen.version.multiplier, _names(seen, split)
    rate, mix = (
        str(_sized(times * float(each), form)) for each in (split.split.rate_total, split.split.mix_total)
    )
    found = [said.parts_sentence(rate, mix)]
    most = int(np.argmax(np.abs(split.split.mix)))
    if split.split.mix[most]:
        found.append(
            said.shifted_most(
                names[most],
                before=share_of(split.shown.before.weights[most]),
                after=share_of(split.shown.after.weights[most]),
                effect=str(_sized(times * float(split.split.mix[most]), form)),
            )
        )
    if split.fixed is not None:
        shown = form.beside(*split.fixed)
        found.append(
            said.fixed_mix(
                str(shown.shown(split.fixed[0])),
                str(shown.shown(split.fixed[1])),
                change=split.fixed[1] - split.fixed[0],
            )
        )
    return tuple(found)


def _warnings(seen: Segmented, split: SegmentSplit, *, multiples: Sequence[SmallMultiple]) -> tuple[str, ...]:
    names, found = _names(seen, split), []
    alert = dilution(_total_status(seen), _strategic(multiples))
    if alert is not None:
        found.append(said.dilution_sentence(alert.segments))
    if split.differences is not None:
        worth = [
            name
            for name, is_so in zip(names, split.differences.worth_own_target.tolist(), strict=True)
            if is_so
        ]
        if worth:
            found.append(said.worth_own_target(worth))
    if split.shown.is_suppressed:
        found.append(said.hidden_sentence(_least(seen)))
    if len(seen.sums.segments) > said.MOST_SEGMENTS:
        found.append(said.too_many(len(seen.sums.segments)))
    return tuple(found)


def _least(seen: Segmented) -> int:
    return int(seen.evaluation.book.policies.number("anonymity.n_min"))


def _total_status(seen: Segmented) -> Status:
    results = seen.evaluation.at(seen.shown.grain).measures
    node = seen.evaluation.measure_index(seen.measure.key)
    return STATUS_CODES[int(results.status[node, seen.at, 0])]


def _strategic(multiples: Sequence[SmallMultiple]) -> dict[str, Status]:
    """Segments with a target of their own: those the strategy is about."""
    return {each.name: each.status for each in multiples if each.target is not None}


def _parts(seen: Segmented, split: SegmentSplit, form: ValueFormat) -> tuple[SegmentPart, ...]:
    times, polarity = seen.version.multiplier, seen.version.goal.polarity
    before, after, found = split.shown.before, split.shown.after, split.differences
    return tuple(
        SegmentPart(
            name=name,
            before=_number(times * before.rates[at]),
            after=_number(times * after.rates[at]),
            share_before=share_of(before.weights[at]),
            share_after=share_of(after.weights[at]),
            rate=times * float(split.split.rate[at]),
            rate_text=_sized(times * float(split.split.rate[at]), form),
            rate_verdict=_verdict(float(split.split.rate[at]), polarity),
            mix=times * float(split.split.mix[at]),
            mix_text=_sized(times * float(split.split.mix[at]), form),
            mix_verdict=_verdict(float(split.split.mix[at]), polarity),
            effect="" if found is None else display_number(float(found.effect[at]), decimals=2).text,
            q="" if found is None else _small(float(found.q[at])),
            numbers=PartNumbers(
                _number(100.0 * before.weights[at]),
                _number(100.0 * after.weights[at]),
                None if found is None else _number(found.effect[at]),
                None if found is None else _number(found.q[at]),
            ),
            is_worth_own_target=bool(found is not None and found.worth_own_target[at]),
        )
        for at, name in enumerate(_names(seen, split))
    )


def _small(q: float) -> str:
    return "< 0.001" if q < 0.001 else display_number(q, decimals=3).text


def _verdict(size: float, polarity: Polarity | None) -> Verdict:
    if polarity not in (Polarity.MAXIMISE, Polarity.MINIMISE) or not size:
        return Verdict.UNJUDGED
    return Verdict.BETTER if (size > 0) is (polarity is Polarity.MAXIMISE) else Verdict.WORSE


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _units(seen: Segmented, form: ValueFormat) -> tuple[UnitSplit, ...]:
    """The units directly below that can be split, in listed order."""
    if seen.child_splits is None:
        return ()
    names = {unit.key: unit.name for unit in seen.evaluation.book.definitions.units}
    split, times = seen.child_splits, seen.version.multiplier
    by_mix = mainly_by_mix(split)
    return tuple(
        UnitSplit(
            key=seen.evaluation.units.keys[unit],
            name=names[seen.evaluation.units.keys[unit]],
            total=_sized(times * float(split.total_change[row]), form),
            rate=_sized(times * float(split.rate_total[row]), form),
            mix=_sized(times * float(split.mix_total[row]), form),
            alarm=said.unit_alarm(alarm, rises=bool(split.total_change[row] > 0), by_mix=bool(by_mix[row])),
        )
        for row, (unit, alarm) in enumerate(zip(seen.children, seen.child_alarms, strict=True))
        if split.why[row] == Why.PRESENT
    )
