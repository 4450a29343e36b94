"""A formula looked at while it is typed: where it is wrong, what unit it comes out in, and what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.engine.definitions import Definitions
from fourfold.engine.formula import (
    Expression,
    FormulaRefused,
    check_names,
    conversion_to,
    evaluation_order,
    infer,
    parse,
    references,
    to_text,
)
from fourfold.engine.quantities import UnitOfMeasure, UnknownUnitOfMeasure, unit_of_measure

__all__ = ["FormulaCheck", "FormulaProblem", "check_formula", "operands_of"]


@dataclass(frozen=True, slots=True)
class FormulaProblem:
    """Why it is not accepted. `before`, `at` and `after` are the line cut at the place, empty without one."""

    code: str
    message: str
    remedy: str
    line: int = 0
    column: int = 0
    before: str = ""
    at: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class FormulaCheck:
    """The formula as the engine reads it; `problem` is None where it may be saved."""

    text: str
    unit: str = ""
    operands: tuple[str, ...] = ()
    problem: FormulaProblem | None = None


def check_formula(text: str, *, key: str, unit: str, known: Definitions) -> FormulaCheck:
    """Read a formula for the measure `key` in `unit`, against every other measure."""
    try:
        expression = parse(text)
        units = _units(known)
        check_names(expression, {measure.key for measure in known.measures} | {key})
        evaluation_order({**_formulas(known), key: expression})
        inferred = infer(expression, units | {key: unit_of_measure(unit)})
        conversion_to(unit_of_measure(unit), expression, units=units | {key: unit_of_measure(unit)})
    except FormulaRefused as refused:
        return FormulaCheck(text, problem=_problem(text, refused))
    except UnknownUnitOfMeasure as unread:
        return FormulaCheck(text, problem=FormulaProblem("UNIT_MISMATCH", str(unread), ""))
    return FormulaCheck(to_text(expression), inferred.symbol, references(expression))


def _units(known: Definitions) -> dict[str, UnitOfMeasure]:
    return {measure.key: unit_of_measure(measure.versions[-1].unit_of_measure) for measure in known.measures}


def _formulas(known: Definitions) -> Mapping[str, Expression]:
    """What other measures compute by their latest version."""
    return {
        measure.key: parse(measure.versions[-1].formula)
        for measure in known.measures
        if measure.versions[-1].formula is not None
    }


def _problem(text: str, refused: FormulaRefused) -> FormulaProblem:
    told = FormulaProblem(str(refused.code), refused.message, refused.remedy)
    if refused.position is None:
        return told
    line, column = refused.position.line, refused.position.column
    lines = text.splitlines() or [""]
    words = lines[line - 1] if line <= len(lines) else ""
    return FormulaProblem(
        told.code,
        told.message,
        told.remedy,
        line,
        column,
        before=words[: column - 1],
        at=words[column - 1 : column] or _("end"),
        after=words[column:],
    )


def operands_of(formula: str | None) -> tuple[str, ...]:
    """The keys a formula reads; none where there is no formula, or none that can be read."""
    if formula is None:
        return ()
    try:
        return references(parse(formula))
    except FormulaRefused:
        return ()
