"""The real data lies beside the checkout or where FOURFOLD_REAL_DATA says; without it these tests say why they skip."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.folder import FolderReading, read_folder

CHECKOUT = Path(__file__).parents[2]
EXAMPLES = CHECKOUT / "examples"


@pytest.fixture(scope="session")
def real_data() -> Path:
    folder = Path(os.environ.get("FOURFOLD_REAL_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data is not at {folder.name}: set FOURFOLD_REAL_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def mta(real_data: Path) -> FolderReading:
    return read_folder(EXAMPLES / "mta", data=real_data)


@pytest.fixture(scope="session")
def nhs(real_data: Path) -> FolderReading:
    return read_folder(EXAMPLES / "nhs-ae", data=real_data)


def evaluated(reading: FolderReading, *, grains: tuple[Grain, ...] = (Grain.MONTH,)) -> Evaluation:
    clock = reading.definitions.organisation.clock
    assert clock is not None
    book = compile_book(reading.definitions, today=clock)
    return evaluate(book, Cube.of(book, reading.rows), grains=grains)


@pytest.fixture(scope="session")
def mta_evaluation(mta: FolderReading) -> Evaluation:
    return evaluated(mta)


@pytest.fixture(scope="session")
def nhs_evaluation(nhs: FolderReading) -> Evaluation:
    return evaluated(nhs, grains=(Grain.MONTH, Grain.QUARTER, Grain.YEAR))
