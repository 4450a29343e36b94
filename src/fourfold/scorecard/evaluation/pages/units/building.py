"""Making the heat map and the comparison of units out of one evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import Why
from fourfold.engine.score import STATUS_CODES
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import measure_mark, score_change
from fourfold.scorecard.evaluation.pages.scorecard.page import Choice
from fourfold.scorecard.evaluation.pages.units.page import (
    MOST_COMPARED,
    ComparedCell,
    ComparedRow,
    ComparePage,
    HeatCell,
    HeatMapPage,
    HeatRow,
)
from fourfold.scorecard.evaluation.pages.value_format import format_of, version_used
from fourfold.scorecard.evaluation.pages.window import number_or_none, window

__all__ = ["compare_page", "heat_map_page"]

NUMBERLESS = ValueFormat()


def heat_map_page(
    evaluation: Evaluation,
    *,
    unit: str,
    shown: GrainPeriod,
    levels: int,
    visible: Collection[str] | None = None,
) -> HeatMapPage:
    """The unit and those up to `levels` below it, in the order of the tree.

    Raises:
        IndexError: the period lies outside the evaluated time.
    """
    tree = scorecard_tree(evaluation, unit=unit, period=shown)
    reader = _HeatReader(evaluation, unit=unit, shown=shown, nodes=[each.key for each in tree.children])
    return HeatMapPage(
        place=page_context(evaluation, unit=unit, shown=shown, visible=visible),
        perspectives=tuple(each.name for each in tree.children),
        rows=tuple(reader.rows(levels)),
        depths=tuple(
            Choice(str(depth), label, depth == levels)
            for depth, label in ((1, _("One level")), (2, _("Two levels")), (9, _("All levels")))
        ),
    )


class _HeatReader:
    """Walks the unit tree once; every cell is one look into the arrays."""

    def __init__(
        self, evaluation: Evaluation, *, unit: str, shown: GrainPeriod, nodes: Sequence[str]
    ) -> None:
        self.seen = window(evaluation, unit=unit, shown=shown)
        self.tree = evaluation.units
        self.units = [evaluation.book.definitions.units[int(place)] for place in self.tree.definition]
        self.names = {each.key: each.name for each in evaluation.book.definitions.perspectives}
        self.nodes = [(key, evaluation.perspective_index(key)) for key in nodes]
        whole = evaluation.book.units
        self.below = {key: len(whole.below(key)) - 1 for key in self.tree.keys}

    def rows(self, levels: int) -> Iterator[HeatRow]:
        yield from self._walk(0, depth=0, levels=levels)

    def _walk(self, place: int, *, depth: int, levels: int) -> Iterator[HeatRow]:
        unit = self.units[place]
        shows_more = depth < levels
        cells = tuple(self._cell(key, node, place=place) for key, node in self.nodes)
        hidden = 0 if shows_more else self.below[unit.key]
        yield HeatRow(unit.key, unit.name, unit.level, depth, cells, hidden)
        if shows_more:
            for child in self.tree.children(place):
                yield from self._walk(child, depth=depth + 1, levels=levels)

    def _cell(self, key: str, node: int, *, place: int) -> HeatCell:
        results, at = self.seen.results.perspectives, (node, self.seen.at, place)
        score = number_or_none(results.score[at])
        mark = StatusMark(STATUS_CODES[int(results.status[at])], Why(int(results.why[at])))
        return HeatCell(key, self.names[key], score, mark, score_change(self._before(node, place), score))

    def _before(self, node: int, place: int) -> float | None:
        results, page = self.seen.results, self.seen.before
        if page.ordinal not in results.ordinals:
            return None
        return number_or_none(results.perspectives.score[node, results.position(page.ordinal), place])


def compare_page(
    evaluation: Evaluation,
    *,
    unit: str,
    shown: GrainPeriod,
    chosen: Sequence[str],
    visible: Collection[str] | None = None,
) -> ComparePage:
    """The chosen units of the subtree side by side; without a choice the unit and its first children.

    Raises:
        IndexError: the period lies outside the evaluated time.
    """
    tree = evaluation.units
    names = {each.key: each.name for each in evaluation.book.definitions.units}
    known = [key for key in dict.fromkeys(chosen) if key in tree.positions]
    usual = [tree.keys[0], *(tree.keys[child] for child in tree.children(0))]
    keys = (known or usual)[:MOST_COMPARED]
    trees = [scorecard_tree(evaluation, unit=key, period=shown) for key in keys]
    return ComparePage(
        place=page_context(evaluation, unit=unit, shown=shown, visible=visible),
        units=tuple((key, names[key]) for key in keys),
        rows=tuple(_compared(trees, evaluation=evaluation, shown=shown)),
        choices=tuple(Choice(key, names[key], key in keys) for key in tree.keys),
    )


def _compared(
    trees: Sequence[ScorecardNode], *, evaluation: Evaluation, shown: GrainPeriod
) -> Iterator[ComparedRow]:
    found = [{(node.kind, node.key): node for node in _nodes(tree)} for tree in trees]
    order = dict.fromkeys(place for nodes in found for place in nodes)
    for kind, key in (place for place in _listed(evaluation) if place in order):
        nodes = [own.get((kind, key)) for own in found]
        name = next(node.name for node in nodes if node is not None)
        is_measure = kind == "measure"
        form = format_of(version_used(evaluation, key, page=shown)) if is_measure else NUMBERLESS
        yield ComparedRow(kind, key, name, form, tuple(_compared_cell(node, form) for node in nodes))


def _listed(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Perspectives with their objectives and measures, in the order of the definitions."""
    definitions = evaluation.book.definitions
    for perspective in definitions.perspectives:
        yield "perspective", perspective.key
        for objective in definitions.objectives:
            if objective.perspective != perspective.key:
                continue
            yield "objective", objective.key
            for measure in definitions.measures:
                if any(share.objective == objective.key for share in measure.objectives):
                    yield "measure", measure.key


def _nodes(tree: ScorecardNode) -> Iterator[ScorecardNode]:
    for child in tree.children:
        yield child
        yield from _nodes(child)


def _compared_cell(node: ScorecardNode | None, form: ValueFormat) -> ComparedCell:
    if node is None:
        return ComparedCell(None, None, None, form)
    mark = measure_mark(node) if node.kind == "measure" else StatusMark(node.status, node.why, node.held)
    return ComparedCell(node.value, node.score, mark, form.beside(node.value, node.target))
