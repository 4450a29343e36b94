"""What the content security policy will refuse in the browser is refused here first."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import Breach, our_files, parsed, place, source_files, text_constants

STYLE = re.compile(r"""(?<![\w-])style\s*=\s*["'{]|<style[\s>]""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/json)", re.IGNORECASE)
EVENTS = (
    "abort|animation\\w*|before\\w*|blur|cancel|change|click|close|contextmenu|copy|cut|dblclick|drag\\w*|drop|error|focus\\w*"
    "|hashchange|input|invalid|key\\w*|load\\w*|message|mouse\\w*|page\\w*|paste|pointer\\w*|popstate|reset|resize|scroll\\w*"
    "|select\\w*|submit|toggle|touch\\w*|transition\\w*|unload|wheel"
)
HANDLER = re.compile(
    rf"""(?:\s|["'])(?:on(?:{EVENTS})|hx-on[\w:.-]*)\s*=\s*["'{{]|["']javascript:|["']js:""", re.IGNORECASE
)
OUTSIDE = re.compile(
    r"""<(?!a\b)[^>]*?\b(?:src|srcset|href|poster|data|action|formaction)\s*=\s*["'](?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s+["'](?:https?:)?//""",
    re.IGNORECASE,
)


def nothing_carries_a_style_attribute(root: Path) -> list[Breach]:
    return found_in_markup(root, STYLE, what="style in the markup; use a class or an SVG attribute")


def no_script_stands_in_the_markup(root: Path) -> list[Breach]:
    inline = found_in_markup(root, SCRIPT, what="inline script; put it in islands/")
    return inline + found_in_markup(root, HANDLER, what="inline handler; listen from islands/")


def pages_load_nothing_from_outside(root: Path) -> list[Breach]:
    return found_in_markup(root, OUTSIDE, what="loaded from outside; install it and bundle it")


def found_in_markup(root: Path, pattern: re.Pattern[str], *, what: str) -> list[Breach]:
    """Templates, style sheets and islands as they are; Python only inside its text constants."""
    found = []
    for file in our_files(root, ".html", ".svg", ".css", ".ts", under=("src", "islands")):
        text = file.read_text(encoding="utf-8")
        for match in pattern.finditer(text):
            found.append(Breach(place(file, root=root), text.count("\n", 0, match.start()) + 1, what))
    for file in source_files(root):
        for constant in text_constants(parsed(file)):
            if pattern.search(str(constant.value)):
                found.append(Breach(place(file, root=root), constant.lineno, what))
    return found
