"""The correlations of one link as a picture."""

from __future__ import annotations

import math

from fourfold.cli.leadlag.document import LinksFound
from fourfold.engine.leadlag import Examination
from fourfold.platform.ui.documents import correlogram_picture
from fourfold.platform.ui.drawings.correlogram import Correlogram, CorrelogramWords

__all__ = ["link_svg"]


def link_svg(found: LinksFound) -> str | None:
    """The one link as an SVG of its own; None where it was not tested."""
    asked, judged = found.asked[0], found.judged[0]
    if not isinstance(judged.found, Examination):
        return None
    expected, tested = asked.hypothesis, judged.found
    shown = Correlogram(
        tuple(each if math.isfinite(each) else None for each in tested.correlations),
        (expected.lag_from, expected.lag_to),
        tested.peak_lag,
        tested.detectable,
        CorrelogramWords(periods=found.series.word),
    )
    under = (
        f"{judged.verdict.value.replace('_', ' ')} · n {tested.stretch.periods} · p {judged.adjusted_p:.3f}"
    )
    return correlogram_picture(shown, title=asked.name, under=under)
