"""METHOD §7.4: the 53 identifiers are listed, and what is claimed as done is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.traceability import IDENTIFIERS, unborne

HOUSE = Path(__file__).parents[2]
ROUTE = "/map/"
MARKED_TEST = 'import pytest\n\n@pytest.mark.method("M1.1")\ndef test_orphans_are_found():\n    assert True\n'


def test_there_are_53_identifiers() -> None:
    assert len(set(IDENTIFIERS)) == 53


def test_the_page_claims_nothing_the_house_does_not_bear_out() -> None:
    assert unborne(HOUSE, routes=set(mounted_routes())) == []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("", "M1.1 is not listed"),
        ("| M1.1 | x | soon | | | |", "M1.1: `soon` is none of done, part, open"),
        ("| M1.1 | x | done | m/map.html | /map/ | |", "M1.1 is done without a test"),
        ("| M1.1 | x | part | m/gone.html | | |", "M1.1: there is no template m/gone.html"),
        ("| M1.1 | x | part | | /gone/ | |", "M1.1: no route /gone/ is mounted"),
        ("| M1.1 | x | part | | | tests/test_map.py::test_gone |", "does not exist or does not mark M1.1"),
        ("| M1.1 | x | open | | | |", "M1.1 is open, yet something is claimed or marked for it"),
    ],
)
def test_a_false_claim_is_caught(row: str, complaint: str, tmp_path: Path) -> None:
    write_house(tmp_path, first_row=row)

    assert complaint in "\n".join(unborne(tmp_path, routes={ROUTE}))


def test_a_true_claim_stands(tmp_path: Path) -> None:
    row = "| M1.1 | x | done | `m/map.html` | `/map/` | `tests/test_map.py::test_orphans_are_found` |"
    write_house(tmp_path, first_row=row)

    assert unborne(tmp_path, routes={ROUTE}) == []


def test_a_mark_that_is_no_identifier_is_caught(tmp_path: Path) -> None:
    write_house(tmp_path, first_row="| M1.1 | x | part | | | |")
    (tmp_path / "tests" / "test_map.py").write_text(MARKED_TEST.replace("M1.1", "M9.9"))

    assert unborne(tmp_path, routes={ROUTE}) == ["M9.9 is marked by a test and is no identifier"]


def write_house(root: Path, *, first_row: str) -> None:
    """A house with one template, one marked test, and a page whose other 52 rows are open."""
    rows = [first_row, *(f"| {identifier} | x | open | | | |" for identifier in IDENTIFIERS[1:])]
    files = {
        "docs/traceability.md": "\n".join(rows),
        "src/fourfold/scorecard/strategy/templates/m/map.html": "<h1>Map</h1>",
        "tests/test_map.py": MARKED_TEST,
    }
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True)
        file.write_text(text)


def mounted_routes() -> Iterator[str]:
    """Every route as written, `/scorecards/<slug:unit>/`, with the converters Django shows."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            path = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield path
            else:
                yield from walk(entry, path)

    yield from walk(get_resolver(), "/")
