"""The constants of control charts: as published, with their few digits, and exact."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["CONSTANTS", "LARGEST_SUBGROUP", "ConstantSet", "Constants", "constants_named"]

ConstantSet = Literal["published", "exact"]
Floats = NDArray[np.float64]

LARGEST_SUBGROUP: Final = 25  # the published tables end here


@dataclass(frozen=True, slots=True)
class Constants:
    """One set. Arrays are indexed by the size of a subgroup; 0 and 1 are NaN: one value has no spread.

    `limit_per_mean_range` is 3 ÷ d2 of two points (XmR), `mean_range_per_sigma` that d2, `range_ceiling` the D4 of two.
    """

    limit_per_mean_range: float
    mean_range_per_sigma: float
    range_ceiling: float
    a2: Floats
    a3: Floats
    c4: Floats
    b4: Floats
    d2: Floats
    d4: Floats

    def __post_init__(self) -> None:
        for table in (self.a2, self.a3, self.c4, self.b4, self.d2, self.d4):
            table.flags.writeable = False


# n = 2 … 25: A2, A3, c4, B4, d2, D4. ASTM Manual on Presentation of Data (MNL 7), table 49; Montgomery, Introduction to
# Statistical Quality Control, appendix VI. B3 = max(0, 2 − B4) and D3 = max(0, 2 − D4) follow but for the last digit.
_PUBLISHED = """
1.880 2.659 0.7979 3.267 1.128 3.267
1.023 1.954 0.8862 2.568 1.693 2.574
0.729 1.628 0.9213 2.266 2.059 2.282
0.577 1.427 0.9400 2.089 2.326 2.114
0.483 1.287 0.9515 1.970 2.534 2.004
0.419 1.182 0.9594 1.882 2.704 1.924
0.373 1.099 0.9650 1.815 2.847 1.864
0.337 1.032 0.9693 1.761 2.970 1.816
0.308 0.975 0.9727 1.716 3.078 1.777
0.285 0.927 0.9754 1.679 3.173 1.744
0.266 0.886 0.9776 1.646 3.258 1.717
0.249 0.850 0.9794 1.618 3.336 1.693
0.235 0.817 0.9810 1.594 3.407 1.672
0.223 0.789 0.9823 1.572 3.472 1.653
0.212 0.763 0.9835 1.552 3.532 1.637
0.203 0.739 0.9845 1.534 3.588 1.622
0.194 0.718 0.9854 1.518 3.640 1.608
0.187 0.698 0.9862 1.503 3.689 1.597
0.180 0.680 0.9869 1.490 3.735 1.585
0.173 0.663 0.9876 1.477 3.778 1.575
0.167 0.647 0.9882 1.466 3.819 1.566
0.162 0.633 0.9887 1.455 3.858 1.557
0.157 0.619 0.9892 1.445 3.895 1.548
0.153 0.606 0.9896 1.435 3.931 1.541
"""

# n = 2 … 25: mean and standard deviation of the range of n standard normal values, by Gauss–Legendre quadrature
# of Tippett's integrals (Biometrika 17, 1925); a test integrates them again.
_RANGES = """
1.128379167095 0.8525024664
1.692568750643 0.8883680040
2.058750746008 0.8798082028
2.325928947281 0.8640819411
2.534412721223 0.8480396861
2.704356751214 0.8332053356
2.847200612090 0.8198314898
2.970026324418 0.8078342746
3.077505461670 0.7970506735
3.172872703816 0.7873146206
3.258455279743 0.7784783412
3.335980354098 0.7704162021
3.406763108200 0.7630230956
3.471826889882 0.7562114297
3.531982786109 0.7499080894
3.587883961765 0.7440517840
3.640063757937 0.7385908534
3.688963023207 0.7334814955
3.734950119596 0.7286863457
3.778335829842 0.7241733407
3.819384643362 0.7199148084
3.858323423285 0.7158867355
3.895348148451 0.7120681751
3.930629219507 0.7084407659
"""


def _columns(table: str) -> list[Floats]:
    rows = [[float(cell) for cell in line.split()] for line in table.split("\n") if line]
    return [np.array([math.nan, math.nan, *column]) for column in zip(*rows, strict=True)]


def _published() -> Constants:
    a2, a3, c4, b4, d2, d4 = _columns(_PUBLISHED)
    return Constants(2.66, 1.128, 3.267, a2, a3, c4, b4, d2, d4)


def _exact() -> Constants:
    d2, d3 = _columns(_RANGES)
    size = np.arange(LARGEST_SUBGROUP + 1, dtype=np.float64)
    c4 = np.array([math.nan, math.nan, *(_c4(n) for n in range(2, LARGEST_SUBGROUP + 1))])
    d2[2] = 2.0 / math.sqrt(math.pi)
    d4 = 1.0 + 3.0 * d3 / d2
    return Constants(
        limit_per_mean_range=3.0 / float(d2[2]),
        mean_range_per_sigma=float(d2[2]),
        range_ceiling=float(d4[2]),
        a2=3.0 / (d2 * np.sqrt(size)),
        a3=3.0 / (c4 * np.sqrt(size)),
        c4=c4,
        b4=1.0 + 3.0 * np.sqrt(1.0 - c4 * c4) / c4,
        d2=d2,
        d4=d4,
    )


def _c4(n: int) -> float:
    """The mean of the standard deviation of n standard normal values."""
    return math.sqrt(2.0 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


CONSTANTS: Mapping[ConstantSet, Constants] = MappingProxyType({"published": _published(), "exact": _exact()})


def constants_named(name: ConstantSet) -> Constants:
    """The set a chart is asked to use.

    Source: METHOD M3.4 (published by default, so that a chart agrees with the spreadsheet beside it).

    >>> constants_named("published").limit_per_mean_range, round(constants_named("exact").limit_per_mean_range, 4)
    (2.66, 2.6587)
    """
    return CONSTANTS[name]
