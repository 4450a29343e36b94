"""Making the map's page out of one evaluation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import Definitions, Theme
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.tree import ScorecardNode, scorecard_tree
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.slots import SlotContent
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.strategy_map.link_lines import (
    LinkEnd,
    LinkKind,
    LinkLine,
    link_lines,
    links_of,
)
from fourfold.scorecard.evaluation.pages.strategy_map.page import (
    EdgeLook,
    MapBand,
    MapCard,
    MapEdge,
    MapGroup,
    MapObjective,
    MapPage,
    MapSheet,
    ThemeChip,
)
from fourfold.scorecard.strategy.drawing import Band, Link, Node, draw_map

__all__ = ["link_ends", "map_page", "mark_of", "with_edge_contents", "with_evidence", "with_objective_marks"]

MINUS_FROM_END = 19.0
"""Between the arrowhead and the first bend of every arrow (user units)."""


def map_page(
    evaluation: Evaluation,
    *,
    unit: str,
    shown: GrainPeriod,
    theme: str = "",
    visible: Collection[str] | None = None,
) -> MapPage:
    """Read the map of one unit and period; asks the database nothing. The cost is that of laying the drawing out.

    Args:
        evaluation: must hold the shown period's grain and the unit.
        unit: whose map: the objectives whose selector includes it.
        shown: which period, at which grain.
        theme: the key of the one to follow; an unknown one follows none.
        visible: the units the picker may link to; None: all.

    Raises:
        UnknownUnit: not among the evaluated units. IndexError: the period lies outside the evaluated time.
    """
    definitions = evaluation.book.definitions
    tree = scorecard_tree(evaluation, unit=unit, period=shown)
    lines = link_lines(definitions, ends=link_ends(tree))
    dimmed = _dimmed(definitions, theme=theme)
    return MapPage(
        place=page_context(evaluation, unit=unit, shown=shown, visible=visible),
        sheet=_sheet(tree, lines, definitions=definitions, dimmed=dimmed),
        themes=_chips(tree, definitions=definitions, theme=theme),
        groups=tuple(_group(node, lines, definitions=definitions, dimmed=dimmed) for node in tree.children),
    )


def link_ends(tree: ScorecardNode) -> dict[str, LinkEnd]:
    """The objectives of a scorecard as ends of links, by key."""
    return {
        node.key: LinkEnd(node.key, node.name, node.score, mark_of(node))
        for perspective in tree.children
        for node in perspective.children
    }


def mark_of(node: ScorecardNode) -> StatusMark:
    """A roll-up's status."""
    return StatusMark(node.status, node.why, node.held)


def with_edge_contents(page: MapPage, contents: Mapping[str, tuple[SlotContent, ...]]) -> MapPage:
    """The same map with what the slot `map.edges` has to say, by the causal link's key, on arrows and in the list."""
    looks = {key: EdgeLook.of(shown) for key, shown in contents.items() if shown}

    def told(line: LinkLine) -> LinkLine:
        return _told(line, looks)

    edges = tuple(
        replace(edge, line=told(edge.line), look=looks.get(edge.line.key, edge.look))
        if not edge.is_identity
        else edge
        for edge in page.sheet.edges
    )
    groups = tuple(
        replace(
            group,
            objectives=tuple(
                replace(each, causes=tuple(map(told, each.causes)), effects=tuple(map(told, each.effects)))
                for each in group.objectives
            ),
        )
        for group in page.groups
    )
    return replace(page, sheet=replace(page.sheet, edges=edges), groups=groups)


def with_evidence(
    lines: tuple[LinkLine, ...], contents: Mapping[str, tuple[SlotContent, ...]]
) -> tuple[LinkLine, ...]:
    """The same lines with what the slot `map.edges` has to say of each."""
    looks = {key: EdgeLook.of(shown) for key, shown in contents.items() if shown}
    return tuple(_told(line, looks) for line in lines)


def _told(line: LinkLine, looks: Mapping[str, EdgeLook]) -> LinkLine:
    look = looks.get(line.key) if line.kind is not LinkKind.IDENTITY else None
    if look is None or not look.text:
        return line
    return replace(line, evidence=look.text, address=look.address, found=look.text if look.mark else "")


def with_objective_marks(page: MapPage, contents: Mapping[str, tuple[SlotContent, ...]]) -> MapPage:
    """The same map with what the slot `objective.marks` has to say beside each status, on cards and in the list."""
    cards = tuple(replace(card, marks=contents.get(card.box.key, ())) for card in page.sheet.cards)
    groups = tuple(
        replace(
            group,
            objectives=tuple(replace(each, marks=contents.get(each.key, ())) for each in group.objectives),
        )
        for group in page.groups
    )
    return replace(page, sheet=replace(page.sheet, cards=cards), groups=groups)


def _dimmed(definitions: Definitions, *, theme: str) -> frozenset[str]:
    if theme not in {each.key for each in definitions.themes}:
        return frozenset()
    return frozenset(each.key for each in definitions.objectives if theme not in each.themes)


def _sheet(
    tree: ScorecardNode, lines: Sequence[LinkLine], *, definitions: Definitions, dimmed: frozenset[str]
) -> MapSheet:
    questions = {each.key: each.question for each in definitions.perspectives}
    ranks = {each.key: rank for rank, each in enumerate(definitions.objectives)}
    drawing = draw_map(
        [Band(node.key, node.name, questions[node.key]) for node in tree.children],
        [
            Node(objective.key, objective.name, band, ranks[objective.key])
            for band, node in enumerate(tree.children)
            for objective in node.children
        ],
        links=[_drawn(line) for line in lines],
    )
    named = {_drawn(line): line for line in lines}
    objectives = {node.key: node for perspective in tree.children for node in perspective.children}
    return MapSheet(
        width=drawing.width,
        height=drawing.height,
        bands=tuple(
            MapBand(box, node.name, node.score, mark_of(node))
            for box, node in zip(drawing.bands, tree.children, strict=True)
        ),
        edges=tuple(
            MapEdge(
                arrow,
                named[arrow.link],
                is_dimmed=not dimmed.isdisjoint((arrow.source, arrow.target)),
                minus=arrow.before_the_end(MINUS_FROM_END) if named[arrow.link].is_negative else None,
            )
            for arrow in drawing.arrows
        ),
        cards=tuple(
            MapCard(box, node.name, node.score, mark_of(node), is_dimmed=box.key in dimmed)
            for box in drawing.cards
            for node in (objectives[box.key],)
        ),
    )


def _drawn(line: LinkLine) -> Link:
    return Link(line.source.key, line.target.key, line.kind.value)


def _chips(tree: ScorecardNode, *, definitions: Definitions, theme: str) -> tuple[ThemeChip, ...]:
    """The themes with an objective on this map."""
    shown = {node.key for perspective in tree.children for node in perspective.children}
    members = {
        each.key: sum(
            each.key in objective.themes for objective in definitions.objectives if objective.key in shown
        )
        for each in definitions.themes
    }

    def chip(each: Theme) -> ThemeChip:
        return ThemeChip(each.key, each.name, each.result, members[each.key], is_chosen=each.key == theme)

    return tuple(chip(each) for each in definitions.themes if members[each.key])


def _group(
    perspective: ScorecardNode,
    lines: Sequence[LinkLine],
    *,
    definitions: Definitions,
    dimmed: frozenset[str],
) -> MapGroup:
    names = {person.key: person.name for person in definitions.people}
    owners = {each.key: names.get(each.owner or "", "") for each in definitions.objectives}

    def row(node: ScorecardNode) -> MapObjective:
        causes, effects = links_of(node.key, lines=lines)
        return MapObjective(
            key=node.key,
            name=node.name,
            owner_name=owners[node.key],
            score=node.score,
            mark=mark_of(node),
            is_dimmed=node.key in dimmed,
            causes=causes,
            effects=effects,
        )

    return MapGroup(
        perspective.key,
        perspective.name,
        perspective.score,
        mark_of(perspective),
        tuple(row(node) for node in perspective.children),
    )
