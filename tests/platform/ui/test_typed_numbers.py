"""What somebody types is read as the pages beside it write."""

import math

import pytest

from fourfold.folder.mapping.numbers import NumberProblem
from fourfold.platform.ui.region import REGIONS, reading_as
from fourfold.platform.ui.typed_numbers import read_typed_number


@pytest.mark.parametrize("region", REGIONS)
def test_what_a_page_shows_reads_back_as_the_same_number(region: str) -> None:
    with reading_as(REGIONS[region]):
        shown = REGIONS[region].written("1,234,567.25")

        assert read_typed_number(shown) == (1234567.25, NumberProblem.NONE)


@pytest.mark.parametrize(
    ("region", "typed", "meant"),
    [
        ("de", "0,125", 0.125),
        ("de", "1.234", 1234),
        ("fr", "1,5", 1.5),
        ("ch", "0.125", 0.125),
        ("gb", "1,234", 1234),
    ],
)
def test_each_region_means_its_own_marks(region: str, typed: str, meant: float) -> None:
    with reading_as(REGIONS[region]):
        assert read_typed_number(typed) == (meant, NumberProblem.NONE)


@pytest.mark.parametrize(
    ("region", "typed"),
    [("gb", "0,125"), ("gb", "1,5"), ("de", "0.125"), ("de", "1.5"), ("fr", "1.5"), ("iso", "1,5")],
)
def test_the_mark_of_another_region_is_refused_rather_than_taken_for_thousands(
    region: str, typed: str
) -> None:
    with reading_as(REGIONS[region]):
        number, problem = read_typed_number(typed)

    assert math.isnan(number)
    assert problem is NumberProblem.NOT_A_NUMBER
