"""A column that says which rows hold values and which targets: Actual, Plan, Forecast in its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourfold.folder.mapping import LEAVE_OUT, part_said
from fourfold.folder.mapping.look import PartText
from tests.folder.mapping.test_names_on_several_lines import read_again, seen
from tests.folder.test_columns_that_name_periods import written
from tests.folder.test_looking_at_files import roles

LONG = """Branch;Measure;Month;Scenario;Amount
Old Town shop;Shop sales;2026-10;Actual;100
Old Town shop;Shop sales;2026-10;Plan;120
Old Town shop;Shop sales;2026-11;Forecast;140
Old Town shop;Shop sales;2026-12;Forecast;150
"""


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("Actual, ACTUALS, Ist, Ist-Wert, Réel, réalisé, Real, Actual 2026", "value"),
        ("Plan, Target, Soll, Sollwert, Zielwert, Objectif, Cible, Objetivo, Meta, Presupuesto, Budget 2026", "target"),
        ("Forecast, FC 3+9, Forecast 2, Hochrechnung, Prognose, Prévision, Previsión, Vorjahr, PY, Écart", LEAVE_OUT),
        ("North, Bread, 2026, A", ""),
    ],
)  # fmt: skip
def test_words_of_four_languages_say_what_a_row_holds(words: str, part: str) -> None:
    assert {word: part_said(word) for word in words.split(", ")} == dict.fromkeys(words.split(", "), part)


def test_rows_of_targets_and_of_values_are_told_apart_and_forecasts_counted(tmp_path: Path) -> None:
    look = seen(tmp_path, LONG)

    assert roles(look)["Scenario"] == "part"
    assert look.parts == (
        PartText("Actual", "value"),
        PartText("Plan", "target"),
        PartText("Forecast", LEAVE_OUT),
    )
    mapped = read_again(look, tmp_path / "file.csv")
    assert not mapped.findings
    assert mapped.rows.numerator.tolist() == [100.0]
    assert [point.value for target in mapped.targets for point in target.points] == [120.0]
    assert mapped.counts.ignored == (("Scenario is “Forecast”", 2),)


def test_in_a_column_for_each_period_too(tmp_path: Path) -> None:
    text = (
        "Filiale;Kennzahl;Art;Okt 2026;Nov 2026\nOld Town shop;Shop sales;Ist;100;\n"
        "Old Town shop;Shop sales;Soll;120;130\nOld Town shop;Shop sales;Vorjahr;90;80\n"
    )
    look = seen(tmp_path, text)
    mapped = read_again(look, tmp_path / "file.csv")

    assert (look.layout.value, roles(look)["Art"]) == ("periods", "part")
    assert mapped.rows.numerator.tolist() == [100.0]
    assert [[point.value for point in each.points] for each in mapped.targets] == [[120.0, 130.0]]
    assert (mapped.counts.ignored, mapped.counts.blank) == ((("Art is “Vorjahr”", 1),), 1)


def test_in_a_column_for_each_measure_too(tmp_path: Path) -> None:
    text = "Shop;Month;Type;Shop sales\nOld Town shop;2026-10;Actual;100\nOld Town shop;2026-10;Target;120\n"
    look = seen(tmp_path, text)
    mapped = read_again(look, tmp_path / "file.csv")

    assert (look.layout.value, mapped.counts.loaded, mapped.counts.targets) == ("wide", 1, 1)


def test_of_a_target_and_a_budget_one_is_the_target(tmp_path: Path) -> None:
    look = seen(tmp_path, LONG.replace("2026-11;Forecast", "2026-10;Budget"))

    assert PartText("Budget", LEAVE_OUT) in look.parts
    mapped = read_again(look, tmp_path / "file.csv")
    assert [point.value for target in mapped.targets for point in target.points] == [120.0]
    assert dict(mapped.counts.ignored)["Scenario is “Budget”"] == 1


def test_a_word_that_nobody_knows_is_refused_with_its_row(tmp_path: Path) -> None:
    look = seen(tmp_path, LONG)
    (tmp_path / "file.csv").write_text(LONG.replace("2026-11;Forecast", "2026-11;B-case"))

    mapped = read_again(look, tmp_path / "file.csv")

    assert [(each.code, each.line) for each in mapped.findings] == [("ROW_PART_UNKNOWN", 4)]
    assert mapped.is_refused


def test_what_only_a_forecast_speaks_of_is_not_proposed(tmp_path: Path) -> None:
    look = seen(tmp_path, LONG + "Dream shop;Wishes;2026-11;Forecast;1\n")

    assert (look.units, look.measures) == ((), ())


def test_a_target_in_the_columns_of_a_numerator_is_refused(tmp_path: Path) -> None:
    columns = "{measure: what, unit: line, period: month, part: kind, numerator: a, denominator: b}"
    mapping = f"layout: long\ncolumns: {columns}"
    rows = "what,line,month,kind,a,b\non-time,north,2026-01,Actual,8,9\non-time,north,2026-01,Plan,9,9\n"

    mapped = written(tmp_path, "in", mapping=mapping, rows=rows)

    assert [(each.code, each.line) for each in mapped.findings] == [("TARGET_OF_PARTS", 3)]
