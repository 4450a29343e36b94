"""The notebook in the docs runs, and prints what it shows."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

NOTEBOOK = Path(__file__).parents[3] / "docs" / "notebooks" / "signal-from-noise.ipynb"


def test_every_cell_runs_and_prints_what_the_notebook_shows() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    space: dict[str, object] = {}

    for cell in (each for each in cells if each["cell_type"] == "code"):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec("".join(cell["source"]), space)
        shown = "".join(line for output in cell["outputs"] for line in output["text"])
        assert printed.getvalue() == shown
    assert len(space) > 10


def test_its_links_lead_somewhere() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")

    for page in ("control-charts", "signal-rules", "variation-and-assurance", "capability"):
        assert f"(../algorithms/{page}.md)" in text
        assert (NOTEBOOK.parent / f"../algorithms/{page}.md").is_file()
