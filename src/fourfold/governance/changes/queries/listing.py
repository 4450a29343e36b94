"""Everything of one kind that a person may edit, and how much there is of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fourfold.engine.definitions import Definitions
from fourfold.engine.finding import Finding
from fourfold.engine.policies import POLICIES, Policy
from fourfold.governance.changes.drafts.consequences import found_in
from fourfold.governance.changes.drafts.kind import Kind, ListedKind
from fourfold.governance.changes.drafts.kinds import LISTED
from fourfold.governance.changes.drafts.policy_draft import bounds_of, counts_for_the_past, decided
from fourfold.governance.changes.drafts.policy_words import CHOOSING, NOT_READ_YET
from fourfold.governance.changes.drafts.sight import in_sight
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.policies.models import PolicyVersion
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions
from fourfold.scorecard.measures.models import LedgerEntry

__all__ = [
    "EDITING",
    "Line",
    "Listing",
    "Overview",
    "PolicyLine",
    "known_deciders",
    "read_findings",
    "read_list",
    "read_overview",
    "read_policies",
]

EDITING = (
    Act.EDIT_STRATEGY,
    Act.EDIT_OBJECTIVES,
    Act.EDIT_LINKS,
    Act.EDIT_INITIATIVES,
    Act.EDIT_UNITS,
    Act.EDIT_POLICIES,
    Act.EDIT_CALENDAR,
    Act.EDIT_MEASURES,
    Act.EDIT_TARGETS,
)
"""Whoever may do one of these somewhere has something to look for under Design."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of a list. `depth` serves the tree of units; `group` a heading."""

    key: str
    name: str
    under: str
    may_edit: bool
    depth: int = 0
    group: str = ""
    may_move: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """All of a kind in sight, in listed order; `groups` where they stand under headings."""

    kind: ListedKind[Any, Any]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is to edit: how many of each kind, and how many remarks stand open."""

    counts: tuple[tuple[Kind[Any, Any], int], ...]
    findings: int
    measures: int
    scope: Scope

    @property
    def organisation_acts(self) -> dict[str, bool]:
        """Which of the pages without a list are open to this person."""
        return {
            "strategy": self.scope.may_for_the_whole(Act.EDIT_STRATEGY),
            "policies": self.scope.may_for_the_whole(Act.EDIT_POLICIES),
            "calendar": self.scope.may_for_the_whole(Act.EDIT_CALENDAR),
            "measures": self.scope.may(Act.EDIT_MEASURES),
        }


def read_overview(scope: Scope) -> Overview:
    """Count what is in sight. Raises NotPermitted where nothing may be edited anywhere."""
    _require_any(scope)
    seen = in_sight(known_definitions(), scope)
    counts = tuple((kind, len(kind.listed(seen))) for kind in LISTED if scope.may(kind.act))
    return Overview(counts, len(found_in(seen)), len(seen.measures), scope)


def read_list(kind: ListedKind[Any, Any], *, scope: Scope) -> Listing:
    """All of a kind in sight; about thirty queries, whatever the size."""
    scope.require_to(kind.act)
    whole = in_sight(known_definitions(), scope)
    names = {each.key: each.name for each in whole.objectives}
    names |= {each.key: each.name for each in whole.perspectives}
    neighbours = Counter(kind.group_of(thing) for thing in kind.listed(whole))
    lines = tuple(
        replace(
            _line(kind, thing, whole=whole, scope=scope, names=names),
            may_move=kind.is_ordered and neighbours[kind.group_of(thing)] > 1,
        )
        for thing in _ordered(kind, whole)
    )
    return Listing(kind, lines)


def read_findings(scope: Scope) -> tuple[Finding, ...]:
    """Every remark about what is in sight, the gravest first."""
    _require_any(scope)
    grave = ("critical", "major", "minor", "info")
    found = found_in(in_sight(known_definitions(), scope))
    return tuple(sorted(found, key=lambda each: grave.index(each.severity.value)))


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One policy: what holds, since when, by whom and why; the default where nobody decided."""

    policy: Policy
    value: str
    version: int
    reason: str
    since: datetime | None
    by: str
    meaning: str

    @property
    def is_decided(self) -> bool:
        """Whether somebody decided it, be it for the default."""
        return self.version > 0

    @property
    def counts_for_the_past(self) -> bool:
        """Whether past periods are shown with it too."""
        return counts_for_the_past(self.policy.key)

    @property
    def group(self) -> str:
        """The first word of its key."""
        return self.policy.key.split(".")[0]


def read_policies(scope: Scope) -> tuple[PolicyLine, ...]:
    """Every policy that something reads, and whatever was decided; constant queries."""
    scope.require_to(Act.EDIT_POLICIES)
    whole = known_definitions()
    known, deciders = decided(whole), known_deciders()
    people = {person.key: person.name for person in in_sight(whole, scope).people}
    lines = []
    for key, policy in POLICIES.items():
        value = known.get(key)
        if value is None and key in NOT_READ_YET:
            continue
        since, actor = deciders.get((key, value.version), (None, "")) if value else (None, "")
        lines.append(
            PolicyLine(
                policy=policy,
                value=value.value if value else policy.default,
                version=value.version if value else 0,
                reason=value.reason if value else "",
                since=since,
                by=people.get(actor, actor),
                meaning=str(CHOOSING.get(key) or bounds_of(key).meaning),
            )
        )
    return tuple(lines)


def known_deciders() -> dict[tuple[str, int], tuple[datetime, str]]:
    """When and by whom each version of a policy was written down; two queries."""
    versions = list(
        PolicyVersion.objects.known_at(None).filter(scope="org").values_list("key", "version", "seq")
    )
    entries = {
        entry.last_seq: (entry.recorded_at, entry.actor)
        for entry in LedgerEntry.objects.filter(last_seq__in={seq for _key, _version, seq in versions})
    }
    return {(key, version): entries[seq] for key, version, seq in versions if seq in entries}


def _require_any(scope: Scope) -> None:
    if not any(scope.may(act) for act in EDITING):
        raise NotPermitted(act=EDITING[0].value, unit="")


def _ordered(kind: ListedKind[Any, Any], whole: Definitions) -> list[Any]:
    """Objectives stand under their perspectives, in the order of the map."""
    if kind.name != "objective":
        return list(kind.listed(whole))
    places = {each.key: place for place, each in enumerate(whole.perspectives)}
    return sorted(whole.objectives, key=lambda each: places.get(each.perspective, len(places)))


def _line(
    kind: ListedKind[Any, Any], thing: Any, *, whole: Definitions, scope: Scope, names: dict[str, str]
) -> Line:
    return Line(
        key=kind.key_of(thing),
        name=kind.called(thing, whole),
        under=kind.described(thing, whole),
        may_edit=all(scope.may(kind.act, unit=unit) for unit in kind.belongs_to(thing, whole)),
        depth=_depth(thing.key, whole) if kind.name == "unit" else 0,
        group=names.get(kind.group_of(thing), "") if kind.name == "objective" else "",
    )


def _depth(key: str, whole: Definitions) -> int:
    parents = {unit.key: unit.parent for unit in whole.units}
    depth, above = 0, parents.get(key)
    while above is not None:
        depth, above = depth + 1, parents.get(above)
    return depth
