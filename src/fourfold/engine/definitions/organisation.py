"""Who and where: the organisation, its units, its people and their roles, its policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fourfold.engine.calendar import FiscalCalendar

__all__ = ["Membership", "Organisation", "Person", "PolicyValue", "Unit", "UnitSelector"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """The one organisation of an installation. `clock` pins today's date (demo and tests); None reads the real one."""

    key: str
    name: str
    time_zone: str
    currency: str
    calendar: FiscalCalendar
    clock: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit; exists from `valid_from` to `valid_to` inclusive (None: open)."""

    key: str
    name: str
    parent: str | None
    level: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class UnitSelector:
    """Which units an objective or measure belongs to; the declaring unit and all below it when everything is empty.

    A unit is selected if it lies at or below `unit` and matches every non-empty list. `since` names, by unit in the
    order of keys, the day from which a measure is taken there: periods that end before are neither owed nor expected.
    Units it does not name take part from the measure's first period on.
    """

    unit: str
    levels: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    since: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Membership:
    """A role held for a unit and everything below it (METHOD M6.2)."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in, owns or looks after things; never a credential."""

    key: str
    name: str
    email: str
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """One parameter of METHOD §0.5 as decided by the organisation; `scope` is `org` or a unit's key."""

    key: str
    value: str
    scope: str = "org"
    version: int = 1
    reason: str = ""
