"""What the signals room shows on lower pages: each provider answers for a whole list in constant queries."""

from __future__ import annotations

__all__ = ["fill_slots"]

NAME = "signals"


def fill_slots() -> None:
    """Register every provider; again replaces."""
