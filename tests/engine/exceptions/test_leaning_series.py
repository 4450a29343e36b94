"""Limits of values that lean on their neighbours are too tight: such series are named, not excused."""

from __future__ import annotations

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.exceptions import exceptions, leaning


def autoregressive(share: float, *, series: int = 400, periods: int = 36) -> np.ndarray:
    noise = np.random.default_rng(11).normal(size=(series, periods + 50))
    for place in range(1, noise.shape[1]):
        noise[:, place] += share * noise[:, place - 1]
    return noise[:, 50:]


@pytest.mark.parametrize(("share", "least", "most"), [(0.0, 0.06, 0.15), (0.5, 0.3, 0.5), (0.9, 0.7, 0.95)])
def test_chance_makes_more_exceptions_of_series_that_lean(share: float, least: float, most: float) -> None:
    chart = spc.xmr(autoregressive(share), basis=spc.Basis(baseline=29))
    icons = spc.icons(chart, spc.signals(chart), polarity=None)
    found = exceptions(chart, icons, polarity=None)

    assert least < len(found.series) / 400 < most
    assert np.nanmean(found.chance) == pytest.approx(0.1, abs=0.03)


def test_most_series_that_lean_much_are_named_and_few_that_do_not() -> None:
    much = leaning(spc.xmr(autoregressive(0.9)))
    none = leaning(spc.xmr(autoregressive(0.0)))

    assert much.mean() > 0.8
    assert none.mean() < 0.02


def test_two_levels_parted_by_a_decision_are_not_alike_for_that() -> None:
    levels = np.concatenate([autoregressive(0.0, series=1)[0], autoregressive(0.0, series=1)[0] + 20.0])
    parted = spc.Basis(segments=spc.Segments.of(72, spans=[[(0, 36), (36, 72)]]))

    assert leaning(spc.xmr(levels)).tolist() == [True]
    assert leaning(spc.xmr(levels, basis=parted)).tolist() == [False]
