"""A drawing as a picture of pixels, for slides and mails that take no SVG."""

from __future__ import annotations

import math
import re

import vl_convert

__all__ = ["RemoteDrawing", "png_of"]

SCALE = 2.0  # pixels per unit of the drawing: sharp on today's screens
_OUTSIDE = re.compile(
    r"""<image\b|<!ENTITY|(?:href|src)\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|@import""", re.IGNORECASE
)

MOST_PIXELS = 40e6  # 160 MB while it is drawn: a list of a thousand bars becomes coarser, never too large
_SIDES = re.compile(r'\b(?:width|height)="([\d.]+)"')
_OPENING = re.compile(r"(<svg\b[^>]*>)")


class RemoteDrawing(ValueError):
    """The drawing names something outside itself; ours never do."""


def png_of(drawing: str) -> bytes:
    """The SVG as a PNG on white paper, without fetching anything.

    Raises:
        RemoteDrawing: it would have to be fetched for.
    """
    if _OUTSIDE.search(drawing):
        raise RemoteDrawing
    scale = min(SCALE, math.sqrt(MOST_PIXELS / _area(drawing)))
    on_paper = _OPENING.sub(r'\1<rect width="100%" height="100%" fill="#ffffff"/>', drawing, count=1)
    return bytes(vl_convert.svg_to_png(on_paper, scale=scale))


def _area(drawing: str) -> float:
    """Its size in units of the drawing, as its opening says; a small one where it says none."""
    opening = _OPENING.search(drawing)
    sides = [float(side) for side in _SIDES.findall(opening[0])] if opening else []
    return max(math.prod(sides), 1.0) if len(sides) > 1 else 1.0
