"""Control charts of 200,000 series of 60 months: limits, rules, icons and exceptions, against the same in pandas."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.peer_pandas import charts_in_pandas, exceptions_in_pandas, frame_of_series
from benchmarks.report import Report, best_of, seconds
from fourfold.engine import spc
from fourfold.engine.exceptions import Exceptions, Ranking, exceptions, items_of, ranked
from fourfold.engine.quantities import Polarity
from fourfold.engine.score import Backend

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["measure"]

SERIES, PERIODS, SEED = 200_000, 60, 4
PEER_SERIES = 20_000  # pandas grows with its rows: a tenth is measured, and the tenth compared
BASELINE = PERIODS - 7  # limits are not made of the latest points, by which exceptions are judged
TARGET = 70.0
MOST_SECONDS, LEAST_TIMES = 2.0, 30.0


def measure(report: Report, *, series: int = SERIES, peer_series: int = PEER_SERIES) -> None:
    """Seconds for all series, and how many times faster a tenth of them is than in pandas."""
    values = _values(series)
    whole = best_of(3, lambda: _charted(values, backend="numba"))
    report.add(
        f"control charts, rules, icons and exceptions of {series:,} series × {PERIODS}, Numba",
        f"{whole:.2f} s",
        promise=f"at most {MOST_SECONDS:g} s",
        is_kept=whole <= MOST_SECONDS,
    )
    numpy = best_of(2, lambda: _charted(values, backend="numpy"))
    report.add(f"the same of {series:,} series, NumPy", f"{numpy:.2f} s")
    _against_pandas(report, values[:peer_series])


def _values(series: int) -> np.ndarray:
    rng = np.random.default_rng(SEED)
    values = rng.normal(100.0, 10.0, (series, PERIODS))
    values[::5, PERIODS // 2 :] += 15.0  # every fifth has shifted
    return values


Found = tuple[spc.ControlChart, spc.Signals, spc.Icons, Exceptions, Ranking]


def _charted(values: np.ndarray, *, backend: Backend) -> Found:
    chart = spc.xmr(values, basis=spc.Basis(baseline=BASELINE, backend=backend))
    found = spc.signals(chart, rules="mdc", backend=backend)
    icons = spc.icons(chart, found, polarity=Polarity.MAXIMISE, target=TARGET)
    out = exceptions(chart, icons, polarity=Polarity.MAXIMISE, target=TARGET, backend=backend)
    return chart, found, icons, out, ranked(items_of(out))


def _in_pandas(frame: pd.DataFrame, *, chance: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    points, icons = charts_in_pandas(frame, target=TARGET, baseline=BASELINE)
    return icons, exceptions_in_pandas(points, icons, target=TARGET, chance=chance)


def _against_pandas(report: Report, values: np.ndarray) -> None:
    if find_spec("pandas") is None:
        report.add(
            "pandas ÷ Numba", "not measured: pandas is not installed", promise="at least 30 ×", is_kept=False
        )
        return
    frame = frame_of_series(values)
    ours = best_of(3, lambda: _charted(values, backend="numba"))
    theirs = seconds(lambda: _in_pandas(frame.copy(), chance=0.07))
    times = theirs / ours
    report.add(
        f"pandas ÷ Numba, {len(values):,} series",
        f"{times:.0f} ×",
        promise=f"at least {LEAST_TIMES:g} ×",
        is_kept=times >= LEAST_TIMES,
    )
    _compare(report, values)


def _compare(report: Report, values: np.ndarray) -> None:
    """Limits and priorities to the last digits; signals, icons and exceptions one by one."""
    chart, found, icons, out, _ = _charted(values, backend="numba")
    peer, others = _in_pandas(frame_of_series(values), chance=float(out.chance[0]))
    others = others.sort_index()
    apart = max(
        float(np.abs(chart.centre[:, 0] / peer["centre"].to_numpy() - 1.0).max()),
        float(np.abs(chart.reach[:, 0] / peer["reach"].to_numpy() - 1.0).max()),
    )
    same = (
        (found.is_special.sum(axis=1) == peer["marked"].to_numpy()).all()
        and (icons.assurance == peer["assurance"].to_numpy()).all()
        and ((icons.variation == spc.Variation.COMMON_CAUSE) == (peer["variation"].to_numpy() == 1)).all()
        and np.array_equal(out.series, others.index.to_numpy())
        and np.allclose(out.highest, others["priority"].to_numpy(), rtol=1e-9, atol=0.0)
    )
    report.add(
        "largest relative difference of limits to pandas",
        f"{apart:.1e}",
        promise="at most 1e-9, and equal signals and exceptions",
        is_kept=apart <= 1e-9 and bool(same),
    )
