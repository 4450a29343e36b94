"""Children's scores to a parent's, honest about what is missing. One page: docs/algorithms/rollup.md.

Source: METHOD §2.4, §2.5, §8.
"""

from fourfold.engine.rollup.block import RollupBlock, rollup_block
from fourfold.engine.rollup.gate import COVERAGE_MIN, COVERAGE_TOLERANCE

__all__ = ["COVERAGE_MIN", "COVERAGE_TOLERANCE", "RollupBlock", "rollup_block"]
