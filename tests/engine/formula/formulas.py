"""Random formulas and random data for them, for Hypothesis."""

import numpy as np
from hypothesis import strategies as st

from fourfold.engine.formula import ArrayOperands
from fourfold.engine.formula.syntax import (
    Arithmetic,
    ArithmeticOperator,
    Choice,
    Comparator,
    Comparison,
    Lag,
    Last,
    Logical,
    LogicalOperator,
    Negation,
    Not,
    Number,
    Power,
    RatioOf,
    Reference,
    Rolling,
    Spread,
    SpreadFunction,
    ToDate,
)
from fourfold.engine.quantities import Why
from tests.engine.formula.slow_evaluator import Missing, Series

KEYS = ("late", "on-time", "not-due", "sum", "Q1_revenue")  # two need quotes

numbers = st.one_of(
    st.integers(0, 20).map(float),
    st.floats(0.0, 1e6),
    st.floats(min_value=0.0, allow_infinity=False, allow_nan=False),
).map(Number)
references = st.sampled_from(KEYS).map(Reference)
over_time = st.builds(ToDate, references) | st.builds(Rolling, references, st.integers(1, 6))
exponents = st.integers(-10, 10).map(float) | st.sampled_from([0.5, -0.5, 2.5])


def unnamed(strategy):
    """The same strategy without its description, which would spell out every level below it and fill megabytes."""

    @st.composite
    def drawn(draw):
        return draw(strategy)

    return drawn()


def conditions(expressions):
    compared = st.builds(Comparison, st.sampled_from(Comparator), expressions, expressions)
    return st.recursive(
        compared,
        lambda inner: (
            st.builds(Logical, st.sampled_from(LogicalOperator), inner, inner) | st.builds(Not, inner)
        ),
        max_leaves=3,
    )


def operations(smaller):
    inner = unnamed(smaller)
    return st.one_of(
        st.builds(Negation, inner),
        st.builds(Arithmetic, st.sampled_from(ArithmeticOperator), inner, inner),
        st.builds(Arithmetic, st.sampled_from(ArithmeticOperator), inner, inner),
        st.builds(Power, inner, exponents),
        st.builds(RatioOf, inner, inner),
        st.builds(
            Spread, st.sampled_from(SpreadFunction), st.lists(inner, min_size=1, max_size=4).map(tuple)
        ),
        st.builds(Last, inner),
        st.builds(Lag, inner, st.integers(1, 4)),
        st.builds(Choice, conditions(inner), inner, inner),
    )


expressions = st.recursive(references | references | over_time | numbers, operations, max_leaves=12)

values = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, 2.0, 100.0, 1e200, -1e200, 1e308, 1e-200, 5e-324]),
    st.floats(-1e3, 1e3),
    st.floats(allow_nan=False, allow_infinity=False),
)
cells = st.one_of(
    values, values, st.sampled_from([why for why in Why if why is not Why.PRESENT]).map(Missing)
)


@st.composite
def tables(draw):
    """Rows of cells for every key, all of one shape."""
    periods, units = draw(st.integers(1, 7)), draw(st.integers(1, 3))
    row = st.lists(cells, min_size=units, max_size=units).map(tuple)
    table = st.lists(row, min_size=periods, max_size=periods).map(tuple)
    return {key: Series(draw(table)) for key in KEYS}


def as_operands(series, *, periods_per_year):
    """The same cells as arrays; what stands at a missing cell is rubbish on purpose."""
    values, whys = {}, {}
    for key, table in series.items():
        values[key] = np.array([[7.0 if isinstance(c, Missing) else c for c in row] for row in table.rows])
        whys[key] = np.array(
            [[c.why if isinstance(c, Missing) else 0 for c in row] for row in table.rows], dtype=np.uint8
        )
        values[key][whys[key] % 2 == 1] = np.nan
    return ArrayOperands(values, whys, periods_per_year=periods_per_year)
