"""Price, volume and mix of a measure, as the page of its variance shows them."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.outward.interchange.pages.named import number
from fourfold.practices.finance.pages.price_card import PriceCard

__all__ = ["PricesTold", "prices_told"]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line: pieces and price at both ends, and its parts, in the order of the whole's."""

    name: str
    quantity_before: float | None
    quantity_after: float | None
    price_before: float | None
    price_after: float | None
    parts: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class PriceEffect:
    """`price`, `volume`, `mix`, `new` or `gone`, all exact; `rest` is what no line tells."""

    kind: str
    part: float | None


@dataclass(frozen=True, slots=True)
class PricesTold:
    """The split from `before` to `after`; without parts `reason` says why there is none.

    `price` and `volume` are the keys of the measures; `dimension` is empty where the lines are units.
    """

    against: str
    before_label: str
    after_label: str
    before: float | None
    after: float | None
    price: str | None
    volume: str | None
    dimension: str
    reason: str
    sentences: tuple[str, ...]
    parts: tuple[PriceEffect, ...]
    lines: tuple[PriceLine, ...]


def prices_told(card: PriceCard) -> PricesTold:
    """With the card's digits."""
    return PricesTold(
        against=card.against,
        before_label=card.before_label,
        after_label=card.after_label,
        before=number(card.start),
        after=number(card.end),
        price=card.price or None,
        volume=card.volume or None,
        dimension=card.dimension,
        reason=card.reason,
        sentences=card.sentences,
        parts=tuple(PriceEffect(each.kind.value, number(each.part)) for each in card.parts),
        lines=tuple(
            PriceLine(
                name=row.name,
                quantity_before=number(row.quantity_before),
                quantity_after=number(row.quantity_after),
                price_before=number(row.price_before),
                price_after=number(row.price_after),
                parts=tuple(number(part) for part in row.parts),
            )
            for row in card.rows
        ),
    )
