"""Control charts in pandas, as somebody who knows it would write them: a long frame, grouped, no Python per series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["charts_in_pandas", "frame_of_series"]

ROWS_IN_A_ROW, ROWS_IN_A_TREND = 7, 7


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


def charts_in_pandas(frame: pd.DataFrame, *, target: float) -> pd.DataFrame:
    """Screened XmR limits, the four rules of Making Data Count and both icons, a row a series."""
    found = frame.sort_values(["series", "period"])
    group = found["series"]
    found["range"] = found.groupby("series")["value"].diff().abs()
    ceiling = 3.267 * found.groupby("series")["range"].transform("mean")
    found["kept"] = found["range"].where(found["range"] < ceiling)
    found["centre"] = found.groupby("series")["value"].transform("mean")
    found["reach"] = 2.66 * found.groupby("series")["kept"].transform("mean")
    above = found["value"] - found["centre"]
    found["side"] = np.sign(above)
    found["outside"] = above.abs() > found["reach"]
    found["special"] = (
        found["outside"] | _shift(found, group) | _trend(found, group) | _two_of_three(found, group, above)
    )
    return _icons(found, target=target)


def _shift(found: pd.DataFrame, group: pd.Series) -> pd.Series:
    """All points of a run of seven or more on one side of the mean."""
    begins = (found["side"] != found["side"].shift()) | (group != group.shift())
    run = begins.cumsum()
    return (found.groupby(run)["side"].transform("size") >= ROWS_IN_A_ROW) & (found["side"] != 0)


def _trend(found: pd.DataFrame, group: pd.Series) -> pd.Series:
    """All points of seven that rise or fall without a break."""
    step = np.sign(found.groupby("series")["value"].diff()).fillna(0.0)
    begins = (step != step.shift()) | (group != group.shift())
    run = begins.cumsum()
    long = (step.groupby(run).transform("size") >= ROWS_IN_A_TREND - 1) & (step != 0)
    return long | long.groupby(group).shift(-1, fill_value=False)


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
    return last[["centre", "reach", "variation", "assurance"]].assign(
        marked=found.groupby("series")["special"].sum()
    )
