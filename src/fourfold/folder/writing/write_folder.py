"""A whole strategy folder, written aside and then put in its place: half of one is never seen."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from fourfold.engine.definitions import Definitions
from fourfold.engine.rows import ObservationRows
from fourfold.folder.canonical import canonical
from fourfold.folder.documents import MAPPING_ENDING
from fourfold.folder.targets_file import TARGETS_FILE
from fourfold.folder.writing.measure_document import measure_document
from fourfold.folder.writing.observations_file import (
    OBSERVATION_MAPPING,
    History,
    current_rows,
    write_observations,
)
from fourfold.folder.writing.strategy_document import strategy_document, units_document
from fourfold.folder.writing.targets_text import write_targets
from fourfold.folder.writing.yaml_text import Value, yaml_text

__all__ = ["FolderOccupied", "write_folder"]


class FolderOccupied(FileExistsError):
    """Something else lies where the folder is to be written."""

    code = "FOLDER_OCCUPIED"


def write_folder(
    path: Path,
    definitions: Definitions,
    *,
    rows: ObservationRows,
    history: History | None = None,
    replace: bool = False,
) -> None:
    """Write the canonical form: sorted, LF, no comments; the same content gives the same bytes.

    Without `history` only the last row of each key is written, in the order of keys; with it every row, in the order
    given, and when each became known. `rows` count measures and units as `definitions` lists them.

    Raises:
        FolderOccupied: `path` is not empty, and either `replace` is not wanted or it holds no strategy folder.
    """
    if path.exists() and any(path.iterdir()) and not (replace and (path / "strategy.yaml").is_file()):
        raise FolderOccupied(f"{path} is not empty; name a new folder, or replace an exported one")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        _write_all(aside / "new", definitions, rows=rows, history=history)
        if path.exists():
            path.rename(aside / "old")
        (aside / "new").rename(path)
    finally:
        shutil.rmtree(aside)


def _write_all(
    path: Path, definitions: Definitions, *, rows: ObservationRows, history: History | None
) -> None:
    ordered = canonical(definitions)
    root = ordered.units[0].key
    (path / "measures").mkdir(parents=True)
    (path / "data").mkdir()
    _write_yaml(path / "strategy.yaml", strategy_document(ordered))
    _write_yaml(path / "units.yaml", units_document(ordered.units))
    for measure in ordered.measures:
        _write_yaml(path / "measures" / f"{measure.key}.yaml", measure_document(measure, root=root))
    with (path / TARGETS_FILE).open("w", encoding="utf-8", newline="") as stream:
        write_targets(stream, ordered)
    _write_yaml(path / "data" / f"observations{MAPPING_ENDING}", OBSERVATION_MAPPING)
    renumbered = _renumbered(rows, definitions, ordered)
    if history is None:
        renumbered = current_rows(renumbered)
    with (path / "data" / "observations.csv").open("w", encoding="utf-8", newline="") as stream:
        write_observations(stream, ordered, rows=renumbered, history=history)


def _renumbered(rows: ObservationRows, given: Definitions, ordered: Definitions) -> ObservationRows:
    """The rows with measures counted as the canonical order lists them."""
    places = {measure.key: place for place, measure in enumerate(ordered.measures)}
    if not given.measures:
        return rows
    table = np.array([places[measure.key] for measure in given.measures], dtype=np.int32)
    return dataclasses.replace(rows, measure=table[rows.measure])


def _write_yaml(path: Path, document: Mapping[str, Value]) -> None:
    path.write_text(yaml_text(document), encoding="utf-8", newline="")
