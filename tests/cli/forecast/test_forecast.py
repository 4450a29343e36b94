"""`fourfold forecast`: a file in, trend, forecast and chance of the target out."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import duckdb
import pytest
from scipy import stats

from fourfold.cli.series_files.period_labels import steps_of
from tests.cli.conftest import Answer, Shell
from tests.cli.in_process import answer_to
from tests.engine.trend.leaning_series import LEANING

TWELVE = [82, 83, 81, 84, 85, 84, 86, 85, 87, 88, 87, 89]
MONTHS = [f"2026-{month:02}" for month in range(1, 13)]


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    """METHOD's twelve months, and a depot that hardly moves."""
    rows = [f"{month},north,{value}" for month, value in zip(MONTHS, TWELVE, strict=True)]
    rows += [f"{month},south,{70 + place * 7 % 5}" for place, month in enumerate(MONTHS)]
    return written(tmp_path, ["month,depot,rate", *rows])


def written(folder: Path, lines: list[str]) -> Path:
    file = folder / "rates.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def document(answer: Answer) -> dict:
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_each_series_has_its_trend_its_forecast_and_its_chance(shell: Shell, rates: Path) -> None:
    asked = ("--value", "rate", "--by", "depot", "--period", "month", "--target", "95")
    found = document(shell("forecast", rates, *asked, "--json"))

    north, south = found["series"]
    assert (found["cycle"], found["ahead"], found["periods"]) == (12, 12, MONTHS)
    assert north["key"] == {"depot": "north"}
    assert (north["trend"]["slope"], north["trend"]["direction"]) == (0.625, "rising")
    assert (north["trend"]["lower"], north["trend"]["upper"]) == (0.5, 0.8)
    told = north["forecast"]
    assert (told["method"], told["periods"][0], told["periods"][-1]) == ("line", "2027-01", "2027-12")
    assert told["median"][-1] == pytest.approx(96.04, abs=0.005)
    assert (told["low_80"][-1], told["high_80"][-1]) == pytest.approx((93.7, 98.4), abs=0.05)
    assert north["hit"]["chance"] == pytest.approx(0.723, abs=0.0005)
    assert (north["hit"]["outlook"], north["hit"]["required_rate"]) == ("likely", 0.5)
    assert (south["trend"]["direction"], south["hit"]["outlook"]) == ("no_evidence", "unlikely")


def test_the_table_says_the_same_in_words(shell: Shell, rates: Path) -> None:
    answer = shell(
        "forecast", rates, "--value", "rate", "--by", "depot", "--period", "month", "--target", "95"
    )

    assert answer.code == 0, answer.err
    assert "0.625 (0.5 to 0.8)  ↑ rising" in answer.out
    assert "72% likely" in answer.out
    assert "0.5 each" in answer.out


def test_three_years_that_lean_on_one_another_have_no_slope_interval(shell: Shell, tmp_path: Path) -> None:
    months = [f"{2023 + at // 12}-{at % 12 + 1:02}" for at in range(len(LEANING))]
    file = written(
        tmp_path, ["month,rate", *(f"{month},{value}" for month, value in zip(months, LEANING, strict=True))]
    )
    asked = ("--value", "rate", "--period", "month")

    (told,) = document(shell("forecast", file, *asked, "--json"))["series"]
    assert (told["trend"]["lower"], told["trend"]["upper"]) == (None, None)
    assert "no_slope_interval_from_so_few_years" in told["warnings"]
    said = shell("forecast", file, *asked).out
    assert "(no interval)" in said
    assert "nan" not in said


def test_parquet_answers_as_csv_does(shell: Shell, rates: Path, tmp_path: Path) -> None:
    parquet = tmp_path / "rates.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{rates}', all_varchar = false)) TO '{parquet}' (FORMAT parquet)")
    asked = ("--value", "rate", "--by", "depot", "--period", "month", "--json")

    one, other = (document(shell("forecast", file, *asked)) for file in (rates, parquet))
    assert one["series"] == other["series"]


def test_a_picture_of_one_series_is_an_svg_without_scripts(shell: Shell, rates: Path) -> None:
    asked = ("--value", "rate", "--only", "depot=north", "--period", "month", "--target", "95", "--svg")
    answer = shell("forecast", rates, *asked)

    assert answer.code == 0, answer.err
    picture = ElementTree.fromstring(answer.out)
    said = "".join(picture.itertext())
    assert "rising · line, bands of 50, 80 and 95 % · target 95: likely (72%)" in said
    assert "2027" in said
    assert "<script" not in answer.out


def test_a_total_is_told_by_what_it_still_needs(shell: Shell, tmp_path: Path) -> None:
    file = written(tmp_path, ["month,sold", *(f"2026-{month:02},{8 + month % 4}" for month in range(1, 10))])
    asked = ("--value", "sold", "--period", "month", "--total-from", "2026-01", "--ahead", "3")

    hit = document(shell("forecast", file, *asked, "--target", "120", "--json"))["series"][0]["hit"]

    sold = [8 + month % 4 for month in range(1, 10)]
    assert hit["remaining"] == 120 - sum(sold)
    assert hit["remaining_per_period"] == pytest.approx((120 - sum(sold)) / 3)
    assert hit["trailing"] == pytest.approx(sum(sold[-3:]) / 3)
    assert (hit["required_rate"], hit["outlook"]) == (None, "unlikely")


def test_for_minimise_and_for_a_band_the_chance_is_of_the_right_side(shell: Shell, rates: Path) -> None:
    asked = ("--value", "rate", "--only", "depot=north", "--period", "month", "--target", "95", "--json")

    below, near = (
        document(shell("forecast", rates, *asked, *more))["series"][0]["hit"]["chance"]
        for more in (("--polarity", "minimise"), ("--polarity", "band", "--tolerance", "2"))
    )

    assert below == pytest.approx(1 - 0.723, abs=0.0005)
    assert near == pytest.approx(
        stats.t.cdf((97 - 96.035) / 1.694, 10) - stats.t.cdf((93 - 96.035) / 1.694, 10), abs=1e-3
    )


def test_what_lies_before_a_break_does_not_count(shell: Shell, rates: Path) -> None:
    asked = ("--value", "rate", "--only", "depot=north", "--period", "month", "--json")

    series = document(shell("forecast", rates, *asked, "--rebase", "2026-05"))["series"][0]
    short = document(shell("forecast", rates, *asked, "--rebase", "2026-06"))["series"][0]

    assert series["forecast"]["points_used"] == 8
    assert (short["why"], short["forecast"], short["trend"]["why"]) == (
        "too_few_points",
        None,
        "too_few_points",
    )


def test_a_driver_known_ahead_is_weighed_too(shell: Shell, tmp_path: Path) -> None:
    visits = [place * 7 % 11 + place for place in range(30)]
    rows = [
        f"{2024 + place // 12}-{place % 12 + 1:02},{'' if place >= 24 else 3 * each + place % 2},{each}"
        for place, each in enumerate(visits)
    ]
    file = written(tmp_path, ["month,sold,visits", *rows])
    asked = ("--value", "sold", "--period", "month", "--driver", "visits")

    told = document(shell("forecast", file, *asked, "--ahead", "6", "--json"))["series"][0]["forecast"]
    too_far = shell("forecast", file, *asked, "--ahead", "7")

    assert told["method"] == "drivers"
    assert told["median"] == pytest.approx([3 * each + 0.5 for each in visits[24:]], abs=0.7)
    assert (too_far.code, "DRIVERS_WRONG: " in too_far.err) == (1, True)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["month,rate", "2025-02,1", "2025-01,2"], "TIME_UNSORTED"),
        (["month,rate", "2025-01,1", "2025-01,2"], "TIME_UNSORTED"),
        (["month,rate", "2025-01,1", "2025-05,2"], "PERIODS_MISSING"),
        (["month,rate", "Jan 2025,1", "Feb 2025,2"], "PERIOD_UNREADABLE"),
        (["month,rate", "2025-01,soon"], "NOT_A_NUMBER"),
        (["month,late", "2025-01,1"], "COLUMN_MISSING"),
        (["month,rate"], "NO_ROWS"),
    ],
)
def test_a_file_that_would_give_a_false_forecast_is_refused(
    shell: Shell, tmp_path: Path, lines: list[str], code: str
) -> None:
    answer = shell("forecast", written(tmp_path, lines), "--value", "rate", "--period", "month")

    assert (answer.code, answer.out) == (1, "")
    assert f"{code}: " in answer.err
    assert "Remedy: " in answer.err


@pytest.mark.parametrize(
    ("more", "code", "exit_code"),
    [
        (("--ahead", "0"), "HORIZON_WRONG", 1),
        (("--cycle", "0"), "HORIZON_WRONG", 1),
        (("--rebase", "2031-01"), "HORIZON_WRONG", 1),
        (("--target", "3", "--total-from", "x"), "HORIZON_WRONG", 1),
        (("--target", "3", "--polarity", "band", "--tolerance", "-1"), "AIM_WRONG", 1),
        (("--svg", "--json"), "OPTIONS_CONFLICT", 2),
        (("--svg",), "SERIES_MANY", 2),
    ],
)
def test_a_question_without_an_answer_is_refused(
    shell: Shell, rates: Path, more: tuple[str, ...], code: str, exit_code: int
) -> None:
    answer = shell("forecast", rates, "--value", "rate", "--by", "depot", "--period", "month", *more)

    assert (answer.code, answer.out) == (exit_code, "")
    assert f"{code}: " in answer.err


def test_gaps_are_kept_and_what_cannot_be_forecast_says_why(shell: Shell, tmp_path: Path) -> None:
    rows = [
        f"{month},gap,{'' if place == 4 else value}"
        for place, (month, value) in enumerate(zip(MONTHS, TWELVE, strict=True))
    ]
    rows += [f"{month},flat,5" for month in MONTHS]
    rows += [f"{month},new,{place}" for place, month in enumerate(MONTHS[-5:])]
    file = written(tmp_path, ["month,depot,rate", *rows])
    asked = ("--value", "rate", "--by", "depot", "--period", "month")

    gap, flat, new = document(shell("forecast", file, *asked, "--json"))["series"]
    told = shell("forecast", file, *asked).out

    assert (gap["n"], gap["why"], gap["warnings"]) == (11, None, ["gaps"])
    assert (flat["why"], flat["forecast"], flat["trend"]["why"]) == ("no_variation", None, "no_variation")
    assert (new["why"], new["trend"]["slope"]) == ("too_few_points", None)
    assert "no variation" in told
    assert "too few points" in told


def test_a_month_without_any_row_is_a_gap_in_its_place(shell: Shell, rates: Path, tmp_path: Path) -> None:
    kept = [line for line in rates.read_text().splitlines() if "2026-05" not in line]
    blank = [line if "2026-05" not in line else "2026-05,north," for line in rates.read_text().splitlines()]
    asked = ("--value", "rate", "--only", "depot=north", "--period", "month", "--json")

    without = document(shell("forecast", written(tmp_path, kept), *asked))
    empty = document(shell("forecast", written(tmp_path, list(dict.fromkeys(blank))), *asked))

    assert without["periods"] == MONTHS
    assert without["series"] == empty["series"]
    assert without["series"][0]["warnings"] == ["gaps"]


def test_totals_to_date_are_recognised_and_a_mere_rise_is_not_taken_for_one(
    shell: Shell, tmp_path: Path
) -> None:
    months = [f"{2024 + place // 12}-{place % 12 + 1:02}" for place in range(24)]
    added = [5 + place * 3 % 4 + place % 5 for place in range(24)]
    to_date = [sum(added[place - place % 12 : place + 1]) for place in range(24)]
    rising = [sum(added[: place + 1]) for place in range(24)]
    rows = [f"{month},to date,{value}" for month, value in zip(months, to_date, strict=True)]
    rows += [f"{month},rising,{value}" for month, value in zip(months, rising, strict=True)]
    file = written(tmp_path, ["month,kind,sold", *rows])
    asked = ("--value", "sold", "--by", "kind", "--period", "month", "--json")

    found, insisted = (
        document(shell("forecast", file, *asked, *more))["series"] for more in ((), ("--no-cumulative",))
    )

    assert [series["why"] for series in found] == ["overlapping", None]
    assert "looks_cumulative" in found[1]["warnings"]
    assert [series["why"] for series in insisted] == [None, None]


@pytest.mark.parametrize(
    ("labels", "cycle", "following"),
    [
        ([f"{2025 + place // 4}-Q{place % 4 + 1}" for place in range(10)], 4, "2027-Q3"),
        ([f"{2015 + place}" for place in range(10)], 1, "2025"),
        ([f"2026-W{place:02}" for place in range(44, 54)], 52, "2027-W01"),
        ([f"2026-01-{place:02}" for place in range(22, 32)], 7, "2026-02-01"),
        ([f"2025-{place:02}-01" for place in range(3, 13)], 12, "2026-01"),
        ([f"{2015 + place}/{16 + place}" for place in range(10)], 1, "+1"),
    ],
)
def test_periods_go_on_as_they_were_written(labels: list[str], cycle: int, following: str) -> None:
    steps = steps_of(labels, is_counted=False)

    assert (steps.cycle, steps.after(9, 1), steps.labels) == (cycle, (following,), tuple(labels))


def test_counted_rows_go_on_counting() -> None:
    assert steps_of(["1", "2", "3"], is_counted=True).after(2, 2) == ("4", "5")


def test_the_same_file_gives_the_same_bytes(shell: Shell, rates: Path) -> None:
    asked = ("--value", "rate", "--by", "depot", "--period", "month", "--target", "95", "--json")

    assert shell("forecast", rates, *asked).raw == shell("forecast", rates, *asked).raw


def test_a_long_file_says_how_much_of_it_is_forecast_from(tmp_path: Path) -> None:
    file = written(tmp_path, ["rate", *(str(50 + place * 37 % 11) for place in range(200))])

    (found,) = document(answer_to("forecast", file, "--value", "rate", "--json"))["series"]

    assert (found["n"], found["forecast"]["points_used"]) == (200, 120)
    assert "latest_points_only" in found["warnings"]
    table = " ".join(answer_to("forecast", file, "--value", "rate").out.split())
    assert "latest 120 of 200 points" in table


def test_a_file_too_long_to_compare_all_points_is_refused_unless_it_begins_later(tmp_path: Path) -> None:
    file = written(tmp_path, ["rate", *(str(50 + place * 37 % 11) for place in range(30_000))])

    refused = answer_to("forecast", file, "--value", "rate")
    (late,) = document(answer_to("forecast", file, "--value", "rate", "--rebase", "29971", "--json"))[
        "series"
    ]

    assert (refused.code, refused.out) == (1, "")
    assert "SERIES_TOO_LONG: a trend compares each point with every other" in refused.err
    assert (late["n"], late["why"], late["trend"]["why"]) == (30, None, None)


def test_only_points_that_count_are_counted(rates: Path) -> None:
    asked = ("--value", "rate", "--by", "depot", "--period", "month", "--rebase", MONTHS[-3])

    found = document(answer_to("forecast", rates, *asked, "--json"))["series"]

    assert [(each["n"], each["why"]) for each in found] == [(3, "too_few_points")] * 2
