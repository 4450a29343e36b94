"""Two people import at once: both get through, one after the other, with a run of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from fourfold.data.imports.actions import import_file, load_strategy_folder
from fourfold.data.imports.models import ImportRun
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.measures.models import Observation
from tests.data.imports.conftest import MORNING, read_rows, write_rows

IMPORTERS = 4


@pytest.mark.django_db(transaction=True)
def test_importers_at_once_share_neither_a_run_nor_a_value(bakery: Path, tmp_path: Path) -> None:
    load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING)
    last = read_rows(bakery / "data" / "shops.csv")[-1]
    before = Observation.objects.count()
    files = [tmp_path / f"{sales}.csv" for sales in range(1, IMPORTERS + 1)]
    for file in files:
        write_rows(file, [{**last, "sales": file.stem}])

    def take_in(file: Path) -> str:
        try:
            later = MORNING + timedelta(hours=1)
            return import_file(file, mapping="shops", scope=INSTALLATION, at=later).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(IMPORTERS) as pool:
        references = list(pool.map(take_in, files))

    assert len(set(references)) == IMPORTERS == ImportRun.objects.count()
    assert Observation.objects.count() == before + IMPORTERS
