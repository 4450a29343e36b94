"""The house's drawings with their colours inside, for where no style sheet reaches: files and paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.safestring import SafeString

from fourfold.platform.ui.charts import ChartTheme
from fourfold.platform.ui.charts.house_theme import Palette, palette

__all__ = ["FACES", "inked"]

FACES = (
    "House Latin,House Latin Wide,House Vietnamese,House Greek,House Cyrillic,House Cyrillic Wide,"
    "Inter,Inter Variable,DejaVu Sans,system-ui,sans-serif"
)
"""The house's fonts by the names paper gives them, then installed ones for signs the former lack (‰, ⅔, Σ, →)."""
LINES = ("#1c5aa6", "#b85a00", "#0a7d74", "#7b3fb0", "#a8325e", "#4d6b12", "#5b6675")
DASHES = ("", "7 4", "0.1 4.5", "9 3.5 0.1 3.5", "14 4", "4 3", "10 3 0.1 3.5 0.1 3")
"""The lines of tokens.css and components.css; a line is told apart by its dashes, on paper too."""

_OPENING = re.compile(r"<svg\b")
_CLASS = re.compile(r"""\bclass=["']([^"']*)""")
_CLASS_ASKED = re.compile(r"\.([a-z][\w-]*)")
_RULE = re.compile(r"[^}]+\}")
_END_OF_OPENING = re.compile(r"(<svg\b[^>]*>)")


def inked(drawing: str) -> SafeString:
    """The drawing (an `<svg>` of the house) as a picture of its own, in the light colours paper has."""
    named = (
        drawing
        if "xmlns=" in drawing
        else _OPENING.sub('<svg xmlns="http://www.w3.org/2000/svg"', drawing, 1)
    )
    return SafeString(_END_OF_OPENING.sub(rf"\1<style>{_rules_for(drawing)}</style>", named, count=1))


def _rules_for(drawing: str) -> str:
    """Only what the drawing has use for: paper reads the rules of every one of a hundred small drawings anew."""
    here = {name for names in _CLASS.findall(drawing) for name in names.split()}
    return "".join(text for text, uses in _rules() if any(wanted <= here for wanted in uses))


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, tuple[frozenset[str], ...]], ...]:
    """Every rule in its order, with the classes that each of its selectors asks for."""
    ink = palette(ChartTheme.LIGHT)
    drawings = (_history, _gauges, _small_charts, _correlograms, _timelines, _shapes, _lines, _statuses)
    told = "".join(rule for drawing in drawings for rule in drawing(ink))
    return tuple((rule, _asked(rule.partition("{")[0])) for rule in _RULE.findall(told))


def _asked(selectors: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(_CLASS_ASKED.findall(selector)) for selector in selectors.split(","))


def _history(ink: Palette) -> Iterator[str]:
    """Scores over time, and the letters of every drawing."""
    yield f"text{{font-family:{FACES}}}"
    yield f".history-grid{{stroke:{ink.line};stroke-width:1}}"
    yield f".history-border{{stroke:{ink.ink_soft};stroke-width:1;stroke-dasharray:2 3}}"
    yield f".history-axis{{fill:{ink.ink_soft};font-size:11.5px}}"
    yield ".history-level{text-anchor:end}.history-month{text-anchor:middle}"
    yield ".history-line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}"
    yield ".history-end{font-size:12px;font-weight:700}"


def _gauges(ink: Palette) -> Iterator[str]:
    """Half circles."""
    yield ".gauge path,path.gauge-track{fill:none;stroke-width:8;stroke-linecap:round}"
    yield "path.gauge-track{stroke:#dde4ec}"
    yield f"path.gauge-notch{{stroke:{ink.surface};stroke-width:1.6;stroke-linecap:butt}}"
    yield "path.gauge-fill{fill:none;stroke-width:8;stroke-linecap:round}"
    yield f".gauge-score{{fill:{ink.ink};font-size:25px;font-weight:700;text-anchor:middle}}"
    yield f".gauge-of{{fill:{ink.ink_soft};font-size:7.5px;text-anchor:middle}}"


def _small_charts(ink: Palette) -> Iterator[str]:
    """Sparklines, with and without limits."""
    yield f".spark-line{{fill:none;stroke:{LINES[0]};stroke-width:1.5}}.spark-area{{fill:{LINES[0]};opacity:0.09}}"
    yield f".spark-target{{fill:none;stroke:{ink.ink_soft};stroke-width:1;stroke-dasharray:3 2.5}}"
    yield f".small-band{{fill:{ink.grey};opacity:0.13}}.small-mean{{fill:none;stroke:{ink.grey};stroke-width:1}}"
    yield f".small-point,.small-improvement{{fill:{LINES[0]}}}"
    yield f".small-neutral{{fill:{LINES[3]}}}.small-common{{fill:{ink.ink_soft}}}"
    yield f".small-concern{{fill:none;stroke:{LINES[1]};stroke-width:2.6;stroke-linecap:round}}"


def _correlograms(ink: Palette) -> Iterator[str]:
    """How alike two series are, lag by lag."""
    yield f".correlogram-grid{{stroke:{ink.line};stroke-width:1}}"
    yield f".correlogram-zero{{stroke:{ink.ink_soft};stroke-width:1}}"
    yield f".correlogram-axis,.correlogram-note{{fill:{ink.ink_soft};font-size:11.5px}}"
    yield f".correlogram-peak{{fill:{ink.ink};font-size:12px;font-weight:700}}"
    yield f".correlogram-window{{fill:{ink.grey_wash}}}"
    yield f".correlogram-border{{fill:none;stroke:{ink.ink_soft};stroke-width:1.2;stroke-dasharray:3 3}}"
    yield f".correlogram-bar{{fill:{LINES[0]};opacity:0.5}}.correlogram-bar.is-peak{{opacity:1}}"
    yield f".correlogram-bar.is-behind{{fill:none;stroke:{ink.grey};opacity:1}}"


def _timelines(ink: Palette) -> Iterator[str]:
    """Initiatives along the time."""
    yield f".timeline-grid{{stroke:{ink.line};stroke-width:1}}.timeline-axis{{fill:{ink.ink_soft};font-size:11.5px}}"
    yield f".timeline-name{{fill:{ink.ink};font-size:13px;font-weight:550}}"
    yield f".timeline-bar rect{{fill:{LINES[0]};opacity:0.75}}.timeline-bar.is-late rect{{fill:{ink.red}}}"
    yield f".timeline-bar.is-planned rect{{fill:none;stroke:{LINES[0]};stroke-width:1.5;opacity:1}}"
    yield ".timeline-bar.is-planned rect{stroke-dasharray:5 3}"
    yield f".timeline-bar.is-done rect{{fill:{ink.green}}}.timeline-bar.is-stopped rect{{fill:{ink.grey};opacity:0.5}}"
    yield f".timeline-stone{{stroke:{ink.surface};stroke-width:1.5}}.timeline-stone.is-done{{fill:{ink.green}}}"
    yield f".timeline-stone.is-late{{fill:{ink.red}}}.timeline-stone.is-open{{fill:#ffffff;stroke:{ink.ink_soft}}}"
    yield f".timeline-today{{fill:none;stroke:{ink.ink};stroke-width:1.5;stroke-dasharray:3 3}}"


def _shapes(ink: Palette) -> Iterator[str]:
    """What every status shape shares."""
    yield ".shape-cut{fill:none;stroke:#ffffff;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}"
    yield f".shape-ring{{fill:none;stroke:{ink.grey};stroke-width:1.5;stroke-dasharray:2.6 2.27}}"
    yield f".shape-line{{fill:none;stroke:{ink.grey};stroke-width:1.6}}"


def _lines(_ink: Palette) -> Iterator[str]:
    """Lines told apart by colour and dashes."""
    for place, (line, dash) in enumerate(zip(LINES, DASHES, strict=True), start=1):
        dashes = f";stroke-dasharray:{dash}" if dash else ""
        yield f".line-{place}{{stroke:{line}{dashes}}}.end-{place}{{fill:{line}}}"


def _statuses(ink: Palette) -> Iterator[str]:
    """The four statuses, in gauges, dots and shapes."""
    for status in ("green", "amber", "red", "grey"):
        colour = getattr(ink, status)
        yield f".gauge-{status} .gauge-fill{{stroke:{colour}}}.dot-{status}{{fill:{colour}}}"
        yield f".shape-{status} .shape-fill{{fill:{colour}}}"
        yield f".shape-{status} .shape-round{{stroke:{colour};stroke-width:1.6;stroke-linejoin:round}}"
