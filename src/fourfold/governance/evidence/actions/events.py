"""What the journal keeps of all this; `object` is `link/<source>><target>` or `unit/<key>`."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.platform.audit.events import Event

__all__ = ["HypothesisRegistered", "LinkDecided", "LinksTested"]


@dataclass(frozen=True, slots=True)
class LinksTested(Event):
    """A unit's links were tested at one place of the ledger."""

    run: int
    seq: int
    links: int
    supported: int
    contradicted: int
    unit: str


@dataclass(frozen=True, slots=True)
class HypothesisRegistered(Event):
    """Somebody wrote down what is expected of a link."""

    unit: str
    edition: int
    x: str
    y: str
    sign: int
    lag_from: int
    lag_to: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class LinkDecided(Event):
    """Somebody decided what becomes of a contradicted link."""

    unit: str
    test: int
    choice: str
    reason: str
