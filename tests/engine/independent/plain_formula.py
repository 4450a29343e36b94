"""Formulas read and computed for one cell: numbers, measures, + - * / ( ), ratio, rolling (METHOD §0.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fourfold.engine.definitions import Measure, MeasureVersion
from fourfold.engine.quantities import unit_of_measure
from tests.engine.independent.plain_time import Page, whole_periods

if TYPE_CHECKING:
    from tests.engine.independent.plain_values import Values

Number = tuple[str, float | None]
"""(why, value)."""

_TOKEN = re.compile(r"\s*([a-z][a-z0-9]*(?:-[a-z0-9]+)*|[0-9.]+|[-+*/(),])")


class Formula:
    """One reading of a formula for one unit and page; operands are aggregated before anything is computed."""

    def __init__(self, values: Values, measure: Measure, version: MeasureVersion, unit: str, page: Page):
        assert version.formula is not None
        self.values, self.version, self.unit, self.page = values, version, unit, page
        self.tokens = _TOKEN.findall(version.formula)
        self._divisor: float | None = None

    def result(self) -> Number:
        why, value, symbol = self._sum()
        assert not self.tokens, self.tokens
        factor = unit_of_measure(symbol).factor / unit_of_measure(self.version.unit_of_measure).factor
        return why, None if value is None else value * factor

    def measures(self) -> list[str]:
        """The measures that are read, each once."""
        found = [
            t
            for t in _TOKEN.findall(self.version.formula)
            if t[0].isalpha() and t not in ("ratio", "rolling")
        ]
        return list(dict.fromkeys(found))

    def divisor(self) -> float | None:
        """The value of the last division's divisor."""
        self.result()
        return self._divisor

    def _quotient(self, left, right) -> tuple[str, float | None, str]:
        self._divisor = right[1]
        return _divided(left, right)

    def _take(self, *wanted: str) -> str | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def _sum(self) -> tuple[str, float | None, str]:
        left = self._product()
        while sign := self._take("+", "-"):
            right = self._product()
            factor = 1 if sign == "+" else -1
            left = (*_both(left, right, lambda a, b, f=factor: a + f * b), left[2])
        return left

    def _product(self) -> tuple[str, float | None, str]:
        left = self._atom()
        while sign := self._take("*", "/"):
            right = self._atom()
            left = (
                self._quotient(left, right)
                if sign == "/"
                else (*_both(left, right, lambda a, b: a * b), left[2])
            )
        return left

    def _atom(self) -> tuple[str, float | None, str]:
        token = self.tokens.pop(0)
        if token == "(":
            inside = self._sum()
            assert self._take(")")
            return inside
        if token[0].isdigit():
            return "present", float(token), "1"
        if token == "ratio":
            return self._quotient(*self._arguments())
        if token == "rolling":
            return self._rolling()
        return self._operand(token, lambda: self.values.anywhere(token, self.unit, self.page))

    def _arguments(self):
        assert self._take("(")
        left = self._sum()
        assert self._take(",")
        right = self._sum()
        assert self._take(")")
        return left, right

    def _operand(self, key: str, cell) -> tuple[str, float | None, str]:
        version = self.values.organisation.measures[key].versions[-1]
        found = cell()
        why = "missing_required" if found.why == "missing_due" else found.why
        return why, found.value if why == "present" else None, version.unit_of_measure

    def _rolling(self) -> tuple[str, float | None, str]:
        _, key, _, count, _ = (self.tokens.pop(0) for _ in range(5))
        return self._operand(key, lambda: self._window(key, int(count)))

    def _window(self, key: str, count: int):
        """The last `count` periods up to the last one owed; one that begins before measure or unit is too short."""
        organisation = self.values.organisation
        measure = organisation.measures[key]
        version = measure.versions[-1]
        frequency = version.frequency.value
        at_end = self.values.anywhere(key, self.unit, self.page)
        inside = [p for p in whole_periods(frequency, self.page) if organisation.is_due(version, p)]
        if not inside:
            return at_end
        window = list(range(inside[-1] - count + 1, inside[-1] + 1))
        if not organisation.observed(measure, self.unit, window[0]):
            return type(at_end)("too_few_points")
        return self.values.over(measure, self.unit, window, version)


def _both(left, right, operation) -> Number:
    for why, value, _ in (left, right):
        if value is None:
            return why, None
    return "present", operation(left[1], right[1])


def _divided(left, right) -> tuple[str, float | None, str]:
    symbol = unit_of_measure(left[2]).per(unit_of_measure(right[2])).symbol
    why, value = _both(left, right, lambda a, b: None if b == 0 else a / b)
    return ("zero_denominator" if why == "present" and value is None else why), value, symbol
