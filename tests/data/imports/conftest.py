"""The smallest whole organisation, loaded into a real database."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fourfold.data.imports.actions import LoadedFolder, load_strategy_folder
from fourfold.platform.accounts.scope import INSTALLATION

EXAMPLES = Path(__file__).parents[3] / "examples"
MORNING = datetime(2026, 10, 8, 6, tzinfo=UTC)


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    """A copy of the four-objective example that a test may spoil."""
    return Path(shutil.copytree(EXAMPLES / "four-objectives", tmp_path / "bakery"))


@pytest.fixture
def loaded(bakery: Path, db: None) -> LoadedFolder:
    return load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING)


def read_rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def write_rows(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
