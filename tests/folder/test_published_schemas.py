"""The schemas in docs/schema are those the reader uses, and editors can rely on them."""

import json
from pathlib import Path

import jsonschema
import pytest

from fourfold.folder.schema import PUBLISHED

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_schema_is_the_one_in_use(name):
    written = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))

    assert written == json.loads(json.dumps(PUBLISHED[name])), (
        "run: python -m fourfold.folder.schema docs/schema"
    )
    jsonschema.Draft202012Validator.check_schema(written)


def test_nothing_else_is_published():
    assert {path.name for path in SCHEMAS.glob("*.json")} == set(PUBLISHED)
