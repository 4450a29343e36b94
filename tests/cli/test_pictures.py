"""`--svg`: what is drawn is what `--json` says, a gap is a gap, and without limits the picture says why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Answer
from tests.cli.drawn import panels, words_of
from tests.cli.in_process import answer_to

MONTHS = [f"{2024 + month // 12}-{month % 12 + 1:02}" for month in range(31)]
SHIFTS = {"training": -30.0, "returns": 28.0, "calm": 0.0}
GAP = 14
"""A month in which `training` has no row."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three series that wander about 100; two of them shift in the last seven months, one has a gap."""
    rng = np.random.default_rng(1)
    rows = ["series,month,value,seen"]
    for name, shift in SHIFTS.items():
        values = rng.normal(100.0, 5.0, 31).round(2)
        values[24:] += shift
        rows += [
            f"{name},{month},{value:.2f},{400 + 10 * place}"
            for place, (month, value) in enumerate(zip(MONTHS, values.tolist(), strict=True))
            if (name, place) != ("training", GAP)
        ]
    path = tmp_path / "values.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def both(*asked: str | Path) -> tuple[dict, str]:
    """The document and the drawing of one question."""
    told, drawn = answer_to(*asked, "--json"), answer_to(*asked, "--svg")
    assert (told.code, drawn.code) == (0, 0), told.err + drawn.err
    assert "<script" not in drawn.out
    return json.loads(told.out), drawn.out


def lines_of(file: Path) -> list[float]:
    """The values of `training`, as the file has them."""
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    return [float(value) for name, _month, value, _seen in rows if name == "training"]


def agree(drawn: Sequence[float | None], told: Sequence[float | None]) -> None:
    """The same numbers, and nothing where there is nothing."""
    assert [each is None for each in drawn] == [each is None for each in told]
    there = [(one, other) for one, other in zip(drawn, told, strict=True) if one is not None]
    reach = max((abs(other) for _one, other in there), default=1.0)
    for one, other in there:
        assert one == pytest.approx(other, abs=1e-4 * reach)


TRAINING = ("--value", "value", "--period", "month", "--only", "series=training")


@pytest.mark.parametrize(
    "chart",
    [("--chart", "xmr"), ("--chart", "ewma"), ("--chart", "u", "--n", "seen"), ("--rebase", MONTHS[16])],
)
def test_a_control_chart_draws_the_points_and_limits_of_the_document(
    file: Path, chart: tuple[str, ...]
) -> None:
    if "u" in chart:  # counts are whole
        file.write_text(file.read_text(encoding="utf-8").replace(".", ""), encoding="utf-8")
    told, drawn = both("spc", file, *TRAINING, *chart)
    (panel,), series = panels(drawn, periods=31), told["series"][0]

    agree(panel.values("points", count=31), series["points"])
    for line in ("upper", "lower", "centre", "near_upper", "near_lower"):
        agree(panel.levels(line, count=31), series[line])
    assert panel.values("points", count=31)[GAP] is None


def test_a_cusum_draws_both_sums_and_its_decision(file: Path) -> None:
    told, drawn = both("spc", file, *TRAINING, "--chart", "cusum", "--baseline", "20")
    (panel,), series = panels(drawn, periods=31), told["series"][0]

    agree(panel.values("high", count=31), series["high"])
    agree(
        [None if each is None else -each for each in panel.values("low", count=31)],
        series["low"],
    )
    assert [line[1] for line in panel.rules("decision")] == pytest.approx(
        [told["decision"], -told["decision"]]
    )
    assert f"down from point {series['signals_down'][0] + 1}" in words_of(drawn)


def test_a_histogram_draws_every_value_the_limits_and_the_width_of_the_process(tmp_path: Path) -> None:
    values = np.random.default_rng(12).normal(16.0, 2.0, 50).round(3)
    path = tmp_path / "widths.csv"
    path.write_text("\n".join(["width", *map(str, values)]) + "\n", encoding="utf-8")
    asked = ("--value", "width", "--lower", "8", "--upper", "20", "--target", "14", "--rules", "rule1")
    told, drawn = both("capability", path, *asked)
    (panel,), series = panels(drawn), told["series"][0]

    bars = panel.bars("bins")
    counts, edges = np.histogram(values, bins=len(bars))
    assert [low for low, _high, _count in bars] == pytest.approx(edges[:-1], abs=1e-3)
    assert [count for _low, _high, count in bars] == pytest.approx(counts, abs=1e-6)
    assert counts.sum() == series["n"] == 50
    assert sorted(line[0] for line in panel.rules("asked")) == pytest.approx([8, 14, 20], abs=1e-3)
    ((low, _level, high, _same),) = panel.rules("reach")
    assert (low + high) / 2 == pytest.approx(series["mean"], abs=1e-3)
    assert (high - low) / 6 == pytest.approx(series["within"]["sigma"], abs=1e-3)
    least, most = series["within"]["centred_interval"]
    assert f"C_pk {series['within']['centred']:.2f} ({least:.2f}–{most:.2f})" in words_of(drawn)


def test_an_unstable_series_shows_its_values_and_why_it_has_no_index(file: Path) -> None:
    told, drawn = both("capability", file, *TRAINING, "--upper", "150", "--lower", "20")

    assert told["series"][0]["why"] == "unstable"
    assert "30 points · no index: unstable" in words_of(drawn)
    assert "C_pk" not in words_of(drawn)
    assert panels(drawn)[0].rules("reach") == []


def test_every_exception_that_is_told_has_its_chart(file: Path) -> None:
    asked = (
        "--value",
        "value",
        "--by",
        "series",
        "--period",
        "month",
        "--polarity",
        "maximise",
        "--target",
        "90",
    )
    told, drawn = both("exceptions", file, *asked)
    found = panels(drawn, periods=31)

    assert [panel.words[0] for panel in found] == [
        f"{place}. {each['name']}" for place, each in enumerate(told["exceptions"], 1)
    ]
    for panel, each in zip(found, told["exceptions"], strict=True):
        latest = [panel.values("points", count=31)[-1]]
        latest += [panel.levels(line, count=31)[-1] for line in ("centre", "lower", "upper")]
        agree(latest, [each[name] for name in ("value", "centre", "lower", "upper")])
        assert [line[1] for line in panel.rules("target")] == pytest.approx([90.0], abs=0.01)
        assert f"priority {each['priority']:.2f}" in panel.words[1]
    training = next(panel for panel in found if "training" in panel.words[0])
    assert training.values("points", count=31)[GAP] is None
    assert "1 of 3 series with limits behaved normally" in words_of(drawn)


def test_no_exception_is_a_picture_that_says_so(file: Path) -> None:
    answer = answer_to("exceptions", file, *TRAINING[:4], "--only", "series=calm", "--svg")

    assert answer.code == 0, answer.err
    assert "Nothing to report." in words_of(answer.out)


def test_a_forecast_draws_the_past_and_the_bands_of_the_document(file: Path) -> None:
    told, drawn = both("forecast", file, *TRAINING, "--ahead", "6")
    series = told["series"][0]

    assert "value · training" in words_of(drawn)
    (panel,) = panels(drawn, periods=37)
    middle = [value for place, value in panel.line("median") if round(place) > 30]
    assert middle == pytest.approx(series["forecast"]["median"], abs=0.01)
    assert panel.values("values", count=37)[GAP] is None
    assert panel.values("values", count=37)[30] == pytest.approx(lines_of(file)[-1], abs=0.01)


def test_a_correlogram_writes_the_correlations_of_the_document(file: Path) -> None:
    asked = ("--by", "series", "--value", "value", "--x", "calm", "--y", "returns", "--period", "month")
    told, drawn = both("leadlag", file, *asked, "--cycle", "0")
    link = told["links"][0]

    assert len(link["correlations"]) > 10
    for lag, level in link["correlations"].items():
        assert f"{lag} months: {level:+.2f}".replace("-", "−") in drawn


@pytest.mark.parametrize("command", [["spc"], ["spc", "--chart", "ewma"], ["capability", "--upper", "9"]])
def test_too_few_points_are_drawn_without_limits_and_with_the_reason(file: Path, command: list[str]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(lines[:6]) + "\n", encoding="utf-8")
    answer = answer_to(command[0], file, *TRAINING, *command[1:], "--svg")

    assert answer.code == 0, answer.err
    assert "too few points" in words_of(answer.out)
    assert panels(answer.out, periods=5)[0].levels("upper", count=5) == [None] * 5


def test_a_picture_is_of_one_series_and_goes_with_no_document(file: Path) -> None:
    def refused(*asked: str | Path) -> Answer:
        answer = answer_to(*asked)
        assert (answer.code, answer.out) == (2, "")
        return answer

    many = ("--value", "value", "--by", "series", "--svg")
    assert "SERIES_MANY" in refused("capability", file, *many, "--upper", "9").err
    assert "SERIES_MANY" in refused("spc", file, *many, "--chart", "cusum").err
    assert "OPTIONS_CONFLICT" in refused("exceptions", file, *many, "--json").err
    assert "OPTIONS_CONFLICT" in refused("capability", file, *many, "--upper", "9", "--json").err
