"""Which analyses a unit's period has, and which it owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.quantities import Status
from fourfold.engine.tree import ScorecardNode
from fourfold.governance.annotations.models import Analysis, Subject
from fourfold.governance.annotations.queries.anchors import owners_of
from fourfold.governance.annotations.queries.overrides import standing_tree
from fourfold.governance.annotations.queries.owning import Owner
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.objective.initiative_rows import undertaken
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions

__all__ = ["AnalysisLine", "analyses_in", "missing_analyses"]


@dataclass(frozen=True, slots=True)
class AnalysisLine:
    """An objective, measure or initiative of a unit's period, who answers for it, and whether an analysis stands.

    `is_owed`: it is off target and nobody has said why. `owner` is empty where nobody is named. An initiative has no
    `status`; `standing` says in words how far it is.
    """

    subject: Subject
    key: str
    name: str
    status: Status | None
    owner: Owner
    is_written: bool
    standing: str = ""

    @property
    def is_owed(self) -> bool:
        """Off target, and unexplained."""
        return self.status is Status.RED and not self.is_written


def missing_analyses(
    scope: Scope, unit: str, *, period: str, at: datetime, owner: str = ""
) -> tuple[AnalysisLine, ...]:
    """What is off target in the unit's period and has no analysis, objectives first; of one `owner` (a key) or of all.

    About a dozen queries, whatever the number of things.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    lines = analyses_in(scope, unit, period=period, at=at)
    return tuple(line for line in lines if line.is_owed and owner in ("", line.owner.key))


def analyses_in(scope: Scope, unit: str, *, period: str, at: datetime) -> tuple[AnalysisLine, ...]:
    """Every objective and measure that is off target or has an analysis, then every initiative that has one.

    Objectives come first; each in listed order.

    Raises:
        As `missing_analyses`.
    """
    tree = standing_tree(scope, unit, period=period, at=at)
    written = _written(unit, period, scope=scope)
    numbers = _numbers_in(tree, written=written, period=period, at=at)
    initiatives = _initiatives_in(tree, written=written, unit=unit, period=period, at=at)
    return (*(line for line in numbers if line.is_written or line.status is Status.RED), *initiatives)


def _numbers_in(
    tree: ScorecardNode, *, written: set[tuple[str, str]], period: str, at: datetime
) -> Iterator[AnalysisLine]:
    nodes = {(Subject(node.kind), node.key): node for node in _objectives_then_measures(tree)}
    owners = {
        subject: owners_of(subject, period=period, at=at) for subject in (Subject.OBJECTIVE, Subject.MEASURE)
    }
    for (subject, key), node in nodes.items():
        yield AnalysisLine(
            subject=subject,
            key=key,
            name=node.name,
            status=node.status,
            owner=owners[subject].get(key, Owner()),
            is_written=(subject.value, key) in written,
            standing=str(node.status.label),
        )


def _initiatives_in(
    tree: ScorecardNode, *, written: set[tuple[str, str]], unit: str, period: str, at: datetime
) -> Iterator[AnalysisLine]:
    """Those that their owners explained: an initiative is late or not, but off no target."""
    served = {objective.key for perspective in tree.children for objective in perspective.children}
    owners = owners_of(Subject.INITIATIVE, period=period, at=at)
    for each in undertaken(known_definitions(), served=served, unit=unit):
        if (Subject.INITIATIVE.value, each.key) in written:
            yield AnalysisLine(
                subject=Subject.INITIATIVE,
                key=each.key,
                name=each.name,
                status=None,
                owner=owners.get(each.key, Owner()),
                is_written=True,
                standing=each.status.value,
            )


def _objectives_then_measures(tree: ScorecardNode) -> Iterator[ScorecardNode]:
    objectives = [objective for perspective in tree.children for objective in perspective.children]
    yield from objectives
    for objective in objectives:
        yield from objective.children


def _written(unit: str, period: str, *, scope: Scope) -> set[tuple[str, str]]:
    rows = Analysis.objects.visible_to(scope).filter(unit__key=unit, period=period)
    return set(rows.values_list("subject", "key").distinct())
