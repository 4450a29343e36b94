"""Making a driver tree's page while the cube holds still."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from fourfold.engine.drivers import Method
from fourfold.engine.quantities import NotComputable, Why
from fourfold.platform.ui.numbers import display_number
from fourfold.practices.finance.pages import driver_sentences as said
from fourfold.practices.finance.pages.driver_desk import (
    DriverDesk,
    driver_desk,
    number_or_none,
    share_text,
)
from fourfold.practices.finance.pages.driver_details import segment_rows, tree_nodes, unit_rows
from fourfold.practices.finance.pages.driver_page import DriverPage, DriverRow
from fourfold.practices.finance.pages.estimating import estimated_card
from fourfold.practices.finance.pages.leaf_names import leaf_format, leaf_title
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.trees import DriverTree, Refused, driver_tree
from fourfold.scorecard.evaluation.pages.comparison import change_sentence, comparisons
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.past_day import PastDay
from fourfold.scorecard.evaluation.pages.value_format import version_used

__all__ = ["driver_page"]


def driver_page(looked: Looked, *, leaf: str, visible: Collection[str] | None) -> DriverPage:
    """Read the page; asks the database nothing, but reads the cube.

    Args:
        leaf: which leaf is opened below, by its measure; empty or unknown: the one with the largest part.
        visible: the units the picker may link to; None: all.
    """
    desk, evaluation = driver_desk(looked), looked.evaluation
    tree = driver_tree(looked)
    found = tree if isinstance(tree, DriverTree) and _is_whole(tree) else None
    rows = _rows(desk, found, leaf=leaf) if found else ()
    place = (
        next((at for at, row in zip(found.ranked, rows, strict=True) if row.is_current), None)
        if found
        else None
    )
    opened = found.leaves.leaves[place] if found and place is not None else None
    version = version_used(evaluation, looked.measure.key, page=looked.shown)
    return DriverPage(
        place=page_context(evaluation, unit=looked.unit, shown=looked.shown, visible=visible),
        key=looked.measure.key,
        name=looked.measure.name,
        formula=version.formula or "",
        comparisons=comparisons(looked.asked.against),
        against=looked.asked.against.value,
        before_label=desk.labels[0],
        after_label=desk.labels[1],
        before=float(found.attribution.before[0]) if found else None,
        after=float(found.attribution.after[0]) if found else _own(looked),
        format=desk.format,
        sentences=_sentences(desk, rows, found) if found else (),
        method=said.method_sentence(found.attribution.method) if found else "",
        reason="" if found else _reason(desk, tree),
        rows=rows,
        nodes=tree_nodes(desk, found) if found else (),
        units=unit_rows(desk, opened) if opened else (),
        units_of=leaf_title(opened.expression, desk.names) if opened else "",
        segments=segment_rows(desk, opened) if opened else (),
        segments_of=_segmented(looked, opened.measure if opened else ""),
        estimated=estimated_card(desk, opened, has_formula=tree is not None),
        known=PastDay.of(looked.asked.as_of),
    )


def _is_whole(tree: DriverTree) -> bool:
    return not tree.unplanned and bool(np.isfinite(tree.attribution.contributions[:, 0]).all())


def _own(looked: Looked) -> float | None:
    value = looked.value(looked.measure.key, at=looked.at)
    return None if isinstance(value, NotComputable) else value


def _rows(desk: DriverDesk, tree: DriverTree, *, leaf: str) -> tuple[DriverRow, ...]:
    places = tree.ranked
    named = [place for place in places if leaf and tree.leaves.leaves[place].measure == leaf]
    current = next(iter(named or places), None)
    return tuple(_row(desk, tree, place, is_current=place == current) for place in places)


def _row(desk: DriverDesk, tree: DriverTree, place: int, *, is_current: bool) -> DriverRow:
    leaf, found = tree.leaves.leaves[place], tree.attribution
    part, error = float(found.contributions[place, 0]), float(found.errors[place, 0])
    is_sampled = found.method is Method.SAMPLED
    return DriverRow(
        name=leaf_title(leaf.expression, desk.names),
        measure=leaf.measure,
        before=number_or_none(leaf.before[0]),
        after=number_or_none(leaf.after[0]),
        format=leaf_format(desk.looked.evaluation, leaf.measure),
        part=part,
        text=desk.sized(part),
        error=display_number(error, decimals=desk.format.decimals + 2).text if is_sampled else "",
        share=share_text(part, float(found.change[0])),
        verdict=desk.verdict(part),
        is_current=is_current,
    )


def _sentences(desk: DriverDesk, rows: tuple[DriverRow, ...], tree: DriverTree) -> tuple[str, ...]:
    before, after = float(tree.attribution.before[0]), float(tree.attribution.after[0])
    first = change_sentence(
        desk.looked.measure.name,
        (before, after),
        form=desk.format,
        labels=desk.labels,
        is_plan=desk.looked.other is None,
    )
    found = [first, said.leaders(rows, change=after - before), _other_target(desk, planned=before)]
    return tuple(sentence for sentence in found if sentence)


def _other_target(desk: DriverDesk, *, planned: float) -> str:
    """What the measure's own target is, where its drivers' targets come to something else."""
    if desk.looked.other is not None:
        return ""
    target = desk.looked.target(desk.looked.measure.key, at=desk.looked.at)
    if target is None or desk.format.shown(target) == desk.format.shown(planned):
        return ""
    return said.other_target(
        desk.looked.measure.name,
        planned=str(desk.format.shown(planned)),
        target=str(desk.format.shown(target)),
    )


def _reason(desk: DriverDesk, tree: DriverTree | Refused | NotComputable | None) -> str:
    match tree:
        case None:
            return said.no_formula(desk.looked.measure.name)
        case Refused(code):
            return said.refusal_sentence(code)
        case NotComputable(reason):
            return said.no_tree(reason)
    if tree.unplanned:
        titles = {leaf.name: leaf_title(leaf.expression, desk.names) for leaf in tree.leaves.leaves}
        return said.unplanned([titles[name] for name in tree.unplanned])
    return said.no_tree(Why(int(tree.attribution.why[0])))


def _segmented(looked: Looked, measure: str) -> str:
    """The measure, if it has segments to look into."""
    key = measure or looked.measure.key
    return key if version_used(looked.evaluation, key, page=looked.shown).segments else ""
