"""The step that completes what a file speaks of and nobody has defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.pages.choices import Choices
from fourfold.data.imports.queries.uploads import KeptFile
from fourfold.engine.calendar import Frequency
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.platform.ui.numbers import display_number

__all__ = [
    "DECIMALS",
    "FREQUENCIES",
    "GOALS",
    "KINDS",
    "UNITS_ASKED",
    "DefinitionsPage",
    "MeasureAsked",
    "definitions_page",
    "with_typed",
]

Proposed = TypeVar("Proposed", ProposedUnit, ProposedMeasure)

DECIMALS = range(5)
SAMPLE = 1234.5678
"""Shown where the file has no value of the measure itself, as of a ratio given in two parts."""

UNITS_ASKED = 40  # one by one; of more, the rest are created alike below one unit

KINDS: tuple[tuple[str, str | Promise], ...] = (
    (AggregationKind.FLOW.value, _("Adds up over time (revenue, count)")),
    (AggregationKind.STOCK.value, _("A level at the end of the period (staff, backlog)")),
    (AggregationKind.RATIO.value, _("A share with numerator and denominator")),
    (AggregationKind.MEAN.value, _("A mean with its number of answers")),
    (AggregationKind.RATE.value, _("Events for an exposure")),
    (AggregationKind.PRECOMPUTED.value, _("Cannot be added (a percentage, an average)")),
    (AggregationKind.MAX.value, _("The highest of the period")),
    (AggregationKind.MIN.value, _("The lowest of the period")),
)
GOALS: tuple[tuple[str, str | Promise], ...] = (
    (GoalType.MAXIMISE.value, _("More is better")),
    (GoalType.MINIMISE.value, _("Less is better")),
    (GoalType.INFORMATIONAL.value, _("Shown, not scored")),
)
FREQUENCIES: tuple[tuple[str, str | Promise], ...] = (
    (Frequency.DAY.value, _("Day")),
    (Frequency.WEEK.value, _("Week")),
    (Frequency.MONTH.value, _("Month")),
    (Frequency.QUARTER.value, _("Quarter")),
    (Frequency.HALF.value, _("Half year")),
    (Frequency.YEAR.value, _("Year")),
)


@dataclass(frozen=True, slots=True)
class MeasureAsked:
    """A proposal and the key of the existing measure it stands for; empty where it is a new one."""

    measure: ProposedMeasure
    known: str

    @property
    def decimals(self) -> tuple[tuple[int, str], ...]:
        """How many may be shown, each as a value of the file would then look."""
        value = float(self.measure.sample) if self.measure.sample else SAMPLE
        return tuple((places, display_number(value, decimals=places).text) for places in DECIMALS)


@dataclass(frozen=True, slots=True)
class DefinitionsPage:
    """`asked` units are shown one by one, `alike` ones only by name. `same`: texts that mean something known.

    `is_dated`: new things will exist from their first period in the file on, because there are values already.
    """

    file: KeptFile
    units: tuple[ProposedUnit, ...]
    measures: tuple[ProposedMeasure, ...]
    choices: Choices
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_dated: bool = False

    @property
    def asked(self) -> tuple[tuple[ProposedUnit, str], ...]:
        """With the existing unit that each stands for, if one was chosen."""
        chosen = self.same.get("unit", {})
        return tuple((unit, chosen.get(unit.text, "")) for unit in self.units[:UNITS_ASKED])

    @property
    def alike(self) -> tuple[ProposedUnit, ...]:
        """What is too much to ask for one by one."""
        return self.units[UNITS_ASKED:]

    @property
    def measures_asked(self) -> tuple[MeasureAsked, ...]:
        """With the existing measure that each stands for, if one was chosen."""
        chosen = self.same.get("measure", {})
        return tuple(MeasureAsked(measure, chosen.get(measure.text, "")) for measure in self.measures)

    @property
    def must_ask_for_units(self) -> bool:
        """Whether somebody else has to create the units."""
        return bool(self.units) and not self.choices.may_define_units

    @property
    def must_ask_for_measures(self) -> bool:
        """Whether somebody else has to create the measures."""
        return bool(self.measures) and not self.choices.may_define_measures

    @property
    def kinds(self) -> tuple[tuple[str, str | Promise], ...]:
        """What a value may be."""
        return KINDS

    @property
    def goals(self) -> tuple[tuple[str, str | Promise], ...]:
        """Which direction is wanted."""
        return GOALS

    @property
    def frequencies(self) -> tuple[tuple[str, str | Promise], ...]:
        """How often there is a value."""
        return FREQUENCIES


def definitions_page(
    file: KeptFile,
    *,
    units: tuple[ProposedUnit, ...],
    measures: tuple[ProposedMeasure, ...],
    choices: Choices,
    same: Mapping[str, Mapping[str, str]],
) -> DefinitionsPage:
    """The proposals with what may be chosen for them."""
    return DefinitionsPage(file, units, measures, choices, same)


def with_typed(page: DefinitionsPage, form: Mapping[str, str]) -> DefinitionsPage:
    """The same page as somebody left it: what was refused is shown as it was typed."""
    units = tuple(
        _typed(unit, form, prefix=f"unit-{place}") if place < UNITS_ASKED else unit
        for place, unit in enumerate(page.units)
    )
    measures = tuple(
        _typed(measure, form, prefix=f"measure-{place}") for place, measure in enumerate(page.measures)
    )
    same = {
        "unit": {
            unit.text: form.get(f"unit-{place}-is", "") for place, unit in enumerate(units[:UNITS_ASKED])
        },
        "measure": {each.text: form.get(f"measure-{place}-is", "") for place, each in enumerate(measures)},
    }
    return replace(page, units=units, measures=measures, same=same)


def _typed(proposed: Proposed, form: Mapping[str, str], *, prefix: str) -> Proposed:
    said: dict[str, Any] = {
        each.name: form[f"{prefix}-{each.name}"]
        for each in fields(proposed)
        if f"{prefix}-{each.name}" in form and each.name not in {"key", "text", "decimals"}
    }
    places = form.get(f"{prefix}-decimals", "")
    is_counted = any(each.name == "decimals" for each in fields(proposed))
    if is_counted and places.isascii() and places.isdigit():
        said["decimals"] = min(int(places), DECIMALS[-1])
    return replace(proposed, **said)
