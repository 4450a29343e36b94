"""An import is killed, or finds no room: whatever happens, all of the file is there or nothing of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from fourfold.data.imports.actions import import_file, keep_upload, load_strategy_folder
from fourfold.data.imports.models import ImportRun, Upload
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.refusals.disk_full import DiskFull
from fourfold.scorecard.measures.models import LedgerHead, Observation
from tests.data.imports.conftest import MORNING
from tests.disks import largest_file, room_for

ROOT = Path(__file__).parents[3]
LATER = MORNING + timedelta(hours=1)
ROWS, KILLS = 5_000, 200


def killed(home: Path, *arguments: object) -> dict[str, dict[str, int]]:
    """What the server of killed imports found, for each way of killing."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.data.imports.killing", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "FOURFOLD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return dict(json.loads(answer.stdout))


def test_an_import_killed_at_two_hundred_points_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for way, found in killed(tmp_path, ROWS, KILLS).items():
        assert found["killed"] >= KILLS // 2 * 0.9, way
        assert found.get("between", 0) == 0, way
        assert found["before"] + found["after"] == KILLS // 2, way
        assert found.get("misread", 0) == 0, way
        assert found["retried"] > 0, way
        assert found["after"] > 0, f"{way}: no kill came after the commit, so it may have been missed"


def test_an_import_that_commits_chunk_by_chunk_or_mirrors_other_numbers_is_caught(tmp_path: Path) -> None:
    found = killed(tmp_path, 4_000, 24, "careless")

    assert found["steps"]["between"] > 0
    assert found["clock"].get("between", 0) + found["clock"]["misread"] > 0


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_refuses_the_import_whole_and_room_lets_it_pass(bakery: Path, tmp_path: Path) -> None:
    load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING)
    months = [f"{year}-{month:02d}" for year in range(1900, 2020) for month in range(1, 13)]
    file, mapping = tmp_path / "long.csv", tmp_path / "long.mapping.yaml"
    file.write_text(
        "shop,month,sales\n" + "".join(f"old-town,{month},{n}\n" for n, month in enumerate(months))
    )
    mapping.write_text(
        "key: long\nfile: long.csv\nlayout: long\ncolumns: {unit: shop, period: month, value: sales}\n"
        "constants: {measure: sales}\n"
    )
    before = Observation.objects.count(), LedgerHead.objects.get().seq

    with room_for(5), pytest.raises(DiskFull) as refused:
        import_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER)

    assert (refused.value.code, refused.value.status) == ("DISK_FULL", 507)
    assert (Observation.objects.count(), LedgerHead.objects.get().seq) == before
    assert not ImportRun.objects.exists()
    run = import_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER)
    assert run.values_written == len(months)


@pytest.mark.django_db
def test_a_file_for_which_there_is_no_room_leaves_nothing_behind() -> None:
    uploads = Path(settings.FOURFOLD_HOME) / "uploads"
    before = set(uploads.iterdir()) if uploads.is_dir() else set()

    with largest_file(1 << 20), pytest.raises(DiskFull):
        keep_upload([b"a,b\n" * (1 << 18)] * 4, name="big.csv", scope=INSTALLATION, at=LATER)

    assert set(uploads.iterdir()) == before
    assert not Upload.objects.exists()
