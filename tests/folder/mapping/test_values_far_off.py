"""A value a hundred times as large or as small as its series: told in a preview, whatever settled the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourfold.folder.document import read_document
from fourfold.folder.mapping import MappedRows, read_mapped_csv, read_mapping
from fourfold.folder.mapping.look import draft_text
from tests.folder.mapping.test_names_on_several_lines import seen
from tests.folder.test_looking_at_files import BAKERY

USUAL = ["834.567,5", "812.000,1", "790.500,2", "845.123,9", "0"]


def previewed(tmp_path: Path, values: list[str]) -> MappedRows:
    rows = "".join(
        f"Old Town shop;Shop sales;2026-{at:02d};{text}\n" for at, text in enumerate(values, start=1)
    )
    look = seen(tmp_path, f"Branch;Measure;Month;Value\n{rows}")
    path = tmp_path / "kept.mapping.yaml"
    path.write_text(draft_text(look.draft, key="kept", file="file.csv"), encoding="utf-8")
    document, _ = read_document(path, path.name)
    assert document is not None
    mapping, _ = read_mapping(document, tmp_path)
    assert mapping is not None
    return read_mapped_csv(mapping, tmp_path / "file.csv", definitions=BAKERY, keeps_sound_rows=True)


def test_a_number_with_the_other_sign_is_told_with_what_is_usual(tmp_path: Path) -> None:
    (found,) = previewed(tmp_path, [*USUAL, "801,000"]).findings

    assert (found.code, found.level, found.line) == ("VALUE_FAR_OFF", "warning", 7)
    assert "801 is far from" in found.message
    assert "about 812000.1" in found.message


@pytest.mark.parametrize("values", [[*USUAL, "9.000,5"], ["1", "1", "1", "200"]])
def test_what_differs_less_or_stands_among_few_is_not(tmp_path: Path, values: list[str]) -> None:
    assert not previewed(tmp_path, values).findings
