"""`fourfold explain`: why a number is what it is."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_a_measure_tells_its_counts_thresholds_and_target(shell: Shell) -> None:
    answer = shell("explain", "measure", "punctuality", "examples/four-objectives")

    assert answer.code == 0, answer.err
    assert "(measure punctuality, bakery, 2026-09)" in answer.out
    assert "worst, red, green, best" in answer.out


def test_an_objective_tells_the_measures_it_rests_on(shell: Shell) -> None:
    answer = shell("explain", "objective", "serve-on-time", "examples/four-objectives")

    assert answer.code == 0, answer.err
    assert "measure punctuality" in answer.out


def test_folder_and_database_explain_alike(meridian: Shell) -> None:
    asked = ("explain", "objective", "build-skilled-workforce")
    from_folder = meridian(*asked, "examples/meridian")

    assert from_folder.out == meridian(*asked).out


def test_a_key_that_does_not_exist_is_not_found(shell: Shell) -> None:
    answer = shell("explain", "measure", "nobody", "examples/four-objectives")

    assert (answer.code, answer.out) == (3, "")
    assert "KEY_UNKNOWN" in answer.err
    assert "Remedy: " in answer.err


def test_a_kind_that_does_not_exist_is_a_wrong_use(shell: Shell) -> None:
    assert shell("explain", "theme", "x", "examples/four-objectives").code == 2
