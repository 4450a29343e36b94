"""What the machine lacks is named exactly, and nothing is done by halves."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
BASH = shutil.which("bash") or "bash"


def run_on_a_machine_with(
    programs: dict[str, str], *, script: str, place: Path
) -> subprocess.CompletedProcess[str]:
    """Run a script where PATH holds these programs only."""
    path = place / "bin"
    path.mkdir()
    for name, text in programs.items():
        (path / name).write_text(f"#!{BASH}\n{text}\n")
        (path / name).chmod(0o755)
    return subprocess.run(
        [BASH, SCRIPTS / script],
        cwd=place,
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "programs", "named"),
    [
        ("require_node.sh", {}, "Node.js >= 20"),
        ("require_node.sh", {"node": "echo 20"}, "npm"),
        ("require_node.sh", {"node": "echo 18", "npm": ""}, "Node.js 18 is too old"),
        ("make_environment.sh", {}, "Python 3.11 to 3.14"),
        ("make_environment.sh", {"python3": "exit 1"}, "Python 3.11 to 3.14"),
        ("find_chromium.sh", {"id": "echo 1000"}, "need Chromium on PATH"),
        ("find_pango.sh", {"id": "echo 1000"}, "PDFs need Pango"),
    ],
)
def test_what_is_missing_is_named(script: str, programs: dict[str, str], named: str, tmp_path: Path) -> None:
    run = run_on_a_machine_with(programs, script=script, place=tmp_path)

    assert run.returncode == 1
    assert named in run.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("script", "programs"),
    [
        ("require_node.sh", {"node": "echo 22", "npm": ""}),
        ("find_chromium.sh", {"google-chrome": ""}),
    ],
)
def test_what_is_there_is_taken(script: str, programs: dict[str, str], tmp_path: Path) -> None:
    run = run_on_a_machine_with(programs, script=script, place=tmp_path)

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
