"""A small file of waits, and how an answer about it is read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Answer

__all__ = ["MONTHS", "SPIKE", "document", "written"]

SPIKE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
MONTHS = [f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(len(SPIKE))]


def written(folder: Path, lines: list[str]) -> Path:
    file = folder / "waits.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def document(answer: Answer) -> dict:
    assert answer.code == 0, answer.err
    return json.loads(answer.out)
