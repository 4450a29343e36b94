"""Files with a column for each measure: which measure each number column belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fourfold.folder.mapping.look.found import Found
from fourfold.folder.mapping.look.naming import key_of, normalised, split_part
from fourfold.folder.mapping.look.sampling import Sample
from fourfold.folder.mapping.look.texts import SAMPLES_OF_A_MEASURE
from fourfold.folder.mapping.look.totals import is_total
from fourfold.folder.mapping.look.values import ColumnLook, MappingDraft, ProposedMeasure, WideColumn
from fourfold.folder.mapping.part_words import LEAVE_OUT, said_part

__all__ = ["measures_of_wide", "wide_columns"]


def wide_columns(
    looks: Sequence[ColumnLook], sample: Sample, *, found: Found
) -> tuple[tuple[ColumnLook, ...], tuple[WideColumn, ...], tuple[ProposedMeasure, ...]]:
    """Each number column belongs to a measure: a known one by its name, otherwise one to be created."""
    kinds = {measure.key: measure.versions[-1].kind for measure in found.definitions.measures}
    proposed: dict[str, ProposedMeasure] = {}
    seen: list[ColumnLook] = []
    wide: list[WideColumn] = []
    taken: set[tuple[str, str]] = set()
    for look in looks:
        if look.holds == "number" and not look.role and (said := _left_out(look.name, beside=looks)):
            seen.append(replace(look, evidence=said))
            continue
        if look.holds != "number" or look.role in ("unit", "period"):
            seen.append(look)
            continue
        subject, part = (found.title, look.role) if look.role else _split(look.name, beside=looks)
        key = found.names.measures.get(normalised(look.name)) or found.names.measures.get(normalised(subject))
        is_new = key is None
        if key is None:
            key = key_of(found.placed(subject), found.taken, otherwise="measure")
            is_whole = key_of(subject) == key_of(look.name) and not look.role
            title = look.name if is_whole else subject
            if key not in proposed or part == "value":
                proposed[key] = found.proposed(key, title, text=look.name, samples=_cells(sample, look.name))
        elif part == "value" and look.name not in found.names.measures and kinds[key].has_denominator:
            part = "numerator" if kinds[key].value in ("ratio", "rate") else part
        if (key, part) in taken:
            seen.append(look)
            continue
        taken.add((key, part))
        wide.append(WideColumn(look.name, key, part))
        seen.append(replace(look, role=part, measure=key, is_new=is_new))
    return tuple(seen), tuple(wide), tuple(_with_parts(each, wide) for each in proposed.values())


def _left_out(name: str, *, beside: Sequence[ColumnLook]) -> str:
    """Why a column of numbers is no measure, if it is none."""
    if is_total(name):
        return "Sums up other columns, so it is left out."
    part, rest = said_part(name)
    others = {said_part(each.name)[1].casefold() for each in beside if each.name != name}
    # “Forecast accuracy” is a measure, “Sales forecast” beside “Sales” is none.
    is_neither = part == LEAVE_OUT and (not rest or rest.casefold() in others)
    return "Neither a value nor a target, as its heading says, so it is left out." if is_neither else ""


def _split(name: str, *, beside: Sequence[ColumnLook]) -> tuple[str, str]:
    """Subject and part; “Sales actual” is the value of sales only where “Sales plan” stands beside it."""
    subject, part = split_part(name)
    said, rest = said_part(name)
    if part == "value" and said == "value" and rest:
        others = {split_part(each.name) for each in beside if each.holds == "number"}
        return (normalised(rest), part) if (normalised(rest), "target") in others else (subject, part)
    return subject, part


def measures_of_wide(sample: Sample, found: Found, *, chosen: MappingDraft) -> tuple[ProposedMeasure, ...]:
    """One for each measure that the chosen columns name and nobody has defined; its value column describes it."""
    known = {measure.key for measure in found.definitions.measures}
    proposed: dict[str, ProposedMeasure] = {}
    for entry in sorted(chosen.wide, key=lambda each: each.role != "value"):
        if entry.measure not in known and entry.measure not in proposed:
            proposed[entry.measure] = found.proposed(
                entry.measure, entry.column, text=entry.column, samples=_cells(sample, entry.column)
            )
    return tuple(_with_parts(each, chosen.wide) for each in proposed.values())


def _with_parts(proposed: ProposedMeasure, wide: Sequence[WideColumn]) -> ProposedMeasure:
    """What the file gives decides the kind: a numerator needs a denominator, a value with its n is a mean."""
    parts = {each.role for each in wide if each.measure == proposed.key}
    if {"numerator", "denominator"} <= parts:
        return replace(proposed, kind="ratio", decimals=max(proposed.decimals, 1), sample="")
    return replace(proposed, kind="mean") if {"value", "n"} <= parts else proposed


def _cells(sample: Sample, column: str) -> list[str]:
    place = sample.header.index(column)
    return [row[place] for row in sample.rows[:SAMPLES_OF_A_MEASURE] if row[place].strip()]
