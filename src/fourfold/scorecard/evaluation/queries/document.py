"""The scorecard as one canonical document: the same bytes from the API, the command, the database and a folder."""

from __future__ import annotations

from datetime import datetime

from fourfold.engine.evaluate import evaluate
from fourfold.engine.tree import as_document, canonical_json, scorecard_tree
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.places import PeriodNotCovered, grain_period, visible_unit

__all__ = ["scorecard_document", "scorecard_members"]


def scorecard_document(
    scope: Scope, unit: str, *, period: str, at: datetime, as_of: datetime | None = None
) -> bytes:
    """The unit's scorecard of a period, now or as known on a moment.

    Raises:
        As `scorecard_members`.
    """
    return canonical_json(scorecard_members(scope, unit, period=period, at=at, as_of=as_of))


def scorecard_members(
    scope: Scope, unit: str, *, period: str, at: datetime, as_of: datetime | None = None
) -> dict[str, object]:
    """The same before it is written.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with known(at, as_of=as_of) as cube:
        shown = visible_unit(cube.book, unit, scope=scope)
        page = grain_period(cube.book, period)
        evaluation = evaluate(cube.book, cube.cube, grains=(page.grain,), unit=shown, depth=0)
        try:
            tree = scorecard_tree(evaluation, unit=shown, period=page)
        except IndexError as outside:
            raise PeriodNotCovered(period=period) from outside
        return as_document(tree, evaluation=evaluation, period=page)
