"""Where everything on a strategy map stands: bands, cards and the arrows between them. Pure geometry, no Django."""

from fourfold.scorecard.strategy.drawing.plan import draw_map
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

__all__ = ["Arrow", "Band", "BandBox", "CardBox", "Link", "MapDrawing", "Node", "Point", "draw_map"]
