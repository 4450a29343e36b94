"""Months that wander: a series whose neighbours lean on one another, so that its slope by season is unsure."""

from typing import Final

# fmt: off
LEANING: Final = [
    79.8, 79.3, 79.7, 79.2, 80.3, 80.9, 80.8, 81.1, 82.0, 83.5, 83.1, 83.8,
    84.1, 84.0, 84.7, 85.0, 85.6, 85.4, 85.5, 85.8, 85.9, 86.0, 85.7, 85.8,
    86.0, 86.0, 86.1, 86.5, 86.3, 86.7, 86.7, 86.8, 86.8, 87.3, 87.8, 87.9,
]
# fmt: on
"""Three years of months: by season their slope has no 95 % interval."""
