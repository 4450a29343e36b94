"""What two small files say of the series: what each is, and which acts on which."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.series_table import SeriesTable
from fourfold.engine.exceptions import CauseLink
from fourfold.folder.mapping.files import FileRefused

__all__ = ["About", "read_about", "read_links"]

Floats = NDArray[np.float64]

_BETTER: Final = {"maximise": 1, "minimise": -1, "": 0, "band": 0, "exact": 0}
_TIERS: Final = {"executive": 3, "management": 2, "operational": 1, "": 1}
_SIGNS: Final = {"+": 1, "1": 1, "+1": 1, "": 1, "-": -1, "−": -1, "-1": -1, "−1": -1}
_SAID: Final = ("polarity", "target", "tier", "materiality")


@dataclass(frozen=True, slots=True)
class About:
    """Of each series: +1 or −1 as more or less is better, its target, its tier and how much it matters."""

    better: NDArray[np.int8]
    target: Floats
    tier: NDArray[np.int64]
    materiality: Floats


def read_about(path: Path | None, table: SeriesTable) -> About | None:
    """One row a series, named as it is printed; what is not said is left open.

    Raises:
        FileRefused: no such series, or a word that means nothing.
    """
    if path is None:
        return None
    count = len(table.keys)
    about = About(np.zeros(count, np.int8), np.full(count, np.nan), np.ones(count, np.int64), np.ones(count))
    places = _places(table)
    for line, row in _rows(path, needed=("series",), allowed=_SAID):
        at = _place(row["series"], places, line=line)
        about.better[at] = _word(row.get("polarity", ""), _BETTER, line=line, column="polarity")
        about.tier[at] = _word(row.get("tier", ""), _TIERS, line=line, column="tier")
        about.target[at] = _number(row.get("target", ""), np.nan, line=line, column="target")
        about.materiality[at] = _number(row.get("materiality", ""), 1.0, line=line, column="materiality")
    return about


def read_links(path: Path | None, table: SeriesTable) -> tuple[CauseLink, ...]:
    """Which series acts on which; a sign of − where better there means worse here.

    Raises:
        FileRefused: no such series, or a sign that is none.
    """
    if path is None:
        return ()
    places = _places(table)
    found = []
    for line, row in _rows(path, needed=("cause", "effect"), allowed=("sign",)):
        ends = [_place(row[end], places, line=line) for end in ("cause", "effect")]
        sign = _word(row.get("sign", ""), _SIGNS, line=line, column="sign")
        found.append(CauseLink(table.name(ends[0]), table.name(ends[1]), sign))
    return tuple(found)


def _rows(
    path: Path, *, needed: Sequence[str], allowed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as unreadable:
        raise FileRefused(
            "ENCODING_UNKNOWN", f"{path.name} is not UTF-8.", remedy="Save it as CSV in UTF-8."
        ) from unreadable
    reader = csv.DictReader(text.splitlines())
    columns = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = columns
    missing = [name for name in needed if name not in columns]
    if missing:
        raise FileRefused(
            "COLUMN_MISSING",
            f"{path.name} has no column “{missing[0]}”.",
            remedy=f"Its columns are {', '.join((*needed, *allowed))}.",
        )
    for row in reader:
        yield reader.line_num, {name: (row[name] or "").strip() for name in columns if name}


def _places(table: SeriesTable) -> dict[str, int]:
    return {table.name(place): place for place in range(len(table.keys))}


def _place(name: str, places: dict[str, int], *, line: int) -> int:
    if name not in places:
        some = "; ".join(list(places)[:5])
        raise FileRefused(
            "SERIES_UNKNOWN",
            f"line {line}: there is no series “{name}”.",
            remedy=f"Series are called {some} …",
        )
    return places[name]


def _word(text: str, words: dict[str, int], *, line: int, column: str) -> int:
    if text.lower() not in words:
        raise FileRefused(
            "WORD_UNKNOWN",
            f"line {line}: “{text}” in the column “{column}”.",
            remedy=f"Write {', '.join(word for word in words if word)}, or leave it blank.",
        )
    return words[text.lower()]


def _number(text: str, otherwise: float, *, line: int, column: str) -> float:
    try:
        number = float(text) if text else otherwise
    except ValueError:
        number = np.inf
    if text and not isfinite(number):
        raise FileRefused(
            "NOT_A_NUMBER",
            f"line {line}: “{text}” in the column “{column}”.",
            remedy="Write a number with a point, or leave it blank.",
        )
    return number
