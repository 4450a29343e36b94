"""Periods in the cells of a column, as people write them: quarters, weeks, months in words, days as numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folder.mapping.test_names_on_several_lines import read_again, seen


@pytest.mark.parametrize(
    ("first", "second", "pattern", "frequency"),
    [
        ("Q1-2026", "Q2-2026", "words", "quarter"),
        ("2026Q1", "2026Q2", "words", "quarter"),
        ("1. Quartal 2026", "2. Quartal 2026", "words", "quarter"),
        ("KW 40/2026", "KW 41/2026", "words", "week"),
        ("Oktober 2026", "November 2026", "words", "month"),
        ("oct. 2026", "déc. 2026", "words", "month"),
        ("FY26 P3", "FY26 P4", "words", "month"),
        ("46296", "46327", "serial", "month"),
        ("2026-Q1", "2026-Q2", "key", "quarter"),
    ],
)
def test_they_are_recognised_and_a_new_measure_is_as_often(
    tmp_path: Path, first: str, second: str, pattern: str, frequency: str
) -> None:
    look = seen(
        tmp_path, f"Branch;Measure;Period;Value\nOld Town shop;New;{first};1\nOld Town shop;New;{second};2\n"
    )

    assert (look.draft.date, look.missing_roles) == (pattern, ())
    assert [each.frequency for each in look.measures] == [frequency]


@pytest.mark.parametrize("first", ["Oktober 2026", "46296", "FY26 P10", "Oct 2026"])
def test_they_are_read_again_by_the_kept_mapping(tmp_path: Path, first: str) -> None:
    look = seen(tmp_path, f"Branch;Measure;Period;Value\nOld Town shop;Shop sales;{first};1\n")

    mapped = read_again(look, tmp_path / "file.csv")

    assert not mapped.findings
    assert mapped.rows.period.tolist() == [2026 * 12 + 9]


@pytest.mark.parametrize("text", ["Oct", "W5", "12345", "99999", "460231"])
def test_what_names_no_period_or_lacks_its_year_is_left_to_be_said(tmp_path: Path, text: str) -> None:
    look = seen(tmp_path, f"Branch;Measure;Month;Value\nOld Town shop;Shop sales;{text};1\n")

    assert look.missing_roles == ("period",)


def test_months_that_go_on_into_the_next_year_take_no_year_from_the_title(tmp_path: Path) -> None:
    sheet = "Measure;Branch;Apr;Jan\nShop sales;Old Town shop;1;2\n"

    for title in ("Report 2025/26", "Report 2025"):
        assert seen(tmp_path, f"{title}\n\n{sheet}").draft.periods.year == 0
    in_order = sheet.replace("Apr;Jan", "Jan;Apr")
    assert seen(tmp_path, f"Report 2025\n\n{in_order}").draft.periods.year == 2025


@pytest.mark.parametrize("text", ["\u2212100", "\u2013100", "-100", "(100)"])
def test_signs_below_zero_as_programs_set_them(tmp_path: Path, text: str) -> None:
    look = seen(tmp_path, f"Branch;Measure;Month;Value\nOld Town shop;Shop sales;2026-10;{text}\n")

    assert read_again(look, tmp_path / "file.csv").rows.numerator.tolist() == [-100.0]
