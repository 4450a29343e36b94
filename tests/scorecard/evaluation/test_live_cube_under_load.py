"""Readers in several threads while a writer appends: every answer is whole and belongs to one seq."""

import threading
from datetime import timedelta

from django.db import connection

from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.tree import scorecard_tree
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries import current_evaluation
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.scorecard.conftest import CALENDAR, FOUNDED, small_organisation

JANUARY = CALENDAR.parse("2026-01").ordinal
PAGE = GrainPeriod(Grain.MONTH, JANUARY)
LATER = FOUNDED + timedelta(days=50)
TURNS = 12


def write_pairs() -> None:
    """Both sites always say the same number, in one transaction."""
    for turn in range(1, TURNS + 1):
        pair = [NewObservation("shipments", unit, JANUARY, float(turn)) for unit in ("oslo", "south")]
        append_observations(pair, scope=INSTALLATION, at=LATER)


def shipments_of_the_root() -> tuple[int, float]:
    known = current_evaluation(INSTALLATION, "acme", at=LATER)
    tree = scorecard_tree(known.evaluation, unit="acme", period=PAGE)
    measures = [leaf for top in tree.children for objective in top.children for leaf in objective.children]
    return known.seq, next(leaf.value or 0.0 for leaf in measures if leaf.key == "shipments")


def test_no_reader_sees_half_of_a_transaction(transactional_db: None) -> None:
    write_definitions(small_organisation(), scope=INSTALLATION, at=FOUNDED)
    seen: list[tuple[int, float]] = []
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                seen.append(shipments_of_the_root())
        except BaseException as fault:  # told by the main thread
            faults.append(fault)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        write_pairs()
    finally:
        done.set()
        for reader in readers:
            reader.join(timeout=60)

    assert faults == []
    assert shipments_of_the_root() == (1 + 2 * TURNS, 2.0 * TURNS)
    # seq 1 are the definitions; after k pairs the head is 1 + 2k and the root's sum 2k.
    assert all(value == seq - 1 for seq, value in seen), seen
