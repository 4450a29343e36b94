"""Returns on capital: their formulas, and the ways of counting capital that must not be mixed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from fourfold.engine.drivers.refusals import CapitalMixed, CapitalNotPositive
from fourfold.engine.formula import Expression
from fourfold.engine.formula.syntax import (
    Arithmetic,
    ArithmeticOperator,
    Lag,
    Node,
    Number,
    RatioOf,
    Reference,
    Spread,
    SpreadFunction,
    every_node,
    parts,
)

__all__ = [
    "Capital",
    "CapitalBasis",
    "Dupont",
    "ReturnOnCapital",
    "capital_bases",
    "capital_divisors",
    "dupont",
    "require_one_basis",
    "return_on_capital",
]


class CapitalBasis(StrEnum):
    """As of when capital counts; the choice belongs to the measure and is kept."""

    AVERAGE = "average"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Capital:
    """Invested capital at both ends of a period.

    >>> Capital(100.0, 120.0).counted(CapitalBasis.AVERAGE)
    110.0
    """

    opening: float
    closing: float

    def counted(self, basis: CapitalBasis) -> float:
        """As the basis has it.

        Raises:
            CapitalNotPositive: not above zero: a return on it is not meaningful.
        """
        found = self.closing if basis is CapitalBasis.CLOSING else (self.opening + self.closing) / 2.0
        if not found > 0.0:
            raise CapitalNotPositive(f"capital of {found:g}: a return on it is not meaningful")
        return found


@dataclass(frozen=True, slots=True)
class ReturnOnCapital:
    """ROIC and its two factors: `value` = margin · turns."""

    margin: float
    turns: float
    basis: CapitalBasis

    @property
    def value(self) -> float:
        """NOPAT ÷ invested capital."""
        return self.margin * self.turns


def return_on_capital(
    *,
    revenue: float,
    ebit: float,
    tax_rate: float,
    capital: Capital,
    basis: CapitalBasis = CapitalBasis.AVERAGE,
) -> ReturnOnCapital:
    """ROIC = EBIT · (1 − t) ÷ invested capital = margin · turns.

    Args:
        tax_rate: t, a share.
        basis: average of opening and closing, or closing; the same for every period that is compared.

    Raises:
        CapitalNotPositive: capital, or revenue (a margin needs it), not above zero.

    Source: METHOD M4.1.

    >>> found = return_on_capital(revenue=1000, ebit=150, tax_rate=0.25, capital=Capital(480, 520))
    >>> round(found.value, 6), round(found.margin, 6), found.turns
    (0.225, 0.1125, 2.0)
    """
    if not revenue > 0.0:
        raise CapitalNotPositive(f"revenue of {revenue:g}: a margin on it is not meaningful")
    return ReturnOnCapital(
        margin=ebit * (1.0 - tax_rate) / revenue, turns=revenue / capital.counted(basis), basis=basis
    )


@dataclass(frozen=True, slots=True)
class Dupont:
    """Return on equity in three factors."""

    margin: float
    turns: float
    leverage: float

    @property
    def value(self) -> float:
        """ROE."""
        return self.margin * self.turns * self.leverage


def dupont(*, net_income: float, sales: float, assets: float, equity: float) -> Dupont:
    """ROE = net income ÷ sales · sales ÷ assets · assets ÷ equity.

    Raises:
        CapitalNotPositive: sales, assets or equity not above zero.

    Source: METHOD M4.1.

    >>> round(dupont(net_income=60, sales=1200, assets=1000, equity=500).value, 12)
    0.12
    """
    for name, value in (("sales", sales), ("assets", assets), ("equity", equity)):
        if not value > 0.0:
            raise CapitalNotPositive(f"{name} of {value:g}: a return on it is not meaningful")
    return Dupont(net_income / sales, sales / assets, assets / equity)


def require_one_basis(expression: Expression, stocks: Collection[str]) -> None:
    """Refuse a tree in which the same stock counts once averaged and once as of the end.

    Raises:
        CapitalMixed: see there.

    Source: METHOD M4.1 (refuse mixing average and closing capital).

    >>> from fourfold.engine.formula import parse
    >>> require_one_basis(parse("profit / avg(capital, lag(capital, 12))"), {"capital"})
    """
    for stock, bases in capital_bases(expression, stocks).items():
        if len(bases) > 1:
            raise CapitalMixed(f"{stock} enters this tree both averaged and as of the end of the period")


def capital_bases(expression: Expression, stocks: Collection[str]) -> dict[str, set[CapitalBasis]]:
    """How each stock that the formula reads is counted. A past level by itself is neither.

    Source: METHOD M4.1.

    >>> from fourfold.engine.formula import parse
    >>> {key: sorted(found) for key, found in capital_bases(parse("sales / (a + lag(a, 1)) * 2 - a"), {"a"}).items()}
    {'a': [<CapitalBasis.AVERAGE: 'average'>, <CapitalBasis.CLOSING: 'closing'>]}
    """
    found: dict[str, set[CapitalBasis]] = {}
    _look(expression, set(stocks), found)
    return found


def capital_divisors(expression: Expression, stocks: Collection[str]) -> tuple[Expression, ...]:
    """What the formula divides by that is made of stocks alone: capital, which must be above zero to mean anything.

    Source: METHOD M4.1 (IC ≤ 0 is not meaningful).

    >>> from fourfold.engine.formula import parse
    >>> capital_divisors(parse("profit / (working-capital + assets)"), {"working-capital", "assets"}) != ()
    True
    """
    found: list[Expression] = []
    for node, _depth in every_node(expression):
        match node:
            case RatioOf(_, below) | Arithmetic(ArithmeticOperator.OVER, _, below):
                read = {each.key for each in _references(below)}
                if read and read <= set(stocks):
                    found.append(below)
            case _:
                continue
    return tuple(found)


def _look(node: Node, stocks: set[str], found: dict[str, set[CapitalBasis]]) -> None:
    averaged = _averaged(node) & stocks
    for key in averaged:
        found.setdefault(key, set()).add(CapitalBasis.AVERAGE)
    match node:
        case Reference(key) if key in stocks:
            found.setdefault(key, set()).add(CapitalBasis.CLOSING)
        case Lag() | Number():
            return
        case _:
            for part in parts(node):
                _look(part, stocks - averaged, found)


def _averaged(node: Node) -> set[str]:
    """The stocks whose level at both ends this node puts together: `avg(x, lag(x, k))`, `x + lag(x, k)`."""
    match node:
        case Spread(SpreadFunction.AVG | SpreadFunction.SUM, operands):
            sides: tuple[Node, ...] = operands
        case Arithmetic(ArithmeticOperator.PLUS, left, right):
            sides = (left, right)
        case _:
            return set()
    past = {each.key for side in sides for each in _references(side) if _is_past(side)}
    present = {each.key for side in sides for each in _references(side) if not _is_past(side)}
    return past & present


def _is_past(node: Node) -> bool:
    return any(isinstance(each, Lag) for each, _ in every_node(node))


def _references(node: Node) -> list[Reference]:
    return [each for each, _ in every_node(node) if isinstance(each, Reference)]
