"""The ledger: append-only, bitemporal, numbered in the order of commit."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction

from fourfold.engine.definitions import Definitions
from fourfold.engine.quantities import Why
from fourfold.engine.rows import ObservationRows
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.write_definitions import Written, write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.append_observations import Appended, append_observations
from fourfold.scorecard.measures.actions.open_entry import take_turn
from fourfold.scorecard.measures.models import LedgerEntry, Observation, ObservationStatus
from fourfold.scorecard.measures.observation import NewObservation, observations_from_rows
from fourfold.scorecard.measures.queries.ledger import head_seq, seq_as_of
from fourfold.scorecard.measures.queries.ledger_rows import positions_in, rows_as_of, rows_since
from fourfold.scorecard.measures.queries.observation_pages import LedgerLine, LedgerPlace, observation_page
from tests.scorecard.conftest import CALENDAR, FOUNDED, small_organisation

JANUARY = CALENDAR.parse("2026-01").ordinal


def shipped(value: float, *, unit: str = "oslo", period: int = JANUARY, **said: object) -> NewObservation:
    return NewObservation("shipments", unit, period, value, **said)  # type: ignore[arg-type]


def append(*rows: NewObservation, at: datetime = FOUNDED, **said: object) -> Appended:
    return append_observations(rows, scope=INSTALLATION, at=at, **said)  # type: ignore[arg-type]


def known(when: int | datetime) -> ObservationRows:
    return rows_as_of(when, positions=positions_in(read_definitions()))


def value_as_of(when: int | datetime) -> float:
    """The value that counts: of rows with one key the last."""
    return float(known(when).numerator[-1])


def day(number: int) -> datetime:
    return datetime(2026, 2, 1, 9, tzinfo=UTC) + timedelta(days=number)


@pytest.mark.method("M4.6")
def test_each_day_is_answered_as_it_was_known_on_that_day(founded: Written) -> None:
    append(shipped(100.0, release_status="P"), at=day(3))
    append(shipped(103.0, release_status="L"), at=day(6))
    append(shipped(101.0, release_status="R"), at=day(40))

    assert [value_as_of(day(number)) for number in (4, 10, 50)] == [100.0, 103.0, 101.0]
    assert len(known(day(2))) == 0


def lines_of(place: LedgerPlace) -> tuple[LedgerLine, ...]:
    return observation_page(place, scope=INSTALLATION, start=0, at_most=10).lines


def test_a_row_is_superseded_by_the_next_of_its_key(founded: Written) -> None:
    append(shipped(100.0), shipped(55.0, unit="south"), at=day(3))
    append(shipped(103.0, source_file="feb.csv", source_row=12), at=day(6), run="run-7")

    periods = range(JANUARY, JANUARY + 1)
    lines = lines_of(LedgerPlace("shipments", ["oslo", "south"], periods))

    assert [(line.unit, line.value, line.superseded_at) for line in lines] == [
        ("oslo", 103.0, None),
        ("oslo", 100.0, day(6)),
        ("south", 55.0, None),
    ]
    assert (lines[0].source_file, lines[0].source_row, lines[0].source_run) == ("feb.csv", 12, "run-7")
    as_it_was = lines_of(LedgerPlace("shipments", ["oslo"], periods, as_of_seq=seq_as_of(day(4))))
    assert [(line.value, line.superseded_at) for line in as_it_was] == [(100.0, None)]


def test_the_same_rows_twice_change_nothing(founded: Written) -> None:
    rows = [shipped(100.0), shipped(101.0, period=JANUARY + 1)]
    first = append(*rows)
    again = append(*rows, at=day(9))

    assert first == Appended(2, 0, founded.seq + 2)
    assert again == Appended(0, 2, 0)
    assert head_seq() == first.last_seq
    assert AuditEvent.objects.count() == 2, (
        "the founding and the first append; nothing happened the second time"
    )


def test_going_back_to_an_older_value_is_something_new(founded: Written) -> None:
    append(shipped(100.0))
    append(shipped(103.0))

    assert append(shipped(100.0)).written == 1


def test_a_clock_that_goes_back_does_not_turn_the_order(founded: Written) -> None:
    append(shipped(100.0), at=day(6))
    append(shipped(101.0), at=day(3))

    times = list(LedgerEntry.objects.order_by("last_seq").values_list("recorded_at", flat=True))
    assert times == sorted(times)
    assert times[-1] == day(6)


def test_history_keeps_the_days_it_was_known(founded: Written) -> None:
    append(shipped(103.0, recorded_at=day(6)), shipped(100.0, recorded_at=day(3)), at=day(90), history=True)

    assert [value_as_of(day(number)) for number in (4, 10)] == [100.0, 103.0]
    assert list(LedgerEntry.objects.filter(is_definition=False).values_list("is_history", flat=True)) == [
        True,
        True,
    ]


def test_only_a_founding_brings_history(founded: Written) -> None:
    append(shipped(100.0), at=day(3))

    assert refused(shipped(99.0, recorded_at=day(1)), history=True) == "HISTORY_NOT_ALLOWED"
    assert refused(shipped(99.0, recorded_at=day(1))) == "HISTORY_NOT_ALLOWED"


def refused(*rows: NewObservation, **said: object) -> str:
    """The code of the refusal, after checking that no row was written."""
    before = head_seq(), Observation.objects.count()
    with pytest.raises(Refusal) as refusal:
        append(shipped(1.0, period=JANUARY + 7), *rows, **said)
    assert (head_seq(), Observation.objects.count()) == before
    return refusal.value.code


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (shipped(float("nan")), "NOT_FINITE"),
        (shipped(float("inf")), "NOT_FINITE"),
        (shipped(0.1234567890123456), "VALUE_TOO_PRECISE"),
        (NewObservation("shipments", "nowhere", JANUARY, 1.0), "UNIT_UNKNOWN"),
        (NewObservation("nothing", "oslo", JANUARY, 1.0), "MEASURE_UNKNOWN"),
        (NewObservation("complaints", "oslo", JANUARY, 1.0), "SEGMENT_UNKNOWN"),
        (NewObservation("complaints", "oslo", JANUARY, 1.0, segment="wet"), "SEGMENT_UNKNOWN"),
        (NewObservation("on-time", "oslo", JANUARY, 0.9), "OBSERVATION_INCOMPLETE"),
        (NewObservation("on-time", "oslo", JANUARY, numerator=9.0), "OBSERVATION_INCOMPLETE"),
        (NewObservation("shipments", "oslo", JANUARY), "OBSERVATION_INCOMPLETE"),
        (NewObservation("shipments", "oslo", JANUARY, 5.0, n=2.0), "OBSERVATION_INCOMPLETE"),
    ],
)
def test_one_row_that_cannot_be_taken_stops_all(founded: Written, row: NewObservation, code: str) -> None:
    assert refused(row) == code


def test_one_writes_only_where_one_may(founded: Written) -> None:
    bob = scope_of_key("bob")
    taken = append_observations([shipped(1.0, unit="oslo")], scope=bob, at=day(1))
    assert taken.written == 1

    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        append_observations([shipped(2.0, unit="oslo"), shipped(2.0, unit="acme")], scope=bob, at=day(2))
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        append_observations([shipped(2.0)], scope=scope_of_key("cyd"), at=day(2))
    assert Observation.objects.count() == 1


def test_the_engine_gets_numerators_and_reasons(founded: Written, acme: Definitions) -> None:
    last = append(
        shipped(7.0),
        NewObservation("on-time", "oslo", JANUARY, numerator=9.0, denominator=12.0),
        NewObservation("mood", "oslo", JANUARY, 7.3, n=11.0),
        NewObservation("complaints", "south", JANUARY, 4.0, segment="cold"),
        shipped(8.0, kind="w"),
        *(
            NewObservation("shipments", "south", JANUARY + place, obs_status=status.value)
            for place, status in enumerate(
                (
                    ObservationStatus.QUARANTINED,
                    ObservationStatus.SUPPRESSED,
                    ObservationStatus.NOT_APPLICABLE,
                )
            )
        ),
        NewObservation("shipments", "south", JANUARY + 3, 5.0, obs_status=ObservationStatus.STALE.value),
    ).last_seq

    rows = known(last)

    keys = [measure.key for measure in acme.measures]
    assert [keys[place] for place in rows.measure[:4]] == ["shipments", "on-time", "mood", "complaints"]
    assert rows.unit.tolist() == [2, 2, 2, 3, 2, 3, 3, 3, 3]
    assert rows.segment.tolist() == [0, 0, 0, 2, 0, 0, 0, 0, 0]
    assert rows.numerator[:4].tolist() == [7.0, 9.0, 7.3 * 11.0, 4.0]
    assert rows.denominator[:4].tolist() == [1.0, 12.0, 11.0, 1.0]
    assert [Why(why) for why in rows.why[4:]] == [
        Why.MISSING_DUE,
        Why.QUARANTINED,
        Why.SUPPRESSED,
        Why.NOT_APPLICABLE,
        Why.STALE,
    ]


def test_rows_of_the_engine_come_back_bit_for_bit(founded: Written, acme: Definitions) -> None:
    rows = ObservationRows.of(
        [
            (3, 1, 0, 2, JANUARY, 0.1 + 0.2, 1.0, Why.PRESENT),
            (2, 1, 0, 3, JANUARY, 1 / 3, 2 / 3, Why.PRESENT),
            (0, 1, 2, 3, JANUARY, 4.0, 1.0, Why.PRESENT),
            (3, 2, 0, 2, JANUARY, 0.0, 1.0, Why.MISSING_DUE),
        ]
    )
    append(*observations_from_rows(acme, rows), digits_checked=True)

    back = known(head_seq())

    for column in ("measure", "series", "segment", "unit", "period", "numerator", "denominator", "why"):
        assert np.array_equal(getattr(back, column), getattr(rows, column)), column


def test_only_what_is_new_is_read_again(founded: Written, acme: Definitions) -> None:
    positions = positions_in(acme)
    first = append(shipped(1.0), shipped(2.0, period=JANUARY + 1)).last_seq
    second = append(shipped(3.0)).last_seq

    assert rows_since(first, upto=second, positions=positions).numerator.tolist() == [3.0]
    assert rows_since(0, upto=first, positions=positions).numerator.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE measures_observation SET value = 0",
        "UPDATE measures_observation SET entry_id = entry_id",
        "DELETE FROM measures_observation",
        "UPDATE measures_ledgerentry SET recorded_at = '2001-01-01'",
    ],
)
def test_the_database_itself_keeps_observations_as_written(founded: Written, statement: str) -> None:
    append(shipped(1.0))

    with (
        pytest.raises(DatabaseError, match="KEPT_AS_WRITTEN"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_seq_is_taken_only_inside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        take_turn()


def test_two_writers_at_once_get_their_numbers_in_the_order_of_commits(transactional_db: None) -> None:
    """Whatever a reader has seen at seq s, no row at or below s turns up later."""
    write_definitions(small_organisation(), scope=INSTALLATION, at=FOUNDED)
    committed: list[tuple[int, int]] = []
    faults: list[BaseException] = []
    start = threading.Barrier(2)

    def write(unit: str) -> None:
        try:
            start.wait(timeout=10)
            for turn in range(15):
                last = append(shipped(float(turn), unit=unit, period=JANUARY + turn), at=day(1)).last_seq
                committed.append((last, head_seq()))
        except BaseException as fault:  # told by the main thread
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(unit,)) for unit in ("oslo", "south")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert faults == []
    assert sorted(last for last, _head in committed) == list(range(2, 32)), "no number twice, none left out"
    assert all(head >= last for last, head in committed)
    assert list(Observation.objects.order_by("seq").values_list("seq", flat=True)) == list(range(2, 32))


def seqs(rows: Sequence[Observation]) -> list[int]:
    return [row.seq for row in rows]


def test_a_person_reads_only_rows_of_their_units(founded: Written) -> None:
    append(shipped(1.0, unit="oslo"), shipped(2.0, unit="acme"), shipped(3.0, unit="south"))

    bob, cyd = scope_of_key("bob"), scope_of_key("cyd")

    seen = Observation.objects.visible_to(bob).order_by("seq")
    assert [row.unit.key for row in seen] == ["oslo", "south"]
    assert seqs(list(Observation.objects.visible_to(cyd))) == []
