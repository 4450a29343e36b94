"""How often chance alone makes an exception of a stable series: calibrated per rule set, limits and window."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.exceptions.window import latest_of
from fourfold.engine.spc import Basis, rules_named, signals, xmr
from fourfold.engine.spc.rules import RULE_SETS

__all__ = ["CALIBRATED_FOR", "CALIBRATED_POINTS", "chance_of_alarm", "simulated_alarms"]

Floats = NDArray[np.float64]
Rates = tuple[float, ...]

CALIBRATED_FOR: Final = 7  # latest points, as METHOD M6.3
CALIBRATED_POINTS: Final = np.array([8, 12, 16, 24, 36, 48, 60, 120])
SIMULATED_SERIES: Final = 20_000
SEED: Final = 20_240_607

# Share of stable normal series with a pattern wholly inside the seven latest points, by (rule set, screening): with
# limits frozen on so many points before them, and with limits of so many points that the seven are among. Made by
# `simulated_alarms` with 200,000 series each (standard error at most 0.1 points); tests/engine/exceptions repeats it.
_CALIBRATED: Mapping[tuple[str, bool], tuple[Rates, Rates]] = MappingProxyType(
    {
        ("mdc", False): (
            (0.2044, 0.1523, 0.1226, 0.0953, 0.0747, 0.0665, 0.0600, 0.0491),
            (0.0138, 0.0234, 0.0276, 0.0321, 0.0352, 0.0372, 0.0366, 0.0381),
        ),
        ("mdc", True): (
            (0.2117, 0.1647, 0.1369, 0.1090, 0.0869, 0.0779, 0.0704, 0.0574),
            (0.0267, 0.0404, 0.0435, 0.0457, 0.0469, 0.0470, 0.0460, 0.0459),
        ),
        ("nelson", False): (
            (0.2123, 0.1616, 0.1325, 0.1037, 0.0834, 0.0740, 0.0670, 0.0554),
            (0.0215, 0.0336, 0.0374, 0.0407, 0.0428, 0.0445, 0.0435, 0.0439),
        ),
        ("nelson", True): (
            (0.2193, 0.1748, 0.1481, 0.1193, 0.0982, 0.0879, 0.0800, 0.0663),
            (0.0336, 0.0505, 0.0541, 0.0557, 0.0564, 0.0563, 0.0548, 0.0542),
        ),
        ("weco", False): (
            (0.2085, 0.1575, 0.1284, 0.0991, 0.0784, 0.0693, 0.0623, 0.0507),
            (0.0177, 0.0294, 0.0330, 0.0361, 0.0379, 0.0395, 0.0387, 0.0390),
        ),
        ("weco", True): (
            (0.2155, 0.1708, 0.1441, 0.1148, 0.0934, 0.0833, 0.0753, 0.0616),
            (0.0303, 0.0466, 0.0499, 0.0513, 0.0517, 0.0514, 0.0501, 0.0494),
        ),
        ("rule1", False): (
            (0.1466, 0.1037, 0.0807, 0.0582, 0.0433, 0.0377, 0.0327, 0.0253),
            (0.0093, 0.0148, 0.0165, 0.0180, 0.0187, 0.0187, 0.0187, 0.0185),
        ),
        ("rule1", True): (
            (0.1543, 0.1163, 0.0945, 0.0708, 0.0543, 0.0476, 0.0419, 0.0322),
            (0.0223, 0.0314, 0.0316, 0.0304, 0.0290, 0.0272, 0.0268, 0.0252),
        ),
    }
)


def chance_of_alarm(
    used: Floats, fresh: Floats, *, rules: str = "mdc", screening: bool = True, latest: int = CALIBRATED_FOR
) -> Floats:
    """The probability that an unchanged series shows a special cause on its latest points.

    Args:
        used: (series,), of how many points the limits are made; below 8 the answer is NaN, above 120 that of 120.
        fresh: (series,), how many of the latest points the limits were not made of.
        rules: a set of `spc`, or single rules joined by commas, which are simulated.
        screening: as for `spc.xmr`.
        latest: how many points are looked at; other than 7 is simulated.

    Raises:
        UnknownRules: no such rule.

    Source: METHOD M6.3 [S].

    >>> chance_of_alarm(np.array([24.0]), np.array([7.0]), screening=False).round(2).tolist()
    [0.1]
    """
    frozen, whole = _rates(rules, screening=screening, latest=latest)
    at, grid = 1.0 / np.maximum(used, 1.0), 1.0 / CALIBRATED_POINTS
    # A rate runs about straight over 1/n; np.interp wants rising places.
    apart = np.interp(at, grid[::-1], np.array(frozen)[::-1])
    within = np.interp(at, grid[::-1], np.array(whole)[::-1])
    share = np.clip(fresh / latest, 0.0, 1.0)
    return np.where(used < CALIBRATED_POINTS[0], np.nan, within + share * (apart - within))


def simulated_alarms(
    rules: str = "mdc",
    *,
    points: int = 24,
    latest: int = CALIBRATED_FOR,
    is_frozen: bool = True,
    screening: bool = False,
    inside: bool = True,
    series: int = SIMULATED_SERIES,
) -> float:
    """Count the stable normal series of a simulation that show a special cause on their latest points.

    Args:
        rules: a set, or single rules joined by commas.
        points: of so many limits are made.
        is_frozen: the latest points come after those; else they are the last among them.
        inside: a pattern must lie wholly inside the latest points; else it must touch them.

    Source: METHOD M6.3 [S]: about 9 % inside, about 14 % touching.

    >>> 0.08 < simulated_alarms(points=24) < 0.11
    True
    """
    return _simulated(rules, points, latest, is_frozen, screening, inside, series)


def _rates(rules: str, *, screening: bool, latest: int) -> tuple[Rates, Rates]:
    if rules in RULE_SETS and latest == CALIBRATED_FOR:
        return _CALIBRATED[rules, screening]
    return (
        tuple(_simulated(rules, n, latest, True, screening, True, SIMULATED_SERIES) for n in _counts(0)),
        tuple(
            _simulated(rules, n, latest, False, screening, True, SIMULATED_SERIES) for n in _counts(latest)
        ),
    )


def _counts(least: int) -> list[int]:
    return [max(int(n), least) for n in CALIBRATED_POINTS]


@cache
def _simulated(
    rules: str, points: int, latest: int, is_frozen: bool, screening: bool, inside: bool, series: int
) -> float:
    length = points + latest if is_frozen else points
    values = np.random.default_rng(SEED).standard_normal((series, length))
    basis = Basis(baseline=points if is_frozen else None, backend="numpy")
    chart = xmr(values, basis=basis, screening=screening)
    keys = [rule.key for name in rules.split(",") for rule in rules_named(name)]
    if inside:
        special = signals(latest_of(chart, latest), rules=keys, backend="numpy").is_special
    else:
        special = signals(chart, rules=keys, backend="numpy").is_special[:, -latest:]
    return float(special.any(axis=1).mean())
