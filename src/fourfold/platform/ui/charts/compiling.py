"""From a chart's definition to what a browser and a document draw.

The first chart of a process costs about half a second (the compiler starts then); every later one a few milliseconds,
and the same one nothing: results are kept by the content of the definition.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import vl_convert
from altair import TopLevelSpec

from fourfold.platform.ui.charts.house_theme import ChartTheme, house_config

__all__ = ["CompiledChart", "compiled", "drawn", "start_compiler"]

REMEMBERED = 256
"""Charts kept per process; one is about 30 kB of text."""

VEGA_LITE = "6.4"
"""The version the definitions are written in; vl-convert brings several."""


_LINK = re.compile(r"</?a\b[^>]*>")
"""The drawer makes addresses of its own examples' house out of a page's."""


@dataclass(frozen=True, slots=True)
class CompiledChart:
    """A chart as Vega's JSON: what the island draws and what a picture is made of."""

    vega: str


class Definition(Protocol):
    """A chart of Altair's, of whichever of its many types."""

    def to_dict(self, validate: bool = True) -> dict[str, Any]:
        """As Vega-Lite's JSON, held against its schema or not."""


def compiled(chart: Definition, *, theme: ChartTheme) -> CompiledChart:
    """Compile with the house's theme; equal definitions give equal bytes.

    Each definition is held against Vega-Lite's schema once: each time, it took a third of a chart's time.

    Raises:
        ValidationError: it is none of Vega-Lite's.
    """
    definition = chart.to_dict(validate=False)
    _require_sound(_written(definition))
    return CompiledChart(_vega(_written({**definition, "config": house_config(theme)})))


def drawn(chart: CompiledChart) -> str:
    """The same chart as an SVG, for pages without script and for paper; no link leads out of a picture."""
    return _LINK.sub("", _svg(chart.vega))


def start_compiler() -> None:
    """Have the compiler ready before somebody asks for a chart."""
    _svg(_vega(json.dumps({"data": {"values": [{}]}, "mark": "point"})))


def _written(definition: dict[str, Any]) -> str:
    return json.dumps(definition, sort_keys=True, allow_nan=False)


@lru_cache(maxsize=REMEMBERED)
def _require_sound(definition: str) -> None:
    TopLevelSpec.validate(json.loads(definition))


@lru_cache(maxsize=REMEMBERED)
def _vega(definition: str) -> str:
    vega: dict[str, Any] = vl_convert.vegalite_to_vega(definition, vl_version=VEGA_LITE)
    return json.dumps(vega, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=REMEMBERED)
def _svg(vega: str) -> str:
    return str(vl_convert.vega_to_svg(vega, allowed_base_urls=[]))
