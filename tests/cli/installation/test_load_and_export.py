"""`fourfold load` and `fourfold export`: in and out again without a changed byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell


def test_loading_says_what_it_wrote_and_a_second_time_writes_nothing(bakery: Shell) -> None:
    before = bakery.counts

    again = bakery("load", "examples/four-objectives")

    assert (again.code, again.err) == (0, "")
    assert again.out == "Loaded Harbour Bakery: 5 measures, 3 units, 0 values.\n"
    assert bakery.counts == before


@pytest.mark.parametrize("history", [(), ("--history",)], ids=["now", "history"])
def test_a_round_trip_changes_no_byte(
    meridian: Shell, empty: Shell, tmp_path: Path, history: tuple[str, ...]
) -> None:
    first = meridian("export", tmp_path / "first", *history)
    loaded = empty("load", tmp_path / "first")
    second = empty("export", tmp_path / "second", *history)

    assert (first.code, loaded.code, second.code) == (0, 0, 0), first.err + loaded.err + second.err
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_an_export_scores_as_the_organisation_it_came_from(meridian: Shell, tmp_path: Path) -> None:
    meridian("export", tmp_path / "out")

    exported = meridian("evaluate", tmp_path / "out", "--period", "2026-09", "--json")

    assert exported.raw == meridian("evaluate", "examples/meridian", "--period", "2026-09", "--json").raw


def test_history_keeps_the_value_that_was_restated(meridian: Shell, tmp_path: Path) -> None:
    now = meridian("export", tmp_path / "now")
    ever = meridian("export", tmp_path / "ever", "--history")

    assert number_in(ever.out) > 0
    assert rows_of(tmp_path / "ever") > rows_of(tmp_path / "now"), now.out + ever.out


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def rows_of(folder: Path) -> int:
    return sum(len(path.read_text().splitlines()) for path in folder.glob("data/*.csv"))


def number_in(sentence: str) -> int:
    return int(next(word for word in sentence.split() if word.isdigit()))
