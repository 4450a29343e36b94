"""What a draft would do, before anything is saved: its curve, its formula's results, and hints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fourfold.engine.definitions import Definitions, MeasureVersion
from fourfold.engine.policies import Policies
from fourfold.engine.quantities import UnknownUnitOfMeasure, unit_of_measure
from fourfold.engine.score import ThresholdRefused
from fourfold.governance.changes.pages.measure_computed import ComputedValue, computed_values
from fourfold.governance.changes.pages.measure_curve import ScoreCurve, curve_of
from fourfold.governance.changes.pages.measure_draft import MeasureDraft, RubricUnread, draft_from
from fourfold.governance.changes.pages.measure_form import formula_sight
from fourfold.governance.changes.pages.measure_formula import FormulaCheck, check_formula
from fourfold.governance.changes.pages.measure_wording import WordingHint, check_operational_definition
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.pages.measure.definition_card import DefinitionCard, definition_card
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions

__all__ = ["MeasurePreview", "preview_measure", "warnings_of"]


@dataclass(frozen=True, slots=True)
class MeasurePreview:
    """Everything the preview shows; `problem` says why there is no curve."""

    curve: ScoreCurve | None = None
    card: DefinitionCard | None = None
    problem: str = ""
    code: str = ""
    formula: FormulaCheck | None = None
    computed: tuple[ComputedValue, ...] = ()
    computed_unit: str = ""
    hints: tuple[WordingHint, ...] = ()
    warnings: tuple[str, ...] = ()


def preview_measure(scope: Scope, said: Mapping[str, Any], *, at: datetime) -> MeasurePreview:
    """From a form's cleaned fields; what cannot be read yet is simply not shown."""
    known = known_definitions()
    try:
        draft = draft_from(said)
        unit_of_measure(draft.version.unit_of_measure)
    except (RubricUnread, UnknownUnitOfMeasure) as unread:
        told = unread.told_sentence if isinstance(unread, RubricUnread) else str(unread)
        return MeasurePreview(
            problem=told, code=unread.code if isinstance(unread, RubricUnread) else "UNIT_MISMATCH"
        )
    shown = _with_curve(draft, said, policies=Policies.of(known.policies))
    shown = replace(
        shown,
        hints=check_operational_definition(draft.version.operational_definition),
        warnings=warnings_of(draft.version),
    )
    return _with_formula(shown, draft, scope=scope, known=known, at=at)


def _with_curve(draft: MeasureDraft, said: Mapping[str, Any], *, policies: Policies) -> MeasurePreview:
    version = draft.version
    try:
        curve = curve_of(
            version, target=said.get("try_target"), value=said.get("try_value"), policies=policies
        )
    except ThresholdRefused as refused:
        return MeasurePreview(problem=_sentence(str(refused)), code=refused.code)
    card = definition_card(version, versions=(version,), anchors=curve.anchors, names={})
    return MeasurePreview(curve=curve, card=card)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _with_formula(
    shown: MeasurePreview, draft: MeasureDraft, *, scope: Scope, known: Definitions, at: datetime
) -> MeasurePreview:
    formula = draft.version.formula
    if not formula:
        return shown
    key = draft.key or "this-measure"
    seen = formula_sight(known, key, scope=scope)
    check = check_formula(formula, key=key, unit=draft.version.unit_of_measure, known=seen)
    unit = draft.units.unit
    if check.problem is not None or not scope.sees(unit):
        return replace(shown, formula=check)
    measure = replace(draft, key=key, valid_from=None).as_measure()
    values = computed_values(measure, unit=unit, known=known, at=at)
    name = next(each.name for each in known.units if each.key == unit)
    return replace(shown, formula=check, computed=values, computed_unit=name)


def warnings_of(version: MeasureVersion) -> tuple[str, ...]:
    """What is allowed and still worth a second look (METHOD M6.2, A7)."""
    warnings = []
    if version.owner and version.owner == version.steward:
        warnings.append(_("Owner and steward are the same person; two people notice more."))
    if not version.owner or not version.steward:
        warnings.append(_("A measure needs an owner and a steward before it can be saved."))
    return tuple(warnings)
