"""Add a measure: from its first version on it is scored, so it needs whoever answers for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.alignment import aimless_measures
from fourfold.engine.definitions import Definitions, Measure, MeasureVersion, Tier
from fourfold.engine.quantities import UnknownUnitOfMeasure, unit_of_measure
from fourfold.folder.currency import currencies_in
from fourfold.governance.changes.pages.measure_draft import MeasureDraft
from fourfold.governance.changes.pages.measure_form import formula_sight
from fourfold.governance.changes.pages.measure_formula import operands_of
from fourfold.governance.changes.queries.units_taking import refuse_beginning_in_final_months
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions

__all__ = [
    "CurrencyMismatch",
    "KeyTaken",
    "MeasureAdded",
    "MeasureWithoutObjective",
    "OperandUnknown",
    "OperationalDefinitionMissing",
    "OwnerAndStewardNeeded",
    "UnitOfMeasureUnread",
    "add_measure",
    "refuse_incomplete",
    "refuse_unread_operands",
]


BY_RANK = (Tier.EXECUTIVE, Tier.MANAGEMENT, Tier.OPERATIONAL)
"""Highest first (METHOD M1.5)."""


class OwnerAndStewardNeeded(Refusal):
    code, status = "MEASURE_WITHOUT_OWNER_OR_STEWARD", 422
    sentence = _("A measure is not activated without an owner and a steward.")
    remedy = _("Choose who answers for the performance, and who for the data.")


class MeasureWithoutObjective(Refusal):
    code, status = "MEASURE_WITHOUT_OBJECTIVE", 422
    sentence = _("A measure shows progress on an objective; none is chosen.")
    remedy = _("Choose at least one objective.")


class OperationalDefinitionMissing(Refusal):
    code, status = "OPERATIONAL_DEFINITION_MISSING", 422
    sentence = _("Nobody could count this number from an empty definition.")
    remedy = _("Say what is counted, from which source, and until when.")


class OperandUnknown(Refusal):
    """As the engine refuses a name that nobody defined: whether it is defined out of sight is not said."""

    code, status = "FORMULA_UNKNOWN_NAME", 422
    sentence = _("There is no measure `{key}`.")
    remedy = _("Define the measure first, or correct its key.")


class KeyTaken(Refusal):
    code, status = "KEY_DUPLICATE", 409
    sentence = _("There is already a measure with the key “{key}”.")
    remedy = _("Choose another key; a key is never used twice.")


class UnitOfMeasureUnread(Refusal):
    code, status = "UNIT_OF_MEASURE_UNREAD", 422
    sentence = _("“{text}” is not a unit of measure.")
    remedy = _("Write %, EUR, h, a noun, or a quotient such as EUR/shipment.")


class CurrencyMismatch(Refusal):
    code, status = "CURRENCY_MISMATCH", 422
    sentence = _("The measure is in {foreign}, the organisation reports in {own}.")
    remedy = _("Convert the values and write the unit of measure in {own}.")


@dataclass(frozen=True, slots=True)
class MeasureAdded(Event):
    """Which measure, and at which seq it is known."""

    seq: int


@transaction.atomic
def add_measure(draft: MeasureDraft, *, scope: Scope, at: datetime) -> str:
    """Write the measure with its first version; answers its key.

    Raises:
        NotPermitted, KeyTaken, OperandUnknown, OwnerAndStewardNeeded, MeasureWithoutObjective,
        OperationalDefinitionMissing, MeasureBeginsInFinalPeriod, UnitOfMeasureUnread, CurrencyMismatch,
        DefinitionsRefused (FORMULA_…, UNIT_MISMATCH, THRESHOLD_ORDER, …).
    """
    fresh = draft.as_measure()

    def with_it(known: Definitions) -> Definitions:
        if any(measure.key == fresh.key for measure in known.measures):
            raise KeyTaken(key=fresh.key)
        refuse_unread_operands(fresh, known=known, scope=scope)
        refuse_incomplete(fresh, known=known)
        refuse_beginning_in_final_months(fresh, known=known)
        listed = sorted((*known.measures, fresh), key=lambda measure: measure.key)
        return replace(known, measures=tuple(listed))

    written = change_definitions(with_it, act=Act.EDIT_MEASURES, unit=draft.units.unit, scope=scope, at=at)
    audit.record(MeasureAdded(f"measure/{fresh.key}", written.seq), scope=scope, at=at)
    return fresh.key


def refuse_incomplete(measure: Measure, *, known: Definitions, before: Measure | None = None) -> None:
    """What a measure must say before it is scored (METHOD A7, M6.2); formulas and thresholds the engine refuses.

    Without an objective it is there for a formula; one that served none `before` either stays editable, and so does one
    that nobody had defined yet, as a file founds them, while its tier does not rise.
    """
    version = measure.versions[-1]
    if not version.owner or not version.steward:
        raise OwnerAndStewardNeeded
    served_one = before is None or bool(before.objectives)
    if not measure.objectives and served_one and _is_aimless(measure, known=known):
        raise MeasureWithoutObjective
    if not version.operational_definition and not _was_as_undefined(version, before):
        raise OperationalDefinitionMissing
    try:
        foreign = currencies_in(unit_of_measure(version.unit_of_measure))
    except UnknownUnitOfMeasure as unread:
        raise UnitOfMeasureUnread(text=version.unit_of_measure) from unread
    own = known.organisation.currency
    for currency in foreign:
        if currency != own:
            raise CurrencyMismatch(foreign=currency, own=own)


def _was_as_undefined(version: MeasureVersion, before: Measure | None) -> bool:
    if before is None:
        return False
    last = before.versions[-1]
    return not last.operational_definition and BY_RANK.index(version.tier) >= BY_RANK.index(last.tier)


def refuse_unread_operands(measure: Measure, *, known: Definitions, scope: Scope) -> None:
    """Refuse a formula that newly reads a measure out of its author's sight (TRUST §2 row 6)."""
    readable = {each.key for each in formula_sight(known, measure.key, scope=scope).measures} | {measure.key}
    for key in operands_of(measure.versions[-1].formula):
        if key not in readable:
            raise OperandUnknown(key=key)


def _is_aimless(measure: Measure, *, known: Definitions) -> bool:
    others = tuple(each for each in known.measures if each.key != measure.key)
    return measure.key in aimless_measures(replace(known, measures=(*others, measure)))
