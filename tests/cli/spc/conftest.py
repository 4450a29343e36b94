"""The file that the tests of control charts share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.spc.waits import MONTHS, SPIKE, written


@pytest.fixture
def waits(tmp_path: Path) -> Path:
    """Two clinics, a month each row: one with a spike, one without."""
    rows = [f"{month},north,{value},100" for month, value in zip(MONTHS, SPIKE, strict=True)]
    rows += [f"{month},south,{1 + place % 2},100" for place, month in enumerate(MONTHS)]
    return written(tmp_path, ["month,clinic,late,seen", *rows])
