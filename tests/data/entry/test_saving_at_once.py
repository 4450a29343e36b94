"""Two people save the same cell at the very same moment, in a real file: one wins, the other keeps what was typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from fourfold.data.entry.actions.save_entry import EntrySaved, save_entry
from fourfold.data.entry.pages.grid import EntryPlace, GridAsked
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.scorecard.measures.models import Observation
from fourfold.scorecard.measures.queries.ledger import head_seq
from tests.data.entry.conftest import MORNING

PLACE = EntryPlace("old-town", "2026-10")
TRIES = 5


@pytest.mark.django_db(transaction=True)
def test_of_two_savers_at_once_one_wins_and_the_other_keeps_what_was_typed(bakery: None) -> None:
    """Neither writes over the other unseen, whoever comes first; so often that both orders are likely to be met."""
    assert connection.settings_dict["NAME"] != ":memory:"
    for attempt in range(TRIES):
        seen, together = head_seq(), Barrier(2)
        typed = {"ana": f"{51_000 + attempt}", "clara": f"{61_000 + attempt}"}

        def save(
            who: str, seen: int = seen, together: Barrier = together, typed: dict[str, str] = typed
        ) -> EntrySaved:
            asked = GridAsked(PLACE, {"sales.2026-10..a": typed[who]}, known_seq=seen)
            scope = scope_of_key(who)
            try:
                together.wait(timeout=20)
                return save_entry(asked, scope=scope, at=MORNING)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            answers = dict(zip(typed, pool.map(save, typed), strict=True))

        (winner,) = [who for who, answer in answers.items() if answer.values == 1]
        (loser,) = {*typed} - {winner}
        grid = answers[loser].grid
        assert grid is not None
        (cell,) = next(row for row in grid.rows if row.key == "sales").cells
        assert grid.is_contested
        assert (cell.first, cell.was[0]) == (typed[loser], typed[winner])
        assert standing() == float(typed[winner])


def standing() -> float | None:
    latest = Observation.objects.filter(measure__key="sales", unit__key="old-town").latest("seq")
    return None if latest.value is None else float(latest.value)
