"""Who counts towards whom: the measures of each objective, the objectives of each perspective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.book.refusals import DefinitionRefused
from fourfold.engine.definitions import Definitions, RollupMethod, WeightFrom

__all__ = [
    "Family",
    "families_of_objectives",
    "families_of_perspectives",
    "family_of_total",
    "parents_of",
    "weights_at",
]


class Share(NamedTuple):
    """A child (position among its kind) with its weights over time."""

    child: int
    weights: tuple[WeightFrom, ...]
    critical: bool


@dataclass(frozen=True)
class Family:
    """One parent's children in listed order."""

    key: str
    shares: tuple[Share, ...]
    method: RollupMethod = RollupMethod.ARITHMETIC

    @cached_property
    def children(self) -> NDArray[np.int64]:
        """Positions of the children."""
        return np.array([share.child for share in self.shares], dtype=np.int64)

    @cached_property
    def critical(self) -> NDArray[np.bool_]:
        """Which children cap the parent's status when red."""
        return np.array([share.critical for share in self.shares], dtype=np.bool_)

    def weights(self, last_day: NDArray[np.int64]) -> NDArray[np.float64]:
        """The weights valid at each page's end, shape (child, page)."""
        rows = [weights_at(share.weights, last_day) for share in self.shares]
        return np.array(rows).reshape(len(rows), last_day.size)


def parents_of(families: Sequence[Family]) -> dict[int, tuple[int, ...]]:
    """Which families each child counts towards, by position."""
    found: dict[int, dict[int, None]] = {}
    for position, family in enumerate(families):
        for share in family.shares:
            found.setdefault(share.child, {})[position] = None
    return {child: tuple(parents) for child, parents in found.items()}


def weights_at(weights: Sequence[WeightFrom], last_day: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weight valid on each day; 0 before the first, 1 where none was ever given."""
    found = np.full(last_day.size, 0.0 if weights else 1.0)
    for weight in sorted(weights, key=_begins):
        found[last_day >= _begins(weight)] = weight.weight
    return found


def _begins(weight: WeightFrom) -> int:
    return weight.valid_from.toordinal() if weight.valid_from else 0


def families_of_objectives(definitions: Definitions) -> tuple[Family, ...]:
    """Each objective's measures in listed order.

    Raises:
        DefinitionRefused: OBJECTIVE_UNKNOWN.
    """
    shares: dict[str, list[Share]] = {objective.key: [] for objective in definitions.objectives}
    for position, measure in enumerate(definitions.measures):
        for share in measure.objectives:
            if share.objective not in shares:
                raise DefinitionRefused(
                    "OBJECTIVE_UNKNOWN",
                    f"{measure.key}: there is no objective {share.objective!r}",
                    kind="measure",
                    key=measure.key,
                )
            shares[share.objective].append(Share(position, share.weights, share.critical))
    return tuple(
        Family(objective.key, tuple(shares[objective.key]), objective.rollup)
        for objective in definitions.objectives
    )


def families_of_perspectives(definitions: Definitions) -> tuple[Family, ...]:
    """Each perspective's objectives in listed order.

    Raises:
        DefinitionRefused: PERSPECTIVE_UNKNOWN.
    """
    shares: dict[str, list[Share]] = {perspective.key: [] for perspective in definitions.perspectives}
    for position, objective in enumerate(definitions.objectives):
        if objective.perspective not in shares:
            raise DefinitionRefused(
                "PERSPECTIVE_UNKNOWN",
                f"{objective.key}: there is no perspective {objective.perspective!r}",
                kind="objective",
                key=objective.key,
            )
        shares[objective.perspective].append(Share(position, objective.weights, critical=False))
    return tuple(
        Family(perspective.key, tuple(shares[perspective.key])) for perspective in definitions.perspectives
    )


def family_of_total(definitions: Definitions) -> Family:
    """Perspectives count equally towards a total, where policy wants one (METHOD §2.10)."""
    return Family(
        "total", tuple(Share(place, (), critical=False) for place in range(len(definitions.perspectives)))
    )
