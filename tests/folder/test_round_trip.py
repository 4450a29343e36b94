"""Export ∘ load is canonical, and with the history nothing at all is lost (DESIGN §5, Round trip)."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from fourfold.folder import FolderOccupied, History, read_folder, write_folder
from fourfold.folder.writing import current_rows
from tests.folder.organisations import folders


def assert_same_rows(left, right):
    for name in ("measure", "series", "segment", "unit", "period", "why", "numerator", "denominator"):
        assert np.array_equal(getattr(left, name), getattr(right, name), equal_nan=name.endswith("ator")), (
            name
        )


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(folders())
def test_what_was_written_with_its_history_is_read_back_equal(folder):
    definitions, rows, history = folder
    with TemporaryDirectory() as directory:
        path = Path(directory) / "out"
        write_folder(path, definitions, rows=rows, history=history)
        reading = read_folder(path)

    assert reading.definitions == definitions
    assert_same_rows(reading.rows, rows)
    assert reading.recorded_at.tolist() == history.recorded_at.tolist()
    assert reading.release_status.tolist() == history.release_status.tolist()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(folders())
def test_the_second_export_has_the_bytes_of_the_first(folder):
    definitions, rows, _ = folder
    with TemporaryDirectory() as directory:
        first, second = Path(directory) / "first", Path(directory) / "second"
        write_folder(first, definitions, rows=rows)
        reading = read_folder(first)
        write_folder(second, reading.definitions, rows=reading.rows)

        assert_same_rows(reading.rows, current_rows(rows))
        assert files_of(first) == files_of(second)


def test_the_example_survives_its_export(folder, tmp_path):
    reading = read_folder(folder)

    write_folder(tmp_path / "out", reading.definitions, rows=reading.rows)
    again = read_folder(tmp_path / "out")

    assert again.definitions == reading.definitions
    assert_same_rows(again.rows, current_rows(reading.rows))


def test_only_the_last_word_on_a_key_is_exported_without_history(folder, tmp_path):
    reading = read_folder(folder)
    corrected = reading.rows.between(0, 1)
    rows = reading.rows.then(
        type(corrected).of(
            [(corrected.measure[0], 1, 0, corrected.unit[0], corrected.period[0], 5.5, 1.0, 0)]
        )
    )

    write_folder(tmp_path / "out", reading.definitions, rows=rows)
    again = read_folder(tmp_path / "out").rows
    same = (
        (again.measure == corrected.measure[0])
        & (again.unit == corrected.unit[0])
        & (again.period == corrected.period[0])
    )

    assert again.numerator[same].tolist() == [5.5]
    assert len(again) == len(reading.rows)


def test_measures_in_another_order_are_exported_in_the_order_of_their_keys(folder, tmp_path):
    reading = read_folder(folder)
    turned = replace(reading.definitions, measures=reading.definitions.measures[::-1])
    last = len(turned.measures) - 1
    rows = replace(reading.rows, measure=(last - reading.rows.measure).astype(np.int32))

    write_folder(tmp_path / "straight", reading.definitions, rows=reading.rows)
    write_folder(tmp_path / "turned", turned, rows=rows)

    assert files_of(tmp_path / "straight") == files_of(tmp_path / "turned")


def test_nothing_is_written_over_something_else(folder, tmp_path):
    reading = read_folder(folder)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").write_text("Dear mother")

    for wanted in (False, True):
        with pytest.raises(FolderOccupied):
            write_folder(tmp_path / "letters", reading.definitions, rows=reading.rows, replace=wanted)

    assert (tmp_path / "letters" / "to-mother.txt").read_text() == "Dear mother"


def test_an_export_may_replace_an_earlier_one(folder, tmp_path):
    reading = read_folder(folder)
    write_folder(tmp_path / "out", reading.definitions, rows=reading.rows)
    before = files_of(tmp_path / "out")

    write_folder(tmp_path / "out", reading.definitions, rows=reading.rows, replace=True)

    assert files_of(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_export_that_fails_leaves_nothing_behind(folder, tmp_path):
    reading = read_folder(folder)
    uneven = History(reading.recorded_at[:1], reading.release_status[:1])

    with pytest.raises(ValueError, match="zip"):
        write_folder(tmp_path / "out", reading.definitions, rows=reading.rows, history=uneven)

    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
