"""What makes limits doubtful is told by every command that makes limits (METHOD M3.4)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.drawn import words_of
from tests.cli.in_process import answer_to

MONTHS = [f"{2021 + month // 12}-{month % 12 + 1:02}" for month in range(48)]
LIMITS = {
    "spc": ("spc",),
    "ewma": ("spc", "--chart", "ewma"),
    "cusum": ("spc", "--chart", "cusum"),
    "capability": ("capability", "--upper", "900"),
}


def written(folder: Path, values: np.ndarray, labels: list[str]) -> Path:
    path = folder / "values.csv"
    rows = [f"{label},{value:.3f}" for label, value in zip(labels, values.tolist(), strict=True)]
    path.write_text("\n".join(["period,value", *rows]) + "\n", encoding="utf-8")
    return path


def noise(count: int = 48) -> np.ndarray:
    return np.random.default_rng(5).normal(size=count)


def told(command: tuple[str, ...], file: Path, *more: str) -> dict:
    name, *options = command
    answer = answer_to(name, file, "--value", "value", "--period", "period", *options, *more, "--json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)["series"][0]


@pytest.mark.parametrize("command", LIMITS.values(), ids=LIMITS)
def test_seasons_are_warned_of(tmp_path: Path, command: tuple[str, ...]) -> None:
    yearly = 3.0 * np.sin(np.arange(48) * np.pi / 6.0)

    assert "seasonal" in told(command, written(tmp_path, 50.0 + noise() + yearly, MONTHS))["warnings"]
    assert "seasonal" not in told(command, written(tmp_path, 50.0 + noise(), MONTHS))["warnings"]


@pytest.mark.parametrize("command", LIMITS.values(), ids=LIMITS)
def test_missing_months_are_remarked(tmp_path: Path, command: tuple[str, ...]) -> None:
    kept = [month for month in range(48) if month not in {9, 30}]
    file = written(tmp_path, 50.0 + noise()[kept], [MONTHS[month] for month in kept])

    assert "gaps" in told(command, file)["warnings"]
    assert "gaps" not in told(command, written(tmp_path, 50.0 + noise(), MONTHS))["warnings"]


def test_the_rhythm_of_the_file_says_how_long_a_season_is(tmp_path: Path) -> None:
    quarterly = 50.0 + noise(24) + np.tile([0.0, 6.0, -3.0, 2.0], 6)
    third_months = [f"{2019 + place // 4}-{3 * (place % 4) + 1:02}" for place in range(24)]
    file = written(tmp_path, quarterly, third_months)

    assert "seasonal" in told(("spc",), file)["warnings"]
    assert "seasonal" not in told(("spc", "--cycle", "1"), file)["warnings"]
    counted = answer_to("spc", file, "--value", "value", "--cycle", "4", "--json")
    assert "seasonal" in json.loads(counted.out)["series"][0]["warnings"]


@pytest.mark.parametrize("command", LIMITS.values(), ids=LIMITS)
def test_running_totals_make_no_limits_of_any_kind(tmp_path: Path, command: tuple[str, ...]) -> None:
    totals = np.cumsum(10.0 + noise())
    file = written(tmp_path, totals, MONTHS)

    assert (told(command, file)["why"], told(command, file)["warnings"][-1]) == (
        "overlapping",
        "looks_cumulative",
    )
    assert told(command, file, "--no-cumulative")["why"] != "overlapping"
    rolling = written(tmp_path, 50.0 + noise(), MONTHS)
    assert told(command, rolling, "--cumulative")["why"] == "overlapping"


def test_likeness_is_warned_of_and_residuals_are_the_remedy(tmp_path: Path) -> None:
    drifting = np.convolve(noise(), 0.85 ** np.arange(30))[:48]
    file = written(tmp_path, 50.0 + drifting, MONTHS)

    assert "autocorrelated" in told(("spc",), file)["warnings"]
    freed = told(("spc",), file, "--residuals")
    assert "autocorrelated" not in freed["warnings"]
    assert freed["points"][0] is None
    picture = answer_to("spc", file, "--value", "value", "--period", "period", "--residuals", "--svg")
    assert "xmr chart of residuals" in words_of(picture.out)
    assert "autocorrelated" in words_of(
        answer_to("spc", file, "--value", "value", "--period", "period", "--svg").out
    )


def test_a_jump_between_two_stretches_is_no_likeness(tmp_path: Path) -> None:
    file = written(tmp_path, 50.0 + noise() + 20.0 * (np.arange(48) >= 24), MONTHS)

    assert "autocorrelated" in told(("spc",), file)["warnings"]
    assert "autocorrelated" not in told(("spc",), file, "--rebase", MONTHS[24])["warnings"]


def test_residuals_are_of_single_values(tmp_path: Path) -> None:
    file = written(tmp_path, 50.0 + noise(), MONTHS)
    answer = answer_to("spc", file, "--value", "value", "--chart", "c", "--residuals")

    assert answer.code == 2
    assert "OPTIONS_CONFLICT" in answer.err
