"""From a target's few points to one wanted value per period (METHOD §2.7)."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.engine.definitions import Target, TargetPoint, Trajectory
from fourfold.engine.quantities import Polarity
from fourfold.engine.trajectory import (
    CompoundNeedsOneSign,
    TrajectoryAgainstPolarity,
    TrajectoryOutOfOrder,
    TrajectoryPastHorizon,
    check_trajectory,
    expand,
)

CALENDAR = FiscalCalendar()
GAP = None


def points(text: str) -> tuple[TargetPoint, ...]:
    """`2026-01 100, 2026-05 120` as points."""
    pairs = [part.split() for part in text.split(",")]
    return tuple(TargetPoint(CALENDAR.parse(period), float(value)) for period, value in pairs)


def wanted(text: str, trajectory: Trajectory, *, first: str, last: str) -> list[float | None]:
    ordinals = range(CALENDAR.parse(first).ordinal, CALENDAR.parse(last).ordinal + 1)
    found = expand(points(text), trajectory, ordinals=ordinals)
    return [GAP if np.isnan(value) else round(float(value), 6) for value in found]


def test_a_step_holds_until_the_next_point_and_the_last_one_for_good() -> None:
    found = wanted("2026-02 100, 2026-04 120", Trajectory.STEP, first="2026-01", last="2026-06")

    assert found == [GAP, 100, 100, 120, 120, 120]


def test_a_linear_trajectory_moves_by_the_same_amount_each_period() -> None:
    found = wanted("2026-02 100, 2026-06 120, 2026-07 90", Trajectory.LINEAR, first="2026-01", last="2026-08")

    assert found == [GAP, 100, 105, 110, 115, 120, 90, GAP]


def test_a_compound_trajectory_grows_at_one_rate() -> None:
    found = wanted("2026-01 100, 2026-03 121", Trajectory.COMPOUND, first="2026-01", last="2026-04")

    assert found == [100, 110, 121, GAP]


def test_a_compound_trajectory_may_run_below_zero_as_long_as_it_stays_there() -> None:
    found = wanted("2026-01 -100, 2026-03 -81", Trajectory.COMPOUND, first="2026-01", last="2026-03")

    assert found == [-100, -90, -81]


@pytest.mark.parametrize(
    "text", ["2026-01 0, 2026-03 100", "2026-01 100, 2026-03 0", "2026-01 -1, 2026-03 1"]
)
def test_growth_from_or_through_zero_is_refused(text: str) -> None:
    with pytest.raises(CompoundNeedsOneSign) as refusal:
        expand(points(text), Trajectory.COMPOUND, ordinals=range(1))

    assert refusal.value.code == "TRAJECTORY_COMPOUND_SIGN"


def test_between_milestones_the_last_one_is_due_and_after_the_last_nothing_is() -> None:
    found = wanted("2026-02 25, 2026-04 100", Trajectory.MILESTONE, first="2026-01", last="2026-05")

    assert found == [GAP, 25, 25, 100, GAP]


@pytest.mark.parametrize("trajectory", Trajectory)
def test_no_points_want_nothing_and_one_point_wants_one_period(trajectory: Trajectory) -> None:
    assert np.isnan(expand((), trajectory, ordinals=range(3))).all()
    assert wanted("2026-02 7", trajectory, first="2026-01", last="2026-02") == [GAP, 7]


@given(
    trajectory=st.sampled_from(Trajectory),
    known=st.dictionaries(st.integers(0, 40), st.floats(0.1, 1e6), min_size=1, max_size=6),
)
def test_at_a_point_its_own_value_is_wanted_exactly_and_between_never_more_than_either_end(
    trajectory: Trajectory, known: dict[int, float]
) -> None:
    ordered = sorted(known)
    path = [TargetPoint(Period(Frequency.MONTH, ordinal), known[ordinal]) for ordinal in ordered]

    found = expand(path, trajectory, ordinals=range(41))

    assert [found[ordinal] for ordinal in ordered] == [known[ordinal] for ordinal in ordered]
    assert np.isnan(found[: ordered[0]]).all()
    for start, end in pairwise(ordered):
        lowest, highest = sorted((known[start], known[end]))
        between = found[start:end]
        assert ((between >= lowest * (1 - 1e-12)) & (between <= highest * (1 + 1e-12))).all()


@pytest.mark.parametrize("text", ["2026-02 1, 2026-02 2", "2026-02 1, 2026-01 2", "2026-02 1, 2026-Q3 2"])
def test_points_that_do_not_go_forward_in_time_are_refused(text: str) -> None:
    with pytest.raises(TrajectoryOutOfOrder):
        expand(points(text), Trajectory.STEP, ordinals=range(1))


def check(
    text: str,
    trajectory: Trajectory = Trajectory.LINEAR,
    *,
    polarity: Polarity = Polarity.MAXIMISE,
    horizon_to: date | None = None,
    reason: str = "",
) -> None:
    target = Target("on-time", "north", points(text), trajectory)
    check_trajectory(target, polarity=polarity, calendar=CALENDAR, horizon_to=horizon_to, reason=reason)


@pytest.mark.parametrize("trajectory", [Trajectory.LINEAR, Trajectory.COMPOUND, Trajectory.MILESTONE])
@pytest.mark.parametrize(
    ("polarity", "text"),
    [(Polarity.MAXIMISE, "2026-01 95, 2026-06 90"), (Polarity.MINIMISE, "2026-01 5, 2026-03 4, 2026-06 6")],
)
def test_a_target_that_gets_easier_without_a_reason_is_refused(trajectory, polarity, text) -> None:
    with pytest.raises(TrajectoryAgainstPolarity, match="on-time for north") as refusal:
        check(text, trajectory, polarity=polarity)

    assert refusal.value.code == "TRAJECTORY_AGAINST_POLARITY"
    check(text, trajectory, polarity=polarity, reason="a site closes")


@pytest.mark.parametrize("polarity", [Polarity.BAND, Polarity.EXACT, None])
def test_a_band_has_no_easier_direction(polarity) -> None:
    check("2026-01 95, 2026-06 90", polarity=polarity)


def test_a_season_is_not_a_retreat_but_a_worse_season_is() -> None:
    check("2025-01 80, 2025-07 120, 2026-01 82", Trajectory.STEP)

    with pytest.raises(TrajectoryAgainstPolarity, match="80 to 79"):
        check("2025-01 80, 2025-07 120, 2026-01 79", Trajectory.STEP)


def test_a_target_ends_with_the_strategy() -> None:
    check("2026-01 95, 2026-06 96", horizon_to=date(2026, 6, 30))

    with pytest.raises(TrajectoryPastHorizon, match="2026-06-30") as refusal:
        check("2026-01 95, 2026-06 96", horizon_to=date(2026, 6, 29))
    assert refusal.value.code == "TRAJECTORY_PAST_HORIZON"


def test_a_reason_does_not_make_impossible_growth_possible() -> None:
    with pytest.raises(CompoundNeedsOneSign):
        check("2026-01 -5, 2026-06 5", Trajectory.COMPOUND, reason="turnaround")


def test_a_target_without_points_has_nothing_to_refuse() -> None:
    check_trajectory(
        Target("on-time", "north", ()),
        polarity=Polarity.MAXIMISE,
        calendar=CALENDAR,
        horizon_to=date(2026, 1, 1),
    )
