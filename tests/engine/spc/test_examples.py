"""The examples in the docstrings are true, and the pages name everything that is offered."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

from fourfold.engine import spc

ROOMS = [f"{spc.__name__}.{found.name}" for found in pkgutil.iter_modules(spc.__path__)]
PAGES = Path(__file__).parents[3] / "docs" / "algorithms"


@pytest.mark.parametrize("room", [spc.__name__, *ROOMS])
def test_the_examples_in_the_docstrings_are_true(room: str) -> None:
    assert doctest.testmod(importlib.import_module(room)).failed == 0


def test_every_chart_rule_and_icon_is_on_its_page() -> None:
    charts, rules, icons = (
        (PAGES / name).read_text(encoding="utf-8")
        for name in ("control-charts.md", "signal-rules.md", "variation-and-assurance.md")
    )

    assert [kind for kind in spc.ChartKind if f"`{kind}`" not in charts] == []
    assert [key for key in spc.RULES if f"`{key}`" not in rules] == []
    assert [icon.code for icon in (*spc.Variation, *spc.Assurance) if f"`{icon.code}`" not in icons] == []
