"""What `fourfold spc` says of its limits: their points, what chance would give, what is missing or wrong."""

from __future__ import annotations

from pathlib import Path

from tests.cli.in_process import answer_to
from tests.cli.spc.waits import MONTHS, document, written


def test_only_points_with_limits_are_weighed_against_chance(waits: Path) -> None:
    asked = ("--value", "late", "--by", "clinic", "--period", "month", "--json")

    whole, cut = (
        document(answer_to("spc", waits, *asked, *more))["expected_false_alarms"]
        for more in ((), ("--rebase", MONTHS[-3]))
    )

    assert 0.0 < cut < whole


def test_a_thousand_points_are_charted_as_a_few_are(tmp_path: Path) -> None:
    values = [str(place * 37 % 101 + place * 53 % 17) for place in range(1_100)]
    found = document(answer_to("spc", written(tmp_path, ["late", *values]), "--value", "late", "--json"))

    assert found["series"][0]["runs"]["crossings_least"] > 500
    assert found["expected_false_alarms"] == 1.0


def test_limits_that_screening_would_have_left_without_a_range_are_remarked(tmp_path: Path) -> None:
    values = ["0"] * 20 + ["1"] + ["0"] * 20 + ["2"] + ["0"] * 5
    file = written(tmp_path, ["late", *values])

    (of_ties,) = document(answer_to("spc", file, "--value", "late", "--json"))["series"]
    (asked_so,) = document(answer_to("spc", file, "--value", "late", "--no-screening", "--json"))["series"]

    assert (of_ties["why"], of_ties["upper"]) == (None, asked_so["upper"])
    assert of_ties["warnings"] == ["left_unscreened"]
    assert asked_so["warnings"] == []


def test_a_count_that_is_none_is_named_with_its_series_and_period(waits: Path) -> None:
    lines = [
        line.replace(",1,100", ",-1,100") if line.startswith(f"{MONTHS[4]},south") else line
        for line in waits.read_text(encoding="utf-8").splitlines()
    ]
    file = written(waits.parent, lines)

    refused = answer_to("spc", file, "--value", "late", "--by", "clinic", "--period", "month", "--chart", "c")

    assert (refused.code, refused.out) == (1, "")
    assert f"COUNTS_WRONG: south, {MONTHS[4]}: counts are never negative" in refused.err


def test_a_chart_says_what_its_limits_are_made_of_and_that_points_are_missing(waits: Path) -> None:
    text = waits.read_text(encoding="utf-8").replace(f"{MONTHS[5]},north,1,", f"{MONTHS[5]},north,n/a,")
    waits.write_text(text, encoding="utf-8")
    asked = ("--value", "late", "--by", "clinic", "--period", "month", "--baseline", "12")

    found = document(answer_to("spc", waits, *asked, "--json"))
    table = answer_to("spc", waits, *asked).out

    assert [(each["n"], each["used"]) for each in found["series"]] == [(17, 12), (18, 12)]
    assert [each["warnings"][:1] == ["gaps"] for each in found["series"]] == [True, False]
    assert (found["baseline"], found["rebase"], found["screening"]) == (12, [], True)
    assert "limits of the first 12 points" in table


def test_limits_of_large_numbers_are_told_apart(tmp_path: Path) -> None:
    values = [str(10**15 + place * 37 % 11) for place in range(24)]

    row = answer_to("spc", written(tmp_path, ["late", *values]), "--value", "late").out.splitlines()[2]

    assert len(set(row.split()[2:5])) == 3
