"""Whoever is refused sees the stable code, in a form as on a page: it finds the remedy in the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "fourfold"
CODE = re.compile(r"refusals/_code\.html|\.code\b|problem_code")
SAID_ELSEWHERE = {
    "annotations/_panel.html": "why a reader has no button, no refusal of what they did",
    "governance/changes/web/desk.py": "a field that was typed wrong, said beside it like every wrong field",
}
"""Places that tell a refusal's sentence without its code, and why."""


def told_without_code(folder: Path) -> Iterator[str]:
    """Templates that show a refusal's sentence and nowhere its code; views that take a sentence out of a refusal."""
    for template in sorted(folder.rglob("templates/**/*.html")):
        text = template.read_text(encoding="utf-8")
        if "told_sentence" in text and not CODE.search(text):
            yield template.as_posix()
    for view in sorted(folder.rglob("web/*.py")):
        if "told_sentence" in view.read_text(encoding="utf-8"):
            yield view.as_posix()


def test_a_refusal_in_a_form_shows_its_code() -> None:
    found = list(told_without_code(SOURCE))

    silent = [place for place in found if not place.endswith(tuple(SAID_ELSEWHERE))]
    assert silent == [], 'include "refusals/_code.html", or tell it by refusals.telling.told_in_form'
    assert len(found) == len(SAID_ELSEWHERE), "take what shows its code now out of SAID_ELSEWHERE"


@pytest.mark.parametrize(
    ("name", "text", "is_caught"),
    [
        ("templates/x/form.html", "<p>{{ refusal.told_sentence }}</p>", True),
        (
            "templates/x/form.html",
            '<p>{{ refusal.told_sentence }} {% include "refusals/_code.html" %}</p>',
            False,
        ),
        ("web/views.py", "form.add_error(None, refused.told_sentence)", True),
        ("web/views.py", "form.add_error(None, told_in_form(refused))", False),
    ],
)
def test_a_sentence_without_its_code_is_caught(tmp_path: Path, name: str, text: str, is_caught: bool) -> None:
    planted = tmp_path / "room" / name
    planted.parent.mkdir(parents=True)
    planted.write_text(text)

    assert bool(list(told_without_code(tmp_path))) is is_caught
