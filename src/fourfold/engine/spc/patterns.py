"""The shapes that rules look for, as the numbers both backends compare."""

from typing import Final

__all__ = [
    "ALTERNATING",
    "BEYOND",
    "BEYOND_EITHER",
    "DOWN",
    "MOST_RULES",
    "ONE_SIDE",
    "OUT_OF",
    "TREND",
    "WITHIN",
]

BEYOND: Final = 0
ONE_SIDE: Final = 1
TREND: Final = 2
ALTERNATING: Final = 3
OUT_OF: Final = 4
WITHIN: Final = 5
BEYOND_EITHER: Final = 6

MOST_RULES: Final = 8
DOWN: Final = 8  # the bit of a rule's downward pattern lies so much higher than that of its upward one
