"""What a form offers to choose from: the things in sight, and the closed lists in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import (
    ContributionMode,
    Definitions,
    EvidenceState,
    InitiativeStatus,
    RollupMethod,
)

__all__ = [
    "EVIDENCE",
    "MODES",
    "ROLLUPS",
    "SIGNS",
    "STATUSES",
    "STRENGTHS",
    "Choice",
    "Choices",
]

Choice = tuple[str, str | Promise]

ROLLUPS: tuple[Choice, ...] = (
    (RollupMethod.ARITHMETIC.value, _("Weighted mean of its measures")),
    (RollupMethod.GEOMETRIC.value, _("Geometric mean: one poor measure pulls it down")),
    (RollupMethod.MINIMUM.value, _("The worst measure")),
    (RollupMethod.COUNT.value, _("Share of measures on target")),
)
MODES: tuple[Choice, ...] = (
    (ContributionMode.IDENTICAL.value, _("identical: the same objective, lower down")),
    (ContributionMode.CONTRIBUTORY.value, _("contributory: a part of it")),
    (ContributionMode.SHARED.value, _("shared with other units")),
    (ContributionMode.NEW.value, _("new: its own way to serve it")),
)
EVIDENCE: tuple[Choice, ...] = (
    (EvidenceState.ASSERTED.value, _("asserted")),
    (EvidenceState.PLAUSIBLE.value, _("plausible: the mechanism is known")),
    (EvidenceState.SUPPORTED.value, _("supported by data")),
    (EvidenceState.CONTRADICTED.value, _("contradicted by data")),
    (EvidenceState.INCONCLUSIVE.value, _("inconclusive")),
)
STRENGTHS: tuple[Choice, ...] = (("weak", _("weak")), ("moderate", _("moderate")), ("strong", _("strong")))
SIGNS: tuple[Choice, ...] = (
    ("1", _("more of the one brings more of the other")),
    ("-1", _("more brings less")),
)
STATUSES: tuple[Choice, ...] = (
    (InitiativeStatus.PLANNED.value, _("planned")),
    (InitiativeStatus.ACTIVE.value, _("active")),
    (InitiativeStatus.DONE.value, _("done")),
    (InitiativeStatus.STOPPED.value, _("stopped")),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything in sight that a form may name, as (key, words), in listed order."""

    perspectives: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    objectives: tuple[Choice, ...]
    people: tuple[Choice, ...]
    units: tuple[Choice, ...]
    levels: tuple[str, ...]
    currency: str
    whole: Definitions

    @classmethod
    def of(cls, whole: Definitions) -> Choices:
        """`whole` is what the person has in sight."""
        perspectives = {each.key: each.name for each in whole.perspectives}
        return cls(
            perspectives=tuple(perspectives.items()),
            themes=tuple((each.key, each.name) for each in whole.themes),
            objectives=tuple(
                (each.key, f"{each.name} ({perspectives.get(each.perspective, '')})")
                for each in whole.objectives
            ),
            people=tuple((each.key, each.name) for each in whole.people),
            units=tuple(_indented(whole)),
            levels=tuple(dict.fromkeys(unit.level for unit in whole.units)),
            currency=whole.organisation.currency,
            whole=whole,
        )

    def level_below(self, parent: str) -> str:
        """What a unit below this one usually is: as its siblings, else as what stands below units like the parent."""
        units = self.whole.units
        above = {unit.key: unit.level for unit in units}
        siblings = [unit.level for unit in units if unit.parent == parent]
        cousins = [
            unit.level for unit in units if unit.parent and above.get(unit.parent) == above.get(parent, "")
        ]
        return next((Counter(levels).most_common(1)[0][0] for levels in (siblings, cousins) if levels), "")


def _indented(whole: Definitions) -> list[Choice]:
    depth: dict[str, int] = {}
    for unit in whole.units:  # a parent is listed before its children
        depth[unit.key] = depth.get(unit.parent or "", -1) + 1
    return [(unit.key, "\N{NO-BREAK SPACE}" * 3 * depth[unit.key] + unit.name) for unit in whole.units]
