"""Why a formula is not accepted, and what its author can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["FormulaCode", "FormulaRefused", "Position"]


class FormulaCode(StrEnum):
    """The stable codes of every refusal of a formula."""

    SYNTAX = "FORMULA_SYNTAX"
    TOO_LARGE = "FORMULA_TOO_LARGE"
    TOO_DEEP = "FORMULA_TOO_DEEP"
    EXPONENT = "FORMULA_EXPONENT"
    UNKNOWN_NAME = "FORMULA_UNKNOWN_NAME"
    CYCLE = "FORMULA_CYCLE"
    UNIT_MISMATCH = "UNIT_MISMATCH"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the text of a formula; both count from 1."""

    line: int = 1
    column: int = 1


class FormulaRefused(ValueError):
    """A formula that is not accepted: a stable code, what is wrong, what to do, and where.

    `position` is None where no single place is to blame, as in a cycle through several formulas.
    """

    def __init__(
        self, code: FormulaCode, message: str, *, remedy: str, position: Position | None = None
    ) -> None:
        place = f"line {position.line}, column {position.column}: " if position else ""
        super().__init__(f"{place}{message}. {remedy}.")
        self.code = code
        self.message = message
        self.remedy = remedy
        self.position = position

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes: the default would lose the keyword arguments."""
        return _rebuilt, (self.code, self.message, self.remedy, self.position)


def _rebuilt(code: FormulaCode, message: str, remedy: str, position: Position | None) -> FormulaRefused:
    return FormulaRefused(code, message, remedy=remedy, position=position)
