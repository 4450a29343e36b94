"""The import contracts hold, and each is shown to catch the import it forbids."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]

# contract, the module that offends, the line it offends with
PLANTED = [
    ("floors", "engine/score.py", "import fourfold.folder.planted"),
    ("floors", "platform/units/models.py", "import fourfold.scorecard.measures.planted"),
    ("floors", "scorecard/measures/queries.py", "import fourfold.data.imports.planted"),
    ("floors", "gossip/__init__.py", ""),
    ("nobody-imports-config", "cli/serve.py", "import fourfold.config.planted"),
    ("scorecard-order", "scorecard/measures/models.py", "import fourfold.scorecard.evaluation.planted"),
    ("apps-without-cycles", "platform/audit/planted.py", "import fourfold.platform.periods.planted"),
    ("rooms", "scorecard/measures/models.py", "import fourfold.scorecard.measures.queries"),
    ("rooms", "scorecard/measures/queries.py", "import fourfold.scorecard.measures.actions.planted"),
    ("rooms", "scorecard/measures/actions/planted.py", "import fourfold.scorecard.measures.web.views"),
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
    "platform/audit/planted.py",
    "platform/periods/planted.py",
    "scorecard/measures/models.py",
    "scorecard/measures/planted.py",
    "scorecard/measures/queries.py",
    "scorecard/measures/actions/planted.py",
    "scorecard/measures/web/views.py",
    "scorecard/measures/api/routes.py",
    "scorecard/evaluation/planted.py",
    "data/imports/planted.py",
    "data/imports/jobs.py",
    "config/planted.py",
    "cli/serve.py",
]


def test_the_house_keeps_its_contracts() -> None:
    run = lint_imports(HOUSE)

    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED)
def test_a_planted_import_is_caught(contract: str, module: str, line: str, tmp_path: Path) -> None:
    package = stand_up_a_copy(tmp_path)
    assert lint_imports(tmp_path, contract=contract).returncode == 0, (
        "the copy must be clean before the planting"
    )

    plant(package, module=module, line=line)
    if contract == "apps-without-cycles":
        plant(package, module="platform/periods/planted.py", line="import fourfold.platform.audit.planted")
    run = lint_imports(tmp_path, contract=contract)

    assert run.returncode == 1, run.stdout + run.stderr
    assert "BROKEN" in run.stdout


def stand_up_a_copy(place: Path) -> Path:
    """Copy the source and add what issue by issue is still to come, so every contract has something to bite on."""
    package = place / "src" / "fourfold"
    shutil.copytree(
        HOUSE / "src" / "fourfold", package, ignore=shutil.ignore_patterns("__pycache__", "static", "*.csv")
    )
    shutil.copy(HOUSE / "pyproject.toml", place)
    for module in STANDING:
        if not module_exists(package / module):
            plant(package, module=module, line="")
    return package


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
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"]
    chosen = ["--contract", contract] if contract else []
    return subprocess.run(
        [*command, *chosen],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
