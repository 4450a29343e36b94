"""The rate and mix waterfall, and the table to take away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.platform.ui.charts import ChartTheme, NothingToDraw, palette
from fourfold.platform.ui.charts.waterfall import BarKind, Waterfall, WaterfallBar, waterfall_svg
from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.documents import LegendEntry, framed_picture
from fourfold.platform.ui.numbers import display_change
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Table
from fourfold.practices.customers.pages.segments_page import SegmentsPage

__all__ = ["segments_picture", "segments_svg", "segments_table"]

_KINDS = {Verdict.BETTER: BarKind.BETTER, Verdict.WORSE: BarKind.WORSE}

MOST_BARS = 8  # segments drawn one by one; more are summed up


def segments_svg(page: SegmentsPage, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """First what the segments' own values did, then what their shares did.

    Raises:
        NothingToDraw: there is no split.
    """
    if not page.has_split:
        raise NothingToDraw(reason=page.reason)
    form = page.format.beside(page.before, page.after)
    return waterfall_svg(
        Waterfall(
            start=(page.before_label, page.before or 0.0, str(form.shown(page.before))),
            end=(page.after_label, page.after or 0.0, str(form.shown(page.after))),
            bars=_bars(page) if len(page.parts) <= MOST_BARS else _summed(page),
        ),
        theme=theme,
        is_narrow=is_narrow,
    )


def _bars(page: SegmentsPage) -> tuple[WaterfallBar, ...]:
    rates = [
        WaterfallBar(
            _("Own value: %(name)s") % {"name": part.name},
            part.rate,
            str(part.rate_text),
            _KINDS.get(part.rate_verdict, BarKind.PLAIN),
        )
        for part in page.parts
    ]
    mixes = [
        WaterfallBar(
            _("Mix: %(name)s") % {"name": part.name},
            part.mix,
            str(part.mix_text),
            _KINDS.get(part.mix_verdict, BarKind.PLAIN),
        )
        for part in page.parts
    ]
    return (*rates, *mixes)


def _summed(page: SegmentsPage) -> tuple[WaterfallBar, ...]:
    totals = (
        (_("Own values of all segments"), sum(part.rate for part in page.parts)),
        (_("Mix of all segments"), sum(part.mix for part in page.parts)),
    )
    decimals, unit = page.format.decimals + 1, page.format.unit_of_measure
    return tuple(
        WaterfallBar(name, size, str(display_change(size, decimals=decimals, unit_of_measure=unit)))
        for name, size in totals
    )


def segments_picture(page: SegmentsPage, *, state: str) -> str:
    """The waterfall as an SVG of its own."""
    under = (page.place.unit_name, f"{page.before_label} → {page.after_label}", page.known.said or state)
    ink = palette(ChartTheme.LIGHT)
    samples = ((ink.green, _("for the better")), (ink.red, _("for the worse")))
    return framed_picture(
        segments_svg(page, theme=ChartTheme.LIGHT),
        title=_("%(name)s: own values and mix of the segments") % {"name": page.name},
        under=" · ".join(part for part in under if part),
        legend=[
            LegendEntry(f'<rect width="26" height="12" y="1" rx="2" fill="{colour}"/>', name)
            for colour, name in samples
        ],
    )


def segments_table(page: SegmentsPage) -> Table:
    """Every segment, numbers unrounded."""
    number = ColumnKind.NUMBER
    columns = (
        Column("segment"),
        Column("value_before", number),
        Column("value_after", number),
        Column("share_before", number),
        Column("share_after", number),
        Column("rate_effect", number),
        Column("mix_effect", number),
        Column("unit_of_measure"),
        Column("cohen_h", number),
        Column("q", number),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            part.name,
            part.before,
            part.after,
            part.numbers.share_before,
            part.numbers.share_after,
            part.rate,
            part.mix,
            page.format.unit_of_measure,
            part.numbers.effect,
            part.numbers.q,
        )
        for part in page.parts
    ]
    said = " ".join(text for text in (page.headline, page.alarm, *page.sentences, page.reason) if text)
    notes = (
        (_("Measure"), page.name),
        (_("Unit"), page.place.unit_name),
        (_("Compared"), f"{page.before_label} → {page.after_label}"),
        *page.known.notes,
        (_("In words"), said),
    )
    return Table(page.key, columns, rows, notes)
