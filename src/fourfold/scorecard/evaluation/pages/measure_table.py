"""The table of a measure's periods as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io

from fourfold.scorecard.evaluation.pages.measure_history import MeasureHistory

__all__ = ["table_as_csv"]

_HEADINGS = ("period", "label", "value", "unit_of_measure", "target", "score", "status", "why")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def table_as_csv(history: MeasureHistory) -> str:
    """Oldest first, numbers unrounded; a text that a spreadsheet would compute gets an apostrophe before it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for period in history.periods:
        numbers = (_number(number) for number in (period.value, period.target, period.score))
        value, target, score = numbers
        words = (period.key, period.label, history.format.unit_of_measure, period.status.label, period.reason)
        key, label, unit_of_measure, status, why = (_text(word) for word in words)
        writer.writerow((key, label, value, unit_of_measure, target, score, status, why))
    return file.getvalue()


def _number(number: float | None) -> str:
    return "" if number is None else repr(number)


def _text(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words
