"""What goes into a drawing and what comes out; lengths are SVG user units, one to a CSS pixel at full size."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Arrow", "Band", "BandBox", "CardBox", "Link", "MapDrawing", "Node", "Point"]


@dataclass(frozen=True, slots=True)
class Band:
    """A perspective, top of the map first."""

    key: str
    name: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """An objective and the place of its perspective in the list of bands.

    `rank` is its place among all objectives as they are listed, the newest last: they are seated in this order.
    """

    key: str
    name: str
    band: int
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow to draw from one objective to another; `name` tells two between the same objectives apart."""

    source: str
    target: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the sheet; y grows downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class BandBox:
    """A perspective's stripe. The label stands in the left column of it, `label_width` wide."""

    key: str
    x: float
    y: float
    width: float
    height: float
    label_width: float
    name_lines: tuple[str, ...]
    question_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardBox:
    """An objective's card with its name broken into lines that fit at `name_size`."""

    key: str
    x: float
    y: float
    width: float
    height: float
    name_lines: tuple[str, ...]
    name_size: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link as a line of right angles; the last point touches the target's card."""

    link: Link
    points: tuple[Point, ...]

    @property
    def source(self) -> str:
        """The cause's key."""
        return self.link.source

    @property
    def target(self) -> str:
        """The effect's key."""
        return self.link.target

    def before_the_end(self, distance: float) -> Point:
        """The place on the last piece that lies so far before its end; its beginning where the piece is shorter."""
        corner, end = self.points[-2:]
        return _towards(end, corner, reach=min(distance, _length(corner, end)))

    def after_the_start(self, distance: float) -> Point:
        """The place on the first piece that lies so far after its beginning; its end where the piece is shorter."""
        start, corner = self.points[:2]
        return _towards(start, corner, reach=min(distance, _length(start, corner)))

    @property
    def path(self) -> str:
        """The same line as SVG path data with rounded corners, up to the foot of the arrowhead."""
        return _rounded((*self.points[:-1], self.before_the_end(HEAD_GAP + HEAD_LENGTH - 1.0)))

    @property
    def whole_path(self) -> str:
        """The line up to the target's card, for a link drawn without an arrowhead."""
        return _rounded(self.points)

    @property
    def head(self) -> str:
        """The arrowhead as SVG path data; its tip keeps a hair's distance from the card."""
        tip, foot = self.before_the_end(HEAD_GAP), self.before_the_end(HEAD_GAP + HEAD_LENGTH)
        across = Point((tip.y - foot.y) / 2, (tip.x - foot.x) / 2)
        one, other = (Point(foot.x + side * across.x, foot.y + side * across.y) for side in (1, -1))
        return f"M{tip.x:g} {tip.y:g}L{one.x:g} {one.y:g}L{other.x:g} {other.y:g}Z"


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A whole map on one sheet."""

    width: float
    height: float
    bands: tuple[BandBox, ...]
    cards: tuple[CardBox, ...]
    arrows: tuple[Arrow, ...]


CORNER = 6.0
HEAD_LENGTH, HEAD_GAP = 8.0, 2.0


def _rounded(points: tuple[Point, ...]) -> str:
    steps = [f"M{points[0].x:g} {points[0].y:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(CORNER, _length(before, corner) / 2, _length(corner, after) / 2)
        enter, leave = _towards(corner, before, reach=reach), _towards(corner, after, reach=reach)
        steps.append(f"L{enter.x:g} {enter.y:g}Q{corner.x:g} {corner.y:g} {leave.x:g} {leave.y:g}")
    steps.append(f"L{points[-1].x:g} {points[-1].y:g}")
    return "".join(steps)


def _length(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _towards(origin: Point, goal: Point, *, reach: float) -> Point:
    distance = _length(origin, goal) or 1.0
    share = reach / distance
    return Point(origin.x + (goal.x - origin.x) * share, origin.y + (goal.y - origin.y) * share)
