"""What an event is: a past-tense name, the object it happened to, and what is worth keeping about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol

from fourfold.platform.audit.canonical import Json

__all__ = ["Actor", "Event"]

_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


class Actor(Protocol):
    """Whoever acts: a `Scope` is one."""

    @property
    def person_key(self) -> str:
        """The person's key; empty for the installation itself."""


@dataclass(frozen=True, slots=True)
class Event:
    """Subclass in the past tense (`MeasureRetired`); `object` reads `measure/otd`; other fields become details."""

    object: str

    @property
    def action(self) -> str:
        """`MeasureRetired` is recorded as `measure_retired`."""
        return _INNER_CAPITAL.sub("_", type(self).__name__).lower()

    @property
    def details(self) -> dict[str, Json]:
        """The fields beyond `object`, as JSON."""
        others = (field.name for field in fields(self) if field.name != "object")
        return {name: _as_json(getattr(self, name)) for name in others}


def _as_json(value: object) -> Json:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_as_json(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no place in an audit event")
