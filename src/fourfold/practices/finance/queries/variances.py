"""A measure off its target: what is known for and against its strategy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import Frequency, Grain
from fourfold.engine.drivers import Elasticity
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.evaluate.borders import anchors_over
from fourfold.engine.quantities import NotComputable, Polarity, Status, Why
from fourfold.engine.score import STATUS_CODES
from fourfold.engine.variance import (
    Evidence,
    ExecutionPart,
    LeadEvidence,
    Materiality,
    Pattern,
    Standing,
    VerdictPath,
    judged,
    lead_state,
    pattern_of,
    persistence,
    variance_split,
)
from fourfold.governance.signals.queries.judging import STAGED
from fourfold.practices.finance.queries.linked import (
    LinkedHistory,
    causal_drivers,
    linked_history,
    months_of_lag,
)
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.market import Outside

__all__ = ["NoPath", "VarianceReading", "variance_reading"]

Floats = NDArray[np.float64]

_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}


@dataclass(frozen=True, slots=True)
class LeadReading:
    """One driver over the periods that count: statuses, oldest first."""

    measure: str
    lag: int
    statuses: tuple[Status, ...]


class NoPath(StrEnum):
    """A measure that no path can be walked for, whatever its numbers are."""

    STAGED = "staged"


@dataclass(frozen=True, slots=True)
class VarianceReading:
    """A variance with its path. `elasticities` says why no driver's effect could be estimated, where none could."""

    value: float
    target: float
    path: VerdictPath
    leads: tuple[LeadReading, ...]
    history: LinkedHistory | NotComputable
    elasticities: tuple[Elasticity, ...] | NotComputable


def variance_reading(
    looked: Looked, *, is_signal: bool | None, outside: Outside
) -> VarianceReading | NotComputable | NoPath:
    """Collect the evidence and walk the path; reads the cube.

    Args:
        looked: against the plan.
        is_signal: whether the control chart calls the last value special; None: there is no chart.
        outside: what the market did, as far as it is known.

    Returns: NotComputable without a value; MISSING_REQUIRED without a target; INFORMATIONAL where up is neither good
        nor bad; NOT_APPLICABLE where a page is no period of the measure. NoPath for yes and no, steps and milestones.
    """
    line = looked.line_at(looked.shown)
    if line is not None and line.rule.version.goal in STAGED:
        return NoPath.STAGED
    value, target = (
        looked.value(looked.measure.key, at=looked.at),
        looked.target(looked.measure.key, at=looked.at),
    )
    if isinstance(value, NotComputable):
        return value
    if target is None:
        return NotComputable(Why.MISSING_REQUIRED)
    if line is None or looked.shown.grain is Grain.YTD or line.rule.frequency not in _MONTHS:
        return NotComputable(Why.NOT_APPLICABLE)
    if looked.shown.grain.frequency is not line.rule.frequency:
        return NotComputable(Why.NOT_APPLICABLE)
    sign = {Polarity.MAXIMISE: 1.0, Polarity.MINIMISE: -1.0}.get(
        line.rule.version.goal.polarity or Polarity.BAND
    )
    if sign is None:
        return NotComputable(Why.INFORMATIONAL)
    return _read(looked, value, target=target, sign=sign, said=_Said(is_signal, outside))


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known from elsewhere: the control chart's word, and the outside."""

    is_signal: bool | None
    outside: Outside


def _read(looked: Looked, value: float, *, target: float, sign: float, said: _Said) -> VarianceReading:
    policies = looked.evaluation.book.policies
    market = said.outside.shown
    history = linked_history(looked, looked.measure.key, market=said.outside.told_by)
    found = _elasticities(looked, history)
    ends = None if isinstance(history, NotComputable) else _gaps(history)
    leads = _leads(looked, beyond_control=said.outside.beyond_control)
    evidence = Evidence(
        target=target,
        materiality=Materiality(share=policies.number("materiality.share"), amber_width=_amber_width(looked)),
        is_signal=said.is_signal,
        split=variance_split(
            value - target,
            _parts(history, found, ends),
            external=market.external if market else None,
            share_of_market=market.share if market else None,
        ),
        leads=tuple(
            LeadEvidence(each.measure, lead_state(each.statuses, lag=each.lag), each.lag)
            for each in leads.leads
        ),
        lag_status=leads.outcome[-1],
        persistence=persistence(
            sign * _residuals(history, found, ends, outside=said.outside),
            slack=policies.number("cusum.k"),
            decision=policies.number("cusum.h"),
        ),
        standing=Standing.of(_patterns(leads), months=_MONTHS[looked.shown.grain.frequency]),
        residual_share=policies.number("strategic.residual_share"),
        oldest_elasticity=_quarters_since_estimate(looked, history),
    )
    return VarianceReading(value, target, judged(evidence), leads.leads, history, found)


def _amber_width(looked: Looked) -> float:
    """How far red lies from the target on the page; 0 where nothing says."""
    grain, key = looked.shown.grain, looked.measure.key
    here = anchors_over(looked.evaluation, measure=key, unit=looked.unit, grain=grain)[looked.at]
    return 0.0 if here is None else here.amber_width


def _elasticities(
    looked: Looked, history: LinkedHistory | NotComputable
) -> tuple[Elasticity, ...] | NotComputable:
    if isinstance(history, NotComputable):
        return history
    fewest = int(looked.evaluation.book.policies.number("leadlag.min_n.refuse"))
    return history.elasticities(fewest=fewest)


def _quarters_since_estimate(looked: Looked, history: LinkedHistory | NotComputable) -> int:
    """Begun quarters between the end of the drivers' histories and the page."""
    if isinstance(history, NotComputable):
        return 0
    return ceil(history.periods_since_estimate * _MONTHS[looked.shown.grain.frequency] / 3)


def _gaps(history: LinkedHistory) -> Floats:
    """Each driver's distance from its target when its effect began, (driver, period) on the outcome's periods."""
    found = np.full((len(history.drivers), history.values.size), np.nan)
    for row, driver in enumerate(history.drivers):
        gap = driver.values - driver.targets
        found[row, driver.lag :] = gap[: gap.size - driver.lag] if driver.lag < gap.size else gap[:0]
    return found


def _parts(
    history: LinkedHistory | NotComputable,
    found: tuple[Elasticity, ...] | NotComputable,
    gaps: Floats | None,
) -> list[ExecutionPart]:
    if isinstance(history, NotComputable) or isinstance(found, NotComputable) or gaps is None:
        return []
    return [
        ExecutionPart(driver.measure, float(gap), each.value, each.low, each.high)
        for driver, each, gap in zip(history.drivers, found, gaps[:, -1], strict=True)
        if np.isfinite(gap)
    ]


def _residuals(
    history: LinkedHistory | NotComputable,
    found: tuple[Elasticity, ...] | NotComputable,
    gaps: Floats | None,
    *,
    outside: Outside,
) -> Floats:
    """What neither market nor drivers explain of each period's variance.

    A driver without a gap in a period explains nothing there; a period whose market is not known has no residual.
    """
    if isinstance(history, NotComputable):
        return np.empty(0)
    off = history.values - history.targets - outside.left_in(history.outcome.ordinals)
    if isinstance(found, NotComputable) or gaps is None:
        return off
    slopes = np.array([each.value for each in found])
    return np.asarray(off - (np.where(np.isfinite(gaps), gaps, 0.0) * slopes[:, np.newaxis]).sum(axis=0))


@dataclass(frozen=True, slots=True)
class _Leads:
    """The outcome's statuses and the drivers', oldest first, up to the period shown."""

    outcome: tuple[Status, ...]
    leads: tuple[LeadReading, ...]


def _leads(looked: Looked, *, beyond_control: frozenset[str]) -> _Leads:
    """Every measure that the map links to this one, also those whose effect cannot be estimated."""
    book, key = looked.evaluation.book, looked.measure.key
    linked = [each for each in causal_drivers(book.definitions, key) if each not in beyond_control]
    seen = evaluate(
        book,
        looked.cube,
        grains=(looked.shown.grain,),
        unit=looked.unit,
        measures=(key, *linked),
        depth=0,
        rollups=False,
    )
    leads = [LeadReading(each, _lag(looked, each), _statuses(seen, each, looked)) for each in linked]
    return _Leads(
        _statuses(seen, key, looked), tuple(each for each in leads if set(each.statuses) - {Status.GREY})
    )


def _lag(looked: Looked, driver: str) -> int:
    """In periods of the page."""
    months = months_of_lag(looked.evaluation.book.definitions, driver, outcome=looked.measure.key)
    return round(months / _MONTHS[looked.shown.grain.frequency])


def _statuses(seen: Evaluation, key: str, looked: Looked) -> tuple[Status, ...]:
    results = seen.at(looked.shown.grain)
    codes = results.measures.status[seen.measure_index(key), : results.position(looked.shown.ordinal) + 1, 0]
    return tuple(STATUS_CODES[int(code)] for code in codes)


def _patterns(leads: _Leads) -> list[Pattern]:
    """What drivers and outcome made of each period, oldest first."""
    return [
        pattern_of([lead_state(each.statuses[:end], lag=each.lag) for each in leads.leads], outcome)
        for end, outcome in enumerate(leads.outcome, start=1)
    ]
