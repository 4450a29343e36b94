"""The order of exceptions: the deepest cause first, what follows from it folded, at most ten told."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fourfold.engine.exceptions.found import Exceptions
from fourfold.engine.exceptions.kinds import ExceptionKind

__all__ = ["MOST_SHOWN", "CauseLink", "ExceptionItem", "Line", "Ranking", "items_of", "ranked"]

MOST_SHOWN: Final = 10  # METHOD M6.3


@dataclass(frozen=True, slots=True)
class CauseLink:
    """One node is thought to act on another; `sign` −1 where better there means worse here."""

    cause: str
    effect: str
    sign: int = 1


@dataclass(frozen=True, slots=True)
class ExceptionItem:
    """One exception to be ranked: where it stands among causes, and whether executives watch it.

    `place` is its row among `Exceptions`, `kind` the one it is told by, `kinds` all of them, `nodes` the ends of links
    that it belongs to.
    """

    place: int
    series: int
    kind: ExceptionKind
    priority: float
    nodes: tuple[str, ...] = ()
    is_executive: bool = False
    kinds: tuple[ExceptionKind, ...] = ()

    @property
    def way(self) -> int:
        """+1 for the better, −1 for the worse, 0 where the kind it is told by does not say."""
        return self.kind.way

    @property
    def explains(self) -> int:
        """The way that others can have followed: nothing where its signal says otherwise than its target."""
        signal = next((kind.way for kind in self.kinds if kind.is_signal and kind.way), self.way)
        return self.way if signal == self.way else 0

    @property
    def is_mixed(self) -> bool:
        """Whether it is better in one respect and worse in another: better, and off target still."""
        return len({kind.way for kind in self.kinds} - {0}) > 1


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence's worth: the exception, what is folded beneath it, and what it follows from without being folded."""

    item: ExceptionItem
    folded: tuple[ExceptionItem, ...] = ()
    follows: ExceptionItem | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """At most ten lines, and the rest in the same order."""

    shown: tuple[Line, ...]
    rest: tuple[Line, ...]


def items_of(
    found: Exceptions,
    *,
    nodes: Sequence[tuple[str, ...]] | None = None,
    executive: Sequence[bool] | None = None,
) -> tuple[ExceptionItem, ...]:
    """The exceptions as items; `nodes` and `executive` by series.

    Source: METHOD M6.3.

    >>> import numpy as np
    >>> from fourfold.engine import spc
    >>> from fourfold.engine.exceptions import Standing, exceptions
    >>> chart = spc.xmr(np.full((2, 9), np.nan))
    >>> icons = spc.icons(chart, spc.signals(chart), polarity=None)
    >>> late = exceptions(chart, icons, polarity=None, standing=Standing(overdue=np.array([0, 2])))
    >>> [(item.series, item.kind.code) for item in items_of(late)]
    [(1, 'stale')]
    """
    lead, highest = found.lead.tolist(), found.highest.tolist()
    return tuple(
        ExceptionItem(
            place,
            series,
            ExceptionKind(lead[place]),
            highest[place],
            nodes[series] if nodes is not None else (),
            bool(executive[series]) if executive is not None else False,
            found.kinds_of(place),
        )
        for place, series in enumerate(found.series.tolist())
    )


def ranked(
    items: Sequence[ExceptionItem], *, links: Sequence[CauseLink] = (), cap: int = MOST_SHOWN
) -> Ranking:
    """Order exceptions by priority and fold those that follow from another under their deepest cause.

    Args:
        items: in listed order, which breaks ties.
        links: any number; they may run in circles.
        cap: how many lines are shown.

    Returns: a cause stands where the most urgent of its group belongs. What an executive watches is never folded: it
        gets a line of its own after its cause: directly where it is worse, by its own urgency where it is better. So
        does what went the other way than its cause, as a link's sign may say, and what is better in one respect and
        worse in another: nothing worse is folded under what is better. What did not go the way that the links' signs
        say does not follow; nor do problems of data, and changes that are neither better nor worse.

    Source: METHOD M6.3.

    >>> cause = ExceptionItem(0, 0, ExceptionKind.ADVERSE, 0.4, ("training",))
    >>> effect = ExceptionItem(1, 1, ExceptionKind.OFF_TARGET, 1.2, ("quality",))
    >>> line, = ranked([effect, cause], links=[CauseLink("training", "quality")]).shown
    >>> line.item is cause, line.folded == (effect,)
    (True, True)
    """
    ordered = sorted(items, key=lambda item: -item.priority)
    lines = _grouped(ordered, links) if links else [Line(item) for item in ordered]
    return Ranking(tuple(lines[:cap]), tuple(lines[cap:]))


def _grouped(ordered: Sequence[ExceptionItem], links: Sequence[CauseLink]) -> list[Line]:
    causes = _causes(ordered, links)
    groups: dict[int, list[int]] = {}
    for place in range(len(ordered)):
        groups.setdefault(_deepest(place, causes), []).append(place)
    lines: list[tuple[int, int, Line]] = []
    for root, members in groups.items():
        below = [member for member in members if member != root]
        folded = [member for member in below if _may_fold(ordered[member], ordered[root])]
        lines.append((min(members), 0, Line(ordered[root], tuple(ordered[each] for each in folded))))
        for each in (member for member in below if member not in folded):
            # Good news stands by its own urgency: much of one cause would push what is bad off the page.
            place = each if ordered[each].way > 0 else min(members)
            lines.append((place, 1, Line(ordered[each], follows=ordered[root])))
    return [line for _place, _after, line in sorted(lines, key=lambda line: line[:2])]


def _may_fold(item: ExceptionItem, root: ExceptionItem) -> bool:
    return not item.is_executive and not item.is_mixed and item.way == root.way


def _causes(ordered: Sequence[ExceptionItem], links: Sequence[CauseLink]) -> Mapping[int, list[int]]:
    """For each item the items that lie deeper, by their places in the order."""
    onward: dict[str, list[CauseLink]] = {}
    for link in links:
        onward.setdefault(link.cause, []).append(link)
    standing_at: dict[tuple[str, int], list[int]] = {}
    for place, item in enumerate(ordered):
        for node in item.nodes if item.way else ():
            standing_at.setdefault((node, item.way), []).append(place)
    effects = [
        {effect for there in _reached(item, onward) for effect in standing_at.get(there, ())}
        for item in ordered
    ]
    causes: dict[int, list[int]] = {place: [] for place in range(len(ordered))}
    for cause, follow in enumerate(effects):
        for effect in sorted(follow - {cause}):
            # In a circle each follows from the other: the more urgent one counts as the cause.
            if cause < effect or cause not in effects[effect]:
                causes[effect].append(cause)
    return causes


def _reached(item: ExceptionItem, onward: Mapping[str, Sequence[CauseLink]]) -> set[tuple[str, int]]:
    """Every node that links lead to, with the way it should go: +1 better, −1 worse."""
    if item.explains == 0 or not onward:
        return set()
    found: set[tuple[str, int]] = set()
    waiting = deque((node, item.explains) for node in item.nodes)
    while waiting:
        node, way = waiting.popleft()
        for link in onward.get(node, ()):
            there = (link.effect, way * link.sign)
            if there not in found:
                found.add(there)
                waiting.append(there)
    return found


def _deepest(place: int, causes: Mapping[int, Sequence[int]]) -> int:
    """Follow the causes down, at each step to the most urgent one that has none deeper, else to the most urgent.

    Where that leads round in a circle, its most urgent member is the end of it for all.
    """
    passed: list[int] = []
    while deeper := causes[place]:
        if place in passed:
            return min(passed[passed.index(place) :])
        passed.append(place)
        place = next((cause for cause in deeper if not causes[cause]), deeper[0])
    return place
