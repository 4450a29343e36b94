"""What is wrong with a whole that is well written: days out of order, unknown zones, policies, the rules of the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast
from zoneinfo import available_timezones

from fourfold.engine.book import DefinitionRefused, compile_book
from fourfold.engine.calendar import PeriodUnknown
from fourfold.engine.checks import check_definitions
from fourfold.engine.definitions import Definitions, Unit
from fourfold.engine.finding import Finding as RuleFinding
from fourfold.engine.finding import ObjectKind, Severity
from fourfold.engine.policies import Policies, PolicyWrong
from fourfold.folder.belonging import Fields
from fourfold.folder.currency import CURRENCIES
from fourfold.folder.document import Document
from fourfold.folder.documents import FolderDocuments
from fourfold.folder.finding import Finding, Level, did_you_mean, error
from fourfold.folder.measure_soundness import measure_findings

__all__ = ["compiling_findings", "soundness_findings"]

REFUSING_RULES = frozenset({"ALIGN_CYCLE", "MAP_CYCLE"})
"""Without order there is no cascade and no map; the other rules are advice that a governed change may waive."""

_LEVELS = {
    Severity.INFO: Level.NOTE,
    Severity.MINOR: Level.NOTE,
    Severity.MAJOR: Level.WARNING,
    Severity.CRITICAL: Level.WARNING,
}


def soundness_findings(definitions: Definitions, documents: FolderDocuments) -> tuple[Finding, ...]:
    """Everything that can be said without targets and data."""
    strategy = documents.strategy
    measures = {cast("Fields", document.value)["key"]: document for document in documents.measures}
    findings = [
        *_organisation_findings(definitions, strategy),
        *_order_findings(definitions, strategy),
        *_unit_findings(definitions, documents.units),
    ]
    policies, found = _policies(definitions, strategy)
    findings.extend(found)
    findings.extend(measure_findings(definitions, measures, policies=policies))
    if not found:
        findings.extend(
            _of_rule(each, strategy, measures=measures) for each in check_definitions(definitions)
        )
    return tuple(findings)


def compiling_findings(definitions: Definitions, documents: FolderDocuments) -> tuple[Finding, ...]:
    """What only shows when everything, targets included, is laid out together; at most one finding."""
    try:
        compile_book(definitions, today=_some_day(definitions))
    except DefinitionRefused as refusal:
        files = {cast("Fields", document.value)["key"]: document.file for document in documents.measures}
        file = (
            files.get(refusal.key, documents.strategy.file)
            if refusal.kind == "measure"
            else documents.strategy.file
        )
        remedy = "Mend the definition it names."
        return (error(refusal.code, file, line=1, message=f"{refusal}.", remedy=remedy),)
    except PeriodUnknown as refusal:  # a day no calendar of ours covers
        line = documents.strategy.line("strategy", "horizon")
        remedy = "Mend clock, horizon or valid_from: one of them lies outside these years."
        return (
            error(refusal.code, documents.strategy.file, line=line, message=f"{refusal}.", remedy=remedy),
        )
    return ()


def _some_day(definitions: Definitions) -> date:
    """Whether definitions hold together does not depend on the day; compiling wants one."""
    return definitions.organisation.clock or definitions.strategy.horizon_from or date(2000, 1, 1)


def _organisation_findings(definitions: Definitions, document: Document) -> Iterator[Finding]:
    organisation = definitions.organisation
    zones = available_timezones()
    if organisation.time_zone not in zones:
        yield error(
            "FIELD_WRONG",
            document.file,
            line=document.line("organisation", "time_zone"),
            message=f'There is no time zone "{organisation.time_zone}".',
            remedy=did_you_mean(organisation.time_zone, zones, otherwise="Use an IANA name: Europe/Lisbon."),
        )
    if organisation.currency not in CURRENCIES:
        yield error(
            "FIELD_WRONG",
            document.file,
            line=document.line("organisation", "currency"),
            message=f'There is no currency "{organisation.currency}".',
            remedy=did_you_mean(organisation.currency, CURRENCIES, otherwise="Use an ISO 4217 code: EUR."),
        )


def _order_findings(definitions: Definitions, document: Document) -> Iterator[Finding]:
    """Stretches of time that end before they begin."""
    strategy = definitions.strategy
    stretches: list[tuple[str, date | None, date | None, tuple[str | int, ...]]]
    stretches = [("The horizon", strategy.horizon_from, strategy.horizon_to, ("strategy", "horizon"))]
    stretches += [
        (each.name, each.start, each.end, ("initiatives", place, "end"))
        for place, each in enumerate(definitions.initiatives)
    ]
    for name, start, end, place in stretches:
        if start is not None and end is not None and end < start:
            yield _ends_early(document, place, name=name)
    for number, objective in enumerate(definitions.objectives):
        days = [weight.valid_from or date.min for weight in objective.weights]
        if days != sorted(set(days)):
            yield error(
                "VERSION_ORDER",
                document.file,
                line=document.line("objectives", number, "weight"),
                message="Weights over time are not in the order of their days.",
                remedy="List them oldest first, each with its own day; only the first may do without.",
            )


def _unit_findings(definitions: Definitions, document: Document) -> Iterator[Finding]:
    units = {unit.key: unit for unit in definitions.units}
    lines = dict(_unit_lines(cast("Fields", document.value)["units"], document, place=("units",)))
    for unit in definitions.units:
        line = lines[unit.key]
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            yield _ends_early(document, line, name=f'The unit "{unit.key}"')
        parent = units.get(unit.parent or "")
        if parent is not None and not _lives_within(unit, parent):
            yield error(
                "FIELD_WRONG",
                document.file,
                line=line,
                message=f'The unit "{unit.key}" exists when its parent "{parent.key}" does not.',
                remedy="Narrow its valid_from and valid_to, or widen the parent's.",
            )


def _unit_lines(
    listed: list[Fields], document: Document, *, place: tuple[str | int, ...]
) -> Iterator[tuple[str, int]]:
    """The line of every unit of the tree."""
    for index, unit in enumerate(listed):
        yield unit["key"], document.line(*place, index, "key")
        yield from _unit_lines(unit.get("units", []), document, place=(*place, index, "units"))


def _lives_within(unit: Unit, parent: Unit) -> bool:
    starts = parent.valid_from is None or (
        unit.valid_from is not None and unit.valid_from >= parent.valid_from
    )
    ends = parent.valid_to is None or (unit.valid_to is not None and unit.valid_to <= parent.valid_to)
    return starts and ends


def _ends_early(document: Document, place: tuple[str | int, ...] | int, *, name: str) -> Finding:
    return error(
        "FIELD_WRONG",
        document.file,
        line=place if isinstance(place, int) else document.line(*place),
        message=f"{name} ends before it begins.",
        remedy="Exchange the two days, or mend one.",
    )


def _policies(definitions: Definitions, document: Document) -> tuple[Policies, tuple[Finding, ...]]:
    findings = []
    for place, value in enumerate(definitions.policies):
        try:
            Policies.of((value,))
        except PolicyWrong as refusal:
            said = cast("Fields", document.value)["policies"]
            where = place if isinstance(said, list) else value.key
            findings.append(
                error(
                    "POLICY_WRONG",
                    document.file,
                    line=document.line("policies", where),
                    message=f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.",
                    remedy="METHOD §0.5 lists the policies and their values.",
                )
            )
    return (Policies() if findings else Policies.of(definitions.policies)), tuple(findings)


# --- rules of the map, said in the words of a file ----------------------------------------------------------


def _of_rule(rule: RuleFinding, strategy: Document, *, measures: Mapping[str, Document]) -> Finding:
    document = measures.get(rule.object_key, strategy) if rule.object_kind is ObjectKind.MEASURE else strategy
    level = Level.ERROR if rule.rule in REFUSING_RULES else _LEVELS[rule.severity]
    line = 1 if document is not strategy else _line_of_object(strategy, rule)
    return Finding(level, rule.rule, document.file, line, rule.message, rule.remedy)


_PARTS = {
    ObjectKind.PERSPECTIVE: "perspectives",
    ObjectKind.THEME: "themes",
    ObjectKind.OBJECTIVE: "objectives",
    ObjectKind.INITIATIVE: "initiatives",
}


def _line_of_object(document: Document, rule: RuleFinding) -> int:
    said = cast("Fields", document.value)
    if rule.object_kind is ObjectKind.CAUSAL_LINK:
        for place, link in enumerate(said.get("causal_links", ())):
            if f"{link['from']} → {link['to']}" == rule.object_key:
                return document.line("causal_links", place)
        return document.line("causal_links")
    part = _PARTS.get(rule.object_kind)
    if part is None:
        return document.line("causal_links")
    keys = [each["key"] for each in said.get(part, ())]
    return (
        document.line(part, keys.index(rule.object_key)) if rule.object_key in keys else document.line(part)
    )
