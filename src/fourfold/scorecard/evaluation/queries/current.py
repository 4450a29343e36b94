"""Evaluations at one seq of the ledger, for whoever may see the unit."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from fourfold.engine.calendar import Grain, GrainPeriod
from fourfold.engine.evaluate import Evaluation, evaluate, last_complete
from fourfold.engine.explain import Explanation, explain
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube, known_now, known_on
from fourfold.scorecard.evaluation.queries.places import visible_unit

__all__ = [
    "KnownEvaluation",
    "current_evaluation",
    "evaluation_as_of",
    "explained",
    "known",
    "last_complete_period",
    "root_unit",
]


@dataclass(frozen=True, slots=True)
class KnownEvaluation:
    """Every number of a unit's subtree as known at `seq`, with the day that counted as today."""

    evaluation: Evaluation
    seq: int
    today: date


def known(at: datetime, *, as_of: datetime | None = None) -> AbstractContextManager[KnownCube]:
    """The cube now, or as it was known; holds the process's lock while it is read."""
    return known_now(at) if as_of is None else known_on(as_of, at=at)


def current_evaluation(
    scope: Scope,
    unit: str,
    *,
    at: datetime,
    grains: Collection[Grain] = (Grain.MONTH,),
    measures: Collection[str] | None = None,
    as_of: datetime | None = None,
) -> KnownEvaluation:
    """Evaluate a unit's subtree at the ledger's head, or `as_of` a moment; computed on the fly, never cached.

    Raises:
        NotFounded, UnitUnknown, OutOfScope.
    """
    with known(at, as_of=as_of) as cube:
        shown = visible_unit(cube.book, unit, scope=scope)
        evaluation = evaluate(cube.book, cube.cube, grains=grains, unit=shown, measures=measures)
        return KnownEvaluation(evaluation, cube.seq, cube.today)


def evaluation_as_of(
    time: datetime, *, scope: Scope, unit: str, at: datetime, grains: Collection[Grain] = (Grain.MONTH,)
) -> KnownEvaluation:
    """What was known on `time`, values and definitions both: “as known on …”."""
    return current_evaluation(scope, unit, at=at, grains=grains, as_of=time)


def last_complete_period(
    scope: Scope, unit: str, *, at: datetime, grain: Grain = Grain.MONTH, as_of: datetime | None = None
) -> GrainPeriod:
    """The latest period that has ended and has an observation in the unit's subtree."""
    with known(at, as_of=as_of) as cube:
        shown = visible_unit(cube.book, unit, scope=scope)
        return last_complete(cube.book, cube.cube, grain=grain, unit=shown)


def explained(
    scope: Scope,
    unit: str,
    *,
    node: tuple[str, str],
    period: GrainPeriod,
    at: datetime,
    as_of: datetime | None = None,
) -> Explanation:
    """The tree behind one number; read under the lock, because it goes down to the cube's cells."""
    with known(at, as_of=as_of) as cube:
        shown = visible_unit(cube.book, unit, scope=scope)
        evaluation = evaluate(cube.book, cube.cube, grains=(period.grain,), unit=shown)
        return explain(evaluation, node=node, unit=shown, period=period)


def root_unit() -> str:
    """The key of the unit above all others.

    Raises:
        NotFounded: there is none yet.
    """
    key = (
        Unit.objects.filter(parent=None, is_live=True)
        .order_by("ordinal")
        .values_list("key", flat=True)
        .first()
    )
    if key is None:
        raise NotFounded
    return key
