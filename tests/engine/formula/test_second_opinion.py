"""Two evaluators, written apart, agree to the last bit and on every reason."""

import struct

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fourfold.engine.definitions import MissingOperand
from fourfold.engine.formula import evaluate_formula, parse
from fourfold.engine.quantities import Why
from tests.engine.formula.formulas import KEYS, as_operands, expressions, tables
from tests.engine.formula.slow_evaluator import Missing, Series, SlowEvaluator

# Where time, missing values and arithmetic meet; random formulas come here too rarely.
CROSSINGS = [
    "lag(lag(late, 1) + on-time, 2)",
    "lag(last(late), 1) / last(lag(late, 1))",
    "last(lag(late / on-time, 2))",
    "lag(ytd(late), 1) - lag(rolling(on-time, 2), 3)",
    "last(ytd(late)) + last(rolling(late, 2))",
    "last(sum(late, on-time, lag(not-due, 1)))",
    "lag(last(if(late > 0, 5, on-time)), 3)",
    "avg(late, lag(late, 1), lag(late, 2))",
    "max(late, on-time, 0) - min(late, on-time, 0)",
    "if(late > on-time and not on-time = 0, late / on-time, last(not-due))",
    "if(on-time = 0 or late < lag(late, 1), 0, ratio(late, on-time)^-2)",
    "if(late / on-time > 1, on-time, -on-time) * late^3",
]


@settings(max_examples=max(400, settings.default.max_examples))
@given(
    st.one_of(expressions, st.sampled_from(CROSSINGS).map(parse)),
    tables(),
    st.sampled_from(MissingOperand),
    st.sampled_from([3, 12]),
)
@example(
    parse("min(late, on-time)"), {key: Series(((-0.0,),)) for key in KEYS} | {"late": Series(((0.0,),))},
    MissingOperand.PROPAGATE, 12,
)  # fmt: skip
def test_the_engine_and_the_slow_evaluator_agree_bit_for_bit(expression, series, missing, periods_per_year):
    shape = len(series["late"].rows), len(series["late"].rows[0])
    operands = as_operands(series, periods_per_year=periods_per_year)
    slow = SlowEvaluator(series, missing, periods_per_year)

    values, whys = evaluate_formula(expression, operands, missing=missing, shape=shape)

    assert values.shape == whys.shape == shape
    for row in range(shape[0]):
        for unit in range(shape[1]):
            engine = seen(values[row, unit], whys[row, unit])
            assert engine == told(slow.cell(expression, row=row, unit=unit)), (row, unit)


@given(expressions, tables(), st.sampled_from(MissingOperand))
def test_one_unit_alone_gives_the_digits_it_has_among_others(expression, series, missing):
    shape = len(series["late"].rows), len(series["late"].rows[0])
    alone = {key: Series(tuple(row[:1] for row in table.rows)) for key, table in series.items()}

    together = evaluate_formula(
        expression, as_operands(series, periods_per_year=12), missing=missing, shape=shape
    )
    single = evaluate_formula(
        expression, as_operands(alone, periods_per_year=12), missing=missing, shape=(shape[0], 1)
    )

    for row in range(shape[0]):
        assert seen(together[0][row, 0], together[1][row, 0]) == seen(single[0][row, 0], single[1][row, 0])


@given(expressions, tables(), st.sampled_from(MissingOperand))
def test_operands_are_read_and_never_written(expression, series, missing):
    operands = as_operands(series, periods_per_year=12)
    for array in [*operands.values.values(), *operands.whys.values()]:
        array.flags.writeable = False

    values, whys = evaluate_formula(expression, operands, missing=missing)

    values[:], whys[:] = 1.0, Why.PRESENT  # the answer is the caller's own


def seen(value, why):
    """Bits of a present value; of a missing one only the reason, and that it is NaN."""
    if why == Why.PRESENT:
        return struct.pack("<d", value)
    assert value != value, "a missing cell holds a number"
    return Why(int(why))


def told(cell):
    return cell.why if isinstance(cell, Missing) else struct.pack("<d", cell)
