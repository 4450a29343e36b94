"""Rows that are not read because a column says so, such as totals: offered, chosen, and said by a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fourfold.folder.mapping.look import LeftOutRows

__all__ = ["RowsChoice", "rows_choices", "said_left_out"]

LEAVE, KEEP = "leave", "keep"
MOST = 200
"""Of rules in one form."""


@dataclass(frozen=True, slots=True)
class RowsChoice:
    """One line of the form: `is_total` rows look like sums; the last line is empty, to say more."""

    column: str = ""
    value: str = ""
    is_left_out: bool = True
    is_total: bool = False


def rows_choices(chosen: Sequence[LeftOutRows], totals: Sequence[LeftOutRows]) -> tuple[RowsChoice, ...]:
    """What is left out, then totals that somebody keeps, then an empty line."""
    kept = [each for each in totals if each not in chosen]
    return (
        *(RowsChoice(each.column, each.value, is_total=each in totals) for each in chosen),
        *(RowsChoice(each.column, each.value, is_left_out=False, is_total=True) for each in kept),
        RowsChoice(),
    )


def said_left_out(form: Mapping[str, str], columns: Collection[str]) -> tuple[LeftOutRows, ...]:
    """Every line that names a column and does not say to keep its rows; an empty text means empty cells."""
    said = []
    for place in range(MOST):
        column = form.get(f"out-{place}-column")
        if column is None:
            break
        if column in columns and form.get(f"out-{place}-do") != KEEP:
            said.append(LeftOutRows(column, form.get(f"out-{place}-value", "")))
    return tuple(dict.fromkeys(said))
