"""Whole lines compiled with Numba: native totals, pages, targets and scores in one pass while rows are in the cache.

Must agree with `native`, `paging`, `wanting` and `measuring` to the last bit: change both or neither. One thread, no
fused multiply-add, no fast math (DESIGN §2).
"""

# A kernel cut into pieces would hand its rows through memory; functions are longer here than house rule 4 likes.

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from fourfold.engine.aggregate import TargetOperator
from fourfold.engine.aggregate.kernels import LAST, MAX, MIN, native_rows
from fourfold.engine.quantities import Why
from fourfold.engine.score.kernels import score_one_sided, score_straight, score_two_sided

__all__ = ["COLUMNS", "SCORE_ONE_SIDED", "SCORE_STRAIGHT", "SCORE_TWO_SIDED", "fill_lines"]

COLUMNS = (
    "place",
    "track",
    "denominator",
    "owes",
    "wants",
    "over_time",
    "over_units",
    "is_rolled_up",
    "needs_all",
    "target_operator",
    "is_steady",
    "rows_wanted",
)
"""What the integer plan of a line says, by column."""
PLACE, TRACK, DENOMINATOR, OWES, WANTS, OVER_TIME, OVER_UNITS, ROLLED, NEEDS_ALL, TARGET, STEADY, ROWS = (
    range(12)
)
GROWS = 0x10000  # added to an anchor's row where thresholds grow with the number of summed targets
FEW_UNITS = 64  # below, rows are so short that calling the scores once a line is cheaper than once a page
NOT_BY_KERNEL, SCORE_STRAIGHT, SCORE_ONE_SIDED, SCORE_TWO_SIDED = -1, 0, 1, 2

T_SUM, T_LAST, T_MAX, T_MIN, T_WEIGHTED = (int(each) for each in TargetOperator)
PRESENT, NOT_DUE, NOT_APPLICABLE = int(Why.PRESENT), int(Why.NOT_DUE), int(Why.NOT_APPLICABLE)
MISSING_DUE, MISSING_REQUIRED = int(Why.MISSING_DUE), int(Why.MISSING_REQUIRED)
INSUFFICIENT, ZERO_DENOMINATOR, NOT_FINITE = (
    int(Why.INSUFFICIENT),
    int(Why.ZERO_DENOMINATOR),
    int(Why.NOT_FINITE),
)

Array = Any  # NumPy arrays; Numba reads their types from the arguments
_compiled = njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)
_inlined = njit(nogil=True, error_model="numpy", inline="always")


@_compiled
def _last_counted(t: Array, q: Array, u: int, start: int, stop: int) -> float:
    """The target of the last native row that counts."""
    moves = t.shape[0] > 1
    for p in range(stop - 1, start - 1, -1):
        if q[p, u] > 0:
            return float(t[p if moves else 0, u])
    return float(t[stop - 1 if moves else 0, u])


@_compiled
def _later(t: Array, expected: Array, u: int, start: int, stop: int, target: int) -> tuple[float, float]:
    """The target of a page none of whose periods counts yet, and how many periods it is made of."""
    count, moves = 0.0, t.shape[0] > 1
    found = -np.inf if target == T_MAX else (np.inf if target == T_MIN else 0.0)
    for p in range(start, stop):
        if expected[p, u] > 0:
            count += 1.0
            if t.size == 0:
                continue
            wanted = t[p if moves else 0, u]
            if target == T_SUM:
                found += wanted
            elif wanted - wanted != 0.0:
                found = np.nan
            elif (target == T_MAX and wanted > found) or (target == T_MIN and wanted < found):
                found = wanted
    if t.size > 0 and (target in (T_LAST, T_WEIGHTED)):
        found = t[stop - 1 if moves else 0, u]
    return found, count


@_inlined
def _score_row(
    value: Array, target: Array, why: Array, times: Array, packed: Array, anchor: int, how: int, score: Array,
    status: Array, reason: Array,
) -> None:  # fmt: skip
    """Score cells that have one rule."""
    rule, nobody = packed[anchor & (GROWS - 1)], times[:0]
    if how == SCORE_STRAIGHT:
        score_straight(value, target, why, rule, score, status, reason)
    elif how >= SCORE_ONE_SIDED:
        own = times if anchor >= GROWS else nobody
        if how == SCORE_ONE_SIDED:
            score_one_sided(value, target, why, nobody, nobody, own, rule, score, status, reason)
        else:
            score_two_sided(value, target, why, own, rule, score, status, reason)


@_compiled
def _fill_pages(  # noqa: C901 - one compiled pass; cutting it up would hide its order
    n: Array, d: Array, c: Array, q: Array, t: Array, expected: Array, selected: Array, entry: Array,
    pages: Array, starts: Array, stops: Array, cells: Array, ahead: Array, valid: Array, scoring: Array, anchors: Array,
    packed: Array, over_time: int, target: int, steady: bool, needs_all: bool, multiplier: float, gate: float,
    at_once: bool, an: Array, ad: Array, ac: Array, aq: Array, at: Array, tf: Array, tn: Array, times: Array,
    value: Array, wanted: Array, score: Array, why: Array, wanted_why: Array, score_why: Array, status: Array,
    present: Array, due: Array,
) -> None:  # fmt: skip
    """The pages of one line: native rows into running sums, then value, target and reasons, then the score.

    One function, because every call that takes arrays costs as much as a dozen cells.
    """
    quotient, has_target, units = d.size > 0, t.size > 0, an.size
    moves = t.shape[0] > 1  # else its one row stands for all periods
    is_weighted = has_target and target == T_WEIGHTED and not steady
    before, reached = -1, -1
    for k in range(pages.size):
        g = pages[k]
        if not valid[g]:
            continue
        start, stop = starts[g], stops[g]
        goes_on = start == before and stop == reached + 1 and reached > start
        for p in range(reached if goes_on else start, stop):
            fresh, row = p == start, p if moves else 0
            if fresh:
                nothing = -np.inf if target == T_MAX else (np.inf if target == T_MIN else 0.0)
                for u in range(units):
                    tn[u] = 0.0
                    at[u] = nothing
                if over_time == LAST:
                    for u in range(units):
                        an[u] = 0.0
                        ac[u] = 0
                        aq[u] = 0
                    if quotient:
                        for u in range(units):
                            ad[u] = 0.0
            if over_time == LAST:
                for u in range(units):
                    an[u] = n[p, u] if q[p, u] > 0 else an[u]
                for u in range(units):
                    ac[u] = c[p, u] if q[p, u] > 0 else ac[u]
                if quotient:
                    for u in range(units):
                        ad[u] = d[p, u] if q[p, u] > 0 else ad[u]
                for u in range(units):
                    aq[u] = q[p, u] if q[p, u] > 0 else aq[u]
            elif fresh:
                for u in range(units):
                    an[u] = n[p, u]
                    ac[u] = c[p, u]
                    aq[u] = q[p, u]
                if quotient:
                    for u in range(units):
                        ad[u] = d[p, u]
            else:
                if over_time == MAX:
                    for u in range(units):
                        an[u] = max(an[u], n[p, u])
                elif over_time == MIN:
                    for u in range(units):
                        an[u] = min(an[u], n[p, u])
                else:
                    for u in range(units):
                        an[u] += n[p, u]
                for u in range(units):
                    ac[u] += c[p, u]
                    aq[u] += q[p, u]
                if quotient:
                    for u in range(units):
                        ad[u] += d[p, u]
            if has_target:
                if target == T_SUM:
                    for u in range(units):
                        at[u] += t[row, u] if q[p, u] > 0 else 0.0
                elif is_weighted:
                    for u in range(units):
                        tf[u] = t[row, u] if q[p, u] > 0 and tn[u] == 0.0 else tf[u]
                    for u in range(units):
                        at[u] += (t[row, u] - tf[u]) * d[p, u] if q[p, u] > 0 else 0.0
                elif target in (T_MAX, T_MIN):
                    for u in range(units):
                        if q[p, u] > 0:
                            if t[row, u] - t[row, u] != 0.0:
                                at[u] = np.nan
                            elif t[row, u] > at[u] if target == T_MAX else t[row, u] < at[u]:
                                at[u] = t[row, u]
                else:
                    for u in range(units):
                        at[u] = t[row, u] if q[p, u] > 0 else at[u]
            if has_target or target == T_SUM:
                for u in range(units):
                    tn[u] += 1.0 if q[p, u] > 0 else 0.0
        if start >= stop:
            for u in range(units):
                ac[u] = 0
                aq[u] = 0
                an[u] = 0.0
        before, reached = start, stop
        # First the cells as they usually are, in loops short enough for vector instructions; then the others again.
        values, aims, states, is_cell, is_ahead = value[g], wanted[g], why[g], cells[g], ahead[g]
        for u in range(units):
            some = MISSING_REQUIRED if needs_all else (INSUFFICIENT if ac[u] / aq[u] < gate else PRESENT)
            none = MISSING_DUE if is_cell and entry[u] else MISSING_REQUIRED
            states[u] = PRESENT if ac[u] == aq[u] else (none if ac[u] == 0 else some)
        if quotient:
            for u in range(units):
                values[u] = multiplier * an[u] / ad[u] if states[u] == PRESENT else np.nan
        else:
            for u in range(units):
                values[u] = multiplier * an[u] if states[u] == PRESENT else np.nan
        if is_weighted:
            for u in range(units):
                aims[u] = tf[u] + at[u] / (ad[u] if quotient else tn[u])
        else:
            for u in range(units):
                aims[u] = at[u] if has_target else np.nan
        for u in range(units):
            present[g, u] = ac[u]
        for u in range(units):
            due[g, u] = aq[u]
        for u in range(units):
            times[u] = max(tn[u], 1.0)
        wanted_why[g, :] = PRESENT if has_target else MISSING_REQUIRED
        others = units if is_ahead else 0
        for u in range(units):
            others += (aq[u] == 0) | (not selected[u])
        for u in range(units):
            others += (states[u] == PRESENT) & (values[u] - values[u] != 0.0)
        if has_target:
            for u in range(units):
                others += aims[u] - aims[u] != 0.0
        for u in range(units if others > 0 else 0):
            state = PRESENT
            aim = np.nan
            count = tn[u]
            if aq[u] == 0:
                later, count = _later(t, expected, u, start, stop, target)
                state = NOT_DUE if count > 0.0 else NOT_APPLICABLE
                if has_target and count > 0.0:
                    aim = later
            elif ac[u] != aq[u]:
                if is_cell and entry[u] and ac[u] == 0:
                    state = MISSING_DUE
                elif needs_all or ac[u] == 0:
                    state = MISSING_REQUIRED
                elif ac[u] / aq[u] < gate:
                    state = INSUFFICIENT
            if has_target and aq[u] != 0:
                aim = aims[u]
                if is_weighted:
                    weight = ad[u] if quotient else tn[u]
                    if weight == 0.0:
                        aim = _last_counted(t, q, u, start, stop)
            if aim - aim != 0.0:
                aim = np.nan
            if state == PRESENT and values[u] - values[u] != 0.0:
                state = ZERO_DENOMINATOR if quotient and ad[u] == 0.0 else NOT_FINITE
            reason = PRESENT if aim == aim else MISSING_REQUIRED
            if state == NOT_APPLICABLE:
                reason = NOT_APPLICABLE
            if is_ahead:
                present[g, u] = 0
                due[g, u] = 0
                if state != NOT_APPLICABLE:
                    state = NOT_DUE
            if not selected[u]:
                state = NOT_APPLICABLE
                reason = NOT_APPLICABLE
                aim = np.nan
            if state != PRESENT:
                values[u] = np.nan
            why[g, u] = state
            aims[u] = aim
            wanted_why[g, u] = reason
            times[u] = max(count, 1.0)
        if not at_once:
            _score_row(
                value[g],
                wanted[g],
                why[g],
                times,
                packed,
                anchors[g],
                scoring[g],
                score[g],
                status[g],
                score_why[g],
            )


@_compiled
def fill_lines(
    lo: int, hi: int, plan: Array, multipliers: Array, gate: float,
    numerators: Array, denominators: Array, targets: Array,
    owed: Array, expected: Array, due_rows: Array, selected: Array, entry: Array,
    units: Array, first_child: Array, parents: Array,
    pages: Array, starts: Array, stops: Array, cells: Array, ahead: Array, valid: Array,
    scoring: Array, anchors: Array, packed: Array, first_row: int, after_row: int,
    value: Array, target: Array, score: Array, why: Array, target_why: Array, score_why: Array, status: Array,
    present: Array, due: Array,
) -> None:  # fmt: skip
    """Fill lines [lo, hi): for each, its native rows [first_row, after_row), then the pages listed.

    Shapes: stacks (track, period, whole unit); targets (row, whole unit), a line having one row for all periods or one
    for each; expectations (pattern, period, unit); results (node, page, unit). `units` is empty for the whole tree.
    `scoring` and `anchors` (line, page) say which kernel scores a page, by which
    row of `packed`. Pages must be listed in order. Results may cover fewer units than there are: the first ones, which
    are the top levels of the tree.
    """
    rows, count = expected.shape[1], expected.shape[2]
    n = np.empty((rows, count))
    d_room = np.empty((rows, count))
    c = np.empty((rows, count), dtype=np.int32)
    q = np.empty((rows, count), dtype=np.int32)
    t_room = np.empty((rows if units.size else 0, count))
    shown = value.shape[2]
    an, ad_room, at, tf, tn, times = (
        np.empty(shown), np.empty(shown), np.empty(shown), np.empty(shown), np.empty(shown), np.empty(shown),
    )  # fmt: skip
    ac, aq = np.empty(shown, dtype=np.int32), np.empty(shown, dtype=np.int32)
    nothing, nobody = np.empty((0, 0)), np.empty(0)
    for line in range(lo, hi):
        place, owes, wants = plan[line, PLACE], plan[line, OWES], plan[line, WANTS]
        quotient = plan[line, DENOMINATOR] >= 0
        d = d_room if quotient else nothing
        ad = ad_room if quotient else nobody
        below = denominators[plan[line, DENOMINATOR]] if quotient else nothing
        native_rows(
            n, d, c, q, numerators[plan[line, TRACK]], below, owed[owes], expected[owes], due_rows[owes], units,
            first_child, parents, plan[line, OVER_UNITS], plan[line, ROLLED] != 0, first_row, after_row, shown,
        )  # fmt: skip
        t = nothing
        if wants >= 0:
            t = targets[wants : wants + plan[line, ROWS]]
            if units.size:
                moves = t.shape[0] > 1
                for p in range(first_row if moves else 0, after_row if moves else 1):
                    for u in range(shown):
                        t_room[p, u] = t[p, units[u]]
                t = t_room[: t.shape[0]]
        at_once = shown < FEW_UNITS and pages.size == value.shape[1]
        for g in range(value.shape[1]):
            alike = anchors[line, g] == anchors[line, 0] and scoring[line, g] == scoring[line, 0]
            at_once = at_once and valid[line, g] and alike and anchors[line, g] < GROWS
        _fill_pages(
            n, d, c, q, t, expected[owes], selected[owes], entry[owes], pages, starts, stops, cells, ahead, valid[line],
            scoring[line], anchors[line], packed, plan[line, OVER_TIME], plan[line, TARGET], plan[line, STEADY] != 0,
            plan[line, NEEDS_ALL] != 0, multipliers[line], gate, at_once, an, ad, ac, aq, at, tf, tn, times,
            value[place], target[place], score[place], why[place], target_why[place], score_why[place],
            status[place], present[place], due[place],
        )  # fmt: skip
        if at_once:
            _score_row(
                value[place].reshape(-1), target[place].reshape(-1), why[place].reshape(-1), times, packed,
                anchors[line, 0], scoring[line, 0], score[place].reshape(-1), status[place].reshape(-1),
                score_why[place].reshape(-1),
            )  # fmt: skip
