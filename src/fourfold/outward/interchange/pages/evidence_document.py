"""The stored tests of a unit's links, with what was looked at beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from fourfold.governance.evidence.pages.reading import Evidence, evidence_of
from fourfold.governance.evidence.pages.wording import verdict_sentences
from fourfold.outward.interchange.pages.named import UnitNamed
from fourfold.platform.accounts.scope import Scope

__all__ = ["EvidenceDocument", "evidence_document"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """More of x with more (1) or less (−1) of y, so many months later.

    `registered_at` is the moment it was written down, null where it follows from the map; `is_late`: after a test.
    """

    x: str
    y: str
    sign: int
    lag_from: int
    lag_to: int
    registered_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Correlations:
    """r by lag from −K to K; positive lags have the cause first."""

    by_lag: tuple[float | None, ...]
    peak: float | None
    peak_lag: int
    reverse: float | None
    reverse_lag: int
    granger_p: float | None
    detectable: float
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitsPanel:
    """The slope over the units below with its interval at 95 %; `why` says why there is none."""

    why: str | None
    units: int
    unit_periods: int
    slope: float | None = None
    error: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    adjusted_p: float | None = None


@dataclass(frozen=True, slots=True)
class TimeToEffect:
    """Whether the outcome moved within its lag after the lead reached its target, in `reached`, and held it.

    `fell_short`: where the lead was short of its target again, three periods or more after that.
    """

    why: str | None
    moved: str | None = None
    reached: str | None = None
    until: str | None = None
    signal: str | None = None
    before: float | None = None
    after: float | None = None
    lower: float | None = None
    upper: float | None = None
    fell_short: str | None = None


@dataclass(frozen=True, slots=True)
class LinkSlope:
    """y's change for one more of x, in their units of measure: what a simulation carries."""

    why: str | None
    value: float | None = None
    error: float | None = None
    degrees: int | None = None


@dataclass(frozen=True, slots=True)
class LinkTestTold:
    """One test as it was kept; p and n are empty where the link was not testable, and `why` says why."""

    verdict: str
    why: str | None
    expected: Expectation | None
    frequency: str
    n: int
    first_period: str
    last_period: str
    p: float | None
    adjusted_p: float | None
    is_outdated: bool
    correlations: Correlations | None
    panel: UnitsPanel | None
    effect: TimeToEffect | None
    slope: LinkSlope | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkTold:
    """One causal link of the map; `test` is null where it was never tested here."""

    source: str
    target: str
    hypothesis: str
    sign: int
    lag_months: int | None
    is_feedback: bool
    declared: str
    test: LinkTestTold | None


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """The last test of a unit's map: what was kept, not computed anew. It tells of order in time."""

    format: Literal["fourfold.evidence/1"]
    unit: UnitNamed
    tested_at: datetime | None
    alpha: float | None
    permutations: int | None
    links: tuple[LinkTold, ...]


def evidence_document(unit: str, *, scope: Scope, at: datetime) -> EvidenceDocument:
    """Four queries, whatever the number of links.

    Raises:
        NotFounded, UnitUnknown, OutOfScope.
    """
    evidence = evidence_of(unit, scope=scope, at=at)
    run = evidence.latest.run
    name = next(each.name for each in evidence.book.definitions.units if each.key == unit)
    return EvidenceDocument(
        format="fourfold.evidence/1",
        unit=UnitNamed(unit, name),
        tested_at=run.tested_at if run else None,
        alpha=run.alpha if run else None,
        permutations=run.permutations if run else None,
        links=tuple(_link(evidence, key) for key in evidence.links),
    )


def _link(evidence: Evidence, key: str) -> LinkTold:
    link = evidence.links[key]
    return LinkTold(
        source=link.source,
        target=link.target,
        hypothesis=link.hypothesis,
        sign=link.sign,
        lag_months=link.lag_months,
        is_feedback=link.feedback,
        declared=link.evidence.value,
        test=_test(evidence, key),
    )


def _test(evidence: Evidence, key: str) -> LinkTestTold | None:
    test = evidence.test(key)
    if test is None:
        return None
    facts: Mapping[str, Any] = test.facts
    expected = None
    if test.x and test.y:
        said = test.registration
        at, is_late = (said.written_at, said.is_late) if said else (None, False)
        expected = Expectation(test.x, test.y, test.sign, test.lag_from, test.lag_to, at, is_late)
    return LinkTestTold(
        verdict=test.verdict,
        why=test.why or None,
        expected=expected,
        frequency=test.frequency,
        n=test.n,
        first_period=test.first_period,
        last_period=test.last_period,
        p=test.p,
        adjusted_p=test.adjusted_p,
        is_outdated=evidence.latest.is_outdated(test),
        correlations=_correlations(facts) if "correlations" in facts else None,
        panel=UnitsPanel(**_said(facts["panel"], UnitsPanel)) if "panel" in facts else None,
        effect=TimeToEffect(**_said(facts["effect"], TimeToEffect)) if "effect" in facts else None,
        slope=LinkSlope(**_said(facts["slope"], LinkSlope)) if "slope" in facts else None,
        sentences=verdict_sentences(test, evidence.names(key)),
    )


def _said(facts: Mapping[str, Any], document: type[UnitsPanel | TimeToEffect | LinkSlope]) -> dict[str, Any]:
    """The members that the document has; an empty text is null."""
    names = [each.name for each in fields(document)]
    return {name: facts[name] if facts[name] != "" else None for name in names if name in facts}


def _correlations(facts: Mapping[str, Any]) -> Correlations:
    return Correlations(
        by_lag=tuple(facts["correlations"]),
        peak=facts["peak"],
        peak_lag=facts["peak_lag"],
        reverse=facts["reverse"],
        reverse_lag=facts["reverse_lag"],
        granger_p=facts["granger_p"],
        detectable=facts["detectable"],
        doubts=tuple(facts["doubts"]),
    )
