"""The cube on disk: opened instead of reading the ledger, and never trusted where it does not fit."""

import json
import random
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube, layout_of
from fourfold.engine.evaluate import evaluate
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit.queries import journal_digest, journal_head
from fourfold.scorecard.evaluation.actions import refresh_mirror as refreshing
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions
from fourfold.scorecard.evaluation.actions.refresh_mirror import refresh_mirror
from fourfold.scorecard.evaluation.mirror import MANIFEST, JournalPlace, open_mirror, write_mirror
from fourfold.scorecard.evaluation.queries import live_cube
from fourfold.scorecard.evaluation.queries.live_cube import forget, known_now
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation
from tests.engine.worlds import TODAY, world

EXAMPLES = Path(__file__).parents[3] / "examples"
NOON = datetime(2026, 10, 8, 12, tzinfo=UTC)
JOURNAL = JournalPlace(1, "ab")
TEARING = Path(__file__).with_name("mirror_child.py")


def cube_of(seed: int) -> Cube:
    drawn = world(seed)
    return Cube.of(compile_book(drawn.definitions, today=TODAY), drawn.rows)


def same_arrays(one: Cube, other: Cube) -> bool:
    return one.timeline == other.timeline and all(
        stack.numerator.tobytes() == other.stack(frequency).numerator.tobytes()
        and stack.denominator.tobytes() == other.stack(frequency).denominator.tobytes()
        and {track: kept.tobytes() for track, kept in stack.reasons.items()}
        == {track: kept.tobytes() for track, kept in other.stack(frequency).reasons.items()}
        for frequency, stack in one.stacks.items()
    )


@pytest.fixture
def cube():
    return cube_of(3)


def opened(place, book, *, upto=10**9, digest="ab"):
    return open_mirror(place, book, upto=upto, digest_at=lambda _seq: digest)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_opened_is_what_was_written_bit_for_bit(tmp_path, seed):
    cube = cube_of(seed)
    assert write_mirror(tmp_path, cube, seq=7, journal=JOURNAL)

    found = opened(tmp_path, cube.book)

    assert found.seq == 7
    assert same_arrays(found.cube, cube)


def test_what_a_reader_takes_in_stays_its_own(tmp_path, cube):
    write_mirror(tmp_path, cube, seq=7, journal=JOURNAL)
    mine = opened(tmp_path, cube.book).cube
    for stack in mine.stacks.values():
        stack.numerator[...] = -1.0

    assert same_arrays(opened(tmp_path, cube.book).cube, cube)


@pytest.mark.parametrize(
    ("unfit", "why"),
    [
        ({"upto": 6}, "the ledger went back behind it"),
        ({"digest": "cd"}, "another database wrote it"),
        ({"digest": None}, "the journal has no such event"),
    ],
)
def test_a_mirror_that_does_not_belong_to_this_ledger_is_passed_over(tmp_path, cube, unfit, why):
    write_mirror(tmp_path, cube, seq=7, journal=JOURNAL)

    assert opened(tmp_path, cube.book, **unfit) is None, why


def test_a_mirror_of_another_layout_is_passed_over(tmp_path, cube):
    other = cube_of(4).book
    write_mirror(tmp_path, cube, seq=7, journal=JOURNAL)

    assert layout_of(other) != layout_of(cube.book)
    assert opened(tmp_path, other) is None


@pytest.mark.parametrize("harm", ["missing", "short", "empty", "manifest"])
def test_a_damaged_mirror_is_passed_over(tmp_path, cube, harm):
    write_mirror(tmp_path, cube, seq=7, journal=JOURNAL)
    file = tmp_path / MANIFEST if harm == "manifest" else next(tmp_path.glob("*.numerator.npy"))
    whole = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes({"short": whole[:-9], "empty": b"", "manifest": whole[: len(whole) // 2]}[harm])

    assert opened(tmp_path, cube.book) is None


def test_a_second_writer_steps_back(tmp_path, cube):
    import fcntl

    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not write_mirror(tmp_path, cube, seq=7, journal=JOURNAL)

    assert not list(tmp_path.glob("*.npy"))


def test_a_new_generation_takes_the_old_files_away(tmp_path, cube):
    write_mirror(tmp_path, cube, seq=7, journal=JOURNAL)
    files = len(list(tmp_path.glob("*.npy")))
    write_mirror(tmp_path, cube, seq=8, journal=JOURNAL)

    assert len(list(tmp_path.glob("*.npy"))) == files
    assert opened(tmp_path, cube.book).seq == 8


def test_killed_anywhere_the_writer_leaves_the_old_generation_or_the_new(tmp_path, cube):
    write_mirror(tmp_path, cube, seq=1, journal=JOURNAL)
    chance = random.Random(20261122)
    seen = set()
    for _ in range(12):
        writer = subprocess.Popen([sys.executable, TEARING, tmp_path], stdout=subprocess.PIPE)
        writer.stdout.readline()  # it has begun
        with pytest.raises(subprocess.TimeoutExpired):  # it never ends by itself
            writer.wait(timeout=chance.uniform(0.001, 0.05))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        found = opened(tmp_path, cube.book)
        assert found is not None
        assert same_arrays(found.cube, cube)
        seen.add(found.seq)
    assert seen - {1}, "no writer ever finished: the kills prove nothing"


# --- in a process that answers --------------------------------------------------------------------------------------


@pytest.fixture
def bakery_on_disk(db, settings, tmp_path, monkeypatch):
    settings.FOURFOLD_HOME = tmp_path
    monkeypatch.setattr(refreshing, "LEAST_ROWS", 1)
    load_strategy_folder(EXAMPLES / "four-objectives", data=None, scope=INSTALLATION, at=NOON)
    forget()


def scores():
    with known_now(NOON) as known:
        evaluation = evaluate(known.book, known.cube, grains=(Grain.MONTH,))
        return evaluation.at(Grain.MONTH).measures.score.tobytes(), known.seq


def test_a_fresh_process_opens_the_mirror_instead_of_the_ledger(bakery_on_disk, monkeypatch):
    before = scores()
    assert refresh_mirror(NOON) == before[1]
    forget()
    read = []
    monkeypatch.setattr(live_cube, "rows_since", lambda *asked, **_named: read.append(asked))

    assert scores() == before
    assert read == []


def test_rows_written_since_the_mirror_are_laid_over_it(bakery_on_disk):
    refresh_mirror(NOON)
    with known_now(NOON) as known:
        measure = next(each for each in known.book.definitions.measures if each.versions[-1].formula is None)
    row = NewObservation(measure=measure.key, unit="old-town", period=2026 * 12 + 8, value=1.0)
    if measure.versions[-1].kind.has_denominator:
        row = row._replace(value=None, numerator=1.0, denominator=2.0)
    append_observations([row], scope=INSTALLATION, at=NOON)
    expected = scores()
    forget()

    assert scores() == expected


def test_a_changed_text_keeps_the_observations_in_memory(bakery_on_disk, monkeypatch):
    scores()
    change_definitions(
        lambda known: replace(known, strategy=replace(known.strategy, vision="Another one.")),
        act=Act.EDIT_STRATEGY,
        unit="bakery",
        scope=INSTALLATION,
        at=NOON,
    )
    asked = []
    read = live_cube.rows_since
    monkeypatch.setattr(live_cube, "rows_since", lambda seq, **named: asked.append(seq) or read(seq, **named))
    carried = scores()
    forget()

    assert asked
    assert min(asked) > 0, "the ledger was read from its start"
    assert carried == scores()


def with_measure(known, key):
    sales = next(each for each in known.measures if each.key == "sales")
    measures = (*known.measures, replace(sales, key=key, name=f"{sales.name} {key}"))
    return replace(known, measures=tuple(sorted(measures, key=lambda each: each.key)))


def with_unit(known, key):
    shop = next(each for each in known.units if each.key == "riverside")
    place = known.units.index(shop)
    units = (*known.units[:place], replace(shop, key=key, name=f"{shop.name} {key}"), *known.units[place:])
    return replace(known, units=units)


def changed(change, act):
    change_definitions(change, act=act, unit="bakery", scope=INSTALLATION, at=NOON)


def all_scores():
    with known_now(NOON) as known:
        evaluation = evaluate(known.book, known.cube, grains=(Grain.MONTH,))
        return canonical(evaluation), known.seq


def canonical(evaluation):
    results = evaluation.at(Grain.MONTH).measures
    return results.value.tobytes(), results.why.tobytes(), results.score.tobytes()


@pytest.mark.parametrize("more", [with_measure, with_unit])
@pytest.mark.parametrize("key", ["aaa-new", "zzz-new"])
def test_one_measure_or_unit_more_reads_no_earlier_row_again(bakery_on_disk, monkeypatch, more, key):
    all_scores()
    act = Act.EDIT_MEASURES if more is with_measure else Act.EDIT_UNITS
    changed(lambda known: more(known, key), act)
    asked = []
    read = live_cube.rows_since
    monkeypatch.setattr(live_cube, "rows_since", lambda seq, **named: asked.append(seq) or read(seq, **named))
    grown = all_scores()
    assert min(asked, default=1) > 0, "the ledger was read from its start"
    forget()

    assert grown == all_scores()
    assert min(asked) == 0


def test_a_unit_that_comes_back_brings_its_rows_along(bakery_on_disk):
    changed(lambda now: with_unit(now, "zzz-new"), Act.EDIT_UNITS)
    row = NewObservation(measure="sales", unit="zzz-new", period=2026 * 12 + 7, value=5.0)
    append_observations([row], scope=INSTALLATION, at=NOON)
    before = all_scores()[0]
    changed(
        lambda now: replace(now, units=tuple(each for each in now.units if each.key != "zzz-new")),
        Act.EDIT_UNITS,
    )
    assert all_scores()[0] != before
    changed(lambda now: with_unit(now, "zzz-new"), Act.EDIT_UNITS)

    assert all_scores()[0] == before


def test_what_the_journal_says_after_the_ledger_was_read_belongs_to_the_mirror(bakery_on_disk):
    """A copy of the database made before the last event passes the mirror by, whatever rows it has."""
    refresh_mirror(NOON)
    place = json.loads((live_cube.mirror_place() / MANIFEST).read_bytes())["journal"]

    assert place == list(journal_head())


def test_no_mirror_is_written_twice_at_one_place_of_the_ledger(bakery_on_disk):
    assert refresh_mirror(NOON) is not None
    assert refresh_mirror(NOON) is None


def test_the_mirror_of_a_replaced_database_is_not_taken(bakery_on_disk, settings, monkeypatch):
    refresh_mirror(NOON)
    manifest = settings.FOURFOLD_HOME / "cube" / MANIFEST
    told = json.loads(manifest.read_text())
    seq, digest = journal_head()
    assert told["journal"] == [seq, digest] == [seq, journal_digest(seq)]
    manifest.write_text(json.dumps({**told, "journal": [seq, "0" * 64]}))
    expected = scores()
    forget()

    read = []
    rows_since = live_cube.rows_since
    monkeypatch.setattr(
        live_cube, "rows_since", lambda after, **named: read.append(after) or rows_since(after, **named)
    )

    assert scores() == expected
    assert read == [0], "from its start, and once"


def test_an_installation_without_an_organisation_has_no_mirror(db, settings, tmp_path):
    settings.FOURFOLD_HOME = tmp_path

    assert refresh_mirror(NOON) is None
    assert not (tmp_path / "cube").exists()
