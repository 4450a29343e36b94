"""Around the parts of a driver tree: the tree itself, and one leaf unit by unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fourfold.engine.drivers import leaves_of
from fourfold.engine.formula import Expression
from fourfold.engine.formula.syntax import Reference
from fourfold.engine.quantities import NotComputable
from fourfold.platform.ui.numbers import display_change
from fourfold.practices.finance.pages.driver_desk import DriverDesk, number_or_none, share_text
from fourfold.practices.finance.pages.driver_page import TreeNode, UnitRow
from fourfold.practices.finance.pages.leaf_names import leaf_format, leaf_title
from fourfold.practices.finance.queries.leaf_segments import looked_segments
from fourfold.practices.finance.queries.leaves import FormulaLeaf
from fourfold.practices.finance.queries.trees import DriverTree

__all__ = ["segment_rows", "tree_nodes", "unit_rows"]


def tree_nodes(desk: DriverDesk, tree: DriverTree) -> tuple[TreeNode, ...]:
    """The measure, what its formula reads, and what those formulas read, in written order."""
    looked = desk.looked
    line = looked.line_at(looked.shown)
    assert line is not None
    assert line.rule.formula is not None
    before, after = float(tree.attribution.before[0]), float(tree.attribution.after[0])
    whole = TreeNode(
        name=looked.measure.name,
        measure=looked.measure.key,
        depth=0,
        is_computed=True,
        before=str(desk.format.shown(before)),
        after=str(desk.format.shown(after)),
    )
    return (whole, *_below(desk, tree, line.rule.formula, depth=1))


def _below(desk: DriverDesk, tree: DriverTree, formula: Expression, *, depth: int) -> Iterator[TreeNode]:
    known = {leaf.name: leaf for leaf in tree.leaves.leaves}
    for name, leaf in leaves_of(formula).items():
        if isinstance(leaf, Reference) and leaf.key in tree.leaves.opened:
            yield _computed(desk, leaf.key, depth=depth)
            line = desk.looked.line_of(leaf.key, desk.looked.shown)
            assert line is not None
            assert line.rule.formula is not None
            yield from _below(desk, tree, line.rule.formula, depth=depth + 1)
        else:
            yield _observed(desk, known[name], depth=depth)


def _computed(desk: DriverDesk, key: str, *, depth: int) -> TreeNode:
    looked = desk.looked
    form = leaf_format(looked.evaluation, key)
    after = looked.value(key, at=looked.at)
    if looked.other is None or looked.from_ is None:
        before: float | NotComputable | None = looked.target(key, at=looked.at)
    else:
        before = looked.value(key, at=looked.from_)
    shown = [str(form.shown(None if isinstance(each, NotComputable) else each)) for each in (before, after)]
    return TreeNode(desk.names.get(key, key), key, depth, is_computed=True, before=shown[0], after=shown[1])


def _observed(desk: DriverDesk, leaf: FormulaLeaf, *, depth: int) -> TreeNode:
    form = leaf_format(desk.looked.evaluation, leaf.measure)
    return TreeNode(
        name=leaf_title(leaf.expression, desk.names),
        measure=leaf.measure,
        depth=depth,
        is_computed=_has_formula(desk, leaf.measure),
        before=str(form.shown(number_or_none(leaf.before[0]))),
        after=str(form.shown(number_or_none(leaf.after[0]))),
    )


def _has_formula(desk: DriverDesk, measure: str) -> bool:
    line = desk.looked.line_of(measure, desk.looked.shown) if measure else None
    return line is not None and line.rule.formula is not None


def unit_rows(desk: DriverDesk, leaf: FormulaLeaf) -> tuple[UnitRow, ...]:
    """One leaf in the units directly below, the largest change first; none where no unit below has it."""
    evaluation = desk.looked.evaluation
    names = {unit.key: unit.name for unit in evaluation.book.definitions.units}
    form = leaf_format(evaluation, leaf.measure)
    whole = float(leaf.after[0] - leaf.before[0])
    is_sum = _is_sum(desk, leaf.measure)
    changes = leaf.after - leaf.before
    columns = [at for at in evaluation.units.children(0) if at < changes.size and np.isfinite(changes[at])]
    return tuple(
        UnitRow(
            key=evaluation.units.keys[at],
            name=names[evaluation.units.keys[at]],
            before=number_or_none(leaf.before[at]),
            after=number_or_none(leaf.after[at]),
            change=display_change(
                float(changes[at]), decimals=form.decimals, unit_of_measure=form.unit_of_measure
            ),
            share=share_text(float(changes[at]), whole) if is_sum else "",
            format=form,
        )
        for at in sorted(columns, key=lambda at: -abs(float(changes[at])))
    )


def segment_rows(desk: DriverDesk, leaf: FormulaLeaf) -> tuple[UnitRow, ...]:
    """One leaf by its segments, the largest change first, where they add up to it; reads the cube.

    Shares of a ratio do not add up: its segments have a page of their own.
    """
    looked, form = desk.looked, leaf_format(desk.looked.evaluation, leaf.measure)
    if not isinstance(leaf.expression, Reference) or not _is_sum(desk, leaf.measure):
        return ()
    found = looked_segments(looked, leaf.measure)
    whole = float(leaf.after[0] - leaf.before[0])
    known = [each for each in found if np.isfinite(each.change)]
    return tuple(
        UnitRow(
            key=each.key,
            name=each.name,
            before=number_or_none(each.before),
            after=number_or_none(each.after),
            change=display_change(each.change, decimals=form.decimals, unit_of_measure=form.unit_of_measure),
            share=share_text(each.change, whole),
            format=form,
        )
        for each in sorted(known, key=lambda each: -abs(each.change))
    )


def _is_sum(desk: DriverDesk, measure: str) -> bool:
    """Whether the units' changes add up to the whole's."""
    line = desk.looked.line_of(measure, desk.looked.shown) if measure else None
    return line is not None and line.rule.kind.is_additive
