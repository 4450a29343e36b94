"""What may be said of each link once all links of the map are looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fourfold.engine.leadlag.adjusting import adjusted_p
from fourfold.engine.leadlag.examining import PERMUTATIONS, Examination
from fourfold.engine.leadlag.series import NotTestable

__all__ = ["ALPHA", "Doubt", "Judged", "Verdict", "judged", "permutations_for", "seed_of"]

ALPHA: Final = 0.05  # policy leadlag.alpha (METHOD §8)


class Verdict(StrEnum):
    """What the data allow to be said; none of them says that one thing brings about the other."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    INCONCLUSIVE = "inconclusive"
    NOT_TESTABLE = "not_testable"


class Doubt(StrEnum):
    """What keeps a link from being supported."""

    CHANCE = "chance"  # the adjusted p is not below alpha
    SIGN = "sign"  # the strongest correlation points the other way
    PRECEDENCE = "precedence"  # Granger's p is not below alpha, or could not be had
    REVERSE = "reverse"  # the effect's measure runs ahead more strongly


@dataclass(frozen=True, slots=True)
class Judged:
    """A link with its verdict. `adjusted_p` is NaN where there was no test."""

    found: Examination | NotTestable
    verdict: Verdict
    adjusted_p: float
    doubts: tuple[Doubt, ...] = ()


def judged(found: Sequence[Examination | NotTestable], *, alpha: float = ALPHA) -> tuple[Judged, ...]:
    """A verdict for every link, with their p adjusted for one another; those not tested count for nothing.

    Args:
        found: every link of the map that was looked at, not the interesting ones alone.

    Source: METHOD M1.2 step 7 and verdict.

    >>> from fourfold.engine.quantities import Why
    >>> judged([NotTestable(Why.TOO_FEW_POINTS, 12)])[0].verdict
    <Verdict.NOT_TESTABLE: 'not_testable'>
    """
    tested = {place: each.p for place, each in enumerate(found) if isinstance(each, Examination)}
    adjusted = dict(zip(tested, adjusted_p(list(tested.values())), strict=True))
    return tuple(
        _judged(each, adjusted[place], alpha=alpha)
        if isinstance(each, Examination)
        else Judged(each, Verdict.NOT_TESTABLE, float("nan"))
        for place, each in enumerate(found)
    )


def _judged(found: Examination, adjusted: float, *, alpha: float) -> Judged:
    doubts = tuple(
        doubt
        for doubt, holds in (
            (Doubt.CHANCE, adjusted >= alpha),
            (Doubt.SIGN, not found.has_expected_sign),
            (Doubt.PRECEDENCE, not found.precedence.p < alpha),
            (Doubt.REVERSE, found.is_reverse_stronger),
        )
        if holds
    )
    if not doubts:
        return Judged(found, Verdict.SUPPORTED, adjusted)
    is_against = Doubt.SIGN in doubts and Doubt.CHANCE not in doubts
    return Judged(found, Verdict.CONTRADICTED if is_against else Verdict.INCONCLUSIVE, adjusted, doubts)


def permutations_for(links: int, *, alpha: float = ALPHA) -> int:
    """How many permutations let a single true link among so many be found: 999 up to 25 links.

    The lowest p of 999 permutations is .001, which 80 links adjust to .08: no lone link could pass.

    Source: METHOD M1.2 steps 5 and 7, which meet only for maps that are not large.

    >>> permutations_for(22), permutations_for(80)
    (999, 3999)
    """
    thousands = -(-round(2.0 * links / alpha) // 1000)
    return max(PERMUTATIONS, 1000 * thousands - 1)


def seed_of(*names: str) -> int:
    """A seed made of a link's names: the same link gives the same permutations, everywhere and always.

    Source: METHOD §0.3 (same number, same context, identical digits).

    >>> seed_of("train", "deliver") == seed_of("train", "deliver"), seed_of("a", "bc") == seed_of("ab", "c")
    (True, False)
    """
    return int.from_bytes(hashlib.sha256("\0".join(names).encode()).digest()[:8], "big")
