"""What is wrong with a definition, as one exception with a stable code."""

from __future__ import annotations

__all__ = ["DefinitionRefused"]


class DefinitionRefused(ValueError):
    """The definitions cannot be made into a book.

    `code` is one of FORMULA_CYCLE, FORMULA_SYNTAX, FORMULA_TOO_DEEP, FORMULA_TOO_LARGE, UNIT_MISMATCH,
    THRESHOLD_ORDER, UNIT_CYCLE, UNIT_ROOT, UNIT_UNKNOWN, MEASURE_UNKNOWN, OBJECTIVE_UNKNOWN, PERSPECTIVE_UNKNOWN,
    SEGMENT_UNKNOWN, KEY_DUPLICATE, SERIES_MIXED, MEASURE_RETIRED, TARGET_WRONG, POLICY_WRONG. `kind` and `key` name
    the definition.
    """

    def __init__(self, code: str, message: str, *, kind: str = "", key: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.kind = kind
        self.key = key
