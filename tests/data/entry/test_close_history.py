"""The past of an installation that is shown: closed when it begins, all but its latest two months."""

from __future__ import annotations

import pytest

from fourfold.data.entry.actions.close_history import close_history
from fourfold.data.entry.queries.board import read_board
from fourfold.platform.notifications.models import Notice
from fourfold.platform.refusals import Refusal
from tests.data.entry.conftest import MORNING, close

pytestmark = pytest.mark.django_db


def test_everything_is_final_but_the_last_two_months(steward):
    closed = close_history(scope=steward, at=MORNING)
    states = {card.key: card.state for card in read_board(steward, "bakery", at=MORNING).cards if card.due}

    assert (states.pop("2026-10"), states.pop("2026-09"), states.pop("2026-08")) == (
        "open",
        "open",
        "provisional",
    )
    assert set(states.values()) == {"final"}
    assert (closed.final >= len(states), closed.provisional) == (True, 1)


def test_nobody_is_told_of_months_that_were_never_theirs_to_enter(steward):
    close_history(scope=steward, at=MORNING)

    assert not Notice.objects.exists()


def test_a_past_that_somebody_began_to_close_is_left_to_them(steward):
    close(steward, "bakery", "2026-07")

    with pytest.raises(Refusal, match="NOT_PERMITTED"):
        close_history(scope=steward, at=MORNING)
    assert read_board(steward, "bakery", at=MORNING).cards[4].state == "open"
