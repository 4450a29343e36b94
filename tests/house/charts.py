"""Every chart of a page leaves as a picture: as SVG for documents, as PNG for slides and mails (issue 3 §3).

A chart is any drawing of 200 units or more across: smaller ones are marks in a line of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

__all__ = ["advice", "charts_of", "files_beside", "is_silent"]

NARROWEST = 200.0
"""Units of the drawing. Gauges, bullet bars and sparklines are narrower; what fills a card is wider."""
DRAWINGS = "svg[viewbox], svg[viewBox], img[src*='.svg']:not([src*='/static/']), fourfold-chart"
_PLACES = ("section", "figure", "article")
_WIDTH = re.compile(r"^[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)")


def charts_of(page: Tag) -> Iterator[Tag]:
    """The drawings of a page and its pictures of drawings; one drawn in several sizes has one name, and counts once."""
    seen: set[tuple[int, str]] = set()
    for drawing in page.select(DRAWINGS):
        chart = (id(_place_of(drawing)), _name(drawing))
        if chart not in seen and (drawing.name != "svg" or _is_chart(drawing)):
            seen.add(chart)
            yield drawing


def files_beside(drawing: Tag) -> set[str]:
    """The addresses of the pictures that the chart's own place offers."""
    links = (str(link["href"]) for link in _place_of(drawing).select("a[href]"))
    return {link for link in links if _ending(link) in ("svg", "png")}


def is_silent(drawing: Tag) -> bool:
    """Whether a chart of its place cannot be taken away: each needs an SVG and a PNG of its own."""
    place = _place_of(drawing)
    charts = sum(_place_of(each) is place for each in charts_of(place)) if place is not drawing else 1
    files = {link.partition("?")[0] for link in files_beside(drawing)}
    return min(sum(_ending(file) == ending for file in files) for ending in ("svg", "png")) < charts


def advice(route: str, drawing: Tag) -> str:
    """What to do, for whoever drew the chart."""
    about = _name(drawing) or "a drawing"
    return (
        f"On {route} the chart “{about}” cannot be taken away. Give it a route that ends in "
        "`.<pictures:ending>`, answer it with `picture_file(framed_picture(…), …)`, and put "
        '{% chart_files "its:route" %} into the same <section> (ARCHITECTURE.md, “What leaves”). '
        "Is it not for taking away? Then name the page "
        "with its reason in STAYS of tests/house/test_charts_leave.py."
    )


def _place_of(drawing: Tag) -> Tag:
    found = drawing.find_parent(_PLACES)
    return found if isinstance(found, Tag) else drawing


def _name(drawing: Tag) -> str:
    """What it is called to those who do not see it; else how it looks."""
    named = drawing.get("aria-label") or drawing.get("alt") or " ".join(drawing.get("class") or [])
    return str(named)


def _ending(address: str) -> str:
    return address.partition("?")[0].rpartition(".")[2]


def _is_chart(drawing: Tag) -> bool:
    """Wide, and told to those who do not see: what is hidden from them only adorns."""
    is_told = drawing.get("aria-hidden") != "true" or drawing.find_parent(attrs={"role": "img"}) is not None
    return is_told and _width(drawing) >= NARROWEST


def _width(drawing: Tag) -> float:
    box = _WIDTH.match(str(drawing.get("viewbox") or drawing.get("viewBox") or ""))
    return float(box[1]) if box else 0.0
