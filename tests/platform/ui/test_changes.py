"""A change is judged by polarity and said in a word, so that no colour has to."""

import pytest

from fourfold.engine.quantities import Polarity
from fourfold.platform.ui.components import Coverage, Direction, Verdict, change_between

JUDGED = [
    # polarity, earlier, later, score change, direction, verdict
    (Polarity.MAXIMISE, 10.0, 11.0, None, Direction.UP, Verdict.BETTER),
    (Polarity.MAXIMISE, 11.0, 10.0, None, Direction.DOWN, Verdict.WORSE),
    (Polarity.MINIMISE, 10.0, 11.0, None, Direction.UP, Verdict.WORSE),
    (Polarity.MINIMISE, 11.0, 10.0, None, Direction.DOWN, Verdict.BETTER),
    (Polarity.BAND, 10.0, 11.0, 12.5, Direction.UP, Verdict.BETTER),
    (Polarity.EXACT, 10.0, 11.0, -1.0, Direction.UP, Verdict.WORSE),
    (Polarity.BAND, 10.0, 11.0, None, Direction.UP, Verdict.UNJUDGED),
    (None, 10.0, 11.0, None, Direction.UP, Verdict.UNJUDGED),
]


@pytest.mark.parametrize(("polarity", "earlier", "later", "score_change", "direction", "verdict"), JUDGED)
def test_a_change_is_better_or_worse_by_polarity(polarity, earlier, later, score_change, direction, verdict):
    change = change_between(earlier, later, polarity=polarity, score_change=score_change)

    assert (change.direction, change.verdict) == (direction, verdict)


def test_a_change_too_small_to_be_shown_is_level_not_up():
    change = change_between(10.0, 10.04, polarity=Polarity.MAXIMISE)

    assert (str(change.amount), change.direction, change.verdict) == (
        "0.0",
        Direction.FLAT,
        Verdict.UNCHANGED,
    )


@pytest.mark.parametrize(("earlier", "later"), [(None, 1.0), (1.0, None), (None, None)])
def test_without_both_ends_there_is_no_change(earlier, later):
    assert change_between(earlier, later, polarity=Polarity.MAXIMISE) is None


def test_coverage_is_complete_when_everything_due_is_there():
    assert Coverage(10, 10).is_complete
    assert not Coverage(8, 10).is_complete
