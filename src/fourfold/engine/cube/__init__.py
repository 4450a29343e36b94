"""Observations as dense arrays (DESIGN §2)."""

from fourfold.engine.cube.cube import Cube, CubeFinding
from fourfold.engine.cube.layout import layout_of

__all__ = ["Cube", "CubeFinding", "layout_of"]
