"""The command as a shell runs it: a process of its own, a home of its own, two separate streams."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
EXAMPLES = CHECKOUT / "examples"
FOURFOLD = Path(sys.executable).parent / "fourfold"
PATIENCE = 300  # seconds until a command counts as hung


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str
    raw: bytes


@dataclass(frozen=True)
class Shell:
    """Runs `fourfold` in the checkout with its own FOURFOLD_HOME."""

    home: Path
    folder: Path = CHECKOUT

    @property
    def environment(self) -> dict[str, str]:
        """Compiled modules are kept beside their sources: Python starts as quickly as where it is installed."""
        ours = {"FOURFOLD_HOME": str(self.home)}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("FOURFOLD_")}
        inherited.pop("PYTHONDONTWRITEBYTECODE", None)
        inherited.pop("DJANGO_SETTINGS_MODULE", None)
        return {**inherited, **ours, "COLUMNS": "140"}

    def __call__(self, *arguments: str | Path, typed: str = "", **settings: str) -> Answer:
        """Wait for a command to end; `typed` is its standard input."""
        done = subprocess.run(
            [FOURFOLD, *map(str, arguments)],
            cwd=self.folder,
            env={**self.environment, **settings},
            capture_output=True,
            input=typed.encode(),
            timeout=PATIENCE,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode(), done.stdout)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each table holds; what a refused command must leave as it was."""
        with sqlite3.connect(self.home / "fourfold.sqlite3") as database:
            found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in found
            }


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An installation that was never started."""
    return Shell(tmp_path / "home")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all its tables and no organisation."""
    home = tmp_path_factory.mktemp("empty")
    made = Shell(home)("jobs", "--once")
    assert made.code == 0, made.err
    return home


@pytest.fixture
def empty(tmp_path: Path, empty_home: Path) -> Shell:
    """An installation that holds nothing yet, but was started before."""
    return Shell(Path(shutil.copytree(empty_home, tmp_path / "home")))


@pytest.fixture(scope="session")
def bakery_home(tmp_path_factory: pytest.TempPathFactory, empty_home: Path) -> Path:
    home = Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("bakery") / "home"))
    loaded = Shell(home)("load", "examples/four-objectives")
    assert loaded.code == 0, loaded.err
    return home


@pytest.fixture
def bakery(tmp_path: Path, bakery_home: Path) -> Shell:
    """An installation that holds the four-objective example, for one test to spoil."""
    return Shell(Path(shutil.copytree(bakery_home, tmp_path / "home")))


@pytest.fixture(scope="session")
def meridian(tmp_path_factory: pytest.TempPathFactory, empty_home: Path) -> Shell:
    """An installation that holds the demo organisation, for tests that only read."""
    shell = Shell(Path(shutil.copytree(empty_home, tmp_path_factory.mktemp("meridian") / "home")))
    loaded = shell("load", "examples/meridian")
    assert loaded.code == 0, loaded.err
    return shell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the four-objective example that a test may spoil."""
    return Path(shutil.copytree(EXAMPLES / "four-objectives", tmp_path / "folder"))
