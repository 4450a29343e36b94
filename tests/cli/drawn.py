"""Reads a drawing back: what its marks stand for, by the numbers along its own axes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_BASELINE = 3.0  # pixels from a tick to the foot of its letters
_PAIR = re.compile(r"translate\((-?[\d.e-]+),(-?[\d.e-]+)\)")
_STEP = re.compile(r"[ML](-?[\d.e-]+),(-?[\d.e-]+)")

Element = ElementTree.Element
Place = tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """One chart of a drawing: its words, and its marks by the name they were given."""

    group: Element
    periods: int = 0

    @property
    def words(self) -> list[str]:
        """Title and the lines under it."""
        return [_text(each) for each in self._named("role-title-text", "role-title-subtitle")]

    def points(self, name: str) -> list[Place]:
        """Symbols as (place across, value)."""
        across, up = self._across(), self._up()
        places = [
            _translated(each) for mark in self._marks(name) for each in mark.iter() if _is(each, "path")
        ]
        return [(across(x), up(y)) for x, y in places]

    def line(self, name: str) -> list[Place]:
        """The corners of a line as (place across, value)."""
        across, up = self._across(), self._up()
        paths = [_path(each) for mark in self._marks(name) for each in mark.iter() if _is(each, "path")]
        return [(across(x), up(y)) for path in paths for x, y in path]

    def values(self, name: str, *, count: int) -> list[float | None]:
        """Symbols by period; None where none is drawn."""
        found = {round(place): value for place, value in self.points(name)}
        assert set(found) <= set(range(count))
        return [found.get(place) for place in range(count)]

    def levels(self, name: str, *, count: int) -> list[float | None]:
        """The height of a flight of steps over each period; None where it is broken."""
        across, up = self._across(), self._up()
        flights = [_path(each) for mark in self._marks(name) for each in mark.iter() if _is(each, "path")]
        found: list[float | None] = [None] * count
        for flight in flights:
            for (left, y), (right, other) in pairwise(flight):
                if y != other:
                    continue
                for place in range(count):
                    if across(left) < place < across(right):
                        found[place] = up(y)
        return found

    def rules(self, name: str) -> list[tuple[float, float, float, float]]:
        """Straight lines from (across, up) to (across, up)."""
        across, up = self._across(), self._up()
        found = []
        for mark in self._marks(name):
            for line in (each for each in mark.iter() if _is(each, "line")):
                x, y = _translated(line)
                dx, dy = float(line.get("x2", 0)), float(line.get("y2", 0))
                found.append((across(x), up(y), across(x + dx), up(y + dy)))
        return found

    def bars(self, name: str) -> list[tuple[float, float, float]]:
        """Rectangles as (from, to, height)."""
        across, up = self._across(), self._up()
        found = []
        for mark in self._marks(name):
            for bar in (each for each in mark.iter() if _is(each, "path")):
                x, y, wide, high = _box(bar.get("d", ""))
                found.append((across(x), across(x + wide), up(y) - up(y + high)))
        return found

    def _marks(self, name: str) -> list[Element]:
        wanted = re.compile(rf"role-mark {name}(_\d+)?_marks$")
        return [each for each in self.group.iter() if wanted.search(each.get("class", ""))]

    def _named(self, *roles: str) -> Iterator[Element]:
        for each in self.group.iter():
            if any(each.get("class", "").endswith(role) for role in roles):
                yield from (text for text in each.iter() if _is(text, "text"))

    def _across(self) -> Callable[[float], float]:
        """Periods count from 0 where the labels are words; else by the numbers."""
        places = [(x, _text(label)) for label, (x, _y) in self._labels() if x >= 0.0]
        try:
            return _scale([(x, _number(text)) for x, text in places])
        except ValueError:
            left, right = 0.0, self._width()
            return lambda x: (x - left) / (right - left) * self.periods - 0.5

    def _up(self) -> Callable[[float], float]:
        return _scale([(y - _BASELINE, _number(_text(label))) for label, (x, y) in self._labels() if x < 0.0])

    def _labels(self) -> Iterator[tuple[Element, Place]]:
        for axis in self.group.iter():
            if axis.get("class", "").endswith("role-axis-label"):
                for label in (each for each in axis.iter() if _is(each, "text")):
                    yield label, _translated(label)

    def _width(self) -> float:
        frame = next(each for each in self.group.iter() if each.get("class") == "background")
        return float(re.findall(r"h(-?[\d.]+)", frame.get("d", ""))[0])


def panels(svg: str, *, periods: int = 0) -> list[Panel]:
    """The charts of a drawing from top to bottom, each over so many periods."""
    root = ElementTree.fromstring(svg)
    groups = [each for each in root.iter() if re.search(r"concat_\d+_group$", each.get("class", ""))]
    return [Panel(each, periods) for each in groups or [root]]


def words_of(svg: str) -> str:
    """All that is written."""
    return " ".join(
        "".join(each.itertext()) for each in ElementTree.fromstring(svg).iter() if _is(each, "text")
    )


def _is(each: Element, tag: str) -> bool:
    return each.tag.rpartition("}")[2] == tag


def _text(each: Element) -> str:
    return "".join(each.itertext())


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def _translated(each: Element) -> Place:
    found = _PAIR.search(each.get("transform", ""))
    assert found is not None
    return float(found[1]), float(found[2])


def _path(each: Element) -> list[Place]:
    return [(float(x), float(y)) for x, y in _STEP.findall(each.get("d", ""))]


def _box(path: str) -> tuple[float, float, float, float]:
    found = re.match(r"M([\d.e-]+),([\d.e-]+)h([\d.e-]+)v([\d.e-]+)", path)
    assert found is not None
    x, y, wide, high = (float(each) for each in found.groups())
    return x, y, wide, high


def _scale(ticks: list[Place]) -> Callable[[float], float]:
    """Straight through the first and the last tick."""
    (first, low), *_between, (last, high) = sorted(ticks)
    return lambda pixel: low + (pixel - first) / (last - first) * (high - low)
