"""The card of what may stand behind one leaf: parts estimated from the histories of linked measures."""

from __future__ import annotations

import math

from fourfold.engine.drivers import EstimatedPart, EstimatedSplit
from fourfold.engine.formula.syntax import Reference
from fourfold.engine.quantities import NotComputable
from fourfold.platform.ui.numbers import (
    DisplayNumber,
    ValueFormat,
    display_change,
    display_number,
    unit_label,
)
from fourfold.practices.finance.pages import driver_sentences as said
from fourfold.practices.finance.pages.driver_desk import DriverDesk
from fourfold.practices.finance.pages.driver_page import EstimatedCard, EstimatedRow
from fourfold.practices.finance.pages.leaf_names import leaf_format
from fourfold.practices.finance.queries.leaves import FormulaLeaf
from fourfold.practices.finance.queries.linked import expected_sign
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.trees import EstimatedDrivers, estimated_drivers

__all__ = ["digits", "estimated_card", "remark_on_sign", "sized", "step_of"]

SIGNIFICANT = 3  # digits of an elasticity


def estimated_card(desk: DriverDesk, leaf: FormulaLeaf | None, *, has_formula: bool) -> EstimatedCard | None:
    """Behind the opened leaf, or behind the measure itself where it has no formula; None without a causal link."""
    if leaf is None and has_formula:
        return None
    if leaf is not None and not isinstance(leaf.expression, Reference):
        return None
    measure = desk.looked.measure.key if leaf is None else leaf.measure
    change = _own_change(desk) if leaf is None else float(leaf.after[0] - leaf.before[0])
    if not math.isfinite(change):
        return None
    found = estimated_drivers(desk.looked, measure, change=change)
    return None if found is None else _card(desk, found, change=change)


def _own_change(desk: DriverDesk) -> float:
    looked, key = desk.looked, desk.looked.measure.key
    after = looked.value(key, at=looked.at)
    if looked.from_ is None or isinstance(after, NotComputable):
        return math.nan
    before = looked.target(key, at=looked.at) if looked.other is None else looked.value(key, at=looked.from_)
    return math.nan if before is None or isinstance(before, NotComputable) else after - before


def _card(desk: DriverDesk, found: EstimatedDrivers, *, change: float) -> EstimatedCard:
    form, name = leaf_format(desk.looked.evaluation, found.measure), desk.names[found.measure]
    skipped = tuple(said.skipped_sentence(desk.names[each.measure], each.reason) for each in found.skipped)
    split = found.split if isinstance(found.split, EstimatedSplit) else None
    rest = split.unexplained if split else 0.0
    return EstimatedCard(
        name=name,
        measure=found.measure,
        rows=tuple(_row(desk, part, form, outcome=found.measure) for part in split.parts) if split else (),
        change=sized(change, form),
        unexplained=sized(rest, form),
        unexplained_part=rest,
        sentence=_sentence(name, split, form) if split else "",
        warning=_warning(split) if split else "",
        reason=said.estimate_reason(found.split.reason) if isinstance(found.split, NotComputable) else "",
        skipped=skipped,
    )


def _sentence(name: str, split: EstimatedSplit, form: ValueFormat) -> str:
    explained = sum(part.contribution for part in split.parts)
    first = said.estimated_sentence(
        name, explained=str(sized(explained, form)), change=str(sized(split.change, form))
    )
    told = sum(part.elasticity.low * part.elasticity.high > 0.0 for part in split.parts)
    return f"{first} {said.certainty(told, len(split.parts))}"


def _warning(split: EstimatedSplit) -> str:
    if not split.is_mostly_unexplained or split.unexplained_share is None:
        return ""
    share = display_number(100.0 * split.unexplained_share, decimals=0, unit_of_measure="%")
    return said.unexplained_warning(str(share))


def remark_on_sign(looked: Looked, driver: str, *, outcome: str, interval: tuple[float, float, float]) -> str:
    """That an effect is estimated the other way than the map's link says; (low, value, high). Empty where it is not."""
    low, value, high = interval
    expected = expected_sign(looked.evaluation.book.definitions, driver, outcome=outcome)
    return said.against_the_link(is_told=low * high > 0.0) if expected * value < 0.0 else ""


def _row(desk: DriverDesk, part: EstimatedPart, form: ValueFormat, *, outcome: str) -> EstimatedRow:
    own = leaf_format(desk.looked.evaluation, part.driver)
    elasticity = part.elasticity
    low, high = part.interval
    return EstimatedRow(
        name=desk.names[part.driver],
        measure=part.driver,
        lag=str(elasticity.lag),
        change=sized(part.change, own),
        elasticity=said.elasticity_text(digits(elasticity.value), outcome=step_of(form), driver=step_of(own)),
        interval=said.interval_text(digits(elasticity.low), digits(elasticity.high)),
        part=part.contribution,
        text=sized(part.contribution, form),
        low=low,
        high=high,
        points=elasticity.points,
        remark=remark_on_sign(
            desk.looked,
            part.driver,
            outcome=outcome,
            interval=(elasticity.low, elasticity.value, elasticity.high),
        ),
    )


def sized(size: float, form: ValueFormat) -> DisplayNumber:
    """A part of a change, with a digit more than the value has."""
    return display_change(size, decimals=form.decimals + 1, unit_of_measure=form.unit_of_measure)


def step_of(form: ValueFormat) -> str:
    """One step of a measure's change: percentages change by points."""
    if form.unit_of_measure == "%":
        return "pp"
    return unit_label(form.unit_of_measure, is_one=True) or said.one_unit()


def digits(value: float) -> str:
    """With as many decimals as three significant digits take."""
    if value == 0.0 or not math.isfinite(value):
        return "0"
    decimals = max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))
    return display_number(value, decimals=min(decimals, 9)).text
