"""Percent signs, currency signs and accountants' brackets: taken off where they fit the measure, refused where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourfold.folder.document import read_document
from fourfold.folder.mapping import FileMapping, MappedRows, NumberFormat, NumberProblem, read_mapped_file
from fourfold.folder.mapping import read_mapping as ready
from fourfold.folder.mapping.look import draft_of_document, draft_text
from fourfold.folder.schema import MAPPING, structure_findings
from tests.folder.test_looking_at_files import BAKERY, looked, roles, written

ENGLISH = NumberFormat(thousands=",", marks=("%", "€", "EUR"), brackets=True)

# The sheet of a newcomer, as its office program saves it: cells with percent and currency signs.
BRANCHES = """Branch,Month,Measure,Actual,Aim
North,2026-05,Gross margin,28.9%,31.0 %
North,2026-05,Sales revenue,"1,234.50 €","1,500.00 €"
North,2026-05,Operating result,"(1,200)",100
North,2026-05,Staff turnover,2.2%,1.5%
North,2026-05,Average handling time,14.43,12
North,2026-05,New customers,31,40
South,2026-05,On-time delivery,93.5,95
South,2026-05,Customers,310,
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("28.9%", 28.9),
        ("12 %", 12.0),
        ("1,234.50\u00a0€", 1234.5),
        ("€1,234.50", 1234.5),
        ("-€5", -5.0),
        ("€ -5", -5.0),
        ("EUR 7", 7.0),
        ("(1,200)", -1200.0),
        ("(1,200 €)", -1200.0),
        ("€(1,200)", -1200.0),
        ("-1,200", -1200.0),
    ],
)
def test_marks_and_brackets_are_taken_off(text: str, value: float) -> None:
    assert ENGLISH.read(text) == (value, NumberProblem.NONE)


@pytest.mark.parametrize("text", ["(-5)", "€5%", "%", "()", "5 pts", "5%%", "(€5%)", "28,9%"])
def test_what_is_no_number_stays_none(text: str) -> None:
    assert ENGLISH.read(text)[1] is NumberProblem.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["28.9%", "5 €", "(1,200)"])
def test_nothing_is_taken_off_unless_the_format_says_so(text: str) -> None:
    assert NumberFormat(thousands=",").read(text)[1] is NumberProblem.NOT_A_NUMBER


def test_the_sheet_of_a_newcomer_is_guessed_whole(tmp_path: Path) -> None:
    look = looked(written(tmp_path, BRANCHES))

    assert list(roles(look).values()) == ["unit", "period", "measure", "value", "target"]
    assert (look.draft.marks, look.draft.negative) == (("%", "€"), "brackets")
    assert "28.9%" in look.format.marks.evidence
    assert "(1,200)" in look.format.negative.evidence
    guessed = {
        each.name: (each.unit_of_measure, each.kind, each.goal, each.decimals) for each in look.measures
    }
    assert guessed == {
        "Gross margin": ("%", "precomputed", "maximise", 1),
        "Sales revenue": ("EUR", "flow", "maximise", 2),
        "Operating result": ("1", "flow", "maximise", 0),
        "Staff turnover": ("%", "precomputed", "minimise", 1),
        "Average handling time": ("1", "precomputed", "minimise", 2),
        "New customers": ("1", "flow", "maximise", 0),
        "On-time delivery": ("%", "precomputed", "maximise", 1),
        "Customers": ("1", "stock", "maximise", 0),
    }


def test_a_wide_column_with_percent_signs_is_in_percent(tmp_path: Path) -> None:
    look = looked(written(tmp_path, "shop,month,Scrap\nold-town,2026-09,28.9%\nold-town,2026-10,3.25%\n"))

    (scrap,) = look.measures
    assert (scrap.unit_of_measure, scrap.kind, scrap.goal, scrap.decimals) == (
        "%", "precomputed", "minimise", 2,
    )  # fmt: skip
    assert scrap.sample == "3.25"


def test_every_measure_is_sampled_however_the_file_is_sorted(tmp_path: Path) -> None:
    many = "".join(f"old-town,2026-09,Steps,{place}\n" for place in range(3000))

    look = looked(
        written(tmp_path, f"shop,month,measure,value\n{many}old-town,2026-09,Sick leave per head,2.25\n")
    )

    assert {each.name: each.decimals for each in look.measures} == {"Steps": 0, "Sick leave per head": 2}


def test_small_shares_keep_the_digits_that_tell_them_apart(tmp_path: Path) -> None:
    look = looked(written(tmp_path, "shop,month,Scrap\nold-town,2026-09,0.0034\nold-town,2026-10,0.0041\n"))

    assert look.measures[0].decimals == 4


def test_a_column_that_says_actual_is_left_out_only_with_its_reason(tmp_path: Path) -> None:
    mixed = looked(
        written(tmp_path, "shop,month,measure,Actual\no,2026-09,a,5\no,2026-09,b,six\no,2026-09,c,7\n")
    )
    words = looked(written(tmp_path, "shop,month,measure,Actual\no,2026-09,a,good\no,2026-09,b,six\n"))

    assert roles(mixed)["Actual"] == "value"
    assert "“six”" in mixed.columns[3].evidence
    assert roles(words)["Actual"] == ""
    assert "left out" in words.columns[3].evidence
    assert "“good”" in words.columns[3].evidence


def test_a_second_column_for_the_same_says_which_one_is_taken(tmp_path: Path) -> None:
    look = looked(written(tmp_path, "shop,month,measure,Actual,Result\no,2026-09,a,5,6\n"))

    assert "“Actual” is taken" in look.columns[4].evidence


def test_months_beside_days_are_no_currency(tmp_path: Path) -> None:
    look = looked(written(tmp_path, "shop,when,sales\nold-town,12 JAN,1\nold-town,13 FEB,2\n"))

    assert look.draft.marks == ()


def mapped(tmp_path: Path, rows: str, *, written_as: str) -> MappedRows:
    (tmp_path / "f.csv").write_text(f"shop,month,measure,value,target\n{rows}", encoding="utf-8")
    (tmp_path / "m.mapping.yaml").write_text(
        "key: m\nfile: f.csv\nlayout: long\n"
        f"format: {{thousands: ',', {written_as}}}\n"
        "columns: {unit: shop, period: month, measure: measure, value: value, target: target}\n",
        encoding="utf-8",
    )
    return read_mapped_file(
        mapping_at(tmp_path / "m.mapping.yaml"), tmp_path / "f.csv", definitions=BAKERY, into=tmp_path
    )


def mapping_at(path: Path) -> FileMapping:
    document, found = read_document(path, path.name)
    assert document is not None, found
    assert not structure_findings(document, MAPPING)
    mapping, findings = ready(document, path.parent)
    assert mapping is not None, findings
    return mapping


def test_money_fits_a_measure_in_that_currency(tmp_path: Path) -> None:
    read = mapped(tmp_path, 'old-town,2026-09,sales,"1,234.50 €",€2\n', written_as="marks: ['€', '%']")

    assert not read.findings
    assert read.rows.numerator.tolist() == [1234.5]
    assert [point.value for target in read.targets for point in target.points] == [2.0]


@pytest.mark.parametrize("cells", ["5%,", ",5%", "$5,"])
def test_a_mark_of_another_unit_of_measure_is_refused_with_its_row(tmp_path: Path, cells: str) -> None:
    read = mapped(
        tmp_path,
        f"old-town,2026-08,sales,4,\nold-town,2026-09,sales,{cells}\n",
        written_as="marks: ['%', '$']",
    )

    assert [(each.code, each.line) for each in read.findings] == [("UNIT_MISMATCH", 3)]
    assert 'the measure in "EUR"' in read.findings[0].message


def test_a_mapping_that_does_not_speak_of_marks_still_refuses_them(tmp_path: Path) -> None:
    read = mapped(tmp_path, "old-town,2026-09,sales,5 €,\n", written_as="decimal: '.'")

    assert [each.code for each in read.findings] == ["NOT_A_NUMBER"]


def test_a_mark_nobody_knows_is_refused_in_the_mapping(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("key: m\nfile: f.csv\nlayout: long\nformat: {marks: [pts]}\n")
    document, _ = read_document(tmp_path / "m.yaml", "m.yaml")

    assert document is not None
    assert [each.code for each in structure_findings(document, MAPPING)] == ["FIELD_WRONG"]


def test_what_is_taken_off_is_kept_in_the_mapping_and_comes_back(tmp_path: Path) -> None:
    draft = looked(written(tmp_path, BRANCHES)).draft
    path = tmp_path / "branches.mapping.yaml"
    path.write_text(draft_text(draft, key="branches", file="file.csv"), encoding="utf-8")

    document, _ = read_document(path, path.name)

    assert document is not None
    assert draft_of_document(document.value) == draft  # type: ignore[arg-type]
    assert mapping_at(path).numbers.marks == ("%", "€")
    assert mapping_at(path).numbers.brackets


def test_a_kept_mapping_that_lists_no_percent_sign_is_told_which_field_lacks_it(tmp_path: Path) -> None:
    (found,) = mapped(tmp_path, "old-town,2026-09,waste,,12%\n", written_as="marks: ['€']").findings

    assert found.code == "NOT_A_NUMBER"
    assert found.remedy == 'Say which signs stand beside numbers: `format: {marks: ["€", "%"]}`.'


SCALED = "marks: ['%']}\nscale: {target: 100"
"""Of a mapping that was made when the cell still read 0.12."""


def test_a_percentage_that_a_mapping_would_multiply_once_more_is_refused(tmp_path: Path) -> None:
    rows = "old-town,2026-08,waste,,0.12\nold-town,2026-09,waste,,12%\n"

    (found,) = mapped(tmp_path, rows, written_as=SCALED).findings

    assert (found.level, found.code, found.line) == ("error", "PERCENTAGE_SCALED", 3)
    assert "multiplied by 100" in found.message
    assert "`scale`" in found.remedy


def test_a_share_without_a_sign_is_multiplied_as_the_mapping_says(tmp_path: Path) -> None:
    read = mapped(tmp_path, "old-town,2026-08,waste,,0.12\n", written_as=SCALED)

    assert not read.findings
    assert [point.value for target in read.targets for point in target.points] == [12.0]
