"""Slots: what a higher app shows on a lower app's page, without the page naming the app.

A provider answers for a whole list in one call (and so in one query), never once per row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string

from fourfold.platform.accounts.scope import Scope

__all__ = [
    "INITIATIVE_ACTIONS",
    "INITIATIVE_PANELS",
    "MAP_ACTIONS",
    "MAP_EDGES",
    "MAP_PANELS",
    "MEASURE_ACTIONS",
    "MEASURE_MARKS",
    "MEASURE_NOTES",
    "MEASURE_PANELS",
    "MEASURE_PERIODS",
    "MEASURE_POINTS",
    "OBJECTIVE_ACTIONS",
    "OBJECTIVE_MARKS",
    "OBJECTIVE_PANELS",
    "PERSON_PANELS",
    "REPORT_NOTES",
    "SCORECARD_ACTIONS",
    "SCORECARD_COLUMNS",
    "SCORECARD_NOTES",
    "SHELL_HEADER",
    "UNIT_ACTIONS",
    "UNIT_JUDGEMENTS",
    "Slot",
    "SlotContent",
    "SlotPlace",
    "UnknownSlot",
    "slot",
]


class UnknownSlot(LookupError):
    """No slot of that name exists."""


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """Where on the pages the list stands: the unit and period shown, on whose behalf, and when.

    `as_of` is the past day that the page is as known on; empty: now. In `kept` providers leave for one another, until
    the page is done, what they looked up.
    """

    unit: str
    period: str
    scope: Scope
    at: datetime | None = None
    as_of: str = ""
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def query(self) -> str:
        """What a link to another page says, so that it knows of the past day, or tells that it does not look back."""
        return f"?{urlencode({'as_of': self.as_of})}" if self.as_of else ""


@dataclass(frozen=True, slots=True)
class SlotContent:
    """What stands in a slot for one key: a template of the higher app and its values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, request: HttpRequest | None = None) -> str:
        """The markup; costs one template, no query. With the request a form in it carries its token."""
        return render_to_string(self.template, dict(self.values), request=request)

    @property
    def text(self) -> str:
        """The same in plain words, where its provider gives any: for files and drawings, which take no markup."""
        return str(self.values.get("text", ""))


Provider = Callable[[Sequence[str], SlotPlace], Mapping[str, SlotContent]]
"""From all keys of a list to the contents for those it has something to say about; constant queries in the keys."""


@dataclass(slots=True)
class Slot:
    """A named place; providers answer in the order they registered."""

    name: str
    heading: str
    _providers: dict[str, Provider] = field(default_factory=dict)

    def register(self, name: str, provider: Provider) -> None:
        """Fill this slot from `AppConfig.ready`; the same name again replaces (ready may run twice)."""
        self._providers[name] = provider

    def withdraw(self, name: str) -> None:
        """Take a provider out."""
        self._providers.pop(name, None)

    def contents(self, keys: Sequence[str], *, place: SlotPlace) -> dict[str, tuple[SlotContent, ...]]:
        """For every key, in the listed order, what each provider shows there; one call per provider."""
        answers = [provider(keys, place) for provider in self._providers.values()] if keys else []
        return {key: tuple(answer[key] for answer in answers if key in answer) for key in keys}


MEASURE_PANELS = "measure.panels"
MEASURE_ACTIONS = "measure.actions"
MEASURE_NOTES = "measure.notes"
MEASURE_MARKS = "measure.marks"
MEASURE_PERIODS = "measure.periods"
MEASURE_POINTS = "measure.points"
OBJECTIVE_PANELS = "objective.panels"
OBJECTIVE_ACTIONS = "objective.actions"
OBJECTIVE_MARKS = "objective.marks"
INITIATIVE_PANELS = "initiative.panels"
INITIATIVE_ACTIONS = "initiative.actions"
SCORECARD_COLUMNS = "scorecard.columns"
SCORECARD_ACTIONS = "scorecard.actions"
SCORECARD_NOTES = "scorecard.notes"
MAP_EDGES = "map.edges"
MAP_ACTIONS = "map.actions"
MAP_PANELS = "map.panels"
UNIT_ACTIONS = "unit.actions"
UNIT_JUDGEMENTS = "unit.judgements"
PERSON_PANELS = "person.panels"
REPORT_NOTES = "report.notes"
SHELL_HEADER = "shell.header"

_SLOTS: dict[str, Slot] = {
    MEASURE_PANELS: Slot(MEASURE_PANELS, "Panels on a measure's page, by measure key"),
    MEASURE_ACTIONS: Slot(
        MEASURE_ACTIONS, "What one can do with a measure, in its page's head, by measure key"
    ),
    MEASURE_MARKS: Slot(MEASURE_MARKS, "Marks beside a measure's figure, by measure key"),
    MEASURE_PERIODS: Slot(MEASURE_PERIODS, "Marks in a measure's table of periods, by `measure@period`"),
    MEASURE_POINTS: Slot(
        MEASURE_POINTS,
        "Marks on points of a measure's chart, by `measure@period`: `number`, `text`, `address` and `is_open`",
    ),
    MEASURE_NOTES: Slot(MEASURE_NOTES, "Notes under a measure's chart, by measure key"),
    OBJECTIVE_PANELS: Slot(OBJECTIVE_PANELS, "Panels on an objective's page, by objective key"),
    OBJECTIVE_ACTIONS: Slot(OBJECTIVE_ACTIONS, "What one can do with an objective, by objective key"),
    OBJECTIVE_MARKS: Slot(OBJECTIVE_MARKS, "Marks beside an objective's status, by objective key"),
    INITIATIVE_PANELS: Slot(INITIATIVE_PANELS, "Panels under an initiative, by initiative key"),
    INITIATIVE_ACTIONS: Slot(INITIATIVE_ACTIONS, "What one can do with an initiative, by initiative key"),
    SCORECARD_COLUMNS: Slot(SCORECARD_COLUMNS, "Marks on a scorecard's row, by measure key"),
    SCORECARD_NOTES: Slot(
        SCORECARD_NOTES, "What is said under the heading of a unit's scorecard, by unit key"
    ),
    SCORECARD_ACTIONS: Slot(SCORECARD_ACTIONS, "What one can do with a unit's scorecard, by unit key"),
    MAP_EDGES: Slot(
        MAP_EDGES,
        "How a map's causal link looks, by `source>target`: `state`, `word`, `colour`, `dash`, `width`, `text`, "
        "`address` and `mark` (SVG path data in a box of 16)",
    ),
    MAP_PANELS: Slot(MAP_PANELS, "Panels below the map, by unit key"),
    MAP_ACTIONS: Slot(MAP_ACTIONS, "What one can do with the map, by unit key"),
    UNIT_ACTIONS: Slot(UNIT_ACTIONS, "What one can do with a unit, by unit key"),
    UNIT_JUDGEMENTS: Slot(
        UNIT_JUDGEMENTS,
        "What was judged beside computed statuses of the shown period, as known at the place's moment, by unit key: "
        "`judged`, by objective, with `status`, `by`, `reason` and `mark`",
    ),
    PERSON_PANELS: Slot(PERSON_PANELS, "Panels on a person's page, by person key"),
    REPORT_NOTES: Slot(
        REPORT_NOTES,
        "What reports and files say beside a number, by `measure/<key>`, `objective/<key>` and `initiative/<key>`, "
        "of the shown period or of the one after an `@`",
    ),
    SHELL_HEADER: Slot(SHELL_HEADER, "What stands at the head of every page, by the signed-in person's key"),
}


def slot(name: str) -> Slot:
    """The slot of that name.

    Raises:
        UnknownSlot: nothing is called so.
    """
    try:
        return _SLOTS[name]
    except KeyError as unknown:
        raise UnknownSlot(f"no slot is called {name!r}; there are {', '.join(_SLOTS)}") from unknown
