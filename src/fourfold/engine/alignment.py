"""Whether everything below serves something above: the structure of a cascade (METHOD M1.1, step 1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from fourfold.engine.cycles import cycles_in, reachable
from fourfold.engine.definitions import Definitions, InitiativeStatus, Objective
from fourfold.engine.finding import Finding, ObjectKind, Severity
from fourfold.engine.formula import FormulaRefused, parse, references
from fourfold.engine.map_thresholds import MapThresholds

__all__ = ["aimless_measures", "check_alignment"]


def check_alignment(
    definitions: Definitions, *, thresholds: MapThresholds | None = None
) -> tuple[Finding, ...]:
    """Loose ends among objectives, measures and initiatives, and what is wrong with the cascade.

    ALIGN_CYCLE and ALIGN_DOWNWARD (critical); ALIGN_ORPHAN, OBJECTIVE_WITHOUT_MEASURE, MEASURE_WITHOUT_OBJECTIVE and
    INITIATIVE_WITHOUT_OBJECTIVE (major); ALIGN_TOO_DEEP and ALIGN_TOO_WIDE (minor). An objective is the enterprise's
    if it is declared for a unit without a parent; every other one must reach such an objective. A stopped initiative
    owes nobody an objective; a measure that a formula reads serves whatever the derived measure serves.

    Source: METHOD M1.1; Kaplan and Norton, Alignment (2006).

    >>> from fourfold.engine.calendar import FiscalCalendar
    >>> from fourfold.engine.definitions import Initiative, Organisation, Strategy
    >>> acme = Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar())
    >>> academy = Initiative("academy", "Academy", None, (), None, None, InitiativeStatus.ACTIVE)
    >>> empty = ((), Strategy("", "", (), None, None), *[()] * 7, (academy,), ())
    >>> [finding.message for finding in check_alignment(Definitions(acme, *empty))]
    ['Academy serves no objective.']
    """
    cascade = _Cascade.of(definitions)
    limits = thresholds or MapThresholds()
    return (
        *_cycles(cascade),
        *_downward(cascade),
        *_orphans(cascade),
        *_too_deep(cascade, limits),
        *_too_wide(cascade, limits),
        *_measureless(definitions),
        *_aimless_measures(definitions),
        *_aimless_initiatives(definitions),
    )


@dataclass(frozen=True, slots=True)
class _Cascade:
    """Each objective with those it contributes to (`above`) and those that contribute to it (`below`).

    `level` is the depth of the unit an objective is declared for; 0 is the enterprise.
    """

    definitions: Definitions
    level: dict[str, int]
    above: dict[str, list[str]]
    below: dict[str, list[str]]

    @classmethod
    def of(cls, definitions: Definitions) -> Self:
        depth: dict[str, int] = {}
        for unit in definitions.units:  # a parent is listed before its children
            depth[unit.key] = 0 if unit.parent is None else depth.get(unit.parent, 0) + 1
        level = {each.key: depth.get(each.units.unit, 0) for each in definitions.objectives}
        above = {
            each.key: [key for key, _ in each.contributes_to if key in level]
            for each in definitions.objectives
        }
        below: dict[str, list[str]] = {key: [] for key in level}
        for key, parents in above.items():
            for parent in parents:
                below[parent].append(key)
        return cls(definitions, level, above, below)


def _cycles(cascade: _Cascade) -> Iterator[Finding]:
    for loop in cycles_in(cascade.above):
        yield Finding(
            "ALIGN_CYCLE",
            Severity.CRITICAL,
            ObjectKind.OBJECTIVE,
            loop[0],
            f"These objectives contribute to one another in a circle: {' → '.join((*loop, loop[0]))}.",
            "Remove one contribution of the circle.",
            {"objectives": loop},
        )


def _downward(cascade: _Cascade) -> Iterator[Finding]:
    for objective in cascade.definitions.objectives:
        lower = tuple(
            key for key in cascade.above[objective.key] if cascade.level[key] > cascade.level[objective.key]
        )
        if lower:
            yield _of_objective(
                objective,
                "ALIGN_DOWNWARD",
                message=f"{objective.name} contributes to an objective of a lower level.",
                remedy="Turn the contribution round: the lower objective contributes to the higher one.",
                evidence=lower,
                severity=Severity.CRITICAL,
            )


def _orphans(cascade: _Cascade) -> Iterator[Finding]:
    enterprise = [key for key, level in cascade.level.items() if level == 0]
    served = reachable(cascade.below, enterprise)
    for objective in cascade.definitions.objectives:
        if objective.key not in served:
            yield _of_objective(
                objective,
                "ALIGN_ORPHAN",
                message=f"{objective.name} of {objective.units.unit} serves no objective of the enterprise.",
                remedy="Say in `contributes_to` which objective above it serves, or retire it.",
                evidence=tuple(cascade.above[objective.key]),
            )


def _too_deep(cascade: _Cascade, limits: MapThresholds) -> Iterator[Finding]:
    first_beyond = _at_depth(cascade, limits.cascade_depth + 1)
    for objective in cascade.definitions.objectives:
        if objective.key in first_beyond:
            yield _of_objective(
                objective,
                "ALIGN_TOO_DEEP",
                message=f"{objective.name} is more than {limits.cascade_depth} steps below what it finally serves.",
                remedy="Let it contribute directly to an objective higher up.",
                evidence=tuple(cascade.above[objective.key]),
                severity=Severity.MINOR,
            )


def _at_depth(cascade: _Cascade, depth: int) -> set[str]:
    """The objectives whose shortest way up to one that serves nothing has exactly so many steps."""
    reached = current = {key for key, parents in cascade.above.items() if not parents}
    for _ in range(depth):
        current = {key for parent in current for key in cascade.below[parent]} - reached
        reached = reached | current
    return current


def _too_wide(cascade: _Cascade, limits: MapThresholds) -> Iterator[Finding]:
    for objective in cascade.definitions.objectives:
        children = tuple(cascade.below[objective.key])
        if len(children) > limits.cascade_children:
            yield _of_objective(
                objective,
                "ALIGN_TOO_WIDE",
                message=f"{len(children)} objectives contribute to {objective.name}; nobody can follow so many.",
                remedy=f"Group them: at most {limits.cascade_children} under one objective.",
                evidence=children,
                severity=Severity.MINOR,
            )


def _measureless(definitions: Definitions) -> Iterator[Finding]:
    measured = {share.objective for measure in definitions.measures for share in measure.objectives}
    for objective in definitions.objectives:
        if objective.key not in measured:
            yield _of_objective(
                objective,
                "OBJECTIVE_WITHOUT_MEASURE",
                message=f"Nothing shows whether {objective.name} is reached.",
                remedy="Give it one or two measures.",
            )


def aimless_measures(definitions: Definitions) -> frozenset[str]:
    """The keys of the measures that serve no objective and that no formula of a serving one reads.

    Source: METHOD M1.1, A7.

    >>> from fourfold.engine.calendar import FiscalCalendar
    >>> from fourfold.engine.definitions import Organisation, Strategy
    >>> acme = Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar())
    >>> aimless_measures(Definitions(acme, (), Strategy("", "", (), None, None), *[()] * 9))
    frozenset()
    """
    known = {objective.key for objective in definitions.objectives}
    aimed = [
        each.key
        for each in definitions.measures
        if not known.isdisjoint(share.objective for share in each.objectives)
    ]
    served = reachable(_operands(definitions), aimed)
    return frozenset(measure.key for measure in definitions.measures) - served


def _aimless_measures(definitions: Definitions) -> Iterator[Finding]:
    aimless = aimless_measures(definitions)
    for measure in definitions.measures:
        if measure.key in aimless:
            yield Finding(
                "MEASURE_WITHOUT_OBJECTIVE",
                Severity.MAJOR,
                ObjectKind.MEASURE,
                measure.key,
                f"No objective and no formula needs {measure.name}.",
                "Name its objective, or retire it.",
            )


def _operands(definitions: Definitions) -> dict[str, list[str]]:
    """Each measure with the measures its latest formula reads; a formula that cannot be read is refused elsewhere."""
    keys = {measure.key for measure in definitions.measures}
    found: dict[str, list[str]] = {key: [] for key in keys}
    for measure in definitions.measures:
        formula = measure.versions[-1].formula if measure.versions else None
        if formula is not None:
            with suppress(FormulaRefused):
                found[measure.key] = [key for key in references(parse(formula)) if key in keys]
    return found


def _aimless_initiatives(definitions: Definitions) -> Iterator[Finding]:
    known = {objective.key for objective in definitions.objectives}
    for initiative in definitions.initiatives:
        if initiative.status is not InitiativeStatus.STOPPED and known.isdisjoint(initiative.objectives):
            yield Finding(
                "INITIATIVE_WITHOUT_OBJECTIVE",
                Severity.MAJOR,
                ObjectKind.INITIATIVE,
                initiative.key,
                f"{initiative.name} serves no objective.",
                "Say which objective's gap it closes, or stop it.",
            )


def _of_objective(
    objective: Objective,
    rule: str,
    *,
    message: str,
    remedy: str,
    evidence: tuple[str, ...] = (),
    severity: Severity = Severity.MAJOR,
) -> Finding:
    found = {"objectives": evidence} if evidence else {}
    return Finding(rule, severity, ObjectKind.OBJECTIVE, objective.key, message, remedy, found)
