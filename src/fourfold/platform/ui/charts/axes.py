"""What every chart over periods shares: one column a period, values upwards, rows given inline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

__all__ = ["Chart", "Row", "answering", "over", "periods_across", "values_up", "worded"]

Row = dict[str, Any]
Chart = Any
"""Altair's own types do not survive their methods."""


def over(rows: Iterable[Row], *, name: str | None = None) -> Chart:
    """A chart of these rows; `name` is the class that its marks carry in a drawing.

    Inline data under a name made from its place would change between runs; without a name it cannot.
    """
    data = alt.InlineData(values=list(rows))
    return alt.Chart(data) if name is None else alt.Chart(data, name=name)


def answering(
    rows: Iterable[Row], *, across: alt.X, up: alt.Y, high: float, said: Iterable[tuple[str, str]]
) -> Chart:
    """An unseen column over every period that answers the pointer with what stood there.

    Args:
        rows: each from `since` to `until` and from `at` upwards, with the words of `said`.
        across: reads `since`.
        up: reads `at`.
        high: where the columns end.
        said: field and title of what is answered, in order.
    """
    return (
        over(rows)
        .mark_rect(fill="transparent", stroke=None)
        .encode(
            x=across,
            x2=alt.X2("until:Q"),
            y=up,
            y2=alt.Y2Datum(high),
            tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in said],
        )
    )


def periods_across(names: Sequence[str], *, field: str) -> alt.X:
    """One column a period, half a column to each side of its place; `names` are the periods' short ones in order."""
    axis = alt.Axis(
        title=None,
        # Newest first: where labels would collide, the last period keeps its own.
        values=list(range(len(names)))[::-1],
        labelExpr=worded(names),
        labelAngle=0,
        labelOverlap="greedy",
        labelSeparation=12,
        grid=False,
    )
    scale = alt.Scale(domain=[-0.5, len(names) - 0.5], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def values_up(field: str, *, low: float, high: float, axis: alt.Axis | None = None) -> alt.Y:
    """Values from `low` to `high`, kept to the digit; an `axis` of its own where plain marks will not do."""
    axis = axis or alt.Axis(title=None, tickCount=6, format=",.10~f")
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[low, high], nice=False, zero=False), axis=axis)


def worded(names: Sequence[str]) -> str:
    """The label of each whole place from 0: a look-up among constants, the one expression the island's reader knows."""
    quoted = ",".join(f"'{_quoted(name)}'" for name in names)
    return f"[{quoted}][datum.value]"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
