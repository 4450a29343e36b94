"""From objectives and links to a sheet: rows, cards, pins, lanes, tracks, and only then the heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fourfold.scorecard.strategy.drawing.channels import PIN_STEP, TRACK_STEP, Channel, Run, Span, free_place
from fourfold.scorecard.strategy.drawing.lines import broken
from fourfold.scorecard.strategy.drawing.ports import Edge, Seat, Wishes, edges_of, wished_ports
from fourfold.scorecard.strategy.drawing.rows import in_rows
from fourfold.scorecard.strategy.drawing.shapes import (
    Arrow,
    Band,
    BandBox,
    CardBox,
    Link,
    MapDrawing,
    Node,
    Point,
)

__all__ = ["draw_map"]

LABEL_WIDTH = 176.0
CARDS_LEFT, CARDS_RIGHT = 196.0, 1148.0
CARD_WIDTH, CARD_HEIGHT = 160.0, 74.0
MOST_IN_A_ROW = 5
CARD_MARGIN = 14.0  # ports keep away from the rounded corners of a card
BAND_PADDING = 12.0
LANE_MARGIN = 9.0
# A lane rather takes a longer way than a place beside many others.
COMPANY_COST, CROWDED_WITHIN = 18.0, 25.0
WORTH_A_BEND = 90.0  # a lane goes straight on unless a bend brings it that much nearer
# How far a port may leave its wish for the sake of a straight line: alone on its edges, and in company.
STRAIGHTENED = (CARD_WIDTH, 18.0)
LABEL_LINES = 3  # of name and question together: the score stands below them
CHANNEL_FOOT = 22.0  # room for an arrow's head and a straight piece before the first track
NAME_SIZE, SMALL_NAME_SIZE, QUESTION_SIZE = 13.0, 12.0, 11.5
NAME_WIDTH = CARD_WIDTH - 26.0


@dataclass(frozen=True, slots=True)
class _Route:
    """One arrow: the x of every vertical piece, bottom-most channel first, and the runs that join them."""

    link: Link
    xs: tuple[float, ...]
    runs: tuple[Run, ...]
    channels: tuple[int, ...]


class _Sheet:
    """The seats and channels that arrows are laid into, one after another."""

    def __init__(self, rows: list[list[Node]]) -> None:
        self.rows = rows
        self.seats = {
            node.key: Seat(at, x, x + CARD_MARGIN, x + CARD_WIDTH - CARD_MARGIN)
            for at, row in enumerate(rows)
            for node, x in _seated(row)
        }
        self.channels = [Channel() for _ in range(len(rows) + 1)]
        self.right = CARDS_RIGHT
        self.touching: dict[tuple[Seat, Edge], list[float]] = {}

    def beside(self, links: Sequence[Link]) -> set[Link]:
        """The links between neighbours of one row that need no channel: the first of each pair."""
        taken: dict[frozenset[str], Link] = {}
        for link in links:
            pair = frozenset((link.source, link.target))
            if pair not in taken and self._are_neighbours(link):
                taken[pair] = link
        return set(taken.values())

    def _are_neighbours(self, link: Link) -> bool:
        row = self.seats[link.source].row
        keys = [node.key for node in self.rows[row]]
        return link.target in keys and abs(keys.index(link.source) - keys.index(link.target)) == 1

    def lanes(self, link: Link) -> tuple[float, ...]:
        """Where a link passes the rows between its cards, from its source on."""
        source, target = self.seats[link.source], self.seats[link.target]
        between = _rows_between(source.row, target.row)
        crossed = _crossed(source.row, target.row)
        xs: list[float] = []
        for step, (row, (below, above)) in enumerate(zip(between, pairwise(crossed), strict=True), start=1):
            here = xs[-1] if xs else source.middle
            wish = here + (target.middle - here) * step / (len(between) + 1)
            if xs and abs(xs[-1] - wish) < WORTH_A_BEND and self._goes_on(row, xs[-1], channel=above):
                xs.append(xs[-1])
                continue
            xs.append(self._lane(row, wish=wish, goal=target.middle, channels=(below, above)))
        return tuple(xs)

    def lay(self, link: Link, *, wishes: Wishes, lanes: tuple[float, ...]) -> _Route:
        """Find a way for one arrow through the channels between its cards."""
        source, target = self.seats[link.source], self.seats[link.target]
        crossed = _crossed(source.row, target.row)
        first, last = self.channels[crossed[0]], self.channels[crossed[-1]]
        if len(crossed) == 1 and source.row != target.row:
            straight = self._straight(source, target, wishes=wishes, channel=first)
            if straight is not None:
                return _Route(link, (straight,), (), tuple(crossed))
        leaves, lands = edges_of(source, target)
        start = self._pin(source, leaves, wish=wishes.source.x, channel=first)
        xs = (start, *lanes, self._pin(target, lands, wish=wishes.target.x, channel=last))
        is_upward = target.row <= source.row
        runs = [
            self.channels[at].run(*((here, there) if is_upward else (there, here)))
            for at, here, there in zip(crossed, xs, xs[1:], strict=False)
        ]
        return _Route(link, xs, tuple(runs), tuple(crossed))

    def _straight(self, source: Seat, target: Seat, *, wishes: Wishes, channel: Channel) -> float | None:
        """One vertical line, where both cards have a place for it near enough to the wished ones."""
        span = Span(max(source.left, target.left), min(source.right, target.right))
        if span.left > span.right:
            return None
        x = free_place(span, wishes.straight, channels=(channel,))
        ends = (wishes.source, wishes.target)
        if x is None or any(abs(x - wish.x) > STRAIGHTENED[wish.company > 1] for wish in ends):
            return None
        channel.take(x)
        for seat, edge in zip((source, target), edges_of(source, target), strict=True):
            self.touching.setdefault((seat, edge), []).append(x)
        return x

    def _pin(self, seat: Seat, edge: Edge, *, wish: float, channel: Channel) -> float:
        """Where an arrow touches a card: where lines from other cards crowd in, they come nearer before heads do."""
        span, neighbours = Span(seat.left, seat.right), self.touching.setdefault((seat, edge), [])
        for distance in (PIN_STEP, PIN_STEP / 2, PIN_STEP / 4):
            x = free_place(span, wish, channels=(channel,), distance=distance, neighbours=neighbours)
            if x is not None:
                break
        else:
            x = span.nearest(wish)  # more arrows than an edge has places: 14
        channel.take(x)
        neighbours.append(x)
        return x

    def _lane(self, row: int, *, wish: float, goal: float, channels: tuple[int, int]) -> float:
        """A vertical passage between the cards of a row; beyond the last card the sheet grows as needed."""
        touched = tuple(self.channels[at] for at in channels)
        found = [
            x for x in (free_place(gap, wish, channels=touched) for gap in self._gaps(row)) if x is not None
        ]
        if found:
            x = min(
                found, key=lambda place: (self._detour(place, wish=wish, goal=goal, channels=touched), place)
            )
        else:
            self.right += PIN_STEP
            x = self.right
        for channel in touched:
            channel.take(x)
        return x

    def _goes_on(self, row: int, x: float, *, channel: int) -> bool:
        """Whether a lane may pass the next row at the same x; takes the place if so."""
        is_open = any(gap.left <= x <= gap.right for gap in self._gaps(row))
        if is_open and self.channels[channel].is_free(x):
            self.channels[channel].take(x)
            return True
        return False

    def _detour(self, x: float, *, wish: float, goal: float, channels: tuple[Channel, ...]) -> float:
        """What a lane costs: its way out and back, and the company it would join."""
        company = sum(channel.lines_near(x, within=CROWDED_WITHIN) for channel in channels)
        return abs(x - wish) + abs(x - goal) / 2 + COMPANY_COST * company

    def _gaps(self, row: int) -> list[Span]:
        lefts = sorted(self.seats[node.key].x for node in self.rows[row])
        edges = [LABEL_WIDTH + 4.0, *(edge for x in lefts for edge in (x, x + CARD_WIDTH)), self.right + 16.0]
        spans = (Span(a + LANE_MARGIN, b - LANE_MARGIN) for a, b in zip(edges[::2], edges[1::2], strict=True))
        return [span for span in spans if span.right >= span.left]


def draw_map(bands: Sequence[Band], nodes: Sequence[Node], *, links: Sequence[Link]) -> MapDrawing:
    """Lay a strategy map out: bands for perspectives, cards for objectives, right-angled arrows in the free space.

    Arrows run only between cards and beside labels, so none crosses a text; no two of them lie on each other while a
    card has fewer arrows than places for them (13 on each long edge). Links to objectives that are not drawn are left
    out. The cost grows with links × rows; 40 objectives with 80 links take a few milliseconds.
    """
    known = {node.key for node in nodes}
    drawn = [link for link in links if {link.source, link.target} <= known and link.source != link.target]
    rows = in_rows(nodes, drawn, bands=len(bands), most=MOST_IN_A_ROW)
    sheet = _Sheet(rows)
    ordered = sorted(drawn, key=lambda link: _span_of(sheet, link))
    beside = sheet.beside(ordered)
    around = [link for link in ordered if link not in beside]
    lanes = {link: sheet.lanes(link) for link in around}
    wishes = wished_ports(around, sheet.seats, lanes=lanes)
    routes = {link: sheet.lay(link, wishes=wishes[link], lanes=lanes[link]) for link in around}
    tops = _row_tops(sheet, rows)
    cards = {node.key: _card(node, sheet.seats[node.key], tops) for node in nodes}
    arrows = [_arrow(link, routes.get(link), cards=cards, tops=tops) for link in drawn]
    boxes = _bands(bands, rows, tops, width=sheet.right + 20.0)
    height = boxes[-1].y + boxes[-1].height + _depth(sheet.channels[-1]) if boxes else 0.0
    return MapDrawing(sheet.right + 20.0, height, boxes, tuple(cards.values()), tuple(arrows))


def _seated(row: list[Node]) -> list[tuple[Node, float]]:
    room = (CARDS_RIGHT - CARDS_LEFT) / max(len(row), 1)
    return [(node, CARDS_LEFT + room * place + (room - CARD_WIDTH) / 2) for place, node in enumerate(row)]


def _crossed(source: int, target: int) -> list[int]:
    """The channels from source to target; channel k lies above row k."""
    if target == source:
        return [source]
    if target < source:
        return list(range(source, target, -1))
    return list(range(source + 1, target + 1))


def _rows_between(source: int, target: int) -> list[int]:
    return list(range(source - 1, target, -1)) if target < source else list(range(source + 1, target))


def _span_of(sheet: _Sheet, link: Link) -> tuple[int, float]:
    """Short links first: they have the fewest ways to go."""
    source, target = sheet.seats[link.source], sheet.seats[link.target]
    return abs(source.row - target.row), abs(source.middle - target.middle)


def _depth(channel: Channel) -> float:
    tracks = channel.give_tracks()
    return (
        2 * CHANNEL_FOOT + max(tracks - 1, 0) * TRACK_STEP
        if tracks
        else (CHANNEL_FOOT if channel.pins else 0.0)
    )


def _row_tops(sheet: _Sheet, rows: list[list[Node]]) -> list[float]:
    tops, y = [], 0.0
    for at in range(len(rows)):
        depth = _depth(sheet.channels[at])
        y += max(depth, 2 * BAND_PADDING + 12.0) if at else max(depth, BAND_PADDING)
        tops.append(y)
        y += CARD_HEIGHT
    return tops


def _card(node: Node, seat: Seat, tops: list[float]) -> CardBox:
    lines, size = _name_lines(node.name)
    return CardBox(node.key, seat.x, tops[seat.row], CARD_WIDTH, CARD_HEIGHT, lines, size)


def _name_lines(name: str) -> tuple[tuple[str, ...], float]:
    """Two lines at full size; a longer name gets up to three at the smaller one."""
    lines = broken(name, width=NAME_WIDTH, size=NAME_SIZE, most=2)
    if any(line.endswith("…") for line in lines):
        return broken(name, width=NAME_WIDTH, size=SMALL_NAME_SIZE, most=3), SMALL_NAME_SIZE
    return lines, NAME_SIZE


def _bands(
    bands: Sequence[Band], rows: list[list[Node]], tops: list[float], *, width: float
) -> tuple[BandBox, ...]:
    boxes, at = [], 0
    for place, band in enumerate(bands):
        count = max(-(-sum(n.band == place for row in rows for n in row) // MOST_IN_A_ROW), 1)
        top, bottom = tops[at] - BAND_PADDING, tops[at + count - 1] + CARD_HEIGHT + BAND_PADDING
        name = broken(band.name, width=LABEL_WIDTH - 28.0, size=NAME_SIZE + 1, most=2)
        question = broken(
            band.question, width=LABEL_WIDTH - 28.0, size=QUESTION_SIZE, most=LABEL_LINES - len(name)
        )
        boxes.append(BandBox(band.key, 0.0, top, width, bottom - top, LABEL_WIDTH, name, question))
        at += count
    return tuple(boxes)


def _arrow(link: Link, route: _Route | None, *, cards: dict[str, CardBox], tops: list[float]) -> Arrow:
    source, target = cards[link.source], cards[link.target]
    if route is None:
        return Arrow(link, _sideways(source, target))
    upwards = target.y < source.y or target.y == source.y
    start = Point(route.xs[0], source.y if upwards else source.bottom)
    end = Point(route.xs[-1], _landing(source, target))
    points = [start]
    for at, run in zip(route.channels, route.runs, strict=False):
        if run.lower != run.upper:
            y = _track_y(at, run, tops)
            ends = [Point(run.lower, y), Point(run.upper, y)]
            points += ends if upwards else ends[::-1]
    return Arrow(link, (*points, end))


def _sideways(source: CardBox, target: CardBox) -> tuple[Point, Point]:
    y = source.y + source.height / 2
    if source.x < target.x:
        return Point(source.right, y), Point(target.x, y)
    return Point(source.x, y), Point(target.right, y)


def _landing(source: CardBox, target: CardBox) -> float:
    return target.bottom if target.y < source.y else target.y


def _track_y(channel: int, run: Run, tops: list[float]) -> float:
    """Tracks are counted from the lower edge of the channel up, where the next row's cards begin."""
    foot = tops[channel] if channel < len(tops) else tops[-1] + CARD_HEIGHT + 2 * CHANNEL_FOOT
    return foot - CHANNEL_FOOT - run.track * TRACK_STEP
