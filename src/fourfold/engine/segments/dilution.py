"""A total that looks well while a segment the strategy is about does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fourfold.engine.quantities import Status

__all__ = ["DilutionAlert", "dilution"]


@dataclass(frozen=True, slots=True)
class DilutionAlert:
    """The strategic segments that are off target under a total on target, in listed order."""

    segments: tuple[str, ...]


def dilution(total: Status, strategic: Mapping[str, Status]) -> DilutionAlert | None:
    """Whether the total hides a strategic segment's failure; None where it does not.

    Args:
        total: status of the total.
        strategic: status of each segment that the strategy names.

    Source: METHOD M2.3 (dilution alert: strategic segment red while total green).

    >>> dilution(Status.GREEN, {"key accounts": Status.RED, "others": Status.GREEN}).segments
    ('key accounts',)
    """
    if total is not Status.GREEN:
        return None
    hidden = tuple(key for key, status in strategic.items() if status is Status.RED)
    return DilutionAlert(hidden) if hidden else None
