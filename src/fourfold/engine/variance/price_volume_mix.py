"""Price, volume and mix: why what several products brought in changed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourfold.engine.variance.refusals import SalesWrong

__all__ = ["PriceVolumeMix", "Sales", "price_volume_mix"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sales:
    """One period's products in listed order: quantities and prices, (product,). A price matters only where sold."""

    quantity: Floats
    price: Floats

    @classmethod
    def of(cls, quantity: ArrayLike, price: ArrayLike) -> Sales:
        """Take both, checked.

        Raises:
            SalesWrong: they do not pair up, a negative or unknown quantity, a sold product without a price.

        >>> Sales.of([2, 0], [3.0, float("nan")]).revenue.tolist()
        [6.0, 0.0]
        """
        sales = cls(np.asarray(quantity, dtype=np.float64), np.asarray(price, dtype=np.float64))
        if sales.quantity.shape != sales.price.shape or sales.quantity.ndim != 1:
            raise SalesWrong(
                f"{sales.quantity.shape} quantities and {sales.price.shape} prices do not pair up"
            )
        if not (np.isfinite(sales.quantity) & (sales.quantity >= 0.0)).all():
            raise SalesWrong("a quantity is a finite number, never below zero")
        if not np.isfinite(sales.price[sales.quantity > 0.0]).all():
            raise SalesWrong("a product that was sold has a price")
        return sales

    @property
    def revenue(self) -> Floats:
        """What each product brought in."""
        return np.where(self.quantity > 0.0, self.quantity * self.price, 0.0)


@dataclass(frozen=True, slots=True)
class PriceVolumeMix:
    """The change of revenue by product, each (product,); all of it together is `total`.

    `mix` is told against the average price, which has fair signs: more of a dear product is good. `new` and `gone`
    stand by themselves: a product without a price before has no price effect.
    """

    price: Floats
    volume: Floats
    mix: Floats
    new: Floats
    gone: Floats

    @property
    def total(self) -> float:
        """The whole change."""
        return float(sum(part.sum() for part in (self.price, self.volume, self.mix, self.new, self.gone)))


def price_volume_mix(before: Sales, after: Sales) -> PriceVolumeMix:
    """Split the change of revenue exactly.

    Price = (P1 − P0)·Q1. With Q̂ the quantities that keep the old mix: volume = (Q̂ − Q0)·P0 and mix =
    (Q1 − Q̂)·(P0 − P̄0), P̄0 being the old average price. Only products sold in both periods take part; the others are
    `new` or `gone`.

    Args:
        before: the comparison period or the plan.
        after: the same products in the same order.

    Raises:
        SalesWrong: the two do not list the same products.

    Source: METHOD M4.4 (PVM); Horngren, Cost Accounting, ch. 14.

    >>> found = price_volume_mix(Sales.of([400, 300, 300], [4, 1, 2]), Sales.of([700, 100, 300], [3, 2, 1]))
    >>> [round(float(part.sum()), 6) for part in (found.price, found.volume, found.mix)], found.mix.round(6).tolist()
    ([-900.0, 250.0, 750.0], [390.0, 345.0, 15.0])
    """
    if before.quantity.shape != after.quantity.shape:
        raise SalesWrong("both periods need the same products")
    both = (before.quantity > 0.0) & (after.quantity > 0.0)
    old, new = np.where(both, before.quantity, 0.0), np.where(both, after.quantity, 0.0)
    old_price, new_price = np.where(both, before.price, 0.0), np.where(both, after.price, 0.0)
    sold = float(old.sum())
    kept_mix = old * (float(new.sum()) / sold) if sold else np.zeros_like(old)
    average = float((old * old_price).sum()) / sold if sold else 0.0
    return PriceVolumeMix(
        price=(new_price - old_price) * new,
        volume=(kept_mix - old) * old_price,
        mix=np.where(both, (new - kept_mix) * (old_price - average), 0.0),
        new=np.where(both, 0.0, after.revenue),
        gone=np.where(both, 0.0, -before.revenue),
    )
