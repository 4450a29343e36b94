"""A row for each measure and unit, a column for each period: the sheet most offices have."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.engine.calendar import CalendarKind, FiscalCalendar
from fourfold.folder.document import read_document
from fourfold.folder.mapping import MappedRows, read_mapped_csv, read_mapping
from fourfold.folder.mapping.headings import HeadingProblem, read_heading
from fourfold.folder.schema import MAPPING, structure_findings
from tests.folder.ferries import DEFINITIONS

GREGORIAN = FiscalCalendar()
FROM_APRIL = FiscalCalendar(start_month=4)
JANUARY = 2026 * 12
PERIODS = "layout: periods\ncolumns: {measure: what, unit: line}"


def written(folder: Path, name: str, *, mapping: str, rows: str) -> MappedRows:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / f"{name}.csv").write_text(rows, encoding="utf-8")
    path = data / f"{name}.mapping.yaml"
    path.write_text(f"key: {name}\nfile: {name}.csv\n{mapping}\n", encoding="utf-8")
    document, found = read_document(path, f"data/{name}.mapping.yaml")
    assert document is not None
    assert not found
    assert not structure_findings(document, MAPPING)
    ready, found = read_mapping(document, folder)
    assert ready is not None, found
    return read_mapped_csv(ready, data / f"{name}.csv", definitions=DEFINITIONS)


@pytest.fixture
def read(tmp_path):
    """Read CSV text through mapping text; both are what a user would write."""
    return lambda mapping, rows: written(tmp_path, "in", mapping=mapping, rows=rows)


def codes(mapped: MappedRows) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in mapped.findings]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Jan 2026", "2026-01"),
        ("January 2026", "2026-01"),
        ("Jan-26", "2026-01"),
        ("Jan. 26", "2026-01"),
        ("2026 Jan", "2026-01"),
        ("Mär 2026", "2026-03"),
        ("févr. 2026", "2026-02"),
        ("1/2026", "2026-01"),
        ("2026-01", "2026-01"),
        ("202601", "2026-01"),
        ("01/26", "2026-01"),
        ("2026-01-31", "2026-01-31"),
        ("2026-01-31T00:00:00", "2026-01-31"),
        ("31.01.2026", "2026-01-31"),
        ("31/01/2026", "2026-01-31"),
        ("01/31/2026", "2026-01-31"),
        ("Q1 2026", "2026-Q1"),
        ("1Q26", "2026-Q1"),
        ("2. Quartal 2026", "2026-Q2"),
        ("H2 2026", "2026-H2"),
        ("KW 5 2026", "2026-W05"),
        ("FY26 P3", "2026-03"),
        ("P3 FY2026", "2026-03"),
        ("FY26", "2026"),
        ("2026", "2026"),
    ],
)
def test_headings_as_people_write_them_name_a_period(text: str, key: str) -> None:
    found = read_heading(text, calendar=GREGORIAN)

    assert found is not None
    assert (found.key, found.role, found.problem) == (key, "", None)


@pytest.mark.parametrize(
    ("text", "key", "role"),
    [
        ("Jan 2026 target", "2026-01", "target"),
        ("Plan - Jan 2026", "2026-01", "target"),
        ("Ist 01/2026", "2026-01", "value"),
        ("Q1 2026 (Budget)", "2026-Q1", "target"),
        ("2026-02 denominator", "2026-02", "denominator"),
    ],
)
def test_a_heading_may_say_which_part_it_holds(text: str, key: str, role: str) -> None:
    found = read_heading(text, calendar=GREGORIAN)

    assert found is not None
    assert (found.key, found.role) == (key, role)


def test_a_fiscal_period_is_counted_from_the_start_of_the_fiscal_year() -> None:
    found = read_heading("FY26 P1", calendar=FROM_APRIL)

    assert found is not None
    assert found.key == FROM_APRIL.key(FROM_APRIL.parse(found.key))
    assert FROM_APRIL.first_day(FROM_APRIL.parse(found.key)).month == 4


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("01/02/2026", HeadingProblem.ORDER),
        ("01/12", HeadingProblem.ORDER),
        ("Jan", HeadingProblem.YEAR),
        ("Q1", HeadingProblem.YEAR),
    ],
)
def test_a_heading_that_may_mean_two_periods_names_none(text: str, problem: HeadingProblem) -> None:
    found = read_heading(text, calendar=GREGORIAN)

    assert found is not None
    assert (found.key, found.problem) == ("", problem)


def test_what_is_open_is_settled_by_order_and_year() -> None:
    settled = [
        read_heading("01/02/2026", calendar=GREGORIAN, order="day-first"),
        read_heading("01/02/2026", calendar=GREGORIAN, order="month-first"),
        read_heading("Jan", calendar=GREGORIAN, year=2025),
        read_heading("Q3", calendar=GREGORIAN, year=2025),
    ]

    assert [each and each.key for each in settled] == ["2026-02-01", "2026-01-02", "2025-01", "2025-Q3"]


def test_where_months_are_made_of_weeks_a_month_of_days_names_none() -> None:
    retail = FiscalCalendar(kind=CalendarKind.WEEKS_4_5_4)

    month, period = read_heading("Jan 2026", calendar=retail), read_heading("FY26 P3", calendar=retail)

    assert month is not None
    assert period is not None
    assert (month.problem, period.key) == (HeadingProblem.MONTH, "2026-P03")


@pytest.mark.parametrize("text", ["Total", "YTD", "Sales", "26-Jan", "13/2026", "1234", "Jnu 2026", "", "n"])
def test_other_headings_name_no_period(text: str) -> None:
    assert read_heading(text, calendar=GREGORIAN) is None


def test_each_filled_cell_is_a_value_of_its_column_s_period(read) -> None:
    mapped = read(PERIODS, "what,line,Jan 2026,Feb 2026\nfares,north,100,200\nfares,south,300,\n")

    assert mapped.findings == ()
    assert mapped.rows.unit.tolist() == [1, 1, 2]
    assert mapped.rows.period.tolist() == [JANUARY, JANUARY + 1, JANUARY]
    assert mapped.rows.numerator.tolist() == [100.0, 200.0, 300.0]
    assert mapped.lines.tolist() == [2, 2, 3]
    assert (mapped.counts.read, mapped.counts.loaded, mapped.counts.blank) == (2, 3, 1)


def test_zero_is_a_value_and_an_empty_cell_is_none(read) -> None:
    mapped = read(PERIODS, "what,line,Jan 2026,Feb 2026\nfares,north,0,\n")

    assert (mapped.rows.period.tolist(), mapped.rows.numerator.tolist()) == ([JANUARY], [0.0])


def test_the_header_may_stand_below_a_title(read) -> None:
    mapped = read(f"{PERIODS}\nformat: {{header: 3}}", "Report\n\nwhat,line , Jan 2026\nfares,north,7\n")

    assert (mapped.findings, mapped.lines.tolist()) == ((), [4])


def test_numerators_and_denominators_of_a_period_are_put_together(read) -> None:
    mapped = read(
        PERIODS,
        "what,line,Jan 2026 numerator,Jan 2026 denominator\non-time,north,9,10\n",
    )

    assert (mapped.rows.numerator.tolist(), mapped.rows.denominator.tolist()) == ([9.0], [10.0])


def test_targets_stand_beside_values_or_alone(read) -> None:
    beside = read(PERIODS, "what,line,Jan 2026,Jan 2026 plan,Feb 2026 plan\nfares,north,7,8,9\n")
    alone = read(f"{PERIODS}\nperiods: {{role: target}}", "what,line,Jan 2026,Feb 2026\nfares,north,8,9\n")

    points = [(point.period.ordinal, point.value) for point in beside.targets[0].points]
    assert points == [(JANUARY, 8.0), (JANUARY + 1, 9.0)]
    assert alone.targets == beside.targets
    assert (len(beside.rows), len(alone.rows)) == (1, 0)


def test_a_finding_names_row_and_column(read) -> None:
    mapped = read(
        PERIODS,
        "what,line,Jan 2026,Q1 2026\nfares,north,twelve,\nfares,south,1,2\nfares,nowhere,1,2\n",
    )

    assert [(each.code, each.line) for each in mapped.findings] == [
        ("NOT_A_NUMBER", 2),
        ("PERIOD_UNKNOWN", 3),
        ("UNIT_UNKNOWN", 4),
    ]
    assert ['"Jan 2026"' in mapped.findings[0].message, '"Q1 2026"' in mapped.findings[1].message] == [
        True,
        True,
    ]


def test_two_rows_that_contradict_each_other_are_told_with_their_columns(read) -> None:
    mapped = read(PERIODS, "what,line,Jan 2026\nfares,north,1\nfares,north,2\n")

    assert codes(mapped) == [("ROW_DUPLICATE", 3)]
    assert "line 2" in mapped.findings[0].message
    assert '"Jan 2026"' in mapped.findings[0].message


def test_dates_of_one_month_contradict_each_other_for_a_monthly_measure(read) -> None:
    mapped = read(PERIODS, "what,line,2026-01-15,2026-01-31\nfares,north,1,2\n")

    assert codes(mapped) == [("ROW_DUPLICATE", 2)]
    assert mapped.findings[0].message.startswith('Column "2026-01-31": line 2, column "2026-01-15"')


def test_a_quarterly_measure_stands_in_the_last_month_of_its_quarter(read) -> None:
    mapped = read(PERIODS, "what,line,Jan 2026,Feb 2026,Mar 2026\naudit,north,,,4\n")

    assert (mapped.findings, mapped.rows.period.tolist()) == ((), [2026 * 4])


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        ("01/02/2026,01/03/2026", "HEADING_AMBIGUOUS"),
        ("Jan,Feb", "HEADING_WITHOUT_YEAR"),
        ("Jan 2026,01/2026", "HEADING_TWICE"),
        ("Sales,Costs", "HEADING_MISSING"),
    ],
)
def test_ambiguous_headings_keep_the_file_out_with_a_remedy(read, headings: str, code: str) -> None:
    mapped = read(PERIODS, f"what,line,{headings}\nfares,north,1,2\n")

    assert mapped.is_refused
    assert len(mapped.rows) == 0
    found = next(each for each in mapped.findings if each.code == code)
    assert (found.line, bool(found.remedy)) == (1, True)


def test_the_same_heading_twice_is_refused(read) -> None:
    mapped = read(PERIODS, "what,line,Jan 2026,Jan 2026\nfares,north,1,2\n")

    assert codes(mapped) == [("KEY_DUPLICATE", 1)]


def test_a_column_that_names_no_period_is_told_unless_it_is_left_out(read) -> None:
    rows = "what,line,Jan 2026,Jnu 2026\nfares,north,1,2\n"

    told = read(PERIODS, rows)
    silent = read(f"{PERIODS}\nperiods: {{leave_out: [Jnu 2026]}}", rows)

    assert (codes(told), told.is_refused) == ([("HEADING_UNREAD", 1)], False)
    assert silent.findings == ()
    assert len(told.rows) == len(silent.rows) == 1


def test_a_column_may_be_given_the_period_that_its_heading_does_not_say(read) -> None:
    mapped = read(
        f"{PERIODS}\nperiods: {{year: 2026, columns: {{Start: {{period: 2025-12, role: value}}}}}}",
        "what,line,Start,Jan\nfares,north,1,2\n",
    )

    assert (mapped.findings, mapped.rows.period.tolist()) == ((), [JANUARY - 1, JANUARY])


def test_next_month_s_column_is_read_without_a_word(read) -> None:
    mapping = f"{PERIODS}\nperiods: {{leave_out: [Total]}}"
    read(mapping, "what,line,Jan 2026,Total\nfares,north,1,1\n")

    later = read(mapping, "what,line,Jan 2026,Feb 2026,Total\nfares,north,1,2,3\n")

    assert (later.findings, later.rows.period.tolist()) == ((), [JANUARY, JANUARY + 1])


MONTHS = ["Jan 2026", "Feb-26", "03/2026", "2026-04", "2026-05-31", "FY26 P6"]
CELLS = st.one_of(
    st.none(), st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
)
SHEETS = st.dictionaries(
    st.tuples(st.just("fares"), st.sampled_from(["north", "south"])),
    st.lists(CELLS, min_size=len(MONTHS), max_size=len(MONTHS)),
    min_size=1,
)


@given(sheet=SHEETS, order=st.permutations(range(len(MONTHS))))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sheet_of_periods_says_the_same_as_its_long_form(tmp_path, sheet, order) -> None:
    headings = [MONTHS[at] for at in order]
    wide = [
        ",".join([*name, *("" if cells[at] is None else repr(cells[at]) for at in order)])
        for name, cells in sheet.items()
    ]
    long = [
        f"{measure},{unit},2026-{at + 1:02d},{cell!r}"
        for (measure, unit), cells in sheet.items()
        for at, cell in enumerate(cells)
        if cell is not None
    ]

    of_wide = written(
        tmp_path, "sheet", mapping=PERIODS, rows="\n".join([f"what,line,{','.join(headings)}", *wide, ""])
    )
    of_long = written(
        tmp_path,
        "long",
        mapping="layout: long\ncolumns: {measure: what, unit: line, period: month, value: value}",
        rows="\n".join(["what,line,month,value", *long, ""]),
    )

    assert of_wide.findings == of_long.findings == ()
    assert _told(of_wide) == _told(of_long)


def _told(mapped: MappedRows) -> set[tuple[float, ...]]:
    rows = mapped.rows
    told = zip(rows.measure, rows.unit, rows.period, rows.numerator, rows.denominator, strict=True)
    found = {tuple(np.asarray(each).tolist()) for each in told}
    assert len(found) == len(rows)
    return found
