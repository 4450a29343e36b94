"""The tree a house rule walks over, and the breach it reports. A rule is a function: root → breaches."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FLOORS = (
    "engine",
    "folder",
    "connectors",
    "platform",
    "scorecard",
    "data",
    "governance",
    "practices",
    "outward",
    "cli",
    "config",
)

# Derived or installed, never written by us.
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".tmp",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    "node_modules",
    "static_collected",
    "var",
}
BUILT = Path("src/fourfold/platform/ui/static/ui")


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One place where a house rule is not kept. `place` is a path under the root, with `::name` where it has one."""

    place: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.place}:{self.line}: {self.what}"


Rule = Callable[[Path], list[Breach]]


def our_files(root: Path, *suffixes: str, under: tuple[str, ...] = ("",)) -> Iterator[Path]:
    """Every file we wrote with one of the suffixes (all files, if none is named), in a total order."""
    for start in under:
        for folder, folders, names in os.walk(root / start):
            here = Path(folder)
            folders[:] = sorted(
                name for name in folders if name not in NOT_OURS and here / name != root / BUILT
            )
            for name in sorted(names):
                if not suffixes or name.endswith(suffixes):
                    yield here / name


def source_files(root: Path, *rooms: str) -> Iterator[Path]:
    """Python of the package without migrations; with `rooms`, only those rooms of the apps (models, web, …)."""
    for file in our_files(root, ".py", under=("src/fourfold",)):
        if "migrations" in file.parts:
            continue
        if not rooms or room_of(file, root=root) in rooms:
            yield file


def room_of(file: Path, *, root: Path) -> str:
    """The third step below the package: fourfold/<floor>/<app>/<room>."""
    steps = file.relative_to(root / "src" / "fourfold").with_suffix("").parts
    return steps[2] if len(steps) > 2 else ""


def floor_of(file: Path, *, root: Path) -> str:
    return file.relative_to(root / "src" / "fourfold").with_suffix("").parts[0]


def parsed(file: Path) -> ast.Module:
    return _parsed_text(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=2000)
def _parsed_text(text: str) -> ast.Module:
    """Several rules read the same file; none changes the tree."""
    return ast.parse(text)


def place(file: Path, *, root: Path, name: str = "") -> str:
    path = file.relative_to(root).as_posix()
    return f"{path}::{name}" if name else path


def lines_of(file: Path) -> Iterator[tuple[int, str]]:
    return enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)


def functions_of(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def text_constants(module: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
