"""Making the card of price, volume and mix while the cube holds still."""

from __future__ import annotations

import numpy as np

from fourfold.engine.quantities import Polarity, Why
from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.numbers import ValueFormat, display_number
from fourfold.practices.finance.pages import price_sentences as said
from fourfold.practices.finance.pages.driver_desk import DriverDesk, driver_desk, number_or_none
from fourfold.practices.finance.pages.leaf_names import leaf_format
from fourfold.practices.finance.pages.price_card import PriceCard, PricePart, PricePartKind, PriceRow
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.price_terms import PriceTerms
from fourfold.practices.finance.queries.prices import NoPriceSplit, PriceSplit
from fourfold.scorecard.evaluation.pages.comparison import Against, change_sentence, comparisons

__all__ = ["price_card"]


def price_card(looked: Looked, found: PriceSplit | NoPriceSplit) -> PriceCard:
    """Read the card; asks the database nothing."""
    desk = driver_desk(looked)
    terms, split = found.terms, found if isinstance(found, PriceSplit) else None
    parts = _parts(desk, split) if split else ()
    kinds = tuple(part.kind for part in parts if part.kind is not PricePartKind.REST)
    labels = _labels(looked, found.against)
    why, lines = (found.why, found.lines) if isinstance(found, NoPriceSplit) else (Why.PRESENT, ())
    plain = ValueFormat(2)
    return PriceCard(
        comparisons=comparisons(found.against),
        against=found.against.value,
        before_label=labels[0],
        after_label=labels[1],
        start=split.start if split else None,
        end=split.end if split else None,
        volume=terms.volume if terms else "",
        volume_name=desk.names[terms.volume] if terms else "",
        price=terms.price if terms else "",
        price_name=desk.names[terms.price] if terms else "",
        dimension=split.lines.dimension if split else "",
        format=desk.format,
        volume_format=leaf_format(looked.evaluation, terms.volume) if terms else plain,
        price_format=leaf_format(looked.evaluation, terms.price) if terms else plain,
        sentences=_sentences(desk, split, parts, labels=labels) if split else (),
        reason=""
        if split
        else said.no_split(why, name=looked.measure.name, against=found.against, lines=lines),
        remedy="" if split else said.no_split_remedy(why),
        parts=parts,
        kinds=kinds,
        rows=_rows(desk, split, kinds) if split else (),
    )


def _labels(looked: Looked, against: Against) -> tuple[str, str]:
    calendar = looked.evaluation.book.timeline.calendar
    other = against.page(calendar, looked.shown)
    before = str(Against.PLAN.label) if other is None else calendar.label(other)
    return before, calendar.label(looked.shown)


def _of(split: PriceSplit, kind: PricePartKind) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A part by line."""
    return {
        PricePartKind.PRICE: split.parts.price,
        PricePartKind.VOLUME: split.parts.volume,
        PricePartKind.MIX: split.parts.mix,
        PricePartKind.NEW: split.parts.new,
        PricePartKind.GONE: split.parts.gone,
    }[kind]


def _parts(desk: DriverDesk, split: PriceSplit) -> tuple[PricePart, ...]:
    """The first three always; new and ended lines, and a rest, where there are any."""
    sizes: dict[PricePartKind, float] = {
        kind: float(_of(split, kind).sum()) for kind in PricePartKind if kind is not PricePartKind.REST
    }
    sizes[PricePartKind.REST] = split.rest
    always = (PricePartKind.PRICE, PricePartKind.VOLUME, PricePartKind.MIX)
    return tuple(
        PricePart(
            kind,
            said.part_name(kind, dimension=split.lines.dimension),
            size,
            desk.sized(size),
            _verdict(desk, kind, size),
        )
        for kind, size in sizes.items()
        if size or kind in always
    )


def _verdict(desk: DriverDesk, kind: PricePartKind, size: float) -> Verdict:
    """What more pieces cost is nobody's fault, and what no line tells is neither good nor bad."""
    is_by_volume = kind not in (PricePartKind.PRICE, PricePartKind.MIX)
    if kind is PricePartKind.REST or (is_by_volume and desk.polarity is Polarity.MINIMISE):
        return Verdict.UNJUDGED
    return desk.verdict(size)


def _rows(desk: DriverDesk, split: PriceSplit, kinds: tuple[PricePartKind, ...]) -> tuple[PriceRow, ...]:
    units = split.lines.units or ("",) * len(split.lines.names)
    rows = []
    for place, (name, unit) in enumerate(zip(split.lines.names, units, strict=True)):
        parts = tuple(float(_of(split, kind)[place]) for kind in kinds)
        (sold, paid), (sells, pays) = (
            (end.quantity[place], end.price[place] * split.terms.scale) for end in (split.before, split.after)
        )
        rows.append(
            PriceRow(
                name=name,
                unit=unit,
                quantity_before=number_or_none(float(sold)),
                quantity_after=number_or_none(float(sells)),
                price_before=number_or_none(float(paid)),
                price_after=number_or_none(float(pays)),
                parts=parts,
                told=tuple(
                    (said.part_name(kind, dimension=split.lines.dimension), desk.sized(part))
                    for kind, part in zip(kinds, parts, strict=True)
                ),
            )
        )
    return tuple(sorted(rows, key=lambda row: -abs(sum(row.parts))))


def _sentences(
    desk: DriverDesk, split: PriceSplit, parts: tuple[PricePart, ...], *, labels: tuple[str, str]
) -> tuple[str, ...]:
    first = change_sentence(
        desk.looked.measure.name,
        (split.start, split.end),
        form=desk.format,
        labels=labels,
        is_plan=split.other is None,
    )
    rest = (
        said.standing_beside(str(desk.sized(split.rest)), dimension=split.lines.dimension)
        if split.rest
        else ""
    )
    found = (first, said.leading(parts), _shifted(desk, split), rest, _how(desk, split.terms, split))
    return tuple(sentence for sentence in found if sentence)


def _shifted(desk: DriverDesk, split: PriceSplit) -> str:
    """The line that moved the mix most; empty where nothing was mixed anew."""
    mix = split.parts.mix
    if mix.size < 2 or not np.abs(mix).max() > 0.0:
        return ""
    place = int(np.argmax(np.abs(mix)))
    shares = [
        str(
            display_number(
                float(100.0 * end.quantity[place] / end.quantity.sum()), decimals=1, unit_of_measure="%"
            )
        )
        for end in (split.before, split.after)
    ]
    effect = str(desk.sized(float(mix[place])))
    return said.shifted(split.lines.names[place], before=shares[0], after=shares[1], effect=effect)


def _how(desk: DriverDesk, terms: PriceTerms, split: PriceSplit) -> str:
    return said.how(
        price=desk.names[terms.price],
        volume=desk.names[terms.volume],
        outcome=desk.looked.measure.name,
        by=said.lines_by(split.lines.dimension, is_alone=split.lines.units == (desk.looked.unit,)),
        is_written=terms.is_written,
    )
