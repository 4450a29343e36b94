"""The process's cube follows the ledger, and every answer belongs to one seq and one viewer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Definitions
from fourfold.engine.evaluate import evaluate
from fourfold.engine.tree import as_document, canonical_json, scorecard_tree
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.write_definitions import Written, write_definitions
from fourfold.scorecard.evaluation.queries import (
    current_evaluation,
    evaluation_as_of,
    explained,
    last_complete_period,
    read_definitions,
    root_unit,
    scorecard_document,
)
from fourfold.scorecard.evaluation.queries.live_cube import known_now
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from fourfold.scorecard.measures.queries.ledger_rows import positions_in, rows_as_of
from tests.scorecard.conftest import CALENDAR, FOUNDED

JANUARY = CALENDAR.parse("2026-01").ordinal
PAGE = GrainPeriod(Grain.MONTH, JANUARY)
DAY = timedelta(days=1)


def append(*rows: NewObservation, after: int = 1) -> int:
    return append_observations(rows, scope=INSTALLATION, at=FOUNDED + after * DAY).last_seq


def shipped(value: float, *, unit: str = "oslo", period: int = JANUARY) -> NewObservation:
    return NewObservation("shipments", unit, period, value)


def shipments(unit: str = "oslo", *, days: int = 60, as_of: int | None = None) -> float:
    moment = None if as_of is None else FOUNDED + as_of * DAY
    known = current_evaluation(INSTALLATION, unit, at=FOUNDED + days * DAY, as_of=moment)
    tree = scorecard_tree(known.evaluation, unit=unit, period=PAGE)
    return next(
        measure.value or 0.0
        for perspective in tree.children
        for objective in perspective.children
        for measure in objective.children
        if measure.key == "shipments"
    )


def test_a_new_value_is_in_the_next_answer(founded: Written) -> None:
    append(shipped(100.0))
    assert shipments() == 100.0

    append(shipped(103.0), shipped(7.0, unit="south"), after=2)
    assert shipments() == 103.0
    assert shipments("acme") == 110.0


def test_nothing_new_costs_no_row_to_be_read(founded: Written, django_assert_max_num_queries: object) -> None:
    append(shipped(100.0))
    shipments()

    with django_assert_max_num_queries(3) as seen:  # type: ignore[operator]
        shipments()
    assert not any("measures_observation" in query["sql"] for query in seen.captured_queries)


@pytest.mark.method("M4.6")
def test_a_page_is_answered_as_known_on_a_day(founded: Written) -> None:
    append(shipped(100.0), after=34)
    append(shipped(103.0), after=37)
    append(shipped(101.0), after=71)

    assert [shipments(days=90, as_of=day) for day in (35, 40, 80)] == [100.0, 103.0, 101.0]
    assert shipments(days=90) == 101.0


def test_an_old_page_keeps_its_old_definitions(founded: Written, acme: Definitions) -> None:
    append(shipped(100.0), after=1)
    renamed = replace(acme, perspectives=(replace(acme.perspectives[0], name="Money"), acme.perspectives[1]))
    write_definitions(renamed, scope=INSTALLATION, at=FOUNDED + 10 * DAY)

    then = evaluation_as_of(FOUNDED + 5 * DAY, scope=INSTALLATION, unit="acme", at=FOUNDED + 60 * DAY)
    now = current_evaluation(INSTALLATION, "acme", at=FOUNDED + 60 * DAY)

    assert then.evaluation.book.definitions == acme
    assert now.evaluation.book.definitions == renamed
    assert (then.seq, now.seq) == (2, 3)
    assert then.today == date(2026, 1, 6)


def test_before_the_founding_there_is_nothing_to_show(founded: Written) -> None:
    with pytest.raises(NotFounded):
        evaluation_as_of(FOUNDED - DAY, scope=INSTALLATION, unit="acme", at=FOUNDED)


def test_an_empty_installation_says_so(db: None) -> None:
    for ask in (shipments, root_unit, read_definitions):
        with pytest.raises(NotFounded):
            ask()


def test_the_cube_by_parts_equals_the_cube_at_once(founded: Written, acme: Definitions) -> None:
    for turn in range(6):
        append(shipped(10.0 * turn + 0.1, period=JANUARY + turn % 3), after=turn + 1)
        shipments()
    with known_now(FOUNDED + 60 * DAY) as live:
        by_parts = evaluate(live.book, live.cube, grains=(Grain.MONTH,))
        rows = rows_as_of(live.seq, positions=positions_in(acme))
        at_once = evaluate(live.book, Cube.of(live.book, rows), grains=(Grain.MONTH,))

    assert document(by_parts) == document(at_once)


def document(evaluation: object) -> bytes:
    tree = scorecard_tree(evaluation, unit="acme", period=PAGE)  # type: ignore[arg-type]
    return canonical_json(as_document(tree, evaluation=evaluation, period=PAGE))  # type: ignore[arg-type]


def test_the_database_and_the_plain_engine_give_the_same_bytes(founded: Written, acme: Definitions) -> None:
    append(
        shipped(33.3),
        shipped(44.4, unit="south"),
        NewObservation("mood", "oslo", JANUARY, 7.3, n=11.0),
        NewObservation("on-time", "south", JANUARY, numerator=91.0, denominator=97.0),
        NewObservation("complaints", "oslo", JANUARY, 3.0, segment="cold"),
    )
    book = compile_book(acme, today=date(2026, 3, 15))
    rows = rows_as_of(99, positions=positions_in(acme))
    plain = document(evaluate(book, Cube.of(book, rows), grains=(Grain.MONTH,)))

    assert scorecard_document(INSTALLATION, "acme", period="2026-01", at=FOUNDED + 60 * DAY) == plain


def test_the_last_complete_period_ended_and_has_an_observation(founded: Written) -> None:
    append(shipped(1.0), after=60)
    assert last_complete_period(INSTALLATION, "oslo", at=FOUNDED + 80 * DAY) == PAGE

    # It is the 15th of March there: what March says so far does not complete it.
    append(*(shipped(2.0, period=JANUARY + month) for month in (1, 2)), after=70)
    assert last_complete_period(INSTALLATION, "oslo", at=FOUNDED + 80 * DAY) == replace(
        PAGE, ordinal=JANUARY + 1
    )


def test_a_number_is_explained_down_to_its_observations(founded: Written) -> None:
    append(shipped(100.0))

    explanation = explained(
        INSTALLATION, "oslo", node=("measure", "shipments"), period=PAGE, at=FOUNDED + 60 * DAY
    )

    assert explanation.value == 100.0


@pytest.mark.parametrize(
    ("person", "unit", "code"),
    [
        ("bob", "north", None),
        ("bob", "oslo", None),
        ("bob", "acme", "OUT_OF_SCOPE"),
        ("cyd", "oslo", "OUT_OF_SCOPE"),
        ("ada", "atlantis", "UNIT_UNKNOWN"),
    ],
)
def test_one_sees_the_scorecards_of_ones_units(
    founded: Written, person: str, unit: str, code: str | None
) -> None:
    def ask() -> bytes:
        return scorecard_document(scope_of_key(person), unit, period="2026-01", at=FOUNDED + 60 * DAY)

    if code is None:
        assert ask().startswith(b"{")
        return
    with pytest.raises(Refusal) as refusal:
        ask()
    assert refusal.value.code == code


@pytest.mark.parametrize("period", ["2026-13", "yesterday", "1999-01", "2026-W05x", ""])
def test_a_period_that_does_not_exist_is_refused(founded: Written, period: str) -> None:
    with pytest.raises(Refusal) as refusal:
        scorecard_document(INSTALLATION, "acme", period=period, at=FOUNDED + 60 * DAY)

    assert (refusal.value.code, refusal.value.status) == ("PERIOD_UNKNOWN", 404)


def test_a_canary_outside_the_scope_is_in_no_byte_of_the_answer(founded: Written) -> None:
    append(shipped(100.0, unit="oslo"), shipped(987654321.0, unit="south"))

    seen = scorecard_document(scope_of_key("ada"), "acme", period="2026-01", at=FOUNDED + 60 * DAY)
    bob = replace(scope_of_key("bob"), unit_keys=frozenset({"north", "oslo"}))
    hidden = scorecard_document(bob, "north", period="2026-01", at=FOUNDED + 60 * DAY)

    assert b"987654421" in seen
    assert b"9876543" not in hidden
