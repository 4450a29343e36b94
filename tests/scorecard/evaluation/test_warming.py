"""A big ledger is made ready before the first answer; a small one needs nothing."""

from datetime import timedelta

import pytest

from fourfold.engine.backends import ROWS_WORTH_COMPILING
from fourfold.scorecard.evaluation.actions.write_definitions import Written
from fourfold.scorecard.evaluation.queries.live_cube import known_now
from fourfold.scorecard.evaluation.queries.warming import needs_warming, warm_kernels
from fourfold.scorecard.measures.models import LedgerHead
from tests.scorecard.conftest import FOUNDED

LATER = FOUNDED + timedelta(days=50)


def test_only_a_long_ledger_is_worth_warming(founded: Written) -> None:
    assert not needs_warming()

    LedgerHead.objects.update(seq=ROWS_WORTH_COMPILING)

    assert needs_warming()


def test_warming_leaves_the_cube_and_the_kept_cuts_that_pages_read(founded: Written) -> None:
    warm_kernels(LATER)

    with known_now(LATER) as known:
        warmed = {unit for _, unit in known.cube.timetable.kept["views"]}
        assert warmed == {known.book.units.keys[0], known.book.units.keys[-1]}


@pytest.mark.django_db
def test_before_anything_is_loaded_there_is_nothing_to_warm() -> None:
    assert not needs_warming()
    warm_kernels(LATER)
