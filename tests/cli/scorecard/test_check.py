"""`fourfold check`: everything that is wrong with a folder, in one go, without a database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell


@pytest.mark.parametrize("example", ["four-objectives", "meridian"])
def test_the_examples_are_free_of_errors(shell: Shell, example: str) -> None:
    answer = shell("check", f"examples/{example}")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.rstrip().endswith("findings.")


def test_every_error_is_told_with_file_line_code_and_remedy(shell: Shell, folder: Path) -> None:
    file = folder / "data" / "shops.csv"
    file.write_text(file.read_text().replace("2025-01,", "20x5-01,", 1).replace("riverside", "atlantis", 1))

    answer = shell("check", folder)

    assert answer.code == 1
    assert "data/shops.csv:2: error PERIOD_UNKNOWN" in answer.out
    assert "data/shops.csv:3: error UNIT_UNKNOWN" in answer.out
    assert "Remedy: " in answer.out


def test_checking_leaves_no_database_behind(shell: Shell) -> None:
    shell("check", "examples/four-objectives")

    assert not shell.home.exists()
