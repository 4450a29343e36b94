"""Control charts in pandas, as somebody who knows it would write them: a long frame, grouped, no Python per series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["charts_in_pandas", "exceptions_in_pandas", "frame_of_series"]

ROWS_IN_A_ROW, ROWS_IN_A_TREND = 7, 7
LATEST = 7


def frame_of_series(values: np.ndarray) -> pd.DataFrame:
    """Series × periods as rows, series by series; made before the clock starts."""
    import pandas as pd

    series, periods = values.shape
    return pd.DataFrame(
        {
            "series": np.repeat(np.arange(series, dtype=np.int32), periods),
            "period": np.tile(np.arange(periods, dtype=np.int32), series),
            "value": values.ravel(),
        }
    )


def charts_in_pandas(
    frame: pd.DataFrame, *, target: float, baseline: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Screened XmR limits, the four rules of Making Data Count and both icons: every point, and a row a series."""
    found = frame.sort_values(["series", "period"])
    group = found["series"]
    early = found["period"] < baseline
    found["range"] = found.groupby("series")["value"].diff().abs().where(early)
    ceiling = 3.267 * found.groupby("series")["range"].transform("mean")
    found["kept"] = found["range"].where(found["range"] < ceiling)
    found["centre"] = found["value"].where(early).groupby(group).transform("mean")
    kept = found.groupby("series")["kept"].transform("mean")
    found["reach"] = 2.66 * kept.where(
        kept > 0.0, ceiling / 3.267
    )  # where most neighbours are equal none is dropped
    above = found["value"] - found["centre"]
    found["side"] = np.sign(above)
    found["outside"] = above.abs() > found["reach"]
    found["way"] = _ways(found, group, above)
    found["special"] = found["way"] != 0
    return found, _icons(found, target=target)


def exceptions_in_pandas(
    found: pd.DataFrame, icons: pd.DataFrame, *, target: float, chance: float
) -> pd.DataFrame:
    """What the latest points alone show, the way of the latest signal, with its priority; the most urgent first."""
    last = found[found["period"] > found["period"].max() - LATEST].copy()
    group = last["series"]
    above = last["value"] - last["centre"]
    last["way"] = _ways(last, group, above)
    latest = last[last["way"] != 0].groupby("series")["way"].last()
    said = icons["way"].where(icons["way"] != 0, latest.reindex(icons.index))
    last["far"] = above.abs() / last["reach"]
    named = last[(last["way"] != 0) & (last["way"] == group.map(said))]
    sums = named.groupby("series")["far"].agg(["mean", "size"]).reindex(icons.index)
    severity = (sums["mean"] / 2.0).clip(upper=1.0)
    rows = icons[[]].copy()
    rows["signal"] = severity * (1.0 + np.log(sums["size"])) * (1.0 - chance)
    upper = icons["centre"] + icons["reach"]
    distance = ((target - icons["centre"]) / icons["reach"] / 2.0).clip(upper=1.0)
    rows["misses"] = distance.where((target > upper) & (icons["way"] == 0) & rows["signal"].isna())
    rows["priority"] = rows.max(axis=1)
    return rows.dropna(subset="priority").sort_values("priority", ascending=False, kind="stable")


def _ways(found: pd.DataFrame, group: pd.Series, above: pd.Series) -> pd.Series:
    """+1 up, −1 down, 0 without a signal: where a point lies counts before where it heads."""
    level = found["outside"] | _shift(found, group) | _two_of_three(found, group, above)
    return found["side"].where(level, _heading(found, group))


def _shift(found: pd.DataFrame, group: pd.Series) -> pd.Series:
    """All points of a run of seven or more on one side of the mean."""
    begins = (found["side"] != found["side"].shift()) | (group != group.shift())
    run = begins.cumsum()
    return (found.groupby(run)["side"].transform("size") >= ROWS_IN_A_ROW) & (found["side"] != 0)


def _heading(found: pd.DataFrame, group: pd.Series) -> pd.Series:
    """The way of every point of seven that rise or fall without a break; else 0."""
    step = np.sign(found.groupby("series")["value"].diff()).fillna(0.0)
    begins = (step != step.shift()) | (group != group.shift())
    run = begins.cumsum()
    long = step.where(step.groupby(run).transform("size") >= ROWS_IN_A_TREND - 1, 0.0)
    return long.where(long != 0, long.groupby(group).shift(-1, fill_value=0.0))


def _two_of_three(found: pd.DataFrame, group: pd.Series, above: pd.Series) -> pd.Series:
    """The points near a limit or beyond it, two of three in a row, all three on one side."""
    near = above.abs() > found["reach"] * (2.0 / 3.0)
    marked = near & False
    for way in (1.0, -1.0):
        far, same = near & (found["side"] == way), found["side"] == way
        windows = [
            far.groupby(group).rolling(3).sum().to_numpy() >= 2,
            same.groupby(group).rolling(3).sum().to_numpy() == 3,
        ]
        ends = far.copy()
        ends[:] = windows[0] & windows[1]
        for back in range(3):
            marked |= ends.groupby(group).shift(-back, fill_value=False) & far
    return marked


def _icons(found: pd.DataFrame, *, target: float) -> pd.DataFrame:
    last = found.groupby("series").last()
    last["variation"] = np.where(~last["special"], 1, np.where(last["side"] > 0, 2, 3))
    lower, upper = last["centre"] - last["reach"], last["centre"] + last["reach"]
    last["assurance"] = np.where(target < lower, 1, np.where(target > upper, 3, 2))
    return last[["centre", "reach", "way", "variation", "assurance"]].assign(
        marked=found.groupby("series")["special"].sum()
    )
