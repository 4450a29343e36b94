"""The sentences about the market behind a variance."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.platform.ui.numbers import ValueFormat, display_exact
from fourfold.practices.finance.queries.market_choices import ChosenMarket, MarketKind

__all__ = ["choice_sentence", "left_out", "market_unknown", "outside_names", "outside_sentence"]


def market_unknown(missing: list[str]) -> str:
    """That a part is missing, and what to do about it."""
    if not missing:
        return _("Whether the market moved is not known: nobody has chosen yet which measures tell it.")
    return ngettext(
        "Whether the market moved is not known: %(names)s has no value, or no target, in this period.",
        "Whether the market moved is not known: these have no value, or no target, in this period: %(names)s.",
        len(missing),
    ) % {"names": ", ".join(missing)}


def outside_sentence(*, is_measured: bool, outside: str, execution: str, residual: str, share: str) -> str:
    """All three parts."""
    words = {"outside": outside, "execution": execution, "residual": residual, "share": share}
    if not is_measured:
        return (
            _(
                "Nothing from outside moves it, as was decided; drivers off their targets are estimated to have made "
                "%(execution)s; %(residual)s is unexplained, %(share)s of the variance."
            )
            % words
        )
    return (
        _(
            "%(outside)s came from outside, as the chosen measures tell; drivers off their targets and the market "
            "share made %(execution)s, as far as it can be estimated; %(residual)s is "
            "unexplained, %(share)s of the variance."
        )
        % words
    )


def outside_names() -> tuple[str, str]:
    """What the two parts are called that the market makes."""
    return _("From outside"), _("Market share")


def left_out(periods: int) -> str:
    """Of how many earlier periods nobody can say what the market did; empty where of none."""
    if not periods:
        return ""
    return ngettext(
        "%(count)s earlier period is left out: its market is not known.",
        "%(count)s earlier periods are left out: their market is not known.",
        periods,
    ) % {"count": periods}


def choice_sentence(choice: ChosenMarket, *, names: Mapping[str, str], form: ValueFormat) -> str:
    """What a choice says."""
    if choice.kind is MarketKind.NOTHING:
        return _("Nothing from outside moves it.")
    if choice.kind is MarketKind.UNKNOWN:
        return _("What the market does is not known.")
    named = {part: names.get(key, key) for part, key in _parts(choice)}
    market = _("Market: %(size)s; own share: %(share)s; one piece sold adds %(margin)s.") % {
        "size": named["size"],
        "share": named["share"],
        "margin": str(display_exact(choice.margin, decimals=0, unit_of_measure=form.unit_of_measure)),
    }
    other = _("Currency and prices: %(other)s.") % {"other": named["other"]}
    return " ".join(said for said, is_there in ((market, choice.size), (other, choice.other)) if is_there)


def _parts(choice: ChosenMarket) -> tuple[tuple[str, str], ...]:
    return ("size", choice.size), ("share", choice.share), ("other", choice.other)
