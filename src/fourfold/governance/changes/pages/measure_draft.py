"""A measure as somebody is typing it: whole enough for a version, not yet anybody's definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import Frequency
from fourfold.engine.definitions import (
    Measure,
    MeasureRole,
    MeasureVersion,
    MissingOperand,
    ObjectiveShare,
    OrgValues,
    ThresholdBasis,
    Thresholds,
    Tier,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.quantities import AggregationKind, GoalType, Weight
from fourfold.folder.measure_building import default_multiplier
from fourfold.platform.refusals import Refusal

__all__ = ["MeasureDraft", "RubricUnread", "draft_from", "initial_from"]


class RubricUnread(Refusal):
    code, status = "RUBRIC_UNREAD", 422
    sentence = _("Line {line} of the rubric is not a value and a score: “{text}”.")
    remedy = _("Write one value and its score on each line, such as “3 66.7”.")


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """What the form says. `version` carries number 1 and no day; whoever saves numbers and dates it.

    `breaks` is the author's word that values before and after cannot be compared, whatever the fields say.
    """

    key: str
    name: str
    objectives: tuple[str, ...]
    weight: float
    units: UnitSelector
    version: MeasureVersion
    valid_from: date | None = None
    reason: str = ""
    breaks: bool = False

    def as_measure(self) -> Measure:
        """A new measure with its first version."""
        shares = tuple(ObjectiveShare(key, (WeightFrom(Weight(self.weight)),)) for key in self.objectives)
        first = replace(self.version, valid_from=self.valid_from, reason=self.reason)
        return Measure(self.key, self.name, shares, self.units, (first,))


_BLANK: Mapping[str, Any] = {
    **dict.fromkeys(("name", "unit_of_measure", "operational_definition", "formula", "rubric"), ""),
    **dict.fromkeys(("red", "best", "worst", "tolerance", "band_low", "band_high"), None),
    **dict.fromkeys(("natural_min", "natural_max", "baseline", "owner", "steward"), None),
    **dict.fromkeys(("objectives", "levels", "keys"), ()),
    "counts_cases": False,
}


def draft_from(said: Mapping[str, Any]) -> MeasureDraft:
    """From a form's cleaned fields, by the names of `initial_from`; what is not said is empty.

    Raises:
        RubricUnread.
    """
    said = {**_BLANK, **said}
    return MeasureDraft(
        key=said.get("key") or "",
        name=said["name"].strip(),
        objectives=tuple(said["objectives"]),
        weight=1.0 if said.get("weight") is None else said["weight"],
        units=UnitSelector(said["unit"], tuple(said["levels"]), tuple(said["keys"])),
        version=_version(said),
        valid_from=said.get("valid_from"),
        reason=(said.get("reason") or "").strip(),
        breaks=bool(said.get("breaks")),
    )


def _version(said: Mapping[str, Any]) -> MeasureVersion:
    kind, unit_of_measure = AggregationKind(said["kind"]), said["unit_of_measure"].strip() or "1"
    is_computed = said["source"] == "formula"
    return MeasureVersion(
        number=1,
        valid_from=None,
        kind=kind,
        unit_of_measure=unit_of_measure,
        goal=GoalType(said["goal"]),
        frequency=Frequency(said["frequency"]),
        thresholds=Thresholds(
            ThresholdBasis(said["basis"]), said["red"], said["best"], said["worst"], said["tolerance"]
        ),
        role=MeasureRole(said["role"]),
        tier=Tier(said["tier"]),
        owner=said["owner"] or None,
        steward=said["steward"] or None,
        operational_definition=said["operational_definition"].strip(),
        formula=said["formula"].strip() if is_computed else None,
        missing_operand=MissingOperand(said["missing_operand"]),
        org_values=OrgValues(said["org_values"]),
        multiplier=default_multiplier(kind, unit_of_measure),
        decimals=said["decimals"],
        band=_band(said),
        rubric=_rubric(said["rubric"]) if said["goal"] == GoalType.ORDINAL else (),
        baseline=said["baseline"],
        natural_min=said["natural_min"],
        natural_max=said["natural_max"],
        counts_cases=kind is AggregationKind.RATIO and not is_computed and said["counts_cases"],
        due_days=said["due_days"],
        grace_periods=said["grace_periods"],
    )


def _band(said: Mapping[str, Any]) -> tuple[float, float] | None:
    if said["goal"] != GoalType.BAND or said["band_low"] is None or said["band_high"] is None:
        return None
    return said["band_low"], said["band_high"]


def _rubric(text: str) -> tuple[tuple[float, float], ...]:
    rows = []
    for line, words in enumerate(text.splitlines(), start=1):
        if not words.strip():
            continue
        try:
            value, score = (float(word) for word in words.replace(";", " ").split())
        except ValueError as unread:
            raise RubricUnread(line=line, text=words.strip()) from unread
        rows.append((value, score))
    return tuple(rows)


def initial_from(measure: Measure) -> dict[str, Any]:
    """What the form shows of a measure: its latest version."""
    version = measure.versions[-1]
    low, high = version.band or (None, None)
    return {
        "key": measure.key,
        "name": measure.name,
        "objectives": [share.objective for share in measure.objectives],
        "unit": measure.units.unit,
        "levels": list(measure.units.levels),
        "keys": list(measure.units.keys),
        "source": "entered" if version.formula is None else "formula",
        "formula": version.formula or "",
        **{name: getattr(version, name).value for name in _WORDS},
        **{name: getattr(version, name) for name in _PLAIN},
        **{name: getattr(version.thresholds, name) for name in ("red", "best", "worst", "tolerance")},
        "basis": version.thresholds.basis.value,
        "band_low": low,
        "band_high": high,
        "rubric": "\n".join(f"{value:g} {score:g}" for value, score in version.rubric),
    }


_WORDS = ("kind", "goal", "frequency", "role", "tier", "missing_operand", "org_values")
_PLAIN = (
    "unit_of_measure",
    "decimals",
    "owner",
    "steward",
    "operational_definition",
    "baseline",
    "natural_min",
    "natural_max",
    "counts_cases",
    "due_days",
    "grace_periods",
)
