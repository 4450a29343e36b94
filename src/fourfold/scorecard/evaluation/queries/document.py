"""The scorecard as one canonical document: the same bytes from the API, the command, the database and a folder."""

from __future__ import annotations

from datetime import datetime

from fourfold.engine.evaluate import evaluate
from fourfold.engine.tree import as_document, canonical_json, scorecard_tree
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.places import PeriodNotCovered, grain_period, visible_unit

__all__ = ["scorecard_document"]


def scorecard_document(
    scope: Scope, unit: str, *, period: str, at: datetime, as_of: datetime | None = None
) -> bytes:
    """The unit's scorecard of a period, now or as known on a moment.

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
        return canonical_json(as_document(tree, evaluation=evaluation, period=page))
