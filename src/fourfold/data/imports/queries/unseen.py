"""What somebody who imports may not know of: to them it is as if it were not there (decision 21)."""

from __future__ import annotations

from dataclasses import replace

from fourfold.engine.definitions import Definitions
from fourfold.folder.mapping import Unseen
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.sight import units_in_sight

__all__ = ["known_to", "own_unit", "unseen_by"]


def unseen_by(definitions: Definitions, *, scope: Scope) -> Unseen:
    """Units neither seen nor above one that is, and what they declare."""
    in_sight = units_in_sight(definitions, scope)
    return Unseen(
        frozenset(each.key for each in definitions.units if each.key not in in_sight),
        frozenset(each.key for each in definitions.measures if each.units.unit not in in_sight),
    )


def known_to(definitions: Definitions, unseen: Unseen) -> Definitions:
    """The names that a file is looked at with."""
    return replace(
        definitions,
        units=tuple(each for each in definitions.units if each.key not in unseen.units),
        measures=tuple(each for each in definitions.measures if each.key not in unseen.measures),
    )


def own_unit(definitions: Definitions, *, scope: Scope) -> str:
    """Below which new things of somebody stand who does not see the whole: their topmost unit; otherwise nothing."""
    if not definitions.units or scope.sees(definitions.units[0].key):
        return ""
    return next((each.key for each in definitions.units if scope.may(Act.IMPORT_VALUES, unit=each.key)), "")
