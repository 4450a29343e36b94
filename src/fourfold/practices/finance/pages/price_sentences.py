"""The sentences of price, volume and mix, made of their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine.quantities import Why
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.practices.finance.pages.price_card import PricePart, PricePartKind
from fourfold.scorecard.evaluation.pages.comparison import Against

__all__ = [
    "how",
    "leading",
    "lines_by",
    "no_split",
    "no_split_remedy",
    "part_name",
    "shifted",
    "standing_beside",
]


def part_name(kind: PricePartKind, *, dimension: str) -> str:
    """What a part is called; short, for a telephone's drawing."""
    return {
        PricePartKind.PRICE: _("Price"),
        PricePartKind.VOLUME: _("Volume"),
        PricePartKind.MIX: _("Mix"),
        PricePartKind.NEW: _("New lines") if dimension else _("New units"),
        PricePartKind.GONE: _("Ended lines") if dimension else _("Closed units"),
        PricePartKind.REST: _("Not told by lines") if dimension else _("Not told by units"),
    }[kind]


def lines_by(dimension: str, *, is_alone: bool) -> str:
    """What the lines are."""
    if dimension:
        return _("taken by %(dimension)s") % {"dimension": dimension}
    return _("of the unit as a whole") if is_alone else _("taken by the units directly below")


def leading(parts: Sequence[PricePart]) -> str:
    """Each exact part with its size, the largest first."""
    told = [part for part in parts if part.kind is not PricePartKind.REST and part.part]
    if not told:
        return _("Neither price nor volume nor mix made a difference.")
    ordered = sorted(told, key=lambda part: -abs(part.part))
    first = _("%(name)s made the largest part, %(size)s") % {
        "name": ordered[0].name,
        "size": str(ordered[0].text),
    }
    others = [
        _("%(name)s made %(size)s") % {"name": part.name.lower(), "size": str(part.text)}
        for part in ordered[1:]
    ]
    return "; ".join([first, *others]) + "."


def shifted(name: str, *, before: str, after: str, effect: str) -> str:
    """Which line moved the mix most: its share of the volume at both ends."""
    return _("The mix moved most by %(name)s: %(before)s of the volume then, %(after)s now, %(effect)s.") % {
        "name": name,
        "before": before,
        "after": after,
        "effect": effect,
    }


def standing_beside(size: str, *, dimension: str) -> str:
    """That the lines do not hold everything."""
    if dimension:
        return _("%(size)s is told by no %(dimension)s: the lines do not hold all of the measure.") % {
            "size": size,
            "dimension": dimension,
        }
    return _("%(size)s is told by no unit below: the units do not hold all of the measure.") % {"size": size}


def how(*, price: str, volume: str, outcome: str, by: str, is_written: bool) -> str:
    """What was split, by which lines (`by`), and how."""
    said = {"price": price, "volume": volume, "outcome": outcome, "by": by}
    if is_written:
        first = _("%(outcome)s is %(price)s times %(volume)s, %(by)s.") % said
    else:
        first = _("The price is %(price)s: %(outcome)s divided by %(volume)s, %(by)s.") % said
    return f"{first} " + _(
        "Price = the change of the price at the new volume; volume = the change of the volume at the old mix; mix = "
        "the shift between lines at the distance of their old price from the average. Nothing is estimated."
    )


def no_split(why: Why, *, name: str, against: Against, lines: Sequence[str]) -> str:
    """Why there is none."""
    said = {"name": name, "lines": ", ".join(lines)}
    if why is Why.NOT_APPLICABLE:
        return _("%(name)s is not split into price, volume and mix: it is no price times a volume.") % said
    if why is Why.MISSING_REQUIRED and lines and against is Against.PLAN:
        return (
            ngettext(
                "There is no plan of price and volume: %(lines)s lacks a target of one of them.",
                "There is no plan of price and volume: these lack a target of one of them: %(lines)s.",
                len(lines),
            )
            % said
        )
    if why is Why.MISSING_REQUIRED and lines:
        return (
            ngettext(
                "Price and volume cannot be told apart: %(lines)s has no number at one end.",
                "Price and volume cannot be told apart: these have no number at one end: %(lines)s.",
                len(lines),
            )
            % said
        )
    if why is Why.NOT_FINITE:
        return _("Price and volume cannot be told apart: a volume is below zero.")
    return _("Price and volume cannot be told apart: %(why)s.") % {"why": reason_sentence(why).lower()}


def no_split_remedy(why: Why) -> str:
    """What to do about it."""
    if why is Why.NOT_APPLICABLE:
        return _(
            "Where it is one, write its formula as price times volume, or add a measure that divides it by its volume."
        )
    return _("Choose another comparison above, or another period.")
