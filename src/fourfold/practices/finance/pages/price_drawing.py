"""The waterfall of price, volume and mix, and its table to take away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.platform.ui.charts import ChartTheme, NothingToDraw, palette
from fourfold.platform.ui.charts.waterfall import BarKind, Waterfall, WaterfallBar, waterfall_svg
from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.documents import LegendEntry, framed_picture
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Figure, Table
from fourfold.practices.finance.pages.price_card import PriceCard, PricePart, PricePartKind
from fourfold.practices.finance.pages.variance_page import VariancePage

__all__ = ["prices_picture", "prices_svg", "prices_table"]

_KINDS = {Verdict.BETTER: BarKind.BETTER, Verdict.WORSE: BarKind.WORSE}


def prices_svg(card: PriceCard, *, theme: ChartTheme, is_narrow: bool = False) -> str:
    """From the first end to the second.

    Raises:
        NothingToDraw: there is no split.
    """
    if not card.has_split:
        raise NothingToDraw(reason=card.reason)
    form = card.format.beside(card.start, card.end)
    return waterfall_svg(
        Waterfall(
            (card.before_label, card.start or 0.0, str(form.shown(card.start))),
            (card.after_label, card.end or 0.0, str(form.shown(card.end))),
            tuple(_bar(part) for part in card.parts),
        ),
        theme=theme,
        is_narrow=is_narrow,
    )


def _bar(part: PricePart) -> WaterfallBar:
    return WaterfallBar(part.name, part.part, str(part.text), _KINDS.get(part.verdict, BarKind.PLAIN))


def prices_picture(page: VariancePage, *, state: str) -> str:
    """The waterfall as an SVG of its own."""
    card, ink = page.prices, palette(ChartTheme.LIGHT)
    under = (
        page.place.unit_name,
        f"{card.before_label} → {card.after_label}",
        _("price: %(price)s; volume: %(volume)s") % {"price": card.price_name, "volume": card.volume_name},
        page.known.said or state,
    )
    samples = (
        (ink.green, _("for the better")),
        (ink.red, _("for the worse")),
        *(((ink.accent, _("neither good nor bad")),) if card.has_unjudged else ()),
    )
    return framed_picture(
        prices_svg(card, theme=ChartTheme.LIGHT),
        title=_("%(name)s: price, volume and mix") % {"name": page.name},
        under=" · ".join(part for part in under if part),
        legend=[
            LegendEntry(f'<rect width="26" height="12" y="1" rx="2" fill="{colour}"/>', name)
            for colour, name in samples
        ],
    )


def prices_table(page: VariancePage) -> Table:
    """Every line, then the whole; numbers unrounded."""
    card, number = page.prices, ColumnKind.NUMBER
    columns = (
        Column("line"),
        Column("quantity_before", number),
        Column("quantity_after", number),
        Column("quantity_unit_of_measure"),
        Column("price_before", number),
        Column("price_after", number),
        Column("price_unit_of_measure"),
        *(Column(f"{kind.value}_effect", number) for kind in card.kinds),
        Column("change", number),
        Column("unit_of_measure"),
    )
    notes = (
        (_("Measure"), page.name),
        (_("Unit"), page.place.unit_name),
        (_("Compared"), f"{card.before_label} → {card.after_label}"),
        *page.known.notes,
        (_("In words"), " ".join(card.sentences) or card.reason),
    )
    return Table(f"{page.key}-price-volume-mix", columns, [*_lines(card), *_totals(card)], notes)


def _lines(card: PriceCard) -> list[tuple[Cell, ...]]:
    pieces, price = card.volume_format, card.price_format
    return [
        (
            row.name,
            Figure(row.quantity_before, pieces.decimals),
            Figure(row.quantity_after, pieces.decimals),
            pieces.unit_of_measure,
            Figure(row.price_before, price.decimals),
            Figure(row.price_after, price.decimals),
            price.unit_of_measure,
            *row.parts,
            sum(row.parts),
            card.format.unit_of_measure,
        )
        for row in card.rows
    ]


def _totals(card: PriceCard) -> list[tuple[Cell, ...]]:
    """The sums, and what no line tells."""
    if not card.has_split:
        return []
    blank: tuple[Cell, ...] = (None, None, "", None, None, "")
    own, unit = (
        [part for part in card.parts if part.kind is not PricePartKind.REST],
        card.format.unit_of_measure,
    )
    rows: list[tuple[Cell, ...]] = [
        (card.whole_name, *blank, *(part.part for part in own), sum(part.part for part in own), unit)
    ]
    rest = next((part for part in card.parts if part.kind is PricePartKind.REST), None)
    if rest is not None:
        rows.append((rest.name, *blank, *(None for _part in own), rest.part, unit))
    return rows
