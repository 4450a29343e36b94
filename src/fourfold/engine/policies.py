"""The parameters an organisation may decide, and what holds where it has not (METHOD §0.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from fourfold.engine.definitions import PolicyValue
from fourfold.engine.score.scales import SCALES

__all__ = ["POLICIES", "Policies", "Policy", "PolicyWrong"]


class PolicyWrong(ValueError):
    """No such policy, or a value it does not take."""

    code = "POLICY_WRONG"


@dataclass(frozen=True, slots=True)
class Policy:
    """One parameter: its default as text, and the values it takes (empty: a number)."""

    key: str
    default: str
    source: str
    choices: tuple[str, ...] = ()


POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        policy.key: policy
        for policy in (
            Policy("align.sum_tolerance", "0.005", "METHOD M1.1"),
            Policy("map.max_objectives.warn", "20", "METHOD §3"),
            Policy("map.max_objectives.refuse", "30", "METHOD §3"),
            Policy("scorecard.exec_measure_budget", "25", "METHOD M1.5, M6.6"),
            Policy("measure.per_objective_max.warn", "3", "METHOD M6.6, §8"),
            Policy("measure.per_objective_max.refuse", "5", "METHOD M6.6, §8"),
            Policy("balance.lead_share_min", "0.35", "METHOD M1.2"),
            Policy("balance.financial_share_max", "0.35", "METHOD M1.2"),
            Policy("balance.lead_coverage_min", "0.8", "METHOD M1.2"),
            Policy("balance.evenness_min", "0.85", "METHOD M1.2"),
            Policy("leadlag.min_n.refuse", "24", "METHOD M1.2"),
            Policy("leadlag.min_n.caution", "36", "METHOD M1.2"),
            Policy("leadlag.alpha", "0.05", "METHOD §8"),
            Policy("fdr.q", "0.10", "METHOD M1.1, M5.1, §8"),
            Policy("spc.min_points.trial", "8", "METHOD M3.4"),
            Policy("spc.min_points.firm", "12", "METHOD M3.4"),
            Policy("spc.baseline", "24", "METHOD M3.4, M6.3"),
            Policy("spc.rules", "mdc", "METHOD M3.4", ("mdc", "nelson", "weco", "rule1")),
            Policy("spc.screening", "on", "METHOD M3.4", ("off", "on")),
            Policy("ewma.weight", "0.2", "METHOD M3.4; Montgomery §9.2"),
            Policy("ewma.width", "3", "METHOD M3.4; Montgomery §9.2"),
            Policy("exceptions.latest", "7", "METHOD M6.3"),
            Policy("exceptions.most", "10", "METHOD M6.3"),
            Policy("exceptions.red_periods", "2", "METHOD M6.3"),
            Policy("capability.min_n.refuse", "30", "METHOD M3.4"),
            Policy("capability.min_n.caution", "100", "METHOD M3.4"),
            Policy("forecast.min_points", "8", "METHOD §2.8"),
            Policy("forecast.likely", "0.6", "METHOD §2.8"),
            Policy("forecast.unlikely", "0.2", "METHOD §2.8"),
            Policy("score.coverage_min", "0.75", "METHOD §2.5"),
            Policy("score.scale", "anchored", "METHOD §2.3", tuple(SCALES)),
            Policy("score.total", "off", "METHOD §2.10", ("off", "on")),
            Policy("score.default_red_share", "0.9", "DESIGN §5"),
            Policy("status.hysteresis", "off", "METHOD §2.9, DESIGN §5", ("off", "on")),
            Policy("status.hysteresis_share", "0.10", "METHOD §2.9"),
            Policy("status.hysteresis_periods", "2", "METHOD §2.9"),
            Policy("reconcile.unexplained_max", "0.005", "METHOD M1.4"),
            Policy("anonymity.n_min", "5", "METHOD M5.4"),
            Policy("anonymity.comments_min", "10", "METHOD M5.4"),
            Policy("survey.relationship_gap_days", "90", "METHOD M2.4"),
            Policy("survey.any_gap_days", "30", "METHOD M2.4"),
            Policy("review.action_ack_hours", "48", "METHOD M6.1"),
            Policy("materiality.share", "0.02", "METHOD M1.5, M4.5"),
            Policy("strategic.residual_share", "0.5", "METHOD M4.5"),
            Policy("cusum.k", "0.5", "METHOD M4.5"),
            Policy("cusum.h", "4", "METHOD M4.5"),
            Policy("change.overlap_periods", "3", "METHOD M6.4"),
            Policy("entry.grace_days", "5", "METHOD M4.6"),
            Policy("entry.remind_days", "2", "METHOD M4.6"),
        )
    }
)
"""Every policy with its default; the first page that needs one reads it here and nowhere else."""


@dataclass(frozen=True, slots=True)
class Policies:
    """What the organisation has decided, over the defaults. The highest version of a key counts.

    Only the scope `org` is read by the evaluation: one scale and one gate per organisation.

    Raises:
        PolicyWrong: an unknown key or a value it does not take.

    >>> Policies.of((PolicyValue("score.coverage_min", "0.5"),)).number("score.coverage_min")
    0.5
    """

    decided: Mapping[str, PolicyValue] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Sequence[PolicyValue]) -> Policies:
        """Take in what was decided for the whole organisation."""
        decided: dict[str, PolicyValue] = {}
        for value in values:
            _check(value)
            if value.scope == "org" and (
                value.key not in decided or decided[value.key].version <= value.version
            ):
                decided[value.key] = value
        return cls(MappingProxyType(decided))

    def text(self, key: str) -> str:
        """The value as written."""
        if key in self.decided:
            return self.decided[key].value
        return _known(key).default

    def number(self, key: str) -> float:
        """The value as a number."""
        return float(self.text(key))

    def is_on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self.text(key) == "on"


def _known(key: str) -> Policy:
    if key not in POLICIES:
        raise PolicyWrong(f"there is no policy {key!r}")
    return POLICIES[key]


def _check(value: PolicyValue) -> None:
    policy = _known(value.key)
    if policy.choices:
        if value.value not in policy.choices:
            raise PolicyWrong(f"{value.key} is one of {', '.join(policy.choices)}, not {value.value!r}")
        return
    try:
        float(value.value)
    except ValueError:
        raise PolicyWrong(f"{value.key} is a number, not {value.value!r}") from None
