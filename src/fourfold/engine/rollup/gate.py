"""How much of a parent must be known before its score is published."""

from typing import Final

__all__ = ["COVERAGE_MIN", "COVERAGE_TOLERANCE"]

COVERAGE_MIN: Final = 0.75  # policy `score.coverage_min` (METHOD §0.5)

# Three of four equal weights of 0.1 are 0.7499999999999999 of them: METHOD §8 tests such borders with this tolerance.
COVERAGE_TOLERANCE: Final = 1e-12
