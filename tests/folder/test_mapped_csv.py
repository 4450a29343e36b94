"""CSV through a mapping: layouts, formats, lookups, what is ignored and why, and what every row becomes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fourfold.engine.calendar import Frequency, Period
from fourfold.engine.definitions import Trajectory
from fourfold.engine.quantities import Why
from fourfold.folder.document import read_document
from fourfold.folder.mapping import read_mapped_csv, read_mapping
from fourfold.folder.schema import MAPPING, structure_findings
from tests.folder.ferries import DEFINITIONS

JANUARY = 2026 * 12


@pytest.fixture
def read(tmp_path):
    """Read CSV text through mapping text; both are what a user would write."""

    def reading(mapping: str, rows: str, *, definitions=DEFINITIONS, **beside: str):
        (tmp_path / "data").mkdir()
        for name, text in beside.items():
            (tmp_path / "data" / f"{name}.csv").write_text(text)
        path = tmp_path / "data" / "in.csv"
        path.write_text(rows)
        (tmp_path / "data" / "in.mapping.yaml").write_text(f"key: in\nfile: in.csv\n{mapping}\n")
        document, found = read_document(tmp_path / "data" / "in.mapping.yaml", "data/in.mapping.yaml")
        assert not found
        assert not structure_findings(document, MAPPING)
        ready, found = read_mapping(document, tmp_path)
        assert not found, found
        return read_mapped_csv(ready, path, definitions=definitions)

    return reading


LONG = "layout: long\ncolumns: {measure: measure, unit: unit, period: period, value: value}"


def test_a_long_file_has_one_value_a_row(read):
    mapped = read(LONG, "measure,unit,period,value\nfares,north,2026-01,100\nfares,south,2026-02,-2.5e2\n")

    assert mapped.findings == ()
    assert mapped.rows.unit.tolist() == [1, 2]
    assert mapped.rows.period.tolist() == [JANUARY, JANUARY + 1]
    assert mapped.rows.numerator.tolist() == [100.0, -250.0]
    assert mapped.rows.denominator.tolist() == [1.0, 1.0]
    assert mapped.lines.tolist() == [2, 3]


def test_a_wide_file_has_several_values_a_row_in_the_order_of_lines(read):
    mapped = read(
        "layout: wide\ncolumns: {unit: line, period: month}\nwide:\n"
        "  fares: {measure: fares, role: value}\n"
        "  punctual: {measure: on-time, role: numerator}\n"
        "  trips: {measure: on-time, role: denominator}",
        "line,month,fares,punctual,trips\nnorth,2026-01,10,9,10\nsouth,2026-01,20,7,8\n",
    )

    assert [DEFINITIONS.measures[place].key for place in mapped.rows.measure] == ["fares", "on-time"] * 2
    assert mapped.lines.tolist() == [2, 2, 3, 3]
    assert mapped.rows.numerator.tolist() == [10.0, 9.0, 20.0, 7.0]
    assert mapped.rows.denominator.tolist() == [1.0, 10.0, 1.0, 8.0]


def test_each_kind_is_composed_of_its_own_parts(read):
    mapped = read(
        "layout: wide\ncolumns: {unit: line, period: month}\nwide:\n"
        "  - {column: mood, measure: mood, role: value}\n"
        "  - {column: answers, measure: mood, role: n}\n"
        "  - {column: promoters, measure: nps, role: promoters}\n"
        "  - {column: detractors, measure: nps, role: detractors}\n"
        "  - {column: answers, measure: nps, role: n}",
        "line,month,mood,answers,promoters,detractors\nnorth,2026-01,4.5,20,12,3\n",
    )

    assert mapped.rows.numerator.tolist() == [90.0, 9.0]  # value × n; promoters − detractors
    assert mapped.rows.denominator.tolist() == [20.0, 20.0]


@pytest.mark.parametrize(
    ("written", "text", "value"),
    [
        ("{decimal: ',', thousands: '.'}", "1.234,5", 1234.5),
        ("{decimal: ',', thousands: ' '}", "1 234 567", 1234567.0),
        ("{thousands: ','}", "-12,345.25", -12345.25),
        ("{}", "+.5", 0.5),
        ("{}", " 7 ", 7.0),
    ],
)
def test_numbers_are_read_as_the_file_writes_them(read, written, text, value):
    mapped = read(f"{LONG}\nformat: {written}", f'measure,unit,period,value\nfares,north,2026-01,"{text}"\n')

    assert mapped.rows.numerator.tolist() == [value]


@pytest.mark.parametrize("text", ["1,2345", "12,34.5", "1_000", "0x10", "١٢", "1e", "--1", "1.2.3"])
def test_what_only_looks_like_a_number_is_refused(read, text):
    mapped = read(
        f"{LONG}\nformat: {{thousands: ','}}", f'measure,unit,period,value\nfares,north,2026-01,"{text}"\n'
    )

    assert [finding.code for finding in mapped.findings] == ["NOT_A_NUMBER"]
    assert len(mapped.rows) == 0


@pytest.mark.parametrize(
    ("columns", "date", "row"),
    [
        ("period: p", "%Y-%m-%d", "2026-02-28"),
        ("period: p", "%d.%m.%Y", "28.02.2026"),
        ("period: p", "%b %Y", "Feb 2026"),
        ("period: p", "key", "2026-02"),
        ("period: {year: p, month: q}", "key", "2026,2"),
    ],
)
def test_periods_are_read_as_the_file_writes_them(read, columns, date, row):
    mapped = read(
        f'layout: long\nformat: {{date: "{date}"}}\nconstants: {{measure: fares, unit: north}}\n'
        f"columns: {{{columns}, value: v}}",
        f"v,p,q\n5,{row}{'' if ',' in row else ','}\n",
    )

    assert mapped.findings == ()
    assert mapped.rows.period.tolist() == [JANUARY + 1]


def test_a_year_is_no_month(read):
    mapped = read(f'{LONG}\nformat: {{date: "%Y"}}', "measure,unit,period,value\nfares,north,2026,1\n")

    assert [(each.code, each.line) for each in mapped.findings] == [("PERIOD_UNKNOWN", 2)]


def test_a_quarterly_measure_takes_quarters_only(read):
    mapped = read(LONG, "measure,unit,period,value\naudit,north,2026-Q1,1\naudit,north,2026-01,1\n")

    assert [(each.code, each.line) for each in mapped.findings] == [("PERIOD_UNKNOWN", 3)]


def test_a_lookup_says_which_measure_and_unit_an_indicator_is(read):
    mapped = read(
        "layout: long\ncolumns: {period: month, value: actual}\n"
        "lookup: {file: codes.csv, on: [seq], gives: {measure: measure, unit: unit, ignore: why_not, scale: times}}",
        "seq,month,actual\n7,2026-01,5\n8,2026-01,6\n9,2026-01,secret\n",
        codes="seq,measure,unit,why_not,times\n7,fares,north,,1000\n8,fares,south,,\n9,,,superseded by 7,\n",
    )

    assert mapped.findings == ()
    assert mapped.rows.unit.tolist() == [1, 2]
    assert mapped.rows.numerator.tolist() == [5000.0, 6.0]
    assert mapped.counts.ignored == (("superseded by 7", 1),)


def test_a_code_the_lookup_does_not_list_is_refused_with_its_line(read):
    mapped = read(
        "layout: long\ncolumns: {unit: line, period: month, value: actual}\n"
        "lookup: {file: codes.csv, on: [seq], gives: {measure: measure}}",
        "seq,line,month,actual\n7,north,2026-01,5\n8,north,2026-01,6\n",
        codes="seq,measure\n7,fares\n",
    )

    assert [(each.code, each.line) for each in mapped.findings] == [("LOOKUP_UNKNOWN", 3)]
    assert len(mapped.rows) == 0  # all or nothing


def test_rows_are_left_out_only_by_a_filter_or_for_a_stated_reason_and_are_counted(read):
    mapped = read(
        f"{LONG}\nfilters: {{state: [final, 2]}}\n"
        "ignore: [{when: {unit: ferry-museum}, reason: It carries no passengers.}]",
        "measure,unit,period,value,state\n"
        "fares,north,2026-01,1,final\n"
        "fares,north,2026-02,1,draft\n"
        "fares,north,2026-03,1,2\n"
        "fares,ferry-museum,2026-01,1,final\n",
    )

    assert mapped.rows.period.tolist() == [JANUARY, JANUARY + 2]
    assert mapped.counts.ignored == (("filtered out by state", 1), ("It carries no passengers.", 1))
    assert (mapped.counts.read, mapped.counts.loaded) == (4, 2)


def test_texts_are_translated_and_constants_hold_for_every_row(read):
    mapped = read(
        "layout: long\nconstants: {measure: fares}\ntranslate: {unit: {N: north}}\n"
        "scale: {value: 1000}\ncolumns: {unit: line, period: month, value: keur}",
        "line,month,keur\nN,2026-01,1.5\nsouth,2026-01,2\n",
    )

    assert mapped.rows.unit.tolist() == [1, 2]
    assert mapped.rows.numerator.tolist() == [1500.0, 2000.0]


def test_segmented_measures_need_a_declared_segment(read):
    rows = "measure,unit,period,value,who\nriders,north,2026-01,5,child\n"
    columns = LONG.replace("value: value", "value: value, segment: who")
    assert read(columns, rows).rows.segment.tolist() == [2]


@pytest.mark.parametrize(
    ("name", "who", "line"), [("riders", "", 2), ("riders", "dog", 2), ("fares", "child", 2)]
)
def test_a_segment_too_few_or_too_many_is_refused(read, name, who, line):
    columns = LONG.replace("value: value", "value: value, segment: who")
    mapped = read(columns, f"measure,unit,period,value,who\n{name},north,2026-01,5,{who}\n")

    assert [(each.code, each.line) for each in mapped.findings] == [("SEGMENT_UNKNOWN", line)]


def test_targets_may_sit_in_the_data_rows(read):
    mapped = read(
        "layout: long\nconstants: {measure: fares}\ntargets: {trajectory: linear, origin: feed}\n"
        "columns: {unit: line, period: month, value: actual, target: plan}",
        "line,month,actual,plan\nnorth,2026-02,,12\nnorth,2026-01,9,10\nsouth,2026-01,5,\n",
    )

    (target,) = mapped.targets
    assert (target.measure, target.unit, target.trajectory, target.origin) == (
        "fares",
        "north",
        Trajectory.LINEAR,
        "feed",
    )
    assert [(point.period, point.value) for point in target.points] == [
        (Period(Frequency.MONTH, JANUARY), 10.0),
        (Period(Frequency.MONTH, JANUARY + 1), 12.0),
    ]
    assert (mapped.counts.loaded, mapped.counts.blank, mapped.counts.targets) == (2, 1, 2)


def test_zero_is_a_value_unless_the_mapping_says_that_it_means_missing(read):
    rows = "measure,unit,period,value\nfares,north,2026-01,0\n"

    assert len(read(LONG, rows).rows) == 1


def test_where_zero_means_missing_there_is_no_row(read):
    mapped = read(f"{LONG}\nzero_is_missing: [fares]", "measure,unit,period,value\nfares,north,2026-01,0\n")

    assert (len(mapped.rows), mapped.counts.blank) == (0, 1)


def test_a_row_may_say_why_there_is_no_number(read):
    mapped = read(
        LONG.replace("value: value", "value: value, obs_status: status"),
        "measure,unit,period,value,status\n"
        "fares,north,2026-01,,withdrawn\nfares,north,2026-02,,Q\nfares,north,2026-03,4,A\n",
    )

    assert mapped.rows.why.tolist() == [Why.MISSING_DUE, Why.SUPPRESSED, Why.PRESENT]
    assert np.isnan(mapped.rows.numerator[:2]).all()


def test_a_number_in_another_unit_of_measure_or_currency_is_refused(read):
    mapped = read(
        LONG.replace("value: value", "value: value, unit_of_measure: in, currency: money"),
        "measure,unit,period,value,in,money\n"
        "fares,north,2026-01,1,EUR,EUR\nfares,north,2026-02,1,kEUR,EUR\nfares,north,2026-03,1,EUR,USD\n",
    )

    assert [(each.code, each.line) for each in mapped.findings] == [
        ("UNIT_MISMATCH", 3),
        ("CURRENCY_MISMATCH", 4),
    ]


def test_the_same_row_twice_is_one_row(read):
    mapped = read(LONG, "measure,unit,period,value\nfares,north,2026-01,1\nfares,north,2026-01,1.0\n")

    assert mapped.findings == ()
    assert (mapped.counts.loaded, mapped.counts.repeated) == (1, 1)


def test_two_states_of_knowledge_are_two_rows(read):
    mapped = read(
        LONG.replace("value: value", "value: value, recorded_at: known"),
        "measure,unit,period,value,known\n"
        "fares,north,2026-01,1,2026-02-01T06:00:00Z\nfares,north,2026-01,2,2026-03-01T07:00:00+01:00\n",
    )

    assert mapped.findings == ()
    assert mapped.rows.numerator.tolist() == [1.0, 2.0]
    assert (np.diff(mapped.recorded_at) == 28 * 86_400 * 1_000_000).all()


def test_a_time_without_a_zone_is_no_time(read):
    mapped = read(
        LONG.replace("value: value", "value: value, recorded_at: known"),
        "measure,unit,period,value,known\nfares,north,2026-01,1,2026-02-01T06:00:00\n",
    )

    assert [(each.code, each.line) for each in mapped.findings] == [("TIMESTAMP_WRONG", 2)]


def test_a_derived_measure_takes_no_rows(read):
    mapped = read(LONG, "measure,unit,period,value\nspread,north,2026-01,1\n")

    assert [(each.code, each.line) for each in mapped.findings] == [("MEASURE_DERIVED", 2)]


def test_lines_are_those_of_the_file_even_where_a_field_holds_line_ends(read):
    mapped = read(
        LONG, 'measure,unit,period,value,note\nfares,north,2026-01,1,"a\nb"\n\nfares,norht,2026-01,1,c\n'
    )

    assert [(each.code, each.line) for each in mapped.findings] == [("UNIT_UNKNOWN", 5)]


def test_a_mistake_in_every_row_is_shown_often_enough_and_counted(read):
    rows = "".join(f"fares,nowhere,2026-01,{number}\n" for number in range(120))
    mapped = read(LONG, f"measure,unit,period,value\n{rows}")

    assert len(mapped.findings) == 51
    assert mapped.findings[-1].message.startswith("70 more rows")
    assert mapped.findings[-1].line == 121


def test_a_file_longer_than_one_chunk_keeps_its_lines(read, monkeypatch):
    monkeypatch.setattr("fourfold.folder.mapping.table.ROWS_AT_ONCE", 7)
    rows = "".join(f"fares,north,{2000 + month // 12}-{month % 12 + 1:02d},{month}\n" for month in range(100))
    mapped = read(LONG, f"measure,unit,period,value\n{rows}fares,north,2020-01\n")

    assert [(each.code, each.line) for each in mapped.findings] == [("FILE_TRUNCATED", 102)]


def test_a_short_row_in_the_middle_is_not_a_truncated_file(read, monkeypatch):
    monkeypatch.setattr("fourfold.folder.mapping.table.ROWS_AT_ONCE", 2)
    mapped = read(
        LONG, "measure,unit,period,value\nfares,north,2026-01,1\nfares,north,2026-02\nfares,north,2026-03,1\n"
    )

    assert [(each.code, each.line) for each in mapped.findings] == [("ROW_RAGGED", 3)]


def test_the_schema_refuses_a_mapping_with_an_unknown_role(tmp_path: Path):
    path = tmp_path / "x.mapping.yaml"
    path.write_text("key: x\nfile: x.csv\nlayout: long\ncolumns: {measur: a}\n")
    document, _ = read_document(path, "x.mapping.yaml")

    (finding,) = structure_findings(document, MAPPING)

    assert (finding.code, finding.line, finding.remedy) == ("FIELD_UNKNOWN", 4, 'Did you mean "measure"?')


def test_a_value_from_before_its_unit_takes_the_measure_is_kept_and_found(read):
    fares = next(each for each in DEFINITIONS.measures if each.key == "fares")
    since = replace(fares.units, since=(("south", date(2026, 2, 1)),))
    taken = tuple(replace(each, units=since) if each is fares else each for each in DEFINITIONS.measures)

    mapped = read(
        LONG,
        "measure,unit,period,value\n"
        "fares,north,2026-01,1\nfares,south,2026-01,2\nfares,south,2025-12,\nfares,south,2026-02,3\n",
        definitions=replace(DEFINITIONS, measures=taken),
    )

    (found,) = mapped.findings
    assert (found.level, found.code, found.line) == ("warning", "BEFORE_FIRST_PERIOD", 3)
    assert "2026-02-01" in found.message
    assert "earlier period" in found.remedy
    assert mapped.rows.numerator.tolist() == [1.0, 2.0, 3.0]
    assert (mapped.counts.refused, mapped.counts.refused_for) == (0, (("BEFORE_FIRST_PERIOD", 1),))
