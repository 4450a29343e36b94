"""Bad input, one row a kind: the documented exit code, a stable code, a remedy, and not a row more in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Shell
from tests.disks import largest_file

REFUSED, USAGE, NOT_FOUND, ENVIRONMENT = 1, 2, 3, 4


@dataclass(frozen=True)
class Spoiled:
    """A folder with one thing wrong: `old` becomes `new` in `file`, or stands at its end where `old` is empty."""

    why: str
    file: str
    old: str
    new: str
    code: str

    def spoil(self, folder: Path) -> None:
        file = folder / self.file
        text = file.read_text(encoding="utf-8")
        assert self.old in text
        file.write_text(
            text.replace(self.old, self.new, 1) if self.old else text + self.new, encoding="utf-8"
        )


FORMULA = "kind: flow\nformula: {}\n"
SHOPS, SALES, STRATEGY = "data/shops.csv", "measures/sales.yaml", "strategy.yaml"

FOLDERS = [
    Spoiled("malformed YAML", STRATEGY, "mission:", "mission: [", "YAML_MALFORMED"),
    Spoiled("a tab where YAML wants spaces", "units.yaml", "    name", "\tname", "YAML_MALFORMED"),
    Spoiled("a field nobody knows", SALES, "goal: maximise", "gaol: maximise", "FIELD_UNKNOWN"),
    Spoiled("a goal nobody knows", SALES, "goal: maximise", "goal: more", "FIELD_WRONG"),
    Spoiled("a formula that does not end", SALES, "kind: flow\n", FORMULA.format('"1 + "'), "FORMULA_SYNTAX"),
    Spoiled("a formula of itself", SALES, "kind: flow\n", FORMULA.format("sales"), "FORMULA_CYCLE"),
    Spoiled(
        "hours added to shares", SALES, "kind: flow\n", FORMULA.format("lessons + waste"), "UNIT_MISMATCH"
    ),
    Spoiled("an unknown unit", SHOPS, "old-town", "atlantis", "UNIT_UNKNOWN"),
    Spoiled("not a number", SHOPS, "784", "many", "NOT_A_NUMBER"),
    Spoiled("NaN", SHOPS, "784", "NaN", "NOT_FINITE"),
    Spoiled("infinity", SHOPS, "784", "-inf", "NOT_FINITE"),
    Spoiled("20 digits", SHOPS, "784", "12345678901234567890", "VALUE_TOO_PRECISE"),
    Spoiled("a month that does not exist", SHOPS, "2025-01", "2025-13", "PERIOD_UNKNOWN"),
    Spoiled(
        "a row twice with two values", SHOPS, "", '2025-01,old-town,"1",1,1,1,1,1,"1"\n', "ROW_DUPLICATE"
    ),
    Spoiled("a row with too many fields", SHOPS, "784,", "784,1,", "ROW_RAGGED"),
    Spoiled(
        "thresholds out of order",
        SALES,
        "thresholds: {basis: share, red: 0.9, best: 1.1}",
        "thresholds: {basis: share, red: 1.2, best: 1.1}",
        "THRESHOLD_ORDER",
    ),
    Spoiled(
        "a cyclic cascade",
        STRATEGY,
        "    perspective: financial\n",
        "    perspective: financial\n    contributes_to: [{objective: grow-sales, mode: contributory}]\n",
        "ALIGN_CYCLE",
    ),
    Spoiled("a target of nobody", "targets.csv", "lessons,old-town", "lessons,atlantis", "UNIT_UNKNOWN"),
    Spoiled(
        "a file outside the folder", "data/shops.mapping.yaml", "shops.csv", "../../x.csv", "PATH_OUTSIDE"
    ),
    Spoiled("a file that is not there", "data/shops.mapping.yaml", "shops.csv", "gone.csv", "FILE_MISSING"),
    Spoiled(
        "another organisation", STRATEGY, "key: harbour-bakery", "key: hill-bakery", "ANOTHER_ORGANISATION"
    ),
]


@pytest.mark.parametrize("wrong", FOLDERS, ids=lambda wrong: wrong.why)
def test_a_folder_is_refused_whole(bakery: Shell, folder: Path, wrong: Spoiled) -> None:
    wrong.spoil(folder)
    before = bakery.counts

    answer = bakery("load", folder)

    assert_refused(answer.code, answer.out, answer.err, code=wrong.code, exits=REFUSED)
    assert bakery.counts == before


def test_a_folder_file_that_dies_half_way_is_refused_whole(bakery: Shell, folder: Path) -> None:
    file = folder / "data" / "shops.csv"
    file.write_bytes(file.read_bytes()[:-9])
    before = bakery.counts

    answer = bakery("load", folder)

    assert_refused(answer.code, answer.out, answer.err, code="FILE_TRUNCATED", exits=REFUSED)
    assert bakery.counts == before


def test_a_file_in_another_encoding_is_refused_whole(bakery: Shell, folder: Path) -> None:
    file = folder / "data" / "shops.csv"
    file.write_bytes(file.read_bytes().replace(b"old-town", b"\xff\xfe\x00", 1))
    before = bakery.counts

    answer = bakery("load", folder)

    assert_refused(answer.code, answer.out, answer.err, code="ENCODING_WRONG", exits=REFUSED)
    assert bakery.counts == before


def test_an_import_refuses_every_bad_row_of_a_file_and_takes_none(bakery: Shell, tmp_path: Path) -> None:
    file = tmp_path / "shops.csv"
    good = (EXAMPLES / "four-objectives" / "data" / "shops.csv").read_text()
    file.write_text(
        good.replace("784", "NaN", 1).replace("537", "1e999", 1).replace("2025-02,riverside", "2025-02,x", 1)
    )
    before = bakery.counts

    answer = bakery("import", "shops", file)

    assert_refused(answer.code, answer.out, answer.err, code="IMPORT_REFUSED", exits=REFUSED)
    assert all(
        place in answer.err for place in ("shops.csv:2: error", "shops.csv:3: error", "shops.csv:5: error")
    )
    assert bakery.counts == before


def test_a_thousand_bad_rows_are_counted_but_not_all_shown(bakery: Shell, tmp_path: Path) -> None:
    file = tmp_path / "shops.csv"
    header = "month,shop,sales,on_time,orders,rating,ratings,unsold_kg,baked_kg\n"
    file.write_text(header + "2026-10,old-town,x,1,1,1,1,1,1\n" * 1000)

    answer = bakery("import", "shops", file)

    assert answer.code == REFUSED
    assert "950 more rows have this problem" in answer.err
    assert len(answer.err.splitlines()) < 70


@dataclass(frozen=True)
class Asked:
    """A command that cannot be answered."""

    arguments: Sequence[str]
    code: str
    exits: int


ASKED = [
    Asked(["load", "{tmp}/nowhere"], "FILE_MISSING", NOT_FOUND),
    Asked(["check", "{tmp}/nowhere"], "FILE_MISSING", NOT_FOUND),
    Asked(["evaluate", "{tmp}/nowhere"], "FILE_MISSING", NOT_FOUND),
    Asked(["evaluate", "{folder}", "--unit", "atlantis"], "UNIT_UNKNOWN", NOT_FOUND),
    Asked(["evaluate", "--unit", "atlantis"], "UNIT_UNKNOWN", NOT_FOUND),
    Asked(["evaluate", "{folder}", "--period", "2026-13"], "PERIOD_UNKNOWN", NOT_FOUND),
    Asked(["evaluate", "--period", "2026-13"], "PERIOD_UNKNOWN", NOT_FOUND),
    Asked(["evaluate", "{folder}", "--period", "1999-01"], "PERIOD_UNKNOWN", NOT_FOUND),
    Asked(["evaluate", "--period", "1999-01", "--json"], "PERIOD_UNKNOWN", NOT_FOUND),
    Asked(["evaluate", "{folder}", "--period", "soon"], "PERIOD_UNKNOWN", NOT_FOUND),
    Asked(["explain", "objective", "nobody"], "KEY_UNKNOWN", NOT_FOUND),
    Asked(["import", "nobody", "{folder}/data/shops.csv"], "MAPPING_UNKNOWN", NOT_FOUND),
    Asked(["import", "shops", "{tmp}/nowhere.csv"], "FILE_MISSING", NOT_FOUND),
    Asked(["import", "shops", "{folder}/data"], "FILE_MISSING", NOT_FOUND),
    Asked(["export", "{folder}"], "FOLDER_OCCUPIED", REFUSED),
    Asked(["export", "{folder}/strategy.yaml"], "FILE_MISSING", NOT_FOUND),
    Asked(
        ["demo", "--prepare-only", "--home", "{tmp}/demo", "--folder", "{tmp}/x"], "FILE_MISSING", NOT_FOUND
    ),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: " ".join(asked.arguments))
def test_what_is_not_there_is_said_so(bakery: Shell, folder: Path, tmp_path: Path, asked: Asked) -> None:
    before = bakery.counts

    answer = bakery(*(part.format(tmp=tmp_path, folder=folder) for part in asked.arguments))

    assert_refused(answer.code, answer.out, answer.err, code=asked.code, exits=asked.exits)
    assert bakery.counts == before


def test_a_data_folder_that_does_not_exist_is_refused(shell: Shell, tmp_path: Path) -> None:
    answer = shell("evaluate", "examples/mta", "--data", tmp_path / "nowhere")

    assert_refused(answer.code, answer.out, answer.err, code="FILE_MISSING", exits=NOT_FOUND)


@pytest.mark.parametrize(
    "arguments",
    [["evaluate", "--unit"], ["load"], ["import", "shops"], ["nonsense"], ["serve", "--port", "0"]],
    ids=" ".join,
)
def test_a_wrong_use_explains_itself(shell: Shell, arguments: list[str]) -> None:
    answer = shell(*arguments)

    assert (answer.code, answer.out) == (USAGE, "")
    assert "Error" in answer.err


def test_an_installation_without_an_organisation_says_how_to_get_one(empty: Shell) -> None:
    answer = empty("evaluate")

    assert_refused(answer.code, answer.out, answer.err, code="NOT_FOUNDED", exits=ENVIRONMENT)
    assert "fourfold load" in answer.err


def test_a_misspelt_setting_is_refused_before_anything_happens(shell: Shell) -> None:
    answer = shell("load", "examples/four-objectives", FOURFOLD_DATABSE="x")

    assert_refused(answer.code, answer.out, answer.err, code="SETTING_WRONG", exits=ENVIRONMENT)
    assert not shell.home.exists()


def test_a_file_that_is_no_database_is_left_alone(shell: Shell) -> None:
    shell.home.mkdir()
    (shell.home / "fourfold.sqlite3").write_text("this is a letter, not a database, and a longer one " * 30)
    before = (shell.home / "fourfold.sqlite3").read_bytes()

    answer = shell("load", "examples/four-objectives")

    assert_refused(answer.code, answer.out, answer.err, code="DATABASE_DAMAGED", exits=ENVIRONMENT)
    assert (shell.home / "fourfold.sqlite3").read_bytes() == before


def test_a_disk_that_fails_is_told_apart_from_a_full_one(bakery: Shell, folder: Path) -> None:
    before = bakery.counts

    with largest_file(0):
        answer = bakery("load", folder)

    assert_refused(answer.code, answer.out, answer.err, code="DISK_FAULT", exits=ENVIRONMENT)
    assert bakery.counts == before


def assert_refused(exit_code: int, out: str, err: str, *, code: str, exits: int) -> None:
    """The documented exit code; standard error names the stable code and a remedy; standard output stays empty."""
    assert exit_code == exits, err
    assert code in err
    assert "Remedy: " in err
    assert "Traceback" not in err
    assert out == ""
