"""Making the scorecard's page out of one evaluation."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import Definitions
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.platform.ui.components import StatusMark
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.objective.initiative_rows import undertaken
from fourfold.scorecard.evaluation.pages.scorecard.filters import Wanted, filters, kept_rows
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import measure_rows, needing_attention
from fourfold.scorecard.evaluation.pages.scorecard.page import (
    InitiativeLine,
    MeasureGroup,
    MeasureRow,
    ObjectiveLine,
    ScorecardPage,
    TotalLine,
)
from fourfold.scorecard.evaluation.pages.scorecard.perspective_cards import (
    perspective_cards,
    score_history,
    sub_unit_table,
)
from fourfold.scorecard.evaluation.pages.window import window

__all__ = ["scorecard_page"]

EVERYTHING = Wanted()


def scorecard_page(
    evaluation: Evaluation,
    *,
    unit: str,
    shown: GrainPeriod,
    wanted: Wanted = EVERYTHING,
    visible: Collection[str] | None = None,
) -> ScorecardPage:
    """Read the page of one unit and period; asks the database nothing.

    Args:
        evaluation: must hold the shown period's grain and the unit.
        unit: whose scorecard.
        shown: which period, at which grain.
        wanted: what the measures are narrowed to; cards and attention are about all of them.
        visible: the units the picker may link to; None: all.

    Raises:
        UnknownUnit: not among the evaluated units. IndexError: the period lies outside the evaluated time.
    """
    seen = window(evaluation, unit=unit, shown=shown)
    tree = scorecard_tree(evaluation, unit=unit, period=shown)
    rows = measure_rows(tree, seen=seen)
    return ScorecardPage(
        place=page_context(evaluation, unit=unit, shown=shown, visible=visible),
        span=seen.span,
        change_since=seen.short(seen.before),
        last_year=seen.short(seen.last_year),
        perspectives=perspective_cards(tree, rows=rows, seen=seen),
        history=score_history(tree, seen=seen),
        attention=needing_attention(rows),
        filters=filters(
            rows,
            wanted=wanted,
            perspectives={node.key: node.name for node in tree.children},
            themes={theme.key: theme.name for theme in evaluation.book.definitions.themes},
        ),
        groups=_groups(tree, kept_rows(rows, wanted=wanted)),
        sub_units=sub_unit_table(tree, seen=seen),
        objectives=_objectives(tree),
        initiatives=_initiatives(tree, definitions=evaluation.book.definitions, unit=unit),
        total=_total(tree) if evaluation.book.policies.is_on("score.total") else None,
    )


def _total(tree: ScorecardNode) -> TotalLine:
    return TotalLine(tree.score, StatusMark(tree.status, tree.why, tree.held))


def _objectives(tree: ScorecardNode) -> tuple[ObjectiveLine, ...]:
    return tuple(
        ObjectiveLine(node.key, node.name, node.score, StatusMark(node.status, node.why, node.held))
        for perspective in tree.children
        for node in perspective.children
    )


def _initiatives(tree: ScorecardNode, *, definitions: Definitions, unit: str) -> tuple[InitiativeLine, ...]:
    served = {node.key for perspective in tree.children for node in perspective.children}
    people = {person.key: person.name for person in definitions.people}
    return tuple(
        InitiativeLine(each.key, each.name, each.status.value, people.get(each.owner or "", ""))
        for each in undertaken(definitions, served=served, unit=unit)
    )


def _groups(tree: ScorecardNode, rows: Sequence[MeasureRow]) -> tuple[MeasureGroup, ...]:
    groups = (
        MeasureGroup(
            node.key,
            node.name,
            node.score,
            StatusMark(node.status, node.why, node.held),
            tuple(row for row in rows if row.perspective == node.key),
        )
        for node in tree.children
    )
    return tuple(group for group in groups if group.rows)
