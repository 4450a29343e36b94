"""docs/strategy-folder.md names every field and every code; what is not documented is not done."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fourfold.folder.schema import PUBLISHED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "strategy-folder.md").read_text(encoding="utf-8")


def fields_of(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == "properties":
                yield from part
            yield from fields_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from fields_of(part)


def codes_in_the_source() -> set[str]:
    files = (ROOT / "src" / "fourfold" / "folder").rglob("*.py")
    texts = "\n".join(path.read_text(encoding="utf-8") for path in files)
    constants = set(re.findall(r"^([A-Z_]+)\b[^=\n]*=", texts, flags=re.MULTILINE))
    codes = set(re.findall(r'"([A-Z]{2,}(?:_[A-Z]+)+)"', texts))
    return codes - constants


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_field_is_documented(name):
    undocumented = {field for field in fields_of(PUBLISHED[name]) if not re.search(rf"\b{field}\b", PAGE)}

    assert undocumented == set()


def test_every_code_is_documented():
    codes = codes_in_the_source()

    assert len(codes) > 25
    assert {code for code in codes if code not in PAGE} == set()
