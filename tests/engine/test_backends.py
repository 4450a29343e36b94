"""Which backend serves, when nobody asks for one."""

import subprocess
import sys

import numpy as np
import pytest

from fourfold.engine.backends import ROWS_WORTH_COMPILING, backend_for
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import evaluate
from fourfold.engine.rows import ObservationRows
from tests.engine.small_books import book, definitions, measure, observations

WRITTEN = definitions(measure("sales"))
ROWS = observations(WRITTEN, "sales north 2026-08 5\nsales south 2026-09 11")


def many(count: int) -> ObservationRows:
    """The same row again and again."""
    return ROWS.where(np.zeros(count, dtype=np.intp))


def test_few_rows_are_computed_by_numpy_and_many_compiled():
    assert backend_for(0) == backend_for(ROWS_WORTH_COMPILING - 1) == "numpy"
    assert backend_for(ROWS_WORTH_COMPILING) == "numba"


def test_an_evaluation_takes_the_cube_s_choice_unless_told_otherwise():
    compiled = book(WRITTEN)
    few = Cube.of(compiled, ROWS)

    assert evaluate(compiled, few).backend == few.backend == "numpy"
    assert evaluate(compiled, few, backend="numba").backend == "numba"
    assert evaluate(compiled, Cube.of(compiled, ROWS, backend="numba")).backend == "numba"


@pytest.mark.parametrize("parts", [1, 2])
def test_a_cube_counts_all_rows_it_has_taken_in(parts: int):
    cube = Cube(book(WRITTEN))
    for _ in range(parts):
        assert cube.backend == "numpy"
        cube.take_in(many(ROWS_WORTH_COMPILING // parts))

    assert cube.backend == "numba"


def test_a_small_evaluation_never_loads_numba():
    asked = (
        "import sys\n"
        "from fourfold.engine import explain, update\n"
        "from tests.engine.test_backends import *\n"
        "evaluate(book(WRITTEN), Cube.of(book(WRITTEN), ROWS))\n"
        "print('numba' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"
