"""A small honest folder to spoil: the four-objectives example, copied, with one text exchanged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "four-objectives"

Spoil = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example, writable."""
    copied = tmp_path / "bakery"
    shutil.copytree(EXAMPLE, copied)
    return copied


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Exchange a text in one file; the text must be there exactly once, so that a test cannot miss its aim."""

    def exchange(file: str, old: str, new: str) -> Path:
        path = folder / file
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {file}"
        path.write_text(content.replace(old, new), encoding="utf-8")
        return folder

    return exchange
