"""The slopes of the units below and the one of all together, as a drawing: a forest plot."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.governance.evidence.models import LinkTest
from fourfold.governance.evidence.pages.panel_wording import steep
from fourfold.platform.ui.drawings.scaling import Scale
from fourfold.platform.ui.numbers import ValueFormat

__all__ = ["Forest", "forest_chart", "forest_of", "sized_forest"]

_ROW, _TOP, _BOTTOM = 34.0, 26.0, 30.0
_MARKS = 5  # along the axis, at most
_WIDTH = 860  # of a picture


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One unit's slope, or that of all together, with its interval and in words."""

    name: str
    slope: float
    low: float
    high: float
    said: str
    share: float = 1.0
    is_pooled: bool = False


@dataclass(frozen=True, slots=True)
class Forest:
    """The units, the steepest first, and all together last; `hidden` are out of the reader's sight."""

    rows: tuple[ForestRow, ...]
    hidden: int
    form: ValueFormat

    @property
    def sentence(self) -> str:
        """Everything in words, for those who do not see it."""
        return "; ".join(f"{row.name}: {row.said}" for row in self.rows)

    @property
    def note(self) -> str:
        """How many units are not drawn; empty where all are."""
        if not self.hidden:
            return ""
        return ngettext(
            "%(count)s unit is not drawn: it is out of your sight, or has too few values of both.",
            "%(count)s units are not drawn: they are out of your sight, or have too few values of both.",
            self.hidden,
        ) % {"count": self.hidden}


def forest_of(test: LinkTest | None, *, units: Mapping[str, str], form: ValueFormat) -> Forest | None:
    """None where there is no panel, or its test kept no slopes of units.

    Args:
        units: the names of those the reader sees.
        form: how the effect's values are written.
    """
    facts = test.facts.get("panel") if test else None
    if not facts or facts["why"] or "of_units" not in facts:
        return None
    there = [each for each in facts["of_units"] if each["unit"] in units]
    rows = [
        ForestRow(
            units[each["unit"]], each["slope"], each["low"], each["high"], _said(each, form), each["share"]
        )
        for each in sorted(there, key=lambda each: (-each["slope"], each["unit"]))
    ]
    pooled = ForestRow(
        _("All together"), facts["slope"], facts["low"], facts["high"], _said(facts, form), is_pooled=True
    )
    return Forest((*rows, pooled), facts["units"] - len(rows), form)


def forest_chart(shown: Forest, *, width: int, title: str, kind: str = "") -> SafeString:
    """Draw it: a square a unit, as large as its share, with its interval; a diamond for all together."""
    height = _height(shown)
    left, right = (210.0, width - 190.0) if width > 600 else (14.0, width - 14.0)
    ends = [0.0, *(end for row in shown.rows for end in (row.low, row.high))]
    across = Scale(min(ends), max(ends), left, right)
    drawn = [
        _row(row, y=_TOP + _ROW * (place + 0.5), across=across, width=width)
        for place, row in enumerate(shown.rows)
    ]
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}. {}">{}{}{}</svg>',
        f"correlogram {kind}".strip(),
        width,
        round(height),
        title,
        shown.sentence,
        _grid(across=across, height=height),
        _pooled_line(shown, across=across, height=height),
        format_html_join("", "{}", ((each,) for each in drawn)),
    )


def sized_forest(shown: Forest, *, title: str) -> str:
    """The same with a size of its own, for a picture."""
    drawn = forest_chart(shown, width=_WIDTH, title=title)
    return drawn.replace("<svg", f'<svg width="{_WIDTH}" height="{round(_height(shown))}"', 1)


def _height(shown: Forest) -> float:
    return _TOP + _ROW * len(shown.rows) + _BOTTOM


def _said(each: Mapping[str, float], form: ValueFormat) -> str:
    words = {name: str(steep(each[name], form)) for name in ("slope", "low", "high")}
    return _("%(slope)s (%(low)s to %(high)s)") % words


def _row(row: ForestRow, *, y: float, across: Scale, width: int) -> SafeString:
    low, high, middle = across(row.low), across(row.high), across(row.slope)
    if row.is_pooled:
        mark = format_html(
            '<path class="correlogram-bar is-peak" d="M{} {}L{} {}L{} {}L{} {}Z"/>',
            *(low, y, middle, y - 7.0, high, y, middle, y + 7.0),
        )
    else:
        side = 5.0 + 9.0 * row.share**0.5
        mark = format_html(
            '<path class="correlogram-zero" d="M{} {}H{}"/>'
            '<rect class="correlogram-bar is-peak" x="{}" y="{}" width="{}" height="{}"/>',
            *(
                low,
                y,
                high,
                round(middle - side / 2, 1),
                round(y - side / 2, 1),
                round(side, 1),
                round(side, 1),
            ),
        )
    return format_html(
        "<g><title>{}: {}</title>{}{}</g>", row.name, row.said, _words(row, y=y, width=width), mark
    )


def _words(row: ForestRow, *, y: float, width: int) -> SafeString:
    """Beside the drawing where there is room; on a telephone above each line."""
    name = "correlogram-peak" if row.is_pooled else "correlogram-axis"
    is_wide = width > 600
    return format_html(
        '<text class="{}" x="0" y="{}">{}</text><text class="{}" x="{}" y="{}" text-anchor="end">{}</text>',
        name,
        y + 4.0 if is_wide else y - 9.0,
        row.name if len(row.name) <= 34 else f"{row.name[:33]}…",
        name,
        width,
        y + 4.0 if is_wide else y - 9.0,
        row.said if is_wide else row.said.partition(" (")[0],
    )


def _grid(*, across: Scale, height: float) -> SafeString:
    base = height - _BOTTOM
    return format_html_join(
        "",
        '<path class="{}" d="M{} {}V{}"/><text class="correlogram-axis" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (
                "correlogram-zero" if level == 0.0 else "correlogram-grid",
                across(level),
                _TOP - 8.0,
                base,
                across(level),
                base + 16.0,
                "0" if level == 0.0 else steep(level, ValueFormat()).text,
            )
            for level in _levels(across)
        ),
    )


def _pooled_line(shown: Forest, *, across: Scale, height: float) -> SafeString:
    x = across(shown.rows[-1].slope)
    return format_html('<path class="correlogram-border" d="M{} {}V{}"/>', x, _TOP - 8.0, height - _BOTTOM)


def _levels(across: Scale) -> Sequence[float]:
    """Round places along the axis, zero among them."""
    span = across.high - across.low
    if span <= 0.0:
        return (0.0,)
    rough = span / _MARKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1.0, 2.0, 5.0, 10.0) if power * each >= rough)
    first, last = math.ceil(across.low / step), math.floor(across.high / step)
    return tuple(step * place for place in range(first, last + 1))
