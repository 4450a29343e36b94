"""Small segments in a tree of units: nobody works one out by subtracting what is shown from what is shown."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.engine.segments import hidden_in_tree, hidden_over_time, hidden_places

NONE = range(0)
TREE = (range(1, 3), range(3, 5), range(5, 8), NONE, NONE, NONE, NONE, NONE)
"""A company of two regions with two and three shops."""

LEAST = 5


def whole(shops: np.ndarray) -> np.ndarray:
    """(segment, unit) of the tree, regions and company added up."""
    cases = np.zeros((len(shops), 8))
    cases[:, 3:] = shops
    for unit in (2, 1, 0):
        cases[:, unit] = cases[:, list(TREE[unit])].sum(axis=1)
    return cases


def subtracted(cases: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """What of the hidden cells somebody finds who knows every total and subtracts as long as something comes of it."""
    open_, before = hidden.copy(), -1
    while (count := int(open_.sum())) != before:
        before = count
        open_[:, open_.sum(axis=0) == 1] = False
        for unit, below in enumerate(TREE):
            for segment in range(len(cases)) if len(below) else ():
                sides = [(segment, unit), *((segment, child) for child in below)]
                unknown = [place for place in sides if open_[place]]
                if len(unknown) == 1:
                    open_[unknown[0]] = False
    return hidden & ~open_


@given(st.lists(st.sampled_from([1, 2, 4, 7, 15, 40, 90]), min_size=15, max_size=15))
@settings(max_examples=150, deadline=None)
def test_subtracting_as_long_as_one_likes_finds_no_small_segment(counts) -> None:
    cases = whole(np.array(counts, dtype=float).reshape(3, 5))
    hidden = hidden_in_tree(cases, children=TREE, least=LEAST)

    assert hidden[cases < LEAST].all()
    assert not subtracted(cases, hidden)[cases < LEAST].any()


def test_one_small_shop_hides_its_neighbour_and_another_segment_and_leaves_the_company_alone() -> None:
    cases = whole(np.array([[50.0, 3, 40, 40, 40], [60, 60, 60, 60, 60], [70, 20, 70, 70, 70]]))
    hidden = hidden_in_tree(cases, children=TREE, least=LEAST)

    assert np.argwhere(hidden).tolist() == [[0, 3], [0, 4], [2, 3], [2, 4]]


def test_a_hidden_whole_is_not_told_by_its_parts() -> None:
    cases = whole(np.array([[50.0, 50, 50, 50, 50], [60, 60, 60, 60, 60]]))
    already = np.zeros(cases.shape, dtype=bool)
    already[0, 1] = True
    hidden = hidden_in_tree(cases, children=TREE, least=LEAST, already=already)

    assert hidden[0, 3:5].any()
    assert not subtracted(cases, hidden)[0, 1]


def test_where_nothing_is_small_nothing_is_hidden_and_an_empty_segment_hides_nobody() -> None:
    cases = whole(np.full((2, 5), 30.0))
    cases[0, 3] = np.inf

    assert not hidden_in_tree(cases, children=TREE, least=LEAST).any()


def test_a_number_on_cases_that_nobody_counted_is_hidden() -> None:
    cases = whole(np.full((3, 5), 30.0))
    cases[1, 4] = np.nan

    assert hidden_in_tree(cases, children=TREE, least=LEAST)[1, 4]


def test_a_quarter_with_one_hidden_month_would_tell_it() -> None:
    cases = np.array([[[3.0], [30], [30], [4], [2], [30]]])
    pages = [range(3), range(3, 6), range(6)]

    assert hidden_over_time(cases, cases < LEAST, pages=pages, least=LEAST).ravel().tolist() == [
        True,
        False,
        False,
    ]


def test_each_period_hides_alike_whatever_it_is_compared_with() -> None:
    august, september = np.array([3.0, 10, 50, 60]), np.array([50.0, 60, 10, 50])
    alone = hidden_places([august], least=LEAST)

    assert alone == {0, 1}
    assert hidden_places([august, september], least=LEAST) == alone
