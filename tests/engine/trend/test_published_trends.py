"""What pyMannKendall prints for its test data, and what SciPy finds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from fourfold.engine import trend
from tests.engine.trend.published_trends import BOGRA_RAINFALL

PRESENT = BOGRA_RAINFALL[np.isfinite(BOGRA_RAINFALL)][np.newaxis]  # that package closes gaps before it begins


def test_rainfall_has_no_trend_by_the_original_test() -> None:
    """pyMannKendall 1.4, test_original_test: S −1959, Var(S) 4889800.33, z −.88546, p .37591, slope −.0064516."""
    found = trend.compare(PRESENT)
    z, p = trend.two_sided(found.score, found.variance)

    assert found.score.item() == -1959.0
    assert found.variance.item() == pytest.approx(4889800.333333333, rel=1e-14)
    assert (z.item(), p.item()) == pytest.approx((-0.8854562842589916, 0.37591058740506833))
    assert trend.theil_sen(found)[0].item() == pytest.approx(-0.0064516129032258064)


@pytest.mark.parametrize(("lags", "printed"), [(None, 257403.38678462413), (3, 14226812.425138814)])
def test_hamed_and_raos_variance_of_the_rainfall(lags: int | None, printed: float) -> None:
    """test_hamed_rao_modification_test, all lags and three. With all, seasons cancel and the variance shrinks to a
    twentieth: `trend` never takes a factor below 1.
    """
    slope = trend.theil_sen(trend.compare(PRESENT))[0]
    left = PRESENT - slope[:, np.newaxis] * np.arange(1, PRESENT.shape[1] + 1)

    factor = trend.significant_factor(left, lags=lags)

    assert 4889800.333333333 * factor.item() == pytest.approx(printed, rel=1e-9)
    assert trend.trend(PRESENT, correction="hamed_rao").variance.item() >= 4889800.33


def test_the_seasonal_test_finds_that_rain_lessens() -> None:
    """test_seasonal_test, twelve seasons, gaps kept: S −399, Var(S) 34702.33, z −2.13650, p .03264.

    Its slope of −1⁄6 mm a year is not what its own definition, the median of all slopes within seasons, gives: −.087.
    """
    found = trend.compare(BOGRA_RAINFALL[np.newaxis], cycle=12)
    z, p = trend.two_sided(found.score, found.variance)

    assert found.score.item() == -399.0
    assert found.variance.item() == pytest.approx(34702.333333333336)
    assert (z.item(), p.item()) == pytest.approx((-2.136504114534638, 0.03263834596177739))
    slopes = [
        (late - early) / (after - before)
        for season in range(12)
        for before, early in enumerate(BOGRA_RAINFALL[season::12].tolist())
        for after, late in enumerate(BOGRA_RAINFALL[season::12].tolist())
        if after > before
    ]
    assert 12 * trend.theil_sen(found)[0].item() == pytest.approx(float(np.nanmedian(slopes)))


def test_pre_whitening_with_the_measured_autocorrelation() -> None:
    """test_pre_whitening_modification_test takes lag 1 of the raw series: S −219, Var(S) 4865719, z −.09883."""
    off = PRESENT[0] - PRESENT.mean()
    share = np.array([float((off[1:] * off[:-1]).sum() / (off * off).sum())])

    found = trend.compare(trend.whitened(PRESENT, share)[:, 1:])

    assert (found.score.item(), found.variance.item()) == (-219.0, 4865719.0)


@pytest.mark.parametrize("seed", range(6))
def test_slopes_and_intervals_are_those_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = np.round(rng.normal(size=25) + 0.1 * np.arange(25), 1)  # rounded, so that there are ties

    there = stats.theilslopes(values, np.arange(25), alpha=0.95)
    found = trend.theil_sen(trend.compare(values[np.newaxis]))

    assert [end.item() for end in found] == pytest.approx([there.slope, there.low_slope, there.high_slope])


@pytest.mark.parametrize("seed", range(6))
def test_the_score_is_kendalls_tau_times_its_pairs(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=20)

    tau = stats.kendalltau(np.arange(20), values).statistic

    assert trend.compare(values[np.newaxis]).score.item() == pytest.approx(tau * 190)
