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


BARE = re.compile(r"\.errors\.\d|in [\w.]+\.errors\b|non_field_errors|[{][{] *[\w.]+\.errors")
NAMELESS = re.compile(r"ValidationError\((?![^()]*(?:\([^()]*\)[^()]*)*code=)(?!errors\)|\))")
PLAIN = re.compile(r"add_error\([^,]+, *(?:_\(|told_in_form|f?\")")


def bare_field_errors(folder: Path) -> Iterator[str]:
    """Templates that print a form's errors themselves; modules that make an error without a code."""
    for template in sorted(folder.rglob("templates/**/*.html")):
        if BARE.search(template.read_text(encoding="utf-8")):
            yield template.as_posix()
    for view in sorted(folder.rglob("*.py")):
        text = view.read_text(encoding="utf-8")
        if "django" in text and (NAMELESS.search(text) or PLAIN.search(text)):
            yield view.as_posix()


def test_every_error_of_a_field_is_told_with_its_code_by_one_tag() -> None:
    found = list(bare_field_errors(SOURCE))

    assert found == [], "draw it with form_field, field_errors or form_errors; raise it with a code"


@pytest.mark.parametrize(
    ("name", "text", "is_caught"),
    [
        ("templates/x/form.html", "{% for error in form.name.errors %}{{ error }}{% endfor %}", True),
        ("templates/x/form.html", "{{ field.errors.0 }}", True),
        ("templates/x/form.html", "{% if field.errors %}{% field_errors field %}{% endif %}", False),
        ("web/forms.py", 'from django\nraise ValidationError(_("No."))', True),
        ("web/forms.py", 'from django\nraise ValidationError(_("No."), code="key")', False),
        ("web/views.py", 'from django\nform.add_error("key", _("No."))', True),
        ("web/views.py", 'from django\nform.add_error("key", RefusedHere(refused))', False),
    ],
)
def test_an_error_without_its_code_is_caught(tmp_path: Path, name: str, text: str, is_caught: bool) -> None:
    planted = tmp_path / "room" / name
    planted.parent.mkdir(parents=True)
    planted.write_text(text)

    assert bool(list(bare_field_errors(tmp_path))) is is_caught


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
