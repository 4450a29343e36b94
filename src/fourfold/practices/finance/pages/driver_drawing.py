"""The waterfalls of a driver tree, and its table to take away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.platform.ui.charts import ChartTheme, NothingToDraw, palette
from fourfold.platform.ui.charts.waterfall import BarKind, Waterfall, WaterfallBar, waterfall_svg
from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.documents import LegendEntry, framed_picture
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Figure, Table
from fourfold.practices.finance.pages.driver_page import DriverPage, DriverRow

__all__ = ["driver_picture", "driver_svg", "driver_table", "estimated_svg"]

_KINDS = {Verdict.BETTER: BarKind.BETTER, Verdict.WORSE: BarKind.WORSE}


def driver_svg(page: DriverPage, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The exact parts, from the first end to the second.

    Raises:
        NothingToDraw: there is no tree.
    """
    if not page.has_tree:
        raise NothingToDraw(reason=page.reason)
    form = page.format.beside(page.before, page.after)
    return waterfall_svg(
        Waterfall(
            start=(page.before_label, page.before or 0.0, str(form.shown(page.before))),
            end=(page.after_label, page.after or 0.0, str(form.shown(page.after))),
            bars=tuple(_bar(row) for row in page.rows),
        ),
        theme=theme,
        is_narrow=is_narrow,
    )


def _bar(row: DriverRow) -> WaterfallBar:
    return WaterfallBar(row.name, row.part, str(row.text), _KINDS.get(row.verdict, BarKind.PLAIN))


def estimated_svg(page: DriverPage, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """The estimated parts of one leaf's change, pale and dashed, with their intervals.

    Raises:
        NothingToDraw: nothing is estimated.
    """
    card = page.estimated
    if card is None or not card.rows:
        raise NothingToDraw(reason=card.reason if card else page.reason)
    parts = [
        WaterfallBar(row.name, row.part, str(row.text), is_estimated=True, interval=(row.low, row.high))
        for row in card.rows
    ]
    rest = WaterfallBar(_("Unexplained"), card.unexplained_part, str(card.unexplained))
    whole = sum(bar.part for bar in parts) + card.unexplained_part
    return waterfall_svg(
        Waterfall((_("No change"), 0.0, "0"), (_("Whole change"), whole, str(card.change)), (*parts, rest)),
        theme=theme,
        is_narrow=is_narrow,
    )


def driver_picture(page: DriverPage, *, state: str) -> str:
    """The waterfall as an SVG of its own."""
    under = (page.place.unit_name, f"{page.before_label} → {page.after_label}", page.known.said or state)
    return framed_picture(
        driver_svg(page, theme=ChartTheme.LIGHT),
        title=_("Drivers of %(name)s") % {"name": page.name},
        under=" · ".join(part for part in under if part),
        legend=_legend(page),
    )


def _legend(page: DriverPage) -> list[LegendEntry]:
    ink, verdicts = palette(ChartTheme.LIGHT), {row.verdict for row in page.rows}
    names = (
        (Verdict.BETTER, ink.green, _("for the better")),
        (Verdict.WORSE, ink.red, _("for the worse")),
        (Verdict.UNJUDGED, ink.accent, _("neither good nor bad")),
    )
    return [
        LegendEntry(f'<rect width="26" height="12" y="1" rx="2" fill="{colour}"/>', name)
        for verdict, colour, name in names
        if verdict in verdicts
    ]


def driver_table(page: DriverPage) -> Table:
    """Every part, exact ones first; numbers unrounded."""
    columns = (
        Column("driver"),
        Column("measure"),
        Column("before", ColumnKind.NUMBER),
        Column("after", ColumnKind.NUMBER),
        Column("unit_of_measure"),
        Column("part", ColumnKind.NUMBER),
        Column("part_unit_of_measure"),
        Column("kind"),
        Column("low", ColumnKind.NUMBER),
        Column("high", ColumnKind.NUMBER),
    )
    notes = (
        (_("Measure"), page.name),
        (_("Unit"), page.place.unit_name),
        (_("Compared"), f"{page.before_label} → {page.after_label}"),
        *page.known.notes,
        (_("Formula"), page.formula or _("none")),
        (_("How"), page.method or page.reason),
    )
    return Table(page.key, columns, [*_exact_rows(page), *_opened_rows(page), *_estimated_rows(page)], notes)


def _exact_rows(page: DriverPage) -> list[tuple[Cell, ...]]:
    return [
        (
            row.name,
            row.measure,
            Figure(row.before, row.format.decimals),
            Figure(row.after, row.format.decimals),
            row.format.unit_of_measure,
            row.part,
            page.format.unit_of_measure,
            "exact" if not row.error else "sampled",
            None,
            None,
        )
        for row in page.rows
    ]


def _opened_rows(page: DriverPage) -> list[tuple[Cell, ...]]:
    """The opened leaf in the units below, and by segment; these are its own numbers, not parts of the whole."""
    measure = page.current.measure if page.current else ""
    return [
        (
            row.name,
            measure,
            Figure(row.before, row.format.decimals),
            Figure(row.after, row.format.decimals),
            row.format.unit_of_measure,
            None,
            "",
            kind,
            None,
            None,
        )
        for kind, rows in (("unit", page.units), ("segment", page.segments))
        for row in rows
    ]


def _estimated_rows(page: DriverPage) -> list[tuple[Cell, ...]]:
    card = page.estimated
    if card is None:
        return []
    return [
        (
            row.name,
            row.measure,
            None,
            None,
            "",
            row.part,
            "",
            f"estimated, of {card.measure}",
            row.low,
            row.high,
        )
        for row in card.rows
    ]
