"""`fourfold exceptions`: a file in, the few series that matter out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Answer, Shell
from tests.cli.in_process import answer_to

MONTHS = [f"{2024 + month // 12}-{month % 12 + 1:02}" for month in range(31)]
SERIES = {"training": -30.0, "quality": -25.0, "returns": 28.0, "profit": -22.0, "calm": 0.0}
ASKED = ("--value", "value", "--by", "series", "--period", "month")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Five series that wander about 100; four of them shift in the last seven months."""
    rng = np.random.default_rng(1)
    rows = ["series,month,value"]
    for name, shift in SERIES.items():
        values = rng.normal(100.0, 5.0, 31).round(2)
        values[24:] += shift
        rows += [f"{name},{month},{value:.2f}" for month, value in zip(MONTHS, values.tolist(), strict=True)]
    return written(tmp_path, "values.csv", *rows)


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def document(answer: Answer) -> dict:
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_the_series_that_shifted_are_told_and_the_others_counted(shell: Shell, file: Path) -> None:
    found = document(shell("exceptions", file, *ASKED, "--polarity", "maximise", "--json"))

    kinds = {each["name"]: each["kinds"] for each in found["exceptions"]}
    assert kinds == {
        "training": ["adverse"], "quality": ["adverse"], "profit": ["adverse"], "returns": ["favourable"]
    }  # fmt: skip
    assert found["normal"] == ["calm"]
    assert (found["series"], found["judged"]) == (5, 5)
    assert 0.3 < found["expected_false_alarms"] < 0.7
    training = next(each for each in found["exceptions"] if each["name"] == "training")
    assert (training["periods"], training["moved"], training["period"]) == (7, -1, "2026-07")
    assert training["value"] < training["lower"] < training["centre"] < training["upper"]


def test_what_follows_from_a_deeper_cause_is_folded_but_for_what_executives_watch(
    shell: Shell, file: Path, tmp_path: Path
) -> None:
    links = written(tmp_path, "links.csv", "cause,effect,sign", "training,quality,+", "quality,profit,")
    about = written(
        tmp_path, "about.csv", "series,polarity,tier", "profit,maximise,executive", "returns,minimise,"
    )
    asked = (*ASKED, "--polarity", "maximise", "--links", links, "--about", about, "--json")
    found = document(shell("exceptions", file, *asked))

    names = [each["name"] for each in found["exceptions"]]
    assert names == ["training", "profit", "returns"]
    assert [each["name"] for each in found["exceptions"][0]["folded"]] == ["quality"]
    assert found["exceptions"][1]["follows"] == "training"
    assert found["exceptions"][2]["kinds"] == ["adverse"]


def test_a_table_lists_the_remainder_and_what_chance_would_give(shell: Shell, file: Path) -> None:
    answer = shell("exceptions", file, *ASKED, "--polarity", "maximise", "--shown", "1")

    assert answer.code == 0
    assert "× worse ↓" in answer.out
    assert "3 more: " in answer.out
    assert "1 of 5 series with limits behaved normally; chance alone would give about 0.5" in answer.out


def test_a_series_that_others_outlive_is_late(shell: Shell, file: Path) -> None:
    lines = [line for line in file.read_text().splitlines() if not line.startswith("calm,2026-0")]
    file.write_text("\n".join(lines) + "\n")
    found = document(shell("exceptions", file, *ASKED, "--only", "series=calm", "--json"))
    whole = document(shell("exceptions", file, *ASKED, "--json"))

    assert found["exceptions"] == []
    assert {each["name"]: (each["kinds"], each["periods"]) for each in whole["exceptions"]}["calm"] == (
        ["stale"],
        7,
    )


def test_periods_still_to_come_make_nobody_late(shell: Shell, file: Path) -> None:
    with file.open("a", encoding="utf-8") as handle:
        handle.writelines(f"{name},2026-{month:02},\n" for name in SERIES for month in (8, 9, 10))
    found = document(shell("exceptions", file, *ASKED, "--polarity", "maximise", "--json"))

    assert found["periods"][-1] == "2026-07"
    assert {kind for each in found["exceptions"] for kind in each["kinds"]} == {"adverse", "favourable"}


def test_series_with_too_few_points_are_counted_and_nothing_is_called_normal(
    shell: Shell, tmp_path: Path
) -> None:
    file = written(
        tmp_path, "few.csv", "series,month,value", *(f"a,2026-{month:02},{month}" for month in range(1, 5))
    )
    answer = shell("exceptions", file, *ASKED)

    assert answer.code == 0
    assert "1 series has too few points" in answer.out
    assert "Nothing to report" not in answer.out
    assert document(shell("exceptions", file, *ASKED, "--json"))["too_few_points"] == 1


def test_a_series_behind_missing_months_is_late_by_all_of_them(shell: Shell, file: Path) -> None:
    gone = ("calm,2026-0", *(f"{name},2026-0{month}" for name in SERIES for month in (3, 4)))
    lines = [line for line in file.read_text().splitlines() if not line.startswith(gone)]
    file.write_text("\n".join(lines) + "\n")
    found = document(shell("exceptions", file, *ASKED, "--json"))

    assert {each["name"]: each["periods"] for each in found["exceptions"]}["calm"] == 7


def test_nothing_to_report_is_said(shell: Shell, file: Path) -> None:
    answer = shell("exceptions", file, *ASKED, "--only", "series=calm")

    assert answer.code == 0
    assert "Nothing to report." in answer.out


@pytest.mark.parametrize(
    ("option", "lines", "code", "said"),
    [
        ("--links", ["cause,effect", "training,weather"], "SERIES_UNKNOWN", "weather"),
        ("--links", ["cause", "training"], "COLUMN_MISSING", "effect"),
        ("--links", ["cause,effect,sign", "training,quality,perhaps"], "WORD_UNKNOWN", "perhaps"),
        ("--about", ["series,tier", "training,boss"], "WORD_UNKNOWN", "boss"),
        ("--about", ["series,target", "training,much"], "NOT_A_NUMBER", "much"),
        ("--about", ["series,materiality", "training,3"], "SHARE_WRONG", "3"),
        ("--about", ["name", "training"], "COLUMN_MISSING", "series"),
    ],
)
def test_bad_files_beside_the_values_are_refused_by_code(
    shell: Shell, file: Path, tmp_path: Path, option: str, lines: list[str], code: str, said: str
) -> None:
    answer = shell("exceptions", file, *ASKED, option, written(tmp_path, "beside.csv", *lines))

    assert answer.code == 1
    assert answer.err.startswith(f"{code}: ")
    assert said in answer.err
    assert not answer.out


def test_bad_values_rules_and_baselines_are_refused_as_for_charts(shell: Shell, file: Path) -> None:
    for more, code in (
        (("--rules", "guess"), "RULES_UNKNOWN"),
        (("--baseline", "3"), "BASELINE_TOO_SHORT"),
        (("--rebase", "2031-01"), "REBASE_UNKNOWN"),
    ):
        answer = shell("exceptions", file, *ASKED, *more)
        assert (answer.code, answer.err.partition(":")[0]) == (1, code)
    assert shell("exceptions", file, "--value", "nothing").err.startswith("COLUMN_MISSING")
    assert shell("exceptions", "nowhere.csv", "--value", "value").code == 3


def test_what_could_not_be_judged_is_named_with_its_reason(file: Path) -> None:
    with file.open("a", encoding="utf-8") as handle:
        handle.writelines(f"total,{month},{100 + 7 * place}\n" for place, month in enumerate(MONTHS))
        handle.writelines(f"flat,{month},5\n" for month in MONTHS)
        handle.writelines(f"young,{month},{place}\n" for place, month in enumerate(MONTHS[-4:]))

    found = document(answer_to("exceptions", file, *ASKED, "--json"))
    table = " ".join(answer_to("exceptions", file, *ASKED).out.split())

    assert found["not_judged"] == {
        "overlapping": ["total"],
        "no_variation": ["flat"],
        "too_few_points": ["young"],
    }
    assert (found["series"], found["judged"], found["too_few_points"]) == (8, 5, 1)
    assert "1 series runs like totals and has no limits: total." in table
    assert "1 series does not vary and has no limits: flat." in table


def test_nothing_is_called_nothing_to_report_where_nothing_was_judged(file: Path) -> None:
    answer = answer_to("exceptions", file, *ASKED, "--only", "series=calm", "--cumulative")

    assert "1 series runs like totals and has no limits: calm." in " ".join(answer.out.split())
    assert "Nothing to report" not in answer.out
    assert "behaved normally" not in answer.out
