"""`fourfold capability`: can stable series meet their specification?"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Shell
from tests.cli.in_process import answer_to


@pytest.fixture
def widths(tmp_path: Path) -> Path:
    """A calm line, a skewed one, and one that drifts; fifty pieces each."""
    calm = 16.0 + 2.0 * np.array([-1.5, 0.5, -0.5, 1.5, 0.0] * 10)
    skewed = np.random.default_rng(15).lognormal(2.4, 0.9, 50)
    drifting = calm + np.arange(50) * 0.3  # up and down: not like a total to date
    file = tmp_path / "widths.csv"
    rows = [
        f"{line},{value:.3f}"
        for line, values in (("calm", calm), ("skewed", skewed), ("drifting", drifting))
        for value in values
    ]
    file.write_text("\n".join(["line,width", *rows]) + "\n", encoding="utf-8")
    return file


def test_each_series_has_indices_with_intervals_or_a_reason(shell: Shell, widths: Path) -> None:
    asked = (
        "--value",
        "width",
        "--by",
        "line",
        "--lower",
        "8",
        "--upper",
        "20",
        "--target",
        "14",
        "--rules",
        "rule1",
    )
    answer = shell("capability", widths, *asked, "--json")

    assert answer.code == 0, answer.err
    calm, skewed, drifting = json.loads(answer.out)["series"]
    assert calm["overall"]["spread"] == pytest.approx(12.0 / (6.0 * calm["overall"]["sigma"]))
    low, high = calm["overall"]["centred_interval"]
    assert low < calm["overall"]["centred"] < high
    assert calm["needs_caution"] is True
    assert skewed["n"] == 50
    assert (drifting["why"], drifting["cpm"]) == ("unstable", None)


def test_a_series_that_is_not_normal_is_told_with_the_shape_that_fits(shell: Shell, widths: Path) -> None:
    answer = shell(
        "capability",
        widths,
        "--value",
        "width",
        "--only",
        "line=skewed",
        "--upper",
        "90",
        "--rules",
        "nelson.4",
    )

    assert answer.code == 0, answer.err
    assert "not normal; " in answer.out
    assert "fewer than 100 points" in answer.out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], "SPECIFICATION_WRONG"),
        (["--lower", "20", "--upper", "8"], "SPECIFICATION_WRONG"),
        (["--lower", "8", "--upper", "24", "--target", "99"], "SPECIFICATION_WRONG"),
        (["--upper", "8", "--rules", "x"], "RULES_UNKNOWN"),
    ],
)
def test_a_question_without_an_answer_is_refused(
    shell: Shell, widths: Path, options: list[str], code: str
) -> None:
    answer = shell("capability", widths, "--value", "width", "--by", "line", *options)

    assert (answer.code, answer.out) == (1, "")
    assert f"{code}: " in answer.err


@pytest.mark.parametrize("number", ["nan", "inf", "1e400", "high"])
@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("capability", "--lower"),
        ("capability", "--upper"),
        ("capability", "--target"),
        ("forecast", "--target"),
        ("forecast", "--tolerance"),
        ("exceptions", "--target"),
        ("spc", "--target"),
    ],
)
def test_only_finite_numbers_can_be_asked_for(widths: Path, command: str, option: str, number: str) -> None:
    answer = answer_to(command, widths, "--value", "width", "--by", "line", f"{option}={number}", "--json")

    assert (answer.code, answer.out) == (2, "")
    assert "not a finite number" in " ".join(answer.err.split())
