"""From a form that completes proposals to what is going to be created."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.pages.definitions_page import DECIMALS, FREQUENCIES, GOALS, KINDS, UNITS_ASKED
from fourfold.engine.quantities import UnknownUnitOfMeasure, unit_of_measure
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.platform.refusals import Refusal

__all__ = ["DefinitionsSaid", "said_definitions"]

NEW_OBJECTIVE = "new"
NAME_LENGTH = 120


class NameMissing(Refusal):
    code, status = "NAME_MISSING", 422
    sentence = _("“{text}” needs a name.")
    remedy = _("Write one, or say that it is something that exists already.")


class UnitOfMeasureWrong(Refusal):
    code, status = "UNIT_OF_MEASURE_WRONG", 422
    sentence = _("{name}: “{said}” is no unit of measure.")
    remedy = _("Write %, EUR, h, a noun in one word, or a quotient such as EUR/shipment.")


class TargetWrong(Refusal):
    code, status = "TARGET_WRONG", 422
    sentence = _("{name}: the target “{said}” is not a number.")
    remedy = _("Write a number such as 95 or 1250.5, or leave it empty.")


class ObjectiveNameMissing(Refusal):
    code, status = "OBJECTIVE_NAME_MISSING", 422
    sentence = _("{name}: the new objective has no name.")
    remedy = _("Begin it with a verb: improve, increase, reduce, …")


class SinceWrong(Refusal):
    code, status = "FIRST_DAY_WRONG", 422
    sentence = _("{name}: “{said}” is no day.")
    remedy = _("Write it as 2026-09-01, or leave it empty.")


@dataclass(frozen=True, slots=True)
class DefinitionsSaid:
    """What is new, and which texts of the file mean something known: role → text → key."""

    units: tuple[ProposedUnit, ...]
    measures: tuple[ProposedMeasure, ...]
    same: Mapping[str, Mapping[str, str]]


def said_definitions(
    form: Mapping[str, str], *, units: Sequence[ProposedUnit], measures: Sequence[ProposedMeasure]
) -> DefinitionsSaid:
    """Read the form against the proposals it was made of.

    Raises:
        NameMissing, UnitOfMeasureWrong, TargetWrong, ObjectiveNameMissing, SinceWrong.
    """
    same: dict[str, dict[str, str]] = {"unit": {}, "measure": {}}
    new_units, new_measures = [], []
    for place, unit in enumerate(units):
        prefix = f"unit-{place}" if place < UNITS_ASKED else "unit-alike"
        if known := form.get(f"{prefix}-is", "") if place < UNITS_ASKED else "":
            same["unit"][unit.text] = known
        else:
            new_units.append(_unit(form, unit, prefix=prefix))
    for place, measure in enumerate(measures):
        if known := form.get(f"measure-{place}-is", ""):
            same["measure"][measure.text] = known
        else:
            new_measures.append(_measure(form, measure, prefix=f"measure-{place}"))
    return DefinitionsSaid(tuple(new_units), tuple(new_measures), same)


def _unit(form: Mapping[str, str], unit: ProposedUnit, *, prefix: str) -> ProposedUnit:
    name = form.get(f"{prefix}-name", unit.name).strip()[:NAME_LENGTH]
    if not name:
        raise NameMissing(text=unit.text)
    return replace(
        unit,
        name=name,
        parent=form.get(f"{prefix}-parent", unit.parent),
        level=form.get(f"{prefix}-level", unit.level).strip() or unit.level,
        since=_since(name, form.get(f"{prefix}-since", "")),
    )


def _measure(form: Mapping[str, str], measure: ProposedMeasure, *, prefix: str) -> ProposedMeasure:
    said = {name: form.get(f"{prefix}-{name}", "").strip() for name in _FIELDS}
    name = said["name"][:NAME_LENGTH]
    if not name:
        raise NameMissing(text=measure.text)
    _require_unit_of_measure(name, said["unit_of_measure"])
    is_new_objective = said["objective"] == NEW_OBJECTIVE
    if is_new_objective and not said["objective_name"]:
        raise ObjectiveNameMissing(name=name)
    return replace(
        measure,
        name=name,
        kind=_one_of(said["kind"], KINDS, otherwise=measure.kind),
        unit_of_measure=said["unit_of_measure"],
        goal=_one_of(said["goal"], GOALS, otherwise=measure.goal),
        frequency=_one_of(said["frequency"], FREQUENCIES, otherwise=measure.frequency),
        decimals=_decimals(form.get(f"{prefix}-decimals", ""), otherwise=measure.decimals),
        objective="" if is_new_objective else said["objective"],
        objective_name=said["objective_name"][:200] if is_new_objective else "",
        perspective=said["perspective"] if is_new_objective else "",
        target=_target(name, said["target"]),
        operational_definition=said["operational_definition"][:5000],
        owner=said["owner"],
        steward=said["steward"],
        since=_since(name, form.get(f"{prefix}-since", "")),
    )


_FIELDS = (
    "name",
    "kind",
    "unit_of_measure",
    "goal",
    "frequency",
    "objective",
    "objective_name",
    "perspective",
    "target",
    "operational_definition",
    "owner",
    "steward",
)


def _require_unit_of_measure(name: str, said: str) -> None:
    try:
        unit_of_measure(said)
    except UnknownUnitOfMeasure as wrong:
        raise UnitOfMeasureWrong(name=name, said=said) from wrong


def _target(name: str, said: str) -> str:
    """Spaces between thousands and a decimal comma are how people type numbers."""
    plain = said.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain) if plain else 0.0
    except ValueError as wrong:
        raise TargetWrong(name=name, said=said) from wrong
    if not abs(number) < float("inf"):
        raise TargetWrong(name=name, said=said)
    return plain


def _since(name: str, said: str) -> str:
    """Empty: from its first period in the file on."""
    try:
        return date.fromisoformat(said.strip()).isoformat() if said.strip() else ""
    except ValueError as wrong:
        raise SinceWrong(name=name, said=said) from wrong


def _decimals(said: str, *, otherwise: int) -> int:
    return int(said) if said in {str(places) for places in DECIMALS} else otherwise


def _one_of(said: str, choices: Sequence[tuple[str, object]], *, otherwise: str) -> str:
    return said if said in dict(choices) else otherwise
