"""Observations as dense arrays (DESIGN §2)."""

from fourfold.engine.cube.cube import Cube, CubeFinding

__all__ = ["Cube", "CubeFinding"]
