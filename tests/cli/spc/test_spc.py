"""`fourfold spc`: a file in, limits, signals and icons out."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import duckdb
import pytest

from fourfold.cli.series_files.period_labels import rhythm_of
from tests.cli.conftest import Shell
from tests.cli.in_process import answer_to
from tests.cli.spc.waits import MONTHS, SPIKE, document, written


def test_each_series_has_its_limits_signals_and_icons(shell: Shell, waits: Path) -> None:
    asked = (
        "--value",
        "late",
        "--by",
        "clinic",
        "--period",
        "month",
        "--polarity",
        "minimise",
        "--target",
        "7",
    )
    found = document(shell("spc", waits, *asked, "--json"))

    north, south = found["series"]
    assert north["key"] == {"clinic": "north"}
    assert found["periods"] == MONTHS
    assert north["centre"][0] == pytest.approx(1.9444, abs=5e-5)
    assert north["upper"][0] == pytest.approx(4.6044, abs=5e-5)
    assert north["signals"] == [{"rule": "mdc.outside", "direction": 1, "points": [4]}]
    assert (north["variation"], north["assurance"]) == ("common_cause", "consistently_meet")
    assert (south["n"], south["signals"], south["why"]) == (18, [], None)
    assert found["expected_false_alarms"] > 0


def test_the_table_says_the_same_in_words(shell: Shell, waits: Path) -> None:
    answer = shell("spc", waits, "--value", "late", "--by", "clinic", "--period", "month")

    assert answer.code == 0, answer.err
    assert "mdc.outside ↑1" in answer.out
    assert "1 of 2 series with limits have a signal somewhere; chance alone would give about" in answer.out


def test_a_name_in_brackets_is_printed_whole(waits: Path) -> None:
    waits.write_text(waits.read_text(encoding="utf-8").replace("north", "north [red]"), encoding="utf-8")

    answer = answer_to("spc", waits, "--value", "late", "--by", "clinic")

    assert "north [red] " in answer.out


def test_parquet_answers_as_csv_does(shell: Shell, waits: Path, tmp_path: Path) -> None:
    parquet = tmp_path / "waits.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{waits}', all_varchar = false)) TO '{parquet}' (FORMAT parquet)")
    asked = (
        "--value",
        "late",
        "--n",
        "seen",
        "--by",
        "clinic",
        "--period",
        "month",
        "--chart",
        "p",
        "--json",
    )

    assert (
        document(shell("spc", parquet, *asked))["series"] == document(shell("spc", waits, *asked))["series"]
    )


def test_a_picture_of_one_series_is_an_svg_without_scripts(shell: Shell, waits: Path) -> None:
    answer = shell("spc", waits, "--value", "late", "--only", "clinic=north", "--period", "month", "--svg")

    assert answer.code == 0, answer.err
    picture = ElementTree.fromstring(answer.out)
    assert picture.tag.endswith("svg")
    assert "xmr chart · mdc · common cause" in "".join(picture.itertext())
    assert "<script" not in answer.out


def test_limits_begin_anew_where_it_is_said(shell: Shell, waits: Path) -> None:
    asked = (
        "--value",
        "late",
        "--only",
        "clinic=north",
        "--period",
        "month",
        "--rebase",
        MONTHS[9],
        "--json",
    )
    series = document(shell("spc", waits, *asked))["series"][0]

    assert series["centre"][8] != series["centre"][9]
    assert "trial_limits" in series["warnings"]


def test_a_cusum_adds_up_what_single_points_do_not_show(shell: Shell, tmp_path: Path) -> None:
    values = [50 + (3, -3, 1, -1)[place % 4] + (0 if place < 20 else 3) for place in range(40)]
    file = written(tmp_path, ["weight", *map(str, values)])

    found = document(
        shell("spc", file, "--value", "weight", "--chart", "cusum", "--baseline", "20", "--json")
    )
    told = shell("spc", file, "--value", "weight", "--chart", "cusum", "--baseline", "20")

    series = found["series"][0]
    assert (found["decision"], series["why"], series["signals_down"]) == (4.0, None, [])
    assert series["signals_up"][0] > 20
    assert told.out.startswith(f"weight: up from point {series['signals_up'][0] + 1}, ")


def test_single_rules_may_be_named(shell: Shell, waits: Path) -> None:
    asked = ("--value", "late", "--by", "clinic", "--rules", "weco.4", "--rules", "nelson.4", "--json")
    found = document(shell("spc", waits, *asked))

    assert list(found["rules"]) == ["weco.4", "nelson.4"]
    assert {each["rule"] for each in found["series"][1]["signals"]} == {"nelson.4"}


def test_rows_of_one_period_are_a_subgroup(shell: Shell, tmp_path: Path) -> None:
    rows = [f"2026-01-{day:02},{10 + (day * 7 + part * 3) % 5}" for day in range(1, 13) for part in range(4)]
    file = written(tmp_path, ["day,width", *rows])

    series = document(
        shell("spc", file, "--value", "width", "--period", "day", "--chart", "xbar-r", "--json")
    )["series"][0]

    assert series["n"] == 12
    assert series["centre"][0] == pytest.approx(
        sum(10 + (d * 7 + p * 3) % 5 for d in range(1, 13) for p in range(4)) / 48
    )


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["month,late", "2025-02,1", "2025-01,2"], "TIME_UNSORTED"),
        (["month,late", "2025-01,1", "2025-01,2"], "TIME_UNSORTED"),
        (["month,late", "Jan 2025,1", "Feb 2025,2"], "PERIOD_UNREADABLE"),
        (["month,late", "2025-01,soon"], "NOT_A_NUMBER"),
        (["month,early", "2025-01,1"], "COLUMN_MISSING"),
        (["month,late"], "NO_ROWS"),
    ],
)
def test_a_file_that_would_give_a_false_chart_is_refused(
    shell: Shell, tmp_path: Path, lines: list[str], code: str
) -> None:
    answer = shell("spc", written(tmp_path, lines), "--value", "late", "--period", "month")

    assert (answer.code, answer.out) == (1, "")
    assert f"{code}: " in answer.err
    assert "Remedy: " in answer.err


def test_running_totals_are_recognised_and_may_be_insisted_on(shell: Shell, tmp_path: Path) -> None:
    totals = [sum(SPIKE[: place + 1]) for place in range(len(SPIKE))]
    file = written(tmp_path, ["late", *map(str, totals)])

    judged, insisted = (
        document(shell("spc", file, "--value", "late", "--json", *more))["series"][0]
        for more in ((), ("--no-cumulative",))
    )

    assert (judged["why"], judged["warnings"]) == ("overlapping", ["looks_cumulative"])
    assert judged["upper"] == [None] * len(totals)
    assert insisted["why"] is None


def test_a_file_with_decimal_commas_reads_as_it_is_meant(shell: Shell, tmp_path: Path) -> None:
    rows = [f"2025-{month:02};1.{500 + value},25" for month, value in enumerate(SPIKE[:12], start=1)]
    file = written(tmp_path, ["month;late", *rows])

    series = document(shell("spc", file, "--value", "late", "--period", "month", "--json"))["series"][0]

    assert series["points"][:2] == [1501.25, 1502.25]


def test_blanks_and_zero_denominators_are_gaps(shell: Shell, tmp_path: Path) -> None:
    rows = [f"{value},{0 if place == 3 else 100}" for place, value in enumerate(SPIKE)]
    rows[6] = ",100"
    rows[3] = "0,0"
    series = document(
        shell(
            "spc",
            written(tmp_path, ["late,seen", *rows]),
            "--value",
            "late",
            "--n",
            "seen",
            "--chart",
            "p",
            "--json",
        )
    )["series"][0]

    assert (series["points"][3], series["points"][6]) == (None, None)
    assert (series["n"], series["warnings"]) == (16, ["gaps", "zero_denominators"])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--chart", "p"], 2),
        (["--chart", "xbar-s"], 2),
        (["--json", "--svg"], 2),
        (["--chart", "cusum", "--by", "clinic", "--svg"], 2),
        (["--chart", "cusum", "--by", "clinic", "--baseline", "3"], 1),
        (["--by", "clinic", "--svg"], 2),
        (["--only", "clinic"], 2),
        (["--by", "clinic", "--rules", "shewhart"], 1),
        (["--by", "clinic", "--baseline", "5"], 1),
        (["--by", "clinic", "--rebase", "1999-01"], 1),
        (["--by", "clinic", "--rebase", "9", "--rebase", "5"], 1),
        (["--by", "clinic", "--chart", "ewma", "--rules", "mdc"], 1),
    ],
)
def test_wrong_use_and_false_charts_are_told_apart(
    shell: Shell, waits: Path, options: list[str], code: int
) -> None:
    answer = shell("spc", waits, "--value", "late", *options)

    assert (answer.code, answer.out) == (code, "")
    assert answer.err


@pytest.mark.parametrize("chart", ["xmr", "ewma", "cusum"])
def test_a_file_in_which_nothing_has_limits_is_shown_and_refused(
    shell: Shell, tmp_path: Path, chart: str
) -> None:
    asked = ("spc", written(tmp_path, ["late", "3", "5", "4"]), "--value", "late", "--chart", chart)
    answer, document = shell(*asked), shell(*asked, "--json")

    assert answer.code == 1
    assert "too few points" in answer.out
    assert answer.err.startswith("NO_LIMITS: ")
    assert "Remedy: " in answer.err
    assert (document.code, json.loads(document.out)["series"][0]["why"]) == (0, "too_few_points")


def test_limits_that_begin_anew_at_a_period_that_is_not_there_have_a_code_of_their_own(
    shell: Shell, waits: Path
) -> None:
    answer = shell("spc", waits, "--value", "late", "--by", "clinic", "--rebase", "2099-01")

    assert (answer.code, answer.err.partition(":")[0]) == (1, "REBASE_UNKNOWN")
    assert "2099-01" in answer.err


def test_denominators_that_a_chart_of_values_ignores_are_said_so(shell: Shell, waits: Path) -> None:
    asked = ("spc", waits, "--value", "late", "--n", "seen", "--by", "clinic")

    assert "Warning: a chart xmr has no denominators; --n seen is ignored." in shell(*asked).err
    assert "ignored" not in shell(*asked, "--chart", "p").err


def test_a_small_file_loads_neither_numba_nor_the_database(shell: Shell, waits: Path) -> None:
    answer = shell("spc", waits, "--value", "late", "--by", "clinic", "--json", PYTHONPROFILEIMPORTTIME="1")

    loaded = {line.rsplit("|", 1)[-1].strip() for line in answer.err.splitlines()}
    assert "fourfold.engine.spc" in loaded
    assert not loaded & {"numba", "scipy", "altair", "django", "fourfold.platform"}


GAP = ["month,late,seen"] + [
    f"2025-{month:02},{level + month % 3},100"
    for month, level in [*((month, 10) for month in range(1, 7)), *((month, 40) for month in range(9, 13))]
]
"""July and August are missing, and the level jumps across them."""


@pytest.mark.parametrize(("command", "more"), [("spc", ["--no-screening"]), ("spc", ["--chart", "ewma"])])
def test_missing_months_are_gaps_that_no_moving_range_spans(
    shell: Shell, tmp_path: Path, command: str, more: list[str]
) -> None:
    blank = [*GAP[:7], "2025-07,,", "2025-08,,", *GAP[7:]]
    asked = ("--value", "late", "--period", "month", *more, "--json")
    left_out = document(shell(command, written(tmp_path, GAP), *asked))
    left_blank = document(shell(command, written(tmp_path, blank), *asked))

    assert left_out["periods"] == [f"2025-{month:02}" for month in range(1, 13)]
    assert left_out == left_blank


def test_capability_and_cusum_take_missing_months_as_gaps(shell: Shell, tmp_path: Path) -> None:
    calm = [line for line in GAP if not line.startswith(("2025-09", "2025-10", "2025-11", "2025-12"))]
    calm += [f"2026-{month:02},{10 + month % 3},100" for month in range(1, 5)]
    gaps = [f"2025-{month:02},," for month in range(7, 13)]
    for command, more in (("capability", ["--upper", "60"]), ("spc", ["--chart", "cusum"])):
        asked = ("--value", "late", "--period", "month", *more, "--json")
        left_out = document(shell(command, written(tmp_path, calm), *asked))
        assert left_out == document(shell(command, written(tmp_path, [*calm[:7], *gaps, *calm[7:]]), *asked))


@pytest.mark.parametrize(
    ("labels", "every"),
    [
        (["2025-03", "2025-06", "2025-12"], ["2025-03", "2025-06", "2025-09", "2025-12"]),
        (["2025-Q1", "2025-Q2", "2025-Q4"], ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]),
        (["2026-01-08", "2026-01-09", "2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15"],
         ["2026-01-08", "2026-01-09", "2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15"]),
        (["2026-01-01", "2026-01-02", "2026-03-07"], ["2026-01-01", "2026-01-02", "2026-03-07"]),
        (["A1", "A2"], ["A1", "A2"]),
    ],
)  # fmt: skip
def test_the_rhythm_of_a_file_says_what_is_missing(labels: list[str], every: list[str]) -> None:
    assert list(rhythm_of(labels).labels) == every


def test_a_missing_weekday_is_a_gap_and_a_weekend_is_none() -> None:
    days = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09", "2026-01-12", "2026-01-14"]

    assert list(rhythm_of(days).labels) == [*days[:6], "2026-01-13", days[6]]


@pytest.mark.parametrize("command", [["spc"], ["capability", "--upper", "60"], ["exceptions"], ["forecast"]])
def test_rows_that_their_periods_would_order_otherwise_are_warned_of(
    shell: Shell, tmp_path: Path, command: list[str]
) -> None:
    file = written(tmp_path, [GAP[0], *reversed(GAP[1:])])
    answer = shell(*command, file, "--value", "late")

    assert answer.code == 0
    assert "the column “month” is not in the order of time" in answer.err
    assert "not in the order of time" not in shell(*command, written(tmp_path, GAP), "--value", "late").err
