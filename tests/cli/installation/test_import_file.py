"""`fourfold import`: one file through a stored mapping or one at a path."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell

OCTOBER = """\
month,shop,sales,on_time,orders,rating,ratings,unsold_kg,baked_kg
2026-10,old-town,"41,000",800,860,4.2,150,400,"5,000"
"""


def test_a_new_month_is_written_and_the_same_file_twice_changes_nothing(
    bakery: Shell, tmp_path: Path
) -> None:
    (tmp_path / "october.csv").write_text(OCTOBER)

    first = bakery("import", "shops", tmp_path / "october.csv")
    values = bakery.counts["measures_observation"]
    second = bakery("import", "shops", tmp_path / "october.csv")

    assert first.out.startswith("1 rows read, 4 values and 0 targets written, 0 values unchanged.\n")
    assert second.out == "1 rows read, 0 values and 0 targets written, 4 values unchanged.\n"
    assert bakery.counts["measures_observation"] == values


def test_a_mapping_may_be_named_by_its_path(bakery: Shell, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "october.csv").write_text(OCTOBER)

    answer = bakery("import", folder / "data" / "shops.mapping.yaml", tmp_path / "october.csv")

    assert answer.code == 0, answer.err
    assert "4 values" in answer.out


def test_a_file_may_carry_targets_and_leaves_those_of_other_months(bakery: Shell, tmp_path: Path) -> None:
    (tmp_path / "wanted.mapping.yaml").write_text(
        "key: wanted\nfile: wanted.csv\nlayout: long\n"
        "columns: {unit: shop, period: month, target: wanted}\nconstants: {measure: sales}\n"
    )
    (tmp_path / "wanted.csv").write_text("month,shop,wanted\n2026-12,old-town,50000\n")
    asked = ("import", tmp_path / "wanted.mapping.yaml", tmp_path / "wanted.csv")

    first, points = bakery(*asked), bakery.counts["measures_targetpoint"]
    second = bakery(*asked)

    assert first.code == 0, first.err
    assert "0 values and 1 targets written" in first.out
    assert "0 values and 0 targets written" in second.out
    assert bakery.counts["measures_targetpoint"] == points
    bakery("export", tmp_path / "out")
    wanted = [
        line
        for line in (tmp_path / "out" / "targets.csv").read_text().splitlines()
        if line.startswith("sales,old-town")
    ]
    assert len(wanted) > 1
    assert "2026-12,50000" in wanted[-1]


def test_a_preview_says_what_would_change_and_writes_nothing(bakery: Shell, tmp_path: Path) -> None:
    (tmp_path / "october.csv").write_text(OCTOBER)
    values = bakery.counts["measures_observation"]

    answer = bakery("import", "shops", tmp_path / "october.csv", "--preview")

    assert answer.out.startswith("1 rows read: 4 new, 0 changed, 0 unchanged")
    assert bakery.counts["measures_observation"] == values


def test_an_import_is_taken_back_with_a_reason(bakery: Shell, tmp_path: Path) -> None:
    (tmp_path / "october.csv").write_text(OCTOBER)
    run = bakery("import", "shops", tmp_path / "october.csv").out.partition("--undo ")[2].split()[0]

    without = bakery("import", "--undo", run)
    answer = bakery("import", "--undo", run, "--reason", "Too early.")

    assert without.code == 1
    assert "REASON_MISSING" in without.err
    assert answer.out == "0 values are as before, 4 are taken back, 0 were overwritten since and stay.\n"


def test_neither_file_nor_run_is_a_question_of_usage(bakery: Shell) -> None:
    assert bakery("import").code == 2
