"""The waterfall of a variance, and its table to take away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.platform.ui.charts import ChartTheme, NothingToDraw, palette
from fourfold.platform.ui.charts.waterfall import Waterfall, WaterfallBar, waterfall_svg
from fourfold.platform.ui.documents import LegendEntry, framed_picture
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Table
from fourfold.practices.finance.pages.variance_page import VariancePage

__all__ = ["variance_picture", "variance_svg", "variance_table"]


def variance_svg(page: VariancePage, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """From the target to the value: estimated parts, then what nobody explains.

    Raises:
        NothingToDraw: there is no verdict.
    """
    if not page.has_verdict:
        raise NothingToDraw(reason=page.reason)
    form = page.format.beside(page.value, page.target)
    parts = [
        WaterfallBar(row.name, row.part, str(row.text), is_estimated=True, interval=(row.low, row.high))
        for row in page.parts
    ]
    outside = [WaterfallBar(row.name, row.part, str(row.text)) for row in page.outside]
    rest = WaterfallBar(page.residual_name, page.residual, str(page.residual_text))
    return waterfall_svg(
        Waterfall(
            (_("Target"), page.target or 0.0, str(form.shown(page.target))),
            (_("Value"), page.value or 0.0, str(form.shown(page.value))),
            (*outside, *parts, rest),
        ),
        theme=theme,
        is_narrow=is_narrow,
    )


def variance_picture(page: VariancePage, *, state: str) -> str:
    """The waterfall as an SVG of its own."""
    under = (page.place.unit_name, page.place.stepper.current.label, page.verdict, page.known.said or state)
    ink = palette(ChartTheme.LIGHT).accent
    dashed = f'stroke="{ink}" stroke-dasharray="4 3"'
    solid = _("market, or unexplained") if page.is_market_known else _("market and unexplained")
    estimated = f'<rect width="26" height="12" y="1" fill="{ink}" fill-opacity="0.2" {dashed}/>'
    return framed_picture(
        variance_svg(page, theme=ChartTheme.LIGHT),
        title=_("%(name)s against its target") % {"name": page.name},
        under=" · ".join(part for part in under if part),
        legend=[
            LegendEntry(estimated, _("estimated, with its 95 % interval")),
            LegendEntry(f'<rect width="26" height="12" y="1" rx="2" fill="{ink}"/>', solid),
        ],
    )


def variance_table(page: VariancePage) -> Table:
    """The path, node by node; the parts below it, numbers unrounded."""
    columns = (
        Column("step"),
        Column("question_or_driver"),
        Column("answer"),
        Column("evidence"),
        Column("part", ColumnKind.NUMBER),
        Column("low", ColumnKind.NUMBER),
        Column("high", ColumnKind.NUMBER),
    )
    steps: list[tuple[Cell, ...]] = [
        (step.name, step.question, step.answer, step.evidence, None, None, None) for step in page.steps
    ]
    parts: list[tuple[Cell, ...]] = [
        ("part", row.name, "", row.elasticity, row.part, row.low, row.high) for row in page.parts
    ]
    outside: list[tuple[Cell, ...]] = [
        ("outside", row.name, "", "", row.part, None, None) for row in page.outside
    ]
    notes = (
        (_("Measure"), page.name),
        (_("Unit"), page.place.unit_name),
        (_("Period"), page.place.stepper.current.label),
        *page.known.notes,
        (_("Verdict"), f"{page.verdict}. {page.advice}" if page.has_verdict else page.reason),
    )
    return Table(page.key, columns, [*steps, *outside, *parts], notes)
