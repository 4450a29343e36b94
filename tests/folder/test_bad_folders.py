"""Bad input (issue 2 §9): each gets a stable code, its file and line, a remedy, and nothing is taken over."""

import pytest

from fourfold.folder import FolderRefused, Level, check_folder, read_folder

CYCLE = "    contributes_to: [{objective: grow-sales}]\n    perspective: financial"

# file, text, what it is exchanged with, code, line, words of the message or remedy
SPOILT = {
    "malformed YAML": (
        "units.yaml", "    name: Harbour Bakery", "   name: Harbour: Bakery", "YAML_MALFORMED", 3, "Check indentation",
    ),
    "a tab": ("units.yaml", "    name: Harbour Bakery", "\tname: Harbour Bakery", "YAML_MALFORMED", 3, "not YAML"),
    "an alias": ("units.yaml", "name: Harbour Bakery", "name: &n Harbour", "YAML_MALFORMED", 3, "Write the value out"),
    "a tag": ("units.yaml", "name: Harbour Bakery", "name: !!python/name:os x", "YAML_MALFORMED", 3, "Remove the tag"),
    "the same field twice": (
        "measures/sales.yaml", "kind: flow", "kind: flow\nkind: stock", "KEY_DUPLICATE", 5, "first on line 4",
    ),
    "an unknown field": (
        "measures/sales.yaml", "due_days: 5", "due_day: 5", "FIELD_UNKNOWN", 15, 'Did you mean "due_days"?',
    ),
    "a missing field": ("measures/sales.yaml", "goal: maximise\n", "", "FIELD_MISSING", 1, '"goal: …"'),
    "a wrong word": (
        "measures/sales.yaml", "goal: maximise", "goal: maximize", "FIELD_WRONG", 6, 'Did you mean "maximise"?',
    ),
    "a key that is no slug": (
        "units.yaml", "key: old-town", "key: Old Town", "FIELD_WRONG", 6, "lower-case",
    ),
    "a key that is not the file's": ("measures/sales.yaml", "key: sales", "key: takings", "FIELD_WRONG", 1, "rename"),
    "a day that does not exist": (
        "strategy.yaml", "from: 2025-01-01", "from: 2025-02-29", "FIELD_WRONG", 15, "2026-09-30",
    ),
    "not a number in YAML": (
        "measures/sales.yaml", "red: 0.9", "red: .nan", "NOT_FINITE", 13, "Give a number",
    ),
    "infinity in YAML": ("measures/sales.yaml", "red: 0.9", "red: 1e999", "NOT_FINITE", 13, "Give a number"),
    "20 digits in YAML": (
        "measures/sales.yaml", "red: 0.9", "red: 0.12345678901234567891", "VALUE_TOO_PRECISE", 13, "Round it",
    ),
    "two units with one key": ("units.yaml", "key: riverside", "key: old-town", "KEY_DUPLICATE", 7, "line 6"),
    "an unknown objective": (
        "measures/sales.yaml", "key: grow-sales", "key: grow-sale", "KEY_UNKNOWN", 3, 'Did you mean "grow-sales"?',
    ),
    "an unknown perspective": (
        "strategy.yaml", "perspective: learning", "perspective: learn", "KEY_UNKNOWN", 56, 'Did you mean "learning"?',
    ),
    "an unknown person": ("measures/sales.yaml", "owner: ana", "owner: anna", "KEY_UNKNOWN", 10, 'Did you mean "ana"?'),
    "an unknown unit in a selector": (
        "measures/sales.yaml", "kind: flow", "units: {keys: [old-tawn]}\nkind: flow", "UNIT_UNKNOWN", 4,
        'Did you mean "old-town"?',
    ),
    "an unknown role": (
        "strategy.yaml", "role: data_steward", "role: data-steward", "FIELD_WRONG", 104, 'Did you mean "data_steward"?',
    ),
    "a horizon before every calendar": (
        "strategy.yaml", "from: 2025-01-01", "from: 1066-10-14", "PERIOD_UNKNOWN", 15, "clock, horizon",
    ),
    "an unknown policy": (
        "strategy.yaml", "perspectives: #", "policies: {score.skale: anchored}\nperspectives: #", "POLICY_WRONG", 17,
        "METHOD §0.5",
    ),
    "an unknown time zone": (
        "strategy.yaml", "Europe/Lisbon", "Europe/Lissabon", "FIELD_WRONG", 6, 'Did you mean "Europe/Lisbon"?',
    ),
    "a foreign currency": (
        "measures/sales.yaml", "unit_of_measure: EUR", "unit_of_measure: kUSD", "CURRENCY_MISMATCH", 5, "write kEUR",
    ),
    "thresholds out of order": (
        "measures/sales.yaml", "red: 0.9, best: 1.1", "red: 1.2, best: 1.1", "THRESHOLD_ORDER", 13, "wanted direction",
    ),
    "a formula that ends too soon": (
        "measures/sales.yaml", "kind: flow", 'formula: "lessons + "\nkind: flow', "FORMULA_SYNTAX", 4, "",
    ),
    "a formula with an unknown measure": (
        "measures/sales.yaml", "kind: flow", 'formula: "lesson * 2"\nkind: flow', "FORMULA_UNKNOWN_NAME", 4, "lessons",
    ),
    "a formula that adds hours to money": (
        "measures/waste.yaml", "kind: ratio", 'formula: "sales + lessons"\nkind: ratio', "UNIT_MISMATCH", 4, "",
    ),
    "a formula that reads itself": (
        "measures/sales.yaml", "kind: flow", 'formula: "sales + 0"\nkind: flow', "FORMULA_CYCLE", 4, "circle",
    ),
    "a cyclic cascade": (
        "strategy.yaml", "    perspective: financial", CYCLE, "ALIGN_CYCLE", 27, "",
    ),
    "an unknown unit in targets": (
        "targets.csv", "waste,bakery,,2025-01,", "waste,backery,,2025-01,", "UNIT_UNKNOWN", 14, 'mean "bakery"',
    ),
    "an unknown measure in targets": (
        "targets.csv", "waste,bakery,,2025-01,", "waist,bakery,,2025-01,", "MEASURE_UNKNOWN", 14, 'mean "waste"',
    ),
    "a target of a month that does not exist": (
        "targets.csv", "waste,bakery,,2025-01,", "waste,bakery,,2025-13,", "PERIOD_UNKNOWN", 14, "",
    ),
    "a target of a quarter for a monthly measure": (
        "targets.csv", "waste,bakery,,2025-01,", "waste,bakery,,2025-Q1,", "PERIOD_UNKNOWN", 14, "one value a month",
    ),
    "a target for a segment nobody declared": (
        "targets.csv", "waste,bakery,,2025-01,", "waste,bakery,rye,2025-01,", "SEGMENT_UNKNOWN", 14, "Leave it blank",
    ),
    "a target that is infinite": ("targets.csv", "2025-01,10,", "2025-01,inf,", "NOT_FINITE", 14, ""),
    "a target of 20 digits": (
        "targets.csv", "2025-01,10,", "2025-01,10.123456789012345678,", "VALUE_TOO_PRECISE", 14, "Round it",
    ),
    "targets in the wrong order": (
        "targets.csv", "waste,bakery,,2026-01,8", "waste,bakery,,2024-01,8", "FIELD_WRONG", 15, "oldest first",
    ),
    "the same target twice": (
        "targets.csv", "waste,bakery,,2026-01,8", "waste,bakery,,2025-01,8", "ROW_DUPLICATE", 15, "one row a period",
    ),
    "an unknown unit in data": (
        "data/shops.csv", "2025-01,old-town", "2025-01,oldtown", "UNIT_UNKNOWN", 2, 'Did you mean "old-town"?',
    ),
    "a period that does not exist in data": (
        "data/shops.csv", "2025-01,old-town", "2025-00,old-town", "PERIOD_UNKNOWN", 2, "%Y-%m",
    ),
    "a word where a number belongs": (
        "data/shops.csv", '"39,443"', "many", "NOT_A_NUMBER", 2, "`missing`",
    ),
    "not a number in data": ("data/shops.csv", '"39,443"', "NaN", "NOT_FINITE", 2, "Leave the field blank"),
    "infinity in data": ("data/shops.csv", '"39,443"', "-inf", "NOT_FINITE", 2, "Leave the field blank"),
    "20 digits in data": (
        "data/shops.csv", '"39,443"', "39443.123456789012345", "VALUE_TOO_PRECISE", 2, "Round it",
    ),
    "half a ratio": ("data/shops.csv", ",784,862,", ",784,,", "VALUE_INCOMPLETE", 2, "precomputed"),
    "the same key with two values": (
        "data/shops.csv", "2025-02,old-town", "2025-01,old-town", "ROW_DUPLICATE", 4, "`recorded_at`",
    ),
    "a column that is not there": (
        "data/shops.csv", "on_time,orders", "ontime,orders", "COLUMN_MISSING", 1, 'Did you mean "ontime"?',
    ),
    "a row with too many fields": ("data/shops.csv", "784,862", "784,8,62", "ROW_RAGGED", 2, "quotation marks"),
    "a quotation mark that never closes": ("data/shops.csv", '"3,766"', '"3,766', "FILE_TRUNCATED", 43, "deliver it"),
    "a mapping nobody can follow": (
        "data/shops.mapping.yaml", "columns: {unit: shop, period: month}", "columns: {unit: shop}", "COLUMN_MISSING", 6,
        "period",
    ),
    "a path that leads outside": (
        "data/shops.mapping.yaml", "file: shops.csv", "file: ../../secret.csv", "PATH_OUTSIDE", 2, "beside the mapping",
    ),
    "a data file that is missing": (
        "data/shops.mapping.yaml", "file: shops.csv", "file: shop.csv", "FILE_MISSING", 0, "Put it there",
    ),
}  # fmt: skip


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_bad_input_is_refused_by_code_file_and_line_with_a_remedy(spoil, spoilt):
    file, old, new, code, line, words = spoilt
    folder = spoil(file, old, new)

    errors = [finding for finding in check_folder(folder) if finding.level is Level.ERROR]

    assert [(each.code, each.line) for each in errors if each.code == code][:1] == [(code, line)], errors
    found = next(each for each in errors if each.code == code)
    assert words in found.message + found.remedy
    assert found.remedy
    assert found.file in {file, "data/shop.csv"}
    with pytest.raises(FolderRefused) as refusal:
        read_folder(folder)
    assert found in refusal.value.findings


def test_a_file_that_dies_half_way_gives_no_rows_at_all(folder):
    path = folder / "data" / "shops.csv"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    errors = [finding for finding in check_folder(folder) if finding.level is Level.ERROR]

    assert [finding.code for finding in errors] == ["FILE_TRUNCATED"]
    assert "deliver it again" in errors[0].remedy


def test_a_file_that_dies_between_two_digits_is_at_least_a_warning(folder):
    path = folder / "data" / "school.csv"
    path.write_bytes(path.read_bytes()[:-2])  # the last "0" and its line end

    warnings = [finding for finding in check_folder(folder) if finding.level is Level.WARNING]

    assert [(finding.code, finding.file) for finding in warnings] == [("LINE_UNENDED", "data/school.csv")]


def test_a_file_in_another_encoding_is_refused_with_its_line(folder):
    path = folder / "strategy.yaml"
    path.write_bytes(
        path.read_bytes().replace(b"name: Harbour Bakery", "name: Caf\u00e9 am Hafen".encode("latin-1"))
    )

    (finding,) = (each for each in check_folder(folder) if each.level is Level.ERROR)

    assert (finding.code, finding.file, finding.line) == ("ENCODING_WRONG", "strategy.yaml", 5)


def test_all_errors_of_a_stage_are_reported_at_once(spoil, folder):
    spoil("measures/sales.yaml", "goal: maximise", "goal: maximize")
    spoil("measures/waste.yaml", "kind: ratio", "kind: ratios")
    spoil("units.yaml", "key: riverside", "key: River Side")

    errors = [finding for finding in check_folder(folder) if finding.level is Level.ERROR]

    assert [finding.file for finding in errors] == [
        "units.yaml",
        "measures/sales.yaml",
        "measures/waste.yaml",
    ]


def test_a_missing_file_and_a_missing_folder_are_named(folder, tmp_path):
    (folder / "units.yaml").unlink()

    assert [(each.code, each.file) for each in check_folder(folder)] == [("FILE_MISSING", "units.yaml")]
    assert [each.code for each in check_folder(tmp_path / "nowhere")] == ["FILE_MISSING"]


def test_versions_must_follow_one_another(spoil):
    folder = spoil(
        "measures/lessons.yaml",
        "kind: flow\n",
        "versions:\n"
        "  - {valid_from: 2026-01-01, kind: flow, unit_of_measure: h, goal: maximise, frequency: month}\n"
        "  - {valid_from: 2025-01-01, kind: flow, unit_of_measure: h, goal: maximise, frequency: month}\n"
        "old:\n",
    )
    path = folder / "measures" / "lessons.yaml"
    path.write_text(path.read_text().split("old:")[0])

    errors = [finding for finding in check_folder(folder) if finding.level is Level.ERROR]

    assert [(each.code, each.line) for each in errors] == [("VERSION_ORDER", 6)]


def test_a_finding_reads_like_a_compiler_message(spoil):
    folder = spoil("measures/sales.yaml", "due_days: 5", "due_day: 5")

    (finding,) = (each for each in check_folder(folder) if each.level is Level.ERROR)

    assert str(finding) == (
        'measures/sales.yaml:15: error FIELD_UNKNOWN: The file has no field "due_day". '
        'Remedy: Did you mean "due_days"?'
    )


def test_data_that_lie_elsewhere_are_a_warning_until_somebody_says_where(spoil, tmp_path):
    folder = spoil("data/shops.mapping.yaml", "file: shops.csv", "from: data\nfile: shops.csv")
    (folder / "data" / "shops.csv").rename(tmp_path / "shops.csv")

    absent = read_folder(folder)
    present = read_folder(folder, data=tmp_path)

    assert [each.code for each in absent.findings if each.level is Level.WARNING] == ["DATA_ABSENT"]
    assert (len(absent.rows), len(present.rows)) == (42, 209)
