"""The import contracts hold, and each is shown to catch the import it forbids."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]

# contract, the module that offends, the line it offends with
PLANTED = [
    ("floors", "engine/score.py", "import fourfold.folder.planted"),
    ("floors", "platform/units/models.py", "import fourfold.scorecard.measures.queries.planted"),
    ("floors", "scorecard/measures/queries.py", "import fourfold.data.imports.queries.planted"),
    ("floors", "gossip/__init__.py", ""),
    ("nobody-imports-config", "cli/serving/serve.py", "import fourfold.config.planted"),
    (
        "scorecard-order",
        "scorecard/measures/models.py",
        "import fourfold.scorecard.evaluation.queries.planted",
    ),
    (
        "apps-without-cycles",
        "platform/audit/queries/planted.py",
        "import fourfold.platform.periods.queries.planted",
    ),
    ("rooms", "scorecard/measures/models.py", "import fourfold.scorecard.measures.queries"),
    ("rooms", "scorecard/measures/queries.py", "import fourfold.scorecard.measures.actions.planted"),
    ("rooms", "scorecard/measures/actions/planted.py", "import fourfold.scorecard.measures.web.views"),
    ("known-rooms", "scorecard/measures/gossip.py", ""),
    ("surfaces", "scorecard/measures/web/views.py", "import fourfold.scorecard.measures.models"),
    ("surfaces", "scorecard/measures/web/views.py", "import fourfold.engine.score"),
    ("surfaces", "scorecard/measures/api/routes.py", "import fourfold.engine.score"),
    ("only-config-mounts-surfaces", "data/imports/jobs.py", "import fourfold.scorecard.measures.web.views"),
    (
        "only-data-imports-connectors",
        "scorecard/measures/actions/planted.py",
        "import fourfold.connectors.planted",
    ),
    ("pure-engine", "engine/score.py", "import django"),
    ("pure-engine", "engine/calendar.py", "import time"),
    ("folder-without-django", "folder/planted.py", "import django"),
    ("engine-order", "engine/aggregate.py", "import fourfold.engine.evaluate"),
    ("engine-order", "engine/gossip.py", ""),
    ("engine-order", "engine/quantities.py", "import fourfold.engine.calendar"),
]

# What the planted lines lean on, where the tree has none of it yet.
STANDING = [
    "engine/aggregate.py",
    "engine/calendar.py",
    "engine/evaluate.py",
    "engine/score.py",
    "folder/planted.py",
    "connectors/planted.py",
    "platform/units/models.py",
    "platform/audit/queries/planted.py",
    "platform/periods/queries/planted.py",
    "scorecard/measures/models.py",
    "scorecard/measures/queries/planted.py",
    "scorecard/measures/queries.py",
    "scorecard/measures/actions/planted.py",
    "scorecard/measures/web/views.py",
    "scorecard/measures/api/routes.py",
    "scorecard/evaluation/queries/planted.py",
    "data/imports/queries/planted.py",
    "data/imports/jobs.py",
    "config/planted.py",
    "cli/serving/serve.py",
]


def test_the_house_keeps_its_contracts() -> None:
    run = lint_imports(HOUSE)

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house that keeps every contract before anything is planted in it."""
    place = tmp_path_factory.mktemp("house")
    stand_up_a_copy(place)
    run = lint_imports(place)
    assert run.returncode == 0, run.stdout + run.stderr
    return place


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED)
def test_a_planted_import_is_caught(contract: str, module: str, line: str, copy: Path) -> None:
    planted = [(module, line)]
    if contract == "apps-without-cycles":  # one import alone is no cycle
        planted.append(
            ("platform/periods/queries/planted.py", "import fourfold.platform.audit.queries.planted")
        )

    with planted_in(copy / "src" / "fourfold", planted):
        run = lint_imports(copy, contract=contract)

    assert run.returncode == 1, run.stdout + run.stderr
    assert "BROKEN" in run.stdout


@contextmanager
def planted_in(package: Path, lines: list[tuple[str, str]]) -> Iterator[None]:
    """Plant the lines, and put everything back."""
    before = {file: file.read_text() for file in package.rglob("*.py")}
    for module, line in lines:
        plant(package, module=module, line=line)
    try:
        yield
    finally:
        for file in package.rglob("*.py"):
            if file not in before:
                file.unlink()
            elif file.read_text() != before[file]:
                file.write_text(before[file])


def stand_up_a_copy(place: Path) -> None:
    """Copy the source and add what issue by issue is still to come, so every contract has something to bite on."""
    package = place / "src" / "fourfold"
    shutil.copytree(
        HOUSE / "src" / "fourfold", package, ignore=shutil.ignore_patterns("__pycache__", "static", "*.csv")
    )
    shutil.copy(HOUSE / "pyproject.toml", place)
    for module in STANDING:
        if not module_exists(package / module):
            plant(package, module=module, line="")


def module_exists(file: Path) -> bool:
    return file.exists() or file.with_suffix("").is_dir()


def plant(package: Path, *, module: str, line: str) -> None:
    """Append a line to a module or, where the module is a package, to its first page."""
    file = package / module
    if file.with_suffix("").is_dir():
        file = file.with_suffix("") / "__init__.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in file.relative_to(package).parents:
        (package / folder / "__init__.py").touch()
    with file.open("a") as page:
        page.write(f"\n{line}\n")


def lint_imports(place: Path, *, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo"]
    chosen = ["--contract", contract] if contract else []
    return subprocess.run(
        [*command, *chosen],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
