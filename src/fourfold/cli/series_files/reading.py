"""Reads a file as series for analysis: one row a point, the columns named on the command line."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.series_files.period_labels import numbered
from fourfold.cli.series_files.series_table import Columns, Key, SeriesTable
from fourfold.folder.mapping import NumberFormat, NumberProblem, Table
from fourfold.folder.mapping.files import FileRefused, plain_file
from fourfold.folder.mapping.look.formats import MISSING_WORDS
from fourfold.folder.mapping.look.sampling import Sample, sampled

__all__ = ["read_series"]

Floats = NDArray[np.float64]

TEXTS_TRIED = 400
_POINT_STYLES = ((".", ""), (".", ","), (".", "'"), (".", " "))  # decimal and thousands marks
_COMMA_STYLES = ((",", ""), (",", "."), (",", " "), (",", "\u202f"))

# Texts that sort as their days do: a year first, then the same shape all through (2026-09-30, 2026-Q3, 2026-W05).
_DATED = re.compile(r"\d{4}-?[QW]?\d")  # with more than a year: four digits alone may be anything
_YEAR_FIRST = re.compile(r"\d{4}\b|\d{6}\b|\d{8}\b")


def read_series(path: Path, columns: Columns, *, members: bool = False) -> SeriesTable:
    """Read CSV, .xlsx or Parquet; `members`: several rows of one period belong together.

    Raises:
        FileRefused: the file or a column of it cannot be read, or its rows are not in the order of time.
    """
    with tempfile.TemporaryDirectory() as folder:
        texts, lines, numbers, unsorted = _texts(path, columns, into=Path(folder))
    keep = np.ones(len(lines), dtype=np.bool_)
    for name, wanted in (columns.only or {}).items():
        keep &= np.array([text.strip() == wanted for text in texts[name]], dtype=np.bool_)
    rows = np.flatnonzero(keep)
    if not rows.size:
        raise FileRefused("NO_ROWS", "No row is left to read.", remedy="Check the file and --only.")
    values = _numbers(texts[columns.value], numbers, column=columns.value, lines=lines, rows=rows)
    sizes = None
    if columns.size:
        sizes = _numbers(texts[columns.size], numbers, column=columns.size, lines=lines, rows=rows)
    table = _arranged(columns, texts, rows, values=values, sizes=sizes, members=members)
    return replace(table, unsorted=unsorted)


def _texts(
    path: Path, columns: Columns, *, into: Path
) -> tuple[dict[str, list[str]], NDArray[np.int32], NumberFormat, str]:
    plain = plain_file(path, into=into)
    look = sampled(plain.path, is_unpacked=plain.is_unpacked)
    delimiter = look.delimiter.value
    table = Table(plain.path, path.name, look.encoding.value, delimiter, look.header_line)
    texts: dict[str, list[str]] = {name: [] for name in columns.wanted}
    lines = []
    for chunk in table.chunks(columns.wanted):
        lines.append(chunk.lines)
        for name in columns.wanted:
            texts[name].extend(chunk.columns[name])
    if wrong := [finding for finding in table.findings if finding.level == "error"]:
        raise FileRefused(wrong[0].code, wrong[0].message, remedy=wrong[0].remedy or "Check the file.")
    form = _form([*texts[columns.value], *texts.get(columns.size, ())], is_semicolon=delimiter == ";")
    unsorted = "" if columns.period else _unsorted_column(look, columns)
    return texts, np.concatenate(lines or [np.zeros(0, np.int32)]), form, unsorted


def _unsorted_column(look: Sample, columns: Columns) -> str:
    """A column of the first rows that is plainly a period and goes back in time; empty where there is none."""
    places = {name: place for place, name in enumerate(look.header)}
    kept = [
        row
        for row in look.rows
        if all(row[places[name]].strip() == text for name, text in (columns.only or {}).items())
    ]
    series = [tuple(row[places[name]].strip() for name in columns.by) for row in kept]
    for name in (each for each in look.header if each not in columns.wanted):
        labels = [row[places[name]].strip() for row in kept]
        if not labels or not all(_DATED.match(label) for label in labels):
            continue
        numbers = numbered(labels)
        if numbers is not None and _goes_back(numbers, series):
            return name
    return ""


def _goes_back(numbers: Sequence[int], series: Sequence[Key]) -> bool:
    latest: dict[Key, int] = {}
    for number, key in zip(numbers, series, strict=True):
        if number < latest.get(key, number):
            return True
        latest[key] = number
    return False


def _form(texts: Sequence[str], *, is_semicolon: bool) -> NumberFormat:
    """How the file writes numbers: the marks that read the most of them; with semicolons a comma means decimals."""
    missing = frozenset({"", *MISSING_WORDS})
    styles = _COMMA_STYLES + _POINT_STYLES if is_semicolon else _POINT_STYLES + _COMMA_STYLES
    forms = [
        NumberFormat(decimal=decimal, thousands=thousands, missing=missing, keeps_doubles=True)
        for decimal, thousands in styles
    ]
    different = list(dict.fromkeys(texts))[:TEXTS_TRIED]
    return max(forms, key=lambda form: sum(form.read(text)[1] is NumberProblem.NONE for text in different))


def _numbers(
    texts: Sequence[str], form: NumberFormat, *, column: str, lines: NDArray[np.int32], rows: NDArray[np.intp]
) -> Floats:
    read = form.read_all([texts[row] for row in rows])
    wrong = np.flatnonzero(read.problem > NumberProblem.BLANK)
    if wrong.size:
        row = int(rows[wrong[0]])
        raise FileRefused(
            NumberProblem(int(read.problem[wrong[0]])).name,
            f"line {lines[row]}: “{texts[row]}” in the column “{column}”.",
            remedy="Mend the value, leave it blank, or leave its rows out with --only.",
        )
    return read.values


def _arranged(
    columns: Columns,
    texts: Mapping[str, Sequence[str]],
    rows: NDArray[np.intp],
    *,
    values: Floats,
    sizes: Floats | None,
    members: bool,
) -> SeriesTable:
    """Put every row at its series, period and member."""
    keys: dict[Key, int] = {}
    series = np.array(
        [keys.setdefault(tuple(texts[name][row].strip() for name in columns.by), len(keys)) for row in rows]
    )
    labels, period = _periods(columns, texts, rows, series=series)
    member = _repeats(series * len(labels) + period)
    if member.any() and not members:
        again = int(np.flatnonzero(member)[0])
        raise FileRefused(
            "TIME_UNSORTED",
            f"{_told(list(keys)[series[again]])}the period {labels[period[again]]} comes twice.",
            remedy="Name what tells the series apart with --by, or keep one kind of rows with --only.",
        )
    shape = (len(keys), len(labels))
    cube = np.full((*shape, int(member.max(initial=0)) + 1), np.nan)
    cube[series, period, member] = values
    table = None
    if sizes is not None:
        table = np.full(shape, np.nan)
        table[series, period] = sizes
    return SeriesTable(columns, tuple(keys), labels, cube, table)


def _periods(
    columns: Columns, texts: Mapping[str, Sequence[str]], rows: NDArray[np.intp], *, series: NDArray[np.intp]
) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """The labels of all periods in order, and each row's place among them; without a column, rows are counted."""
    if not columns.period:
        place = _repeats(series)
        return tuple(str(number + 1) for number in range(int(place.max()) + 1)), place
    written = [tuple(texts[name][row].strip() for name in columns.period) for row in rows]
    order = _order_of(written)
    _require_order(written, order, series=series)
    ranked = sorted(order, key=order.__getitem__)
    places = {label: place for place, label in enumerate(ranked)}
    return tuple("-".join(label) for label in ranked), np.array([places[label] for label in written])


def _order_of(written: Sequence[Key]) -> dict[Key, tuple[object, ...]]:
    """How each label sorts: by its numbers, or by its text where that is the order of time."""
    labels = dict.fromkeys(written)
    if all(part.isdigit() for label in labels for part in label):
        return {label: tuple(int(part) for part in label) for label in labels}
    if len({len(part) for label in labels for part in label}) > len(written[0]) or not all(
        _YEAR_FIRST.match(label[0]) for label in labels
    ):
        raise FileRefused(
            "PERIOD_UNREADABLE",
            f"Periods like “{'-'.join(written[0])}” do not sort as days do.",
            remedy="Write them year first (2026-09-30, 2026-09, 2026-Q3), or leave --period out.",
        )
    return {label: label for label in labels}


def _require_order(
    written: Sequence[Key], order: Mapping[Key, tuple[object, ...]], *, series: NDArray[np.intp]
) -> None:
    """Refuse a series whose rows go back in time."""
    by_series = np.argsort(series, kind="stable")
    for before, after in pairwise(by_series.tolist()):
        if series[before] == series[after] and order[written[after]] < order[written[before]]:
            raise FileRefused(
                "TIME_UNSORTED",
                f"The period {'-'.join(written[after])} stands after {'-'.join(written[before])}.",
                remedy="Sort the file by time; a chart of rows out of order would say nothing.",
            )


def _repeats(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """How many rows of the same group stood before each row."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    counted = np.arange(len(groups)) - np.repeat(begins, np.diff(np.r_[begins, len(groups)]))
    place = np.empty(len(groups), dtype=np.intp)
    place[order] = counted
    return place


def _told(key: Key) -> str:
    return f"In {' · '.join(key)}, " if key else ""
