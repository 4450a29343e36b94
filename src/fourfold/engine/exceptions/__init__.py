"""The few things that matter: exceptions of any number of series, ranked, folded along causes, weighed against chance.

    >>> import numpy as np
    >>> from fourfold.engine import exceptions, spc
    >>> from fourfold.engine.quantities import Polarity
    >>> values = np.random.default_rng(3).normal(100.0, 10.0, (60, 31))
    >>> values[:6, 24:] += 25.0
    >>> chart = spc.xmr(values, basis=spc.Basis(baseline=24))
    >>> icons = spc.icons(chart, spc.signals(chart), polarity=Polarity.MINIMISE)
    >>> found = exceptions.exceptions(chart, icons, polarity=Polarity.MINIMISE)
    >>> ranking = exceptions.ranked(exceptions.items_of(found))
    >>> sorted(line.item.series for line in ranking.shown)[:6]
    [0, 1, 2, 3, 4, 5]

Source: METHOD M6.3. Page: docs/algorithms/exceptions.md.
"""

from fourfold.engine.exceptions.alarms import (
    CALIBRATED_FOR,
    CALIBRATED_POINTS,
    chance_of_alarm,
    simulated_alarms,
)
from fourfold.engine.exceptions.found import Exceptions
from fourfold.engine.exceptions.judging import Marked, exceptions
from fourfold.engine.exceptions.kinds import ExceptionKind
from fourfold.engine.exceptions.leaning import leaning
from fourfold.engine.exceptions.ranking import (
    MOST_SHOWN,
    CauseLink,
    ExceptionItem,
    Line,
    Ranking,
    items_of,
    ranked,
)
from fourfold.engine.exceptions.standing import Standing, StandingWrong, Terms
from fourfold.engine.exceptions.window import latest_of, spared

__all__ = [
    "CALIBRATED_FOR",
    "CALIBRATED_POINTS",
    "MOST_SHOWN",
    "CauseLink",
    "ExceptionItem",
    "ExceptionKind",
    "Exceptions",
    "Line",
    "Marked",
    "Ranking",
    "Standing",
    "StandingWrong",
    "Terms",
    "chance_of_alarm",
    "exceptions",
    "items_of",
    "latest_of",
    "leaning",
    "ranked",
    "simulated_alarms",
    "spared",
]
