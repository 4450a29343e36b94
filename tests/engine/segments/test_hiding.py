"""Small segments in a tree of units: nobody works one out from what is shown, however many sums are taken together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from fourfold.engine.segments import hidden_in_tree, hidden_over_time, hidden_places

NONE = range(0)
TREE = (range(1, 3), range(3, 5), range(5, 8), NONE, NONE, NONE, NONE, NONE)
"""A company of two regions with two and three shops."""

LEAST = 5
SPARSE = [0, 0, 0, 1, 1, 2, 3, 4, 4, 6, 9, 40]
"""Many empty and many small: tables in which single sums hide what several tell."""


def whole(shops: np.ndarray) -> np.ndarray:
    """(segment, unit) of the tree, regions and company added up."""
    cases = np.zeros((len(shops), 8))
    cases[:, 3:] = shops
    for unit in (2, 1, 0):
        cases[:, unit] = cases[:, list(TREE[unit])].sum(axis=1)
    return cases


def sums(segments: int) -> np.ndarray:
    """Every published sum as a row over the cells: units' totals, and wholes that are their parts."""
    rows = []
    for unit, below in enumerate(TREE):
        row = np.zeros((segments, len(TREE)))
        row[:, unit] = 1.0
        rows.append(row.ravel())
        for segment in range(segments) if len(below) else ():
            row = np.zeros((segments, len(TREE)))
            row[segment, unit], row[segment, list(below)] = 1.0, -1.0
            rows.append(row.ravel())
    return np.array(rows)


def free(relations: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """What may be added to the unknown numbers without a relation breaking, as rows over all numbers."""
    _left, sizes, right = np.linalg.svd(relations[:, unknown])
    found = np.zeros((int(unknown.sum()) - int((sizes > 1e-9).sum()), unknown.size))
    found[:, unknown] = right[int((sizes > 1e-9).sum()) :]
    return found


def told(relations: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Which unknown numbers linear algebra finds from all relations at once: those that nothing moves."""
    if not unknown.any():
        return unknown
    return unknown & (np.abs(free(relations, unknown)) < 1e-7).all(axis=0)


def table(counts) -> np.ndarray:
    """Four segments by five shops; an empty cell is not there."""
    cases = whole(np.array(counts, dtype=float).reshape(4, 5))
    return np.where(cases > 0.0, cases, np.inf)


TABLES = st.lists(st.sampled_from(SPARSE), min_size=20, max_size=20).map(table)


@pytest.mark.method("M2.3")
@given(TABLES)
@settings(max_examples=200, deadline=None)
def test_no_sums_together_tell_a_small_segment_that_the_totals_alone_do_not(cases) -> None:
    hidden = hidden_in_tree(cases, children=TREE, least=LEAST)
    small, relations = cases < LEAST, sums(4)
    anyway = told(relations, np.isfinite(cases).ravel())  # even if nothing but totals were shown

    assert hidden[small].all()
    assert not (told(relations, hidden.ravel()) & small.ravel() & ~anyway).any()


@pytest.mark.method("M2.3")
@given(TABLES)
@settings(max_examples=25, deadline=None)
def test_what_may_be_is_as_wide_as_the_audit_asks_wherever_larger_ones_can_cover(cases) -> None:
    """METHOD's audit: by linear programming a hidden small cell may be half, and half as much again."""
    hidden = hidden_in_tree(cases, children=TREE, least=LEAST)
    relations = sums(4)[:, hidden.ravel()]
    values = cases[hidden]
    for place in np.flatnonzero(values < LEAST)[:4].tolist():
        size = float(values[place])
        if not covered(cases, hidden, size=size, place=place):
            continue
        aim = np.zeros(values.size)
        aim[place] = 1.0
        ends = [linprog(sign * aim, A_eq=relations, b_eq=relations @ values).x for sign in (1.0, -1.0)]
        assert ends[0][place] <= 0.5 * size + 1e-6
        assert ends[1][place] >= 1.5 * size - 1e-6


def covered(cases, hidden, *, size, place) -> bool:
    """Whether hiding every cell of at least half its cases would leave it untold."""
    unknown = np.isfinite(cases) & (cases >= size / 2)
    at = np.flatnonzero(hidden.ravel())[place]
    return not told(sums(4), unknown.ravel())[at]


def test_one_small_shop_hides_its_neighbour_and_another_segment_and_leaves_the_company_alone() -> None:
    cases = whole(np.array([[50.0, 3, 40, 40, 40], [60, 60, 60, 60, 60], [70, 20, 70, 70, 70]]))
    hidden = hidden_in_tree(cases, children=TREE, least=LEAST)

    assert np.argwhere(hidden).tolist() == [[0, 3], [0, 4], [2, 3], [2, 4]]


def test_where_every_sum_holds_two_hidden_cells_and_all_together_tell_one_a_circle_is_closed() -> None:
    """The last segment's three cases in the third shop were 1 + 3 + 60 + 90 and more, less what was shown elsewhere."""
    rows = [30, 100, 60, 60, 100], [60, 100, 90, 30, 100], [60, 30, 90, 90, 30], [3, 1, 3, 60, 90]
    cases = table(rows)
    hidden = hidden_in_tree(cases, children=TREE, least=LEAST)
    without = hidden.copy()
    without[3, 6] = False

    assert not told(sums(4), hidden.ravel())[hidden.size - 3]
    assert told(sums(4), without.ravel())[hidden.size - 3]


def test_where_nothing_is_small_nothing_is_hidden_and_an_empty_segment_hides_nobody() -> None:
    cases = whole(np.full((2, 5), 30.0))
    cases[0, 3] = np.inf

    assert not hidden_in_tree(cases, children=TREE, least=LEAST).any()


def test_a_number_on_cases_that_nobody_counted_is_hidden() -> None:
    cases = whole(np.full((3, 5), 30.0))
    cases[1, 4] = np.nan

    assert hidden_in_tree(cases, children=TREE, least=LEAST)[1, 4]


def in_each(months) -> tuple[np.ndarray, np.ndarray]:
    """(segment, month, unit) of cases, and what is hidden month by month."""
    cases = np.stack(months, axis=1)
    hidden = [hidden_in_tree(month, children=TREE, least=LEAST) for month in months]
    return cases, np.stack(hidden, axis=1)


def over_time(cases: np.ndarray, hidden: np.ndarray, longer: np.ndarray) -> np.ndarray:
    """The months' sums, each month by itself, and the quarter's shown cells as sums of its months."""
    _segments, months, _units = cases.shape
    alone = sums(len(cases))
    rows = [np.kron(np.eye(months)[month], row) for month in range(months) for row in alone]
    for place in np.flatnonzero(~longer.ravel()).tolist():
        row = np.zeros((months, longer.size))
        row[:, place] = 1.0
        rows.append(row.ravel())
    return np.array(rows)


@pytest.mark.method("M2.3")
@given(st.lists(TABLES, min_size=3, max_size=3))
@settings(max_examples=25, deadline=None)
def test_a_quarter_and_its_months_together_tell_no_small_segment(months) -> None:
    cases, hidden = in_each(months)
    longer = hidden_over_time(cases, hidden, blocks=[range(3)], children=TREE, least=LEAST)[:, 0]
    # From here on (month, segment, unit) flattened, as the relations are.
    unknown, there = (each.transpose(1, 0, 2).ravel() for each in (hidden, np.isfinite(cases)))
    small = (cases < LEAST).transpose(1, 0, 2).ravel()
    nothing = np.ones(longer.shape, dtype=bool)
    anyway = told(over_time(cases, hidden, nothing), there)

    relations = over_time(cases, hidden, longer)
    assert not (told(relations, unknown) & small & ~anyway).any()
    if unknown.any():  # nor the quarter's own small ones, each the sum of its months
        there_then = np.where(np.isfinite(cases), cases, 0.0).sum(axis=1)
        moves, may = (
            np.abs(free(which, numbers).reshape(-1, len(months), longer.size).sum(axis=1)).max(
                axis=0, initial=0.0
            )
            for which, numbers in ((relations, unknown), (over_time(cases, hidden, nothing), there))
        )
        own = (hidden.any(axis=1) & (there_then < LEAST)).ravel()
        assert (moves[own & (may > 1e-7)] > 1e-7).all()


def test_a_quarter_of_three_months_that_hide_alike_is_shown_and_one_that_hides_one_month_is_not() -> None:
    alike = whole(np.array([[50.0, 3, 40, 40, 40], [60, 60, 60, 60, 60], [70, 20, 70, 70, 70]]))
    other = whole(np.full((3, 5), 30.0))
    shown, hidden = in_each([alike, alike, alike]), in_each([alike, other, other])

    assert shown[1].any()
    assert not hidden_over_time(*shown, blocks=[range(3)], children=TREE, least=LEAST).any()
    told_by = hidden_over_time(*hidden, blocks=[range(3)], children=TREE, least=LEAST)
    assert (told_by[:, 0] == hidden[1][:, 0]).all()


def test_each_period_hides_alike_whatever_it_is_compared_with() -> None:
    august, september = np.array([3.0, 10, 50, 60]), np.array([50.0, 60, 10, 50])
    alone = hidden_places([august], least=LEAST)

    assert alone == {0, 1}
    assert hidden_places([august, september], least=LEAST) == alone
