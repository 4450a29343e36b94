"""What is wrong with measures beyond their shape: units of measure, formulas, thresholds, versions out of order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from fourfold.engine.cycles import cycles_in
from fourfold.engine.definitions import Definitions, Measure, MeasureVersion
from fourfold.engine.formula import Expression, FormulaRefused, check_names, conversion_to, parse, references
from fourfold.engine.policies import Policies
from fourfold.engine.quantities import UnitOfMeasure, UnknownUnitOfMeasure, unit_of_measure
from fourfold.engine.score import ThresholdRefused, anchor_rule, scale_named
from fourfold.folder.currency import currencies_in
from fourfold.folder.document import Document
from fourfold.folder.finding import Finding, error

__all__ = ["measure_findings"]

Formulas = Mapping[tuple[str, int], Expression]
"""By measure key and version number."""


def measure_findings(
    definitions: Definitions, documents: Mapping[str, Document], *, policies: Policies
) -> tuple[Finding, ...]:
    """Everything wrong with the measures; `documents` holds each measure's file by key."""
    findings: list[Finding] = []
    units: dict[str, UnitOfMeasure] = {}
    for measure in definitions.measures:
        wrong = tuple(
            _unit_findings(measure, documents[measure.key], currency=definitions.organisation.currency)
        )
        findings.extend(wrong)
        if not wrong:
            units[measure.key] = unit_of_measure(measure.versions[-1].unit_of_measure)
        findings.extend(_version_order(measure, documents[measure.key]))
        findings.extend(_threshold_findings(measure, documents[measure.key], policies=policies))
    formulas, found = _parsed(definitions, documents)
    findings.extend(found)
    findings.extend(_conversion_findings(definitions, documents, formulas=formulas, units=units))
    findings.extend(_cycle_findings(formulas, documents))
    return tuple(findings)


def _unit_findings(measure: Measure, document: Document, *, currency: str) -> Iterator[Finding]:
    for version in measure.versions:
        line = document.line(*_place(version, document), "unit_of_measure")
        try:
            foreign = [
                each for each in currencies_in(unit_of_measure(version.unit_of_measure)) if each != currency
            ]
        except UnknownUnitOfMeasure as refusal:
            remedy = "Write %, EUR, h, a noun, or a quotient such as EUR/shipment."
            yield error("FIELD_WRONG", document.file, line=line, message=f"{refusal}.", remedy=remedy)
            continue
        if foreign:
            yield error(
                "CURRENCY_MISMATCH",
                document.file,
                line=line,
                message=f"The measure is in {foreign[0]}, the organisation reports in {currency}.",
                remedy=f"Convert the values and write {version.unit_of_measure.replace(foreign[0], currency)}.",
            )


def _version_order(measure: Measure, document: Document) -> Iterator[Finding]:
    for earlier, later in pairwise(measure.versions):
        is_ordered = later.valid_from is not None and (
            earlier.valid_from is None or earlier.valid_from < later.valid_from
        )
        if not is_ordered:
            yield error(
                "VERSION_ORDER",
                document.file,
                line=document.line(*_place(later, document), "valid_from"),
                message=f"Version {later.number} is not valid from a later day than version {earlier.number}.",
                remedy="List versions oldest first, each with its own valid_from; only the first may do without.",
            )


def _threshold_findings(measure: Measure, document: Document, *, policies: Policies) -> Iterator[Finding]:
    scale = scale_named(policies.text("score.scale"))
    share = policies.number("score.default_red_share")
    for version in measure.versions:
        try:
            anchor_rule(version, scale=scale, default_red_share=share)
        except ThresholdRefused as refusal:
            yield error(
                refusal.code,
                document.file,
                line=document.line(*_place(version, document), "thresholds"),
                message=f"{_capital(str(refusal))}.",
                remedy="Put worst, red, target and best in the wanted direction; see docs/algorithms/score.md.",
            )


# --- formulas -----------------------------------------------------------------------------------------------


def _parsed(definitions: Definitions, documents: Mapping[str, Document]) -> tuple[Formulas, list[Finding]]:
    known = frozenset(measure.key for measure in definitions.measures)
    formulas: dict[tuple[str, int], Expression] = {}
    findings = []
    for measure, version, text in _written(definitions):
        try:
            expression = parse(text)
            check_names(expression, known)
            formulas[measure.key, version.number] = expression
        except FormulaRefused as refusal:
            findings.append(_formula_finding(refusal, version, documents[measure.key]))
    return formulas, findings


def _conversion_findings(
    definitions: Definitions,
    documents: Mapping[str, Document],
    *,
    formulas: Formulas,
    units: Mapping[str, UnitOfMeasure],
) -> Iterator[Finding]:
    """Formulas whose result is in another unit of measure; silent where an operand's own is wrong."""
    for measure, version, _ in _written(definitions):
        formula = formulas.get((measure.key, version.number))
        if (
            formula is None
            or measure.key not in units
            or any(key not in units for key in references(formula))
        ):
            continue
        try:
            conversion_to(unit_of_measure(version.unit_of_measure), formula, units=units)
        except FormulaRefused as refusal:
            yield _formula_finding(refusal, version, documents[measure.key])


def _cycle_findings(formulas: Formulas, documents: Mapping[str, Document]) -> Iterator[Finding]:
    graph: dict[str, list[str]] = {key: [] for key, _ in formulas}
    for (key, _), formula in formulas.items():
        graph[key].extend(read for read in references(formula) if any(read == other for other, _ in formulas))
    for loop in cycles_in(graph):
        document = documents[loop[0]]
        yield error(
            "FORMULA_CYCLE",
            document.file,
            line=document.line(*_formula_place(document)),
            message=f"These formulas read each other in a circle: {' → '.join((*loop, loop[0]))}.",
            remedy="Let one of them be observed, or compute it from something else.",
        )


def _written(definitions: Definitions) -> Iterator[tuple[Measure, MeasureVersion, str]]:
    for measure in definitions.measures:
        for version in measure.versions:
            if version.formula is not None:
                yield measure, version, version.formula


def _formula_finding(refusal: FormulaRefused, version: MeasureVersion, document: Document) -> Finding:
    place = f", column {refusal.position.column}" if refusal.position else ""
    return error(
        str(refusal.code),
        document.file,
        line=document.line(*_place(version, document), "formula"),
        message=f"In the formula{place}: {refusal.message}.",
        remedy=f"{refusal.remedy}.",
    )


# --- places -------------------------------------------------------------------------------------------------


def _place(version: MeasureVersion, document: Document) -> tuple[str | int, ...]:
    """Where a version stands in its file."""
    return ("versions", version.number - 1) if ("versions",) in document.lines else ()


def _formula_place(document: Document) -> tuple[str | int, ...]:
    """The first formula of a file."""
    return min((place for place in document.lines if place and place[-1] == "formula"), default=())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
