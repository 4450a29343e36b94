"""Which of the two ways to compute the same digits serves an amount of work best."""

from __future__ import annotations

from typing import Final

from fourfold.engine.score import Backend

__all__ = ["ROWS_WORTH_COMPILING", "backend_for"]

ROWS_WORTH_COMPILING: Final = 400_000
"""Loading compiled kernels takes a second, compiling them the first time half a minute; NumPy needs less for fewer."""


def backend_for(rows: int) -> Backend:
    """Choose for so many rows; both backends give the same bits, so the choice shows in time only.

    Source: DESIGN §2.

    >>> backend_for(20_000), backend_for(5_000_000)
    ('numpy', 'numba')
    """
    return "numba" if rows >= ROWS_WORTH_COMPILING else "numpy"
