"""The latest test of a unit's links, and whether anything changed since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from fourfold.governance.evidence.models import EvidenceRun, LinkDecision, LinkTest
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.models import Observation

__all__ = ["LatestTests", "decisions_of", "former_tests", "latest_tests"]


@dataclass(frozen=True, slots=True)
class LatestTests:
    """A run with its tests by link; `run` is None where the links were never tested.

    `changed` are the measures with values that became known after it.
    """

    run: EvidenceRun | None = None
    by_link: Mapping[str, LinkTest] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()

    def is_outdated(self, test: LinkTest) -> bool:
        """Whether a value of either measure changed since."""
        return not self.changed.isdisjoint((test.x, test.y))


def latest_tests(unit: str, *, scope: Scope, below: Collection[str]) -> LatestTests:
    """The unit's last run. Three queries, whatever the number of links.

    Args:
        below: the units whose values the unit's numbers are made of, itself included.
    """
    run = (
        EvidenceRun.objects.visible_to(scope)
        .filter(unit__key=unit)
        .select_related("asked_by")
        .order_by("-pk")
        .first()
    )
    if run is None:
        return LatestTests()
    tests = {
        test.link: test
        for test in LinkTest.objects.visible_to(scope).filter(run=run).select_related("run", "registration")
    }
    measures = {key for test in tests.values() for key in (test.x, test.y) if key}
    newer = Observation.objects.visible_to(scope).filter(
        seq__gt=run.seq, measure__key__in=measures, unit__key__in=below
    )
    changed = newer.order_by().values_list("measure__key", flat=True).distinct()
    return LatestTests(run, tests, frozenset(changed))


def former_tests(
    unit: str, *, source: str, target: str, scope: Scope, most: int = 12
) -> tuple[LinkTest, ...]:
    """The link's tests, the latest first. One query."""
    rows = LinkTest.objects.visible_to(scope).filter(unit__key=unit, source=source, target=target)
    return tuple(rows.select_related("run").order_by("-pk")[:most])


def decisions_of(unit: str, *, scope: Scope) -> Mapping[str, LinkDecision]:
    """The latest decision about any test of each link, by the link's key. One query."""
    rows = LinkDecision.objects.visible_to(scope).filter(test__unit__key=unit)
    return {row.test.link: row for row in rows.select_related("author", "test").order_by("pk")}
