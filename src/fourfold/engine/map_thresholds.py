"""How many objectives, links and measures a strategy map bears before someone should be told."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.engine.policies import Policies

__all__ = ["MapThresholds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapThresholds:
    """Judgement, not law: each default is METHOD's [J] value, and `of` takes what the organisation decided.

    Numbers name the largest (or smallest) count that passes without a finding.

    Source: METHOD §0.5, §3.1, §3.2, §3.5, M1.1, M6.6, §8.

    >>> MapThresholds.of(Policies()).objectives_refused
    30
    """

    perspectives: tuple[int, int] = (2, 7)  # §3.1; outside is refused
    themes: tuple[int, int] = (2, 5)  # §3.1
    objectives_few: int = 12  # §3.5
    objectives_many: int = 20  # §0.5 map.max_objectives, warn
    objectives_refused: int = 30  # §0.5 map.max_objectives, refuse
    executive_measures: int = 25  # §0.5 scorecard.exec_measure_budget
    measures_many: int = 3  # §0.5 measure.per_objective_max, warn
    measures_refused: int = 5  # §8: the hard stop
    initiatives_many: int = 3  # §3.5: 1 to 3 per objective
    causes_many: int = 5  # §3.2: in-degree
    links_per_objective: int = 3  # §3.2: density
    cascade_depth: int = 4  # M1.1
    cascade_children: int = 7  # M1.1

    @classmethod
    def of(cls, policies: Policies) -> MapThresholds:
        """The thresholds with what the policy table decides."""
        return cls(
            objectives_many=int(policies.number("map.max_objectives.warn")),
            objectives_refused=int(policies.number("map.max_objectives.refuse")),
            executive_measures=int(policies.number("scorecard.exec_measure_budget")),
            measures_many=int(policies.number("measure.per_objective_max.warn")),
            measures_refused=int(policies.number("measure.per_objective_max.refuse")),
        )
