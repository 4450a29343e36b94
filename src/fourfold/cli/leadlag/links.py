"""The links somebody asks about: from the command line, or a CSV of them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fourfold.engine.leadlag import Hypothesis, HypothesisWrong
from fourfold.folder.mapping.files import FileRefused

__all__ = ["AskedLink", "asked_link", "read_links"]

MOST_LINKS: Final = 2000
_LAG = re.compile(r"\s*(\d{1,3})\s*(?:\.\.\s*(\d{1,3})\s*)?")
_SIGNS = {"+": 1, "1": 1, "+1": 1, "": 1, "-": -1, "-1": -1, "−": -1}


@dataclass(frozen=True, slots=True)
class AskedLink:
    """Two series' names, and what is expected of them."""

    x: str
    y: str
    hypothesis: Hypothesis

    @property
    def name(self) -> str:
        """Which acts on which."""
        return f"{self.x} → {self.y}"

    @property
    def expected(self) -> str:
        """The sign and the window of lags, as + 2..4."""
        asked = self.hypothesis
        until = "" if asked.lag_to == asked.lag_from else f"..{asked.lag_to}"
        return f"{'+' if asked.sign > 0 else '−'} {asked.lag_from}{until}"


def asked_link(x: str, y: str, *, lag: str, sign: str) -> AskedLink:
    """One link as typed.

    Raises:
        HypothesisWrong: a lag that is neither `3` nor `2..4`, or a sign that is neither + nor -.
    """
    match = _LAG.fullmatch(lag)
    if match is None:
        raise HypothesisWrong(f"“{lag}” is no lag; write 3, or 2..4")
    if sign.strip() not in _SIGNS:
        raise HypothesisWrong(f"“{sign}” is no sign; write + or -")
    first = int(match.group(1))
    return AskedLink(x, y, Hypothesis(_SIGNS[sign.strip()], first, int(match.group(2) or first)))


def read_links(path: Path) -> list[AskedLink]:
    """A CSV with the columns x and y, and sign and lag where they are known (else + and 1).

    Raises:
        FileRefused: LINKS_UNREADABLE. HypothesisWrong: a line's lag or sign.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            rows = list(csv.DictReader(handle))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise _unreadable(f"{path.name}: {wrong}") from wrong
    if not rows or not {"x", "y"} <= set(rows[0]):
        raise _unreadable(f"{path.name} has no rows with the columns x and y")
    if len(rows) > MOST_LINKS:
        raise _unreadable(f"{path.name} has {len(rows)} links; {MOST_LINKS} at most")
    return [_link(row, line=line) for line, row in enumerate(rows, start=2)]


def _link(row: dict[str, str | None], *, line: int) -> AskedLink:
    said = {name: (row.get(name) or "").strip() for name in ("x", "y", "sign", "lag")}
    if not said["x"] or not said["y"]:
        raise _unreadable(f"line {line} names no x or no y")
    try:
        return asked_link(said["x"], said["y"], lag=said["lag"] or "1", sign=said["sign"])
    except HypothesisWrong as wrong:
        raise HypothesisWrong(f"line {line}: {wrong}") from wrong


def _unreadable(message: str) -> FileRefused:
    return FileRefused(
        "LINKS_UNREADABLE", message, remedy="Write a CSV with the columns x, y, sign (+ or -) and lag (2..4)."
    )
