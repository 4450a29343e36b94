"""`1,234` is a thousand or one and a bit: whichever way it is read, it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourfold.folder.document import read_document
from fourfold.folder.mapping import MappedRows, NumberFormat, read_mapped_file, read_mapping
from tests.folder.ferries import DEFINITIONS

LONG = (
    "key: in\nfile: in.csv\nlayout: long\ncolumns: {measure: what, unit: line, period: month, value: value}\n"
)


def read(folder: Path, cells: list[str], *, form: str) -> MappedRows:
    rows = [f'fares,north,2026-{month:02d},"{cell}"' for month, cell in enumerate(cells, start=1)]
    (folder / "in.csv").write_text("\n".join(["what,line,month,value", *rows, ""]))
    path = folder / "in.mapping.yaml"
    path.write_text(f"{LONG}format: {form}\n")
    document, _ = read_document(path, path.name)
    assert document is not None
    mapping, _ = read_mapping(document, folder)
    assert mapping is not None
    return read_mapped_file(
        mapping, folder / "in.csv", definitions=DEFINITIONS, into=folder, keeps_sound_rows=True
    )


@pytest.mark.parametrize(
    ("cells", "form", "here", "there"),
    [
        (["999", "1,234"], "{thousands: ','}", "1234", "1.234"),
        (["1.234", "12.345"], "{}", "1.234", "1234"),
        (["-1.234 €"], "{decimal: ',', thousands: '.', marks: ['€']}", "-1234", "-1.234"),
    ],
)
def test_a_column_that_could_be_read_both_ways_is_told_with_an_example(
    tmp_path: Path, cells: list[str], form: str, here: str, there: str
) -> None:
    mapped = read(tmp_path, cells, form=form)

    assert [(each.code, each.level) for each in mapped.findings] == [("NUMBER_AMBIGUOUS", "warning")]
    assert f"is read as {here}; it could also be {there}." in mapped.findings[0].message
    assert not mapped.is_refused
    assert len(mapped.rows) == len(cells)


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["1,234", "0.5"], "{thousands: ','}"),
        (["1,234,567", "1,234"], "{thousands: ','}"),
        (["1.234", "1.5"], "{}"),
        (["0.123", "1.234"], "{}"),
        (["1234", "12"], "{}"),
        (["1.234"], "{digits: float64}"),
    ],
)
def test_one_number_that_tells_settles_its_column(tmp_path: Path, cells: list[str], form: str) -> None:
    assert read(tmp_path, cells, form=form).findings == ()


def test_the_other_way_of_the_other_way_reads_as_before() -> None:
    form = NumberFormat(decimal=",", thousands=".")

    assert (form.other.read("1.234")[0], form.other.other.read("1.234")[0]) == (1.234, 1234.0)
