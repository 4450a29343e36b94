"""The frames an organisation can start from: strategy folders that ship with the product, without values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Measure, Objective, Perspective
from fourfold.folder import read_folder
from fourfold.folder.currency import CURRENCIES
from fourfold.platform.refusals import Refusal

__all__ = [
    "STARTERS",
    "FramedObjective",
    "FramedPerspective",
    "Starter",
    "StarterUnknown",
    "currencies",
    "starter_definitions",
    "starter_named",
    "starters_listed",
]

FOLDERS = Path(__file__).parent.parent / "starters"

STARTERS: dict[str, tuple[str | Promise, str | Promise]] = {
    "private-company": (_("Private company"), _("Sells products or services and answers to owners.")),
    "public-agency": (_("Public agency"), _("Serves or regulates the public with public money.")),
    "non-profit": (_("Non-profit"), _("Lives for a mission and from its supporters.")),
    "hospital": (_("Hospital"), _("Treats patients in wards, theatres and an emergency room.")),
    "it-department": (_("IT department"), _("Runs and changes the systems of a larger organisation.")),
}
"""In the order in which they are offered."""


class StarterUnknown(Refusal):
    code, status = "STARTER_UNKNOWN", 404
    sentence = _("There is no template “{key}”.")
    remedy = _("Choose one of those on the start page.")


@dataclass(frozen=True, slots=True)
class FramedObjective:
    """An objective of a template with the names of its measures."""

    name: str
    description: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FramedPerspective:
    """A perspective of a template with its objectives."""

    name: str
    question: str
    objectives: tuple[FramedObjective, ...]


@dataclass(frozen=True, slots=True)
class Starter:
    """A template as a page tells of it."""

    key: str
    name: str
    sentence: str
    perspectives: tuple[FramedPerspective, ...]
    units: tuple[str, ...]
    links: int
    measures: int

    @property
    def objectives(self) -> int:
        """How many there are."""
        return sum(len(each.objectives) for each in self.perspectives)


def starters_listed() -> tuple[Starter, ...]:
    """All templates; read once in the life of a process (about a tenth of a second each)."""
    return tuple(starter_named(key) for key in STARTERS)


def starter_named(key: str) -> Starter:
    """One template.

    Raises:
        StarterUnknown.
    """
    definitions = starter_definitions(key)
    name, sentence = STARTERS[key]
    return Starter(
        key=key,
        name=str(name),
        sentence=str(sentence),
        perspectives=tuple(_framed(each, definitions) for each in definitions.perspectives),
        units=tuple(unit.name for unit in definitions.units if unit.parent is not None),
        links=len(definitions.causal_links),
        measures=len(definitions.measures),
    )


def starter_definitions(key: str) -> Definitions:
    """What a template says, in the name of nobody yet.

    Raises:
        StarterUnknown.
    """
    if key not in STARTERS:
        raise StarterUnknown(key=key)
    return _read(key)


def currencies() -> tuple[str, ...]:
    """ISO 4217 codes by alphabet."""
    return tuple(sorted(CURRENCIES))


@cache
def _read(key: str) -> Definitions:
    return read_folder(FOLDERS / key).definitions


def _framed(perspective: Perspective, whole: Definitions) -> FramedPerspective:
    inside = tuple(
        FramedObjective(each.name, each.description, _measures_of(each, whole.measures))
        for each in whole.objectives
        if each.perspective == perspective.key
    )
    return FramedPerspective(perspective.name, perspective.question, inside)


def _measures_of(objective: Objective, measures: tuple[Measure, ...]) -> tuple[str, ...]:
    return tuple(
        measure.name
        for measure in measures
        if any(share.objective == objective.key for share in measure.objectives)
    )
