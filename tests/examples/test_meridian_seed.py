"""The demo's numbers are made, not collected: anybody can make them again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

MERIDIAN = Path(__file__).parents[2] / "examples" / "meridian"


def test_the_seed_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    shutil.copy(MERIDIAN / "seed.py", tmp_path)
    (tmp_path / "data").mkdir()

    subprocess.run([sys.executable, tmp_path / "seed.py"], check=True, timeout=300)

    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    kept = {path.relative_to(MERIDIAN): path.read_bytes() for path in MERIDIAN.rglob("*.csv")}
    assert made == kept
