"""Whether there is too much or too little of anything to steer by (METHOD §3.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fourfold.engine.definitions import Definitions, InitiativeStatus, Objective, Tier
from fourfold.engine.finding import Finding, ObjectKind, Severity
from fourfold.engine.map_thresholds import MapThresholds

__all__ = ["check_counts"]

OPEN = (InitiativeStatus.PLANNED, InitiativeStatus.ACTIVE)


def check_counts(definitions: Definitions, *, thresholds: MapThresholds | None = None) -> tuple[Finding, ...]:
    """Counts outside what METHOD advises: PERSPECTIVE_COUNT, THEME_COUNT, OBJECTIVE_COUNT, EXECUTIVE_MEASURE_COUNT,
    MEASURES_PER_OBJECTIVE, INITIATIVES_PER_OBJECTIVE.

    Refused (critical): fewer than 2 or more than 7 perspectives, more than 30 objectives, more than 5 measures under
    one objective. A measure counts by its latest version; finished and stopped initiatives do not count.

    Source: METHOD §3.1, §3.5, M6.6, §8.

    >>> from fourfold.engine.calendar import FiscalCalendar
    >>> from fourfold.engine.definitions import Organisation, Strategy
    >>> acme = Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar())
    >>> empty = ((), Strategy("", "", (), None, None), *[()] * 9)
    >>> check_counts(Definitions(acme, *empty))[0].message
    '0 perspectives; a map has 2 to 7.'
    """
    limits = thresholds or MapThresholds()
    return (
        *_perspectives(definitions, limits),
        *_themes(definitions, limits),
        *_objectives(definitions, limits),
        *_executive_measures(definitions, limits),
        *_measures_per_objective(definitions, limits),
        *_initiatives_per_objective(definitions, limits),
    )


def _perspectives(definitions: Definitions, limits: MapThresholds) -> Iterator[Finding]:
    fewest, most = limits.perspectives
    count = len(definitions.perspectives)
    if not fewest <= count <= most:
        yield _of_map(
            definitions,
            "PERSPECTIVE_COUNT",
            message=f"{_counted(count, 'perspective')}; a map has {fewest} to {most}.",
            remedy="Merge or add perspectives.",
            evidence={"count": count, "from": fewest, "to": most},
            severity=Severity.CRITICAL,
        )


def _themes(definitions: Definitions, limits: MapThresholds) -> Iterator[Finding]:
    fewest, most = limits.themes
    count = len(definitions.themes)
    if not fewest <= count <= most:
        yield _of_map(
            definitions,
            "THEME_COUNT",
            message=f"{_counted(count, 'theme')}; {fewest} to {most} tell a story one can remember.",
            remedy="Merge themes that share their objectives, or name the ones the map already follows.",
            evidence={"count": count, "from": fewest, "to": most},
        )


def _objectives(definitions: Definitions, limits: MapThresholds) -> Iterator[Finding]:
    count = len(definitions.objectives)
    evidence = {
        "count": count,
        "from": limits.objectives_few,
        "to": limits.objectives_many,
        "refused": limits.objectives_refused,
    }
    is_refused = count > limits.objectives_refused
    if is_refused or count > limits.objectives_many:
        yield _of_map(
            definitions,
            "OBJECTIVE_COUNT",
            message=f"{count} objectives; more than {limits.objectives_many} are not remembered.",
            remedy="Merge objectives, move some to the units below, or record a waiver.",
            evidence=evidence,
            severity=Severity.CRITICAL if is_refused else Severity.MINOR,
        )
    elif count < limits.objectives_few:
        yield _of_map(
            definitions,
            "OBJECTIVE_COUNT",
            message=f"{_counted(count, 'objective')}; a whole strategy usually needs {limits.objectives_few} or more.",
            remedy="See whether every perspective says what must be done well.",
            evidence=evidence,
            severity=Severity.INFO,
        )


def _executive_measures(definitions: Definitions, limits: MapThresholds) -> Iterator[Finding]:
    count = sum(each.versions[-1].tier is Tier.EXECUTIVE for each in definitions.measures if each.versions)
    if count > limits.executive_measures:
        yield _of_map(
            definitions,
            "EXECUTIVE_MEASURE_COUNT",
            message=f"{count} executive measures; the budget is {limits.executive_measures}.",
            remedy="Retire one for each one added, or move some to the management tier.",
            evidence={"count": count, "budget": limits.executive_measures},
            severity=Severity.MAJOR,
        )


def _measures_per_objective(definitions: Definitions, limits: MapThresholds) -> Iterator[Finding]:
    counts = Counter(share.objective for each in definitions.measures for share in each.objectives)
    for objective in definitions.objectives:
        count = counts[objective.key]
        is_refused = count > limits.measures_refused
        if is_refused or count > limits.measures_many:
            yield _of_objective(
                objective,
                "MEASURES_PER_OBJECTIVE",
                message=f"{objective.name} has {count} measures; one or two show it, {limits.measures_many} at most.",
                remedy="Keep those that would change a decision.",
                evidence={"count": count, "warn": limits.measures_many, "refused": limits.measures_refused},
                severity=Severity.CRITICAL if is_refused else Severity.MINOR,
            )


def _initiatives_per_objective(definitions: Definitions, limits: MapThresholds) -> Iterator[Finding]:
    counts = Counter(
        key for each in definitions.initiatives if each.status in OPEN for key in each.objectives
    )
    for objective in definitions.objectives:
        count = counts[objective.key]
        if count > limits.initiatives_many:
            yield _of_objective(
                objective,
                "INITIATIVES_PER_OBJECTIVE",
                message=f"{objective.name} is served by {count} initiatives; {limits.initiatives_many} can be led.",
                remedy="Finish or join some before starting others.",
                evidence={"count": count, "limit": limits.initiatives_many},
            )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _of_map(
    definitions: Definitions,
    rule: str,
    *,
    message: str,
    remedy: str,
    evidence: dict[str, int],
    severity: Severity = Severity.MINOR,
) -> Finding:
    key = definitions.organisation.key
    return Finding(rule, severity, ObjectKind.STRATEGY_MAP, key, message, remedy, evidence)


def _of_objective(
    objective: Objective,
    rule: str,
    *,
    message: str,
    remedy: str,
    evidence: dict[str, int],
    severity: Severity = Severity.MINOR,
) -> Finding:
    return Finding(rule, severity, ObjectKind.OBJECTIVE, objective.key, message, remedy, evidence)
