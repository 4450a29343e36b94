"""A rule that is not kept: what, how grave, with what evidence, and what to do about it (METHOD §0.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

__all__ = ["Evidence", "Finding", "ObjectKind", "Severity"]

Evidence = int | float | str | tuple[str, ...]
"""What JSON can carry: a count, a word, or keys in listed order."""


class Severity(StrEnum):
    """How grave a finding is; a critical one refuses activation unless it is waived."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class ObjectKind(StrEnum):
    """What a finding is about; the key of a causal link is `from → to`, of the map the organisation's."""

    STRATEGY_MAP = "strategy_map"
    PERSPECTIVE = "perspective"
    THEME = "theme"
    OBJECTIVE = "objective"
    CAUSAL_LINK = "causal_link"
    MEASURE = "measure"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule not kept by one object. `rule` is a stable code; the object and rule together identify it."""

    rule: str
    severity: Severity
    object_kind: ObjectKind
    object_key: str
    message: str
    remedy: str
    evidence: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def refuses(self) -> bool:
        """Whether activation waits for a change or a waiver."""
        return self.severity is Severity.CRITICAL
