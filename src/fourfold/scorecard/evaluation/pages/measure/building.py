"""Making a measure's page out of one evaluation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.certainty import Certainty
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.evaluate.borders import anchors_over
from fourfold.engine.explain import Explanation, explain
from fourfold.engine.quantities import GoalType, Polarity
from fourfold.engine.score import attainment, progress
from fourfold.platform.ui.numbers import display_number
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.explanation_tree import explanation_tree
from fourfold.scorecard.evaluation.pages.measure.definition_card import DefinitionCard, definition_card
from fourfold.scorecard.evaluation.pages.measure.history import LENGTHS
from fourfold.scorecard.evaluation.pages.measure.numbers import MeasureNumbers
from fourfold.scorecard.evaluation.pages.measure.page import (
    ChildUnit,
    MeasureFigure,
    MeasurePage,
    Named,
)
from fourfold.scorecard.evaluation.pages.measure.periods import measure_history
from fourfold.scorecard.evaluation.pages.measure.segment_rows import segment_rows
from fourfold.scorecard.evaluation.pages.window import window
from fourfold.scorecard.evaluation.queries.hidden_segments import HiddenCells

__all__ = ["MeasurePlace", "measure_numbers", "measure_page"]

RATIO_SCALED = (GoalType.MAXIMISE, GoalType.MILESTONE)
"""Where value ÷ target means something; half of a Yes or of a rubric's 4 does not."""


@dataclass(frozen=True, slots=True)
class MeasurePlace:
    """Which measure, in which unit, in which period."""

    measure: str
    unit: str
    shown: GrainPeriod


def measure_numbers(evaluation: Evaluation, place: MeasurePlace) -> MeasureNumbers:
    """The measure's numbers around the place.

    Raises:
        UnknownUnit, GrainNotEvaluated, IndexError: the evaluation does not reach there.
    """
    return MeasureNumbers(window(evaluation, unit=place.unit, shown=place.shown), place.measure)


def measure_page(
    evaluation: Evaluation,
    place: MeasurePlace,
    *,
    length: int,
    visible: Collection[str] | None,
) -> MeasurePage:
    """Read the page; asks the database nothing, but reads the cube: call it while the cube holds still.

    Raises:
        UnknownUnit, GrainNotEvaluated, IndexError: the evaluation does not reach there.
    """
    numbers = measure_numbers(evaluation, place)
    book, version = evaluation.book, numbers.version
    measure = book.measure(place.measure)
    names = {person.key: person.name for person in book.definitions.people}
    found = explain(
        evaluation, node=("measure", place.measure), unit=place.unit, period=place.shown, levels=1
    )
    units = {unit.key: unit.name for unit in book.definitions.units}
    return MeasurePage(
        place=page_context(evaluation, unit=place.unit, shown=place.shown, visible=visible),
        key=measure.key,
        name=measure.name,
        objectives=tuple(
            Named(share.objective, book.objective(share.objective).name) for share in measure.objectives
        ),
        tier=version.tier.value,
        role=version.role.value,
        frequency=version.frequency.value,
        owner=names.get(version.owner or "", version.owner or ""),
        steward=names.get(version.steward or "", version.steward or ""),
        figure=_figure(numbers, target_note=_target_note(found, units)),
        history=measure_history(numbers, length=length),
        lengths=LENGTHS,
        length=length,
        children=_children(numbers),
        segment_dimension=version.segment_dimension or "",
        segments=segment_rows(numbers) if version.segments else (),
        definition=_definition(numbers, names),
        explanation=explanation_tree(
            found, units=units, calendar=book.timeline.calendar, hidden=HiddenCells(evaluation)
        ),
    )


def _figure(numbers: MeasureNumbers, *, target_note: str) -> MeasureFigure:
    unit, results, seen = numbers.seen.unit, numbers.results, numbers.seen
    value, target = numbers.number(results.value, unit), numbers.number(results.target, unit)
    certainty = numbers.certainty
    return MeasureFigure(
        value=value,
        target=target,
        target_note=target_note,
        mark=replace(numbers.mark(unit), is_uncertain=certainty is not None and certainty.is_uncertain),
        score=numbers.number(results.score, unit),
        change=numbers.change(unit, since=seen.before),
        change_since=seen.short(seen.before),
        last_year=numbers.at_page(results.value, unit, page=seen.last_year),
        last_year_format=numbers.format_beside(seen.last_year, unit),
        last_year_label=seen.short(seen.last_year),
        change_on_year=numbers.change(unit, since=seen.last_year),
        attainment=_attainment(numbers, value, target=target),
        progress=_progress(numbers, value, target=target),
        coverage=numbers.coverage(unit),
        shown_period=numbers.shown_period(unit),
        band=numbers.version.band if target is None else None,
        format=numbers.format.beside(value, target),
        interval=None if certainty is None else (certainty.low, certainty.high),
        interval_words="" if certainty is None else _rests_on(certainty),
    )


def _rests_on(certainty: Certainty) -> str:
    """What an interval is made from."""
    cases = display_number(certainty.cases, decimals=0).text
    words = ngettext("from its %(cases)s case", "from its %(cases)s cases", certainty.cases) % {
        "cases": cases
    }
    times = display_number(certainty.dispersion, decimals=1).text
    if times == display_number(1.0, decimals=1).text:
        return words
    return _("%(words)s, which vary %(times)s times as much as by chance") % {"words": words, "times": times}


def _attainment(numbers: MeasureNumbers, value: float | None, *, target: float | None) -> float | None:
    """In percent; None where it has no meaning (METHOD §2.1: a ratio scale, a target above zero, maximise)."""
    if value is None or target is None or numbers.version.goal not in RATIO_SCALED:
        return None
    found = attainment(value, target, polarity=Polarity.MAXIMISE)
    return 100.0 * found if isinstance(found, float) else None


def _progress(numbers: MeasureNumbers, value: float | None, *, target: float | None) -> float | None:
    """In percent of the way from the baseline; None without one."""
    if value is None or target is None or numbers.version.baseline is None:
        return None
    found = progress(value, baseline=numbers.version.baseline, target=target)
    return 100.0 * found if isinstance(found, float) else None


def _target_note(found: Explanation, units: dict[str, str]) -> str:
    if found.target is None:
        return ""
    if found.target_rule == "inherited" and found.target_from:
        return f"inherited from {units.get(found.target_from, found.target_from)}"
    return {"derived": "derived: the units' targets added up"}.get(found.target_rule, "")


def _children(numbers: MeasureNumbers) -> tuple[ChildUnit, ...]:
    """The units directly below that the measure belongs to, in listed order."""
    tree, book = numbers.seen.evaluation.units, numbers.seen.evaluation.book
    chosen = book.selected[book.measure_index(numbers.key)]
    names = {unit.key: unit for unit in book.definitions.units}
    return tuple(
        ChildUnit(
            key=tree.keys[child],
            name=names[tree.keys[child]].name,
            level=names[tree.keys[child]].level,
            mark=numbers.mark(child),
            value=numbers.number(numbers.results.value, child),
            target=numbers.number(numbers.results.target, child),
            score=numbers.number(numbers.results.score, child),
            change=numbers.change(child, since=numbers.seen.before),
            series=numbers.series(child),
            format=numbers.format_beside(numbers.seen.shown, child),
            coverage=numbers.coverage(child),
        )
        for child in tree.children(numbers.seen.unit)
        if chosen[tree.whole[child]]
    )


def _definition(numbers: MeasureNumbers, names: dict[str, str]) -> DefinitionCard:
    seen = numbers.seen
    borders = anchors_over(
        seen.evaluation,
        measure=numbers.key,
        unit=seen.evaluation.units.keys[seen.unit],
        grain=seen.shown.grain,
    )
    return definition_card(
        numbers.version,
        versions=seen.evaluation.book.measure(numbers.key).versions,
        anchors=borders[seen.at],
        names=names,
    )
