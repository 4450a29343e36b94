"""The leaves of a formula with their values at both ends, for a unit and those directly below it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.aggregate import Operator
from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import Grain
from fourfold.engine.drivers import capital_divisors, expanded, leaves_of, require_one_basis
from fourfold.engine.drivers.refusals import CapitalNotPositive
from fourfold.engine.evaluate.operands import Operands, Totals
from fourfold.engine.formula import Expression, references
from fourfold.engine.formula.syntax import Arithmetic, ArithmeticOperator, Number, Reference, Rolling
from fourfold.engine.quantities import AggregationKind, Why
from fourfold.practices.finance.queries.looking import Looked

__all__ = ["FormulaLeaf", "FormulaLeaves", "formula_leaves"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FormulaLeaf:
    """What a formula reads of one measure: `name` is the leaf's text, `before` and `after` are (unit,).

    The units are the head and those directly below. `measure` is empty where the leaf reads several.
    """

    name: str
    measure: str
    expression: Expression
    before: Floats
    after: Floats


@dataclass(frozen=True, slots=True)
class FormulaLeaves:
    """A formula opened down to what was observed, and its leaves in written order."""

    formula: Expression
    factor: float
    leaves: tuple[FormulaLeaf, ...]
    opened: tuple[str, ...]

    @property
    def before(self) -> dict[str, Floats]:
        """By leaf, as `attribute` takes it."""
        return {leaf.name: leaf.before for leaf in self.leaves}

    @property
    def after(self) -> dict[str, Floats]:
        """By leaf, as `attribute` takes it."""
        return {leaf.name: leaf.after for leaf in self.leaves}


def formula_leaves(looked: Looked, line: Line) -> FormulaLeaves:
    """Open the formula and read its leaves; reads the cube.

    Raises:
        CapitalMixed, CapitalNotPositive, TreeCycle: there is no driver tree.
    """
    assert line.rule.formula is not None
    formulas = _formulas(looked, line)
    formula = expanded(line.rule.formula, formulas, of=looked.measure.key)
    reader = _Reader(looked, line)
    _require_capital(looked, line.rule.formula, formulas, reader=reader)
    leaves = tuple(
        FormulaLeaf(name, _measure(leaf), leaf, reader.before(leaf), reader.after(leaf))
        for name, leaf in leaves_of(formula).items()
    )
    return FormulaLeaves(formula, line.rule.factor, leaves, _opened(line.rule.formula, formulas))


def _formulas(looked: Looked, line: Line) -> dict[str, Expression]:
    """The formulas that may be opened in place: computed on the page, with the same rule for missing operands."""
    found: dict[str, Expression] = {}
    for measure in looked.evaluation.measures:
        rule = None if (its := looked.line_of(measure, looked.shown)) is None else its.rule
        if rule is None or rule.formula is None or not rule.is_per_page:
            continue
        if rule.missing_operand is line.rule.missing_operand and _is_steady(looked, measure):
            whole = rule.formula
            if rule.factor != 1.0:
                whole = Arithmetic(ArithmeticOperator.TIMES, Number(rule.factor), whole)
            found[measure] = whole
    found.pop(looked.measure.key, None)
    return found


def _is_steady(looked: Looked, measure: str) -> bool:
    """Whether one formula holds at both ends."""
    if looked.other is None:
        return True
    now, then = looked.line_of(measure, looked.shown), looked.line_of(measure, looked.other)
    return now is not None and then is not None and now.rule.formula == then.rule.formula


def _opened(formula: Expression, formulas: dict[str, Expression]) -> tuple[str, ...]:
    """The computed measures whose formulas were opened, as the formula meets them."""
    found: dict[str, None] = {}
    waiting = [formula]
    while waiting:
        for leaf in leaves_of(waiting.pop(0)).values():
            if isinstance(leaf, Reference) and leaf.key in formulas and leaf.key not in found:
                found[leaf.key] = None
                waiting.append(formulas[leaf.key])
    return tuple(found)


def _is_stock(looked: Looked, key: str) -> bool:
    line = looked.line_of(key, looked.shown)
    return line is not None and line.rule.kind is AggregationKind.STOCK


def _measure(leaf: Expression) -> str:
    read = references(leaf)
    return read[0] if len(read) == 1 else ""


def _require_capital(
    looked: Looked, formula: Expression, formulas: dict[str, Expression], *, reader: _Reader
) -> None:
    """Judge capital as the formulas name it: a stock that is computed itself stays a stock."""
    flows = {key: each for key, each in formulas.items() if not _is_stock(looked, key)}
    closed = expanded(formula, flows, of=looked.measure.key)
    stocks = {key for key in references(closed) if _is_stock(looked, key)}
    require_one_basis(closed, stocks)
    for divisor in capital_divisors(closed, stocks):
        for value in (reader.before(divisor)[0], reader.after(divisor)[0]):
            if value <= 0.0:
                raise CapitalNotPositive(f"{value:g}")


class _Reader:
    """Parts of a formula on the pages of both ends; the operands behind are worked out once."""

    def __init__(self, looked: Looked, line: Line) -> None:
        view = looked.evaluation.view
        self.looked, self.line = looked, line
        self.operands = Operands(Totals(looked.cube, view), view.pages)
        self.units = len(looked.evaluation.units)

    def after(self, part: Expression) -> Floats:
        """As it came."""
        return self._on(part, self.looked.at)

    def before(self, part: Expression) -> Floats:
        """As it was, or as it was planned."""
        if self.looked.other is None:
            return self._planned(part)
        if self.looked.from_ is None:
            return np.full(self.units, np.nan)
        return self._on(part, self.looked.from_)

    def _on(self, part: Expression, row: int) -> Floats:
        values, whys = self.operands.part(self.line, part)
        return np.where(whys[row] == Why.PRESENT, values[row], np.nan)[: self.units]

    def _planned(self, part: Expression) -> Floats:
        """The targets of what the part reads, combined as it combines values; NaN where somebody set none."""
        match part:
            case Reference(key):
                return self._targets(key, rows=1)
            case Rolling(Reference(key), periods) if self._sums_pages(key):
                return self._targets(key, rows=periods)
            case Rolling(Reference(key)) if self._keeps_last(key):
                return self._targets(key, rows=1)
            case _:
                return np.full(self.units, np.nan)

    def _targets(self, key: str, *, rows: int) -> Floats:
        """The sum of the targets of so many pages."""
        evaluation, last = self.looked.evaluation, self.looked.at
        if key not in evaluation.measures or last + 1 < rows:
            return np.full(self.units, np.nan)
        results = evaluation.at(self.looked.shown.grain).measures
        found = results.target[evaluation.measure_index(key), last + 1 - rows : last + 1]
        total: Floats = found[0].copy()
        for row in found[1:]:
            total += row
        return total

    def _sums_pages(self, key: str) -> bool:
        """Whether the pages are the measure's own periods and its values add up over them."""
        line, grain = self.looked.line_of(key, self.looked.shown), self.looked.shown.grain
        is_sum = line is not None and line.rule.semantics.over_time is Operator.SUM
        return (
            is_sum
            and line is not None
            and not line.rule.semantics.is_quotient
            and grain is not Grain.YTD
            and grain.frequency is line.rule.frequency
        )

    def _keeps_last(self, key: str) -> bool:
        line = self.looked.line_of(key, self.looked.shown)
        return line is not None and line.rule.semantics.over_time is Operator.LAST
