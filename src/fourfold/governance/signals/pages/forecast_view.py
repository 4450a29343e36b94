"""A measure's future as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.engine.forecast import Outlook
from fourfold.governance.signals.pages.forecast_fan import SHARES, Band, Fan
from fourfold.platform.ui.numbers import ValueFormat, display_number

__all__ = ["ForecastPeriod", "ForecastView", "ProspectLine", "TrialLine", "chance_text"]


@dataclass(frozen=True, slots=True)
class ProspectLine:
    """A target ahead in one sentence, with its word; `chance` is P(hit)."""

    sentence: str
    pace: str
    outlook: Outlook
    word: str
    chance: float


@dataclass(frozen=True, slots=True)
class TrialLine:
    """How one method did at past starting points; `mase` is None where it had nothing to say."""

    name: str
    mase: float | None
    is_shown: bool
    verdict: str

    @property
    def written(self) -> str:
        """The error in two decimals."""
        return display_number(self.mase, decimals=2).text


@dataclass(frozen=True, slots=True)
class ForecastPeriod:
    """One period ahead."""

    key: str
    label: str
    target: float | None
    median: float
    bands: tuple[Band, ...]
    chance: float | None

    @property
    def chance_text(self) -> str:
        """P(hit) of this period's own target."""
        return "" if self.chance is None else chance_text(self.chance)

    def band(self, share: int) -> Band:
        """The band of that share."""
        return next(band for band in self.bands if band.share == share)

    @property
    def eighty(self) -> Band:
        """What the page's table shows; the file has all."""
        return self.band(80)


@dataclass(frozen=True, slots=True)
class ForecastView:
    """Chart and sentences; `reason` says why there is no forecast, and all but the names is empty then."""

    measure: str
    name: str
    unit: str
    unit_name: str
    period: str
    format: ValueFormat
    reason: str = ""
    fan: Fan | None = None
    prospects: tuple[ProspectLine, ...] = ()
    expected: str = ""
    trend: str = ""
    method: str = ""
    trials: tuple[TrialLine, ...] = ()
    remarks: tuple[str, ...] = ()
    periods: tuple[ForecastPeriod, ...] = ()

    @property
    def shares(self) -> tuple[int, ...]:
        """The bands, the narrowest first, as the legend names them."""
        return SHARES[::-1]


def chance_text(chance: float) -> str:
    """A probability in whole per cent; never a certainty.

    >>> chance_text(0.7234), chance_text(0.999), chance_text(0.0)
    ('72 %', 'over 99 %', 'under 1 %')
    """
    if chance > 0.99:
        return _("over 99 %")
    if chance < 0.01:
        return _("under 1 %")
    return str(display_number(100.0 * chance, decimals=0, unit_of_measure="%"))
