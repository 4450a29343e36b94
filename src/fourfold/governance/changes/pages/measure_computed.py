"""What a formula would have given in the last periods: the real engine on the real ledger, nothing written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from fourfold.engine.book import Book, DefinitionRefused, compile_book
from fourfold.engine.calendar import Frequency, Grain
from fourfold.engine.cube import Cube
from fourfold.engine.definitions import Definitions, Measure
from fourfold.engine.evaluate import evaluate, last_complete
from fourfold.engine.quantities import Why
from fourfold.governance.changes.pages.measure_formula import operands_of
from fourfold.platform.periods.queries import today
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.scorecard.measures.queries.ledger import head_seq
from fourfold.scorecard.measures.queries.ledger_rows import positions_in, rows_since

__all__ = ["ComputedValue", "computed_values"]

PERIODS = 6

_GRAINS = {
    Frequency.QUARTER: Grain.QUARTER,
    Frequency.HALF: Grain.HALF,
    Frequency.YEAR: Grain.YEAR,
}


@dataclass(frozen=True, slots=True)
class ComputedValue:
    """One period's result; `reason` says why there is none."""

    period: str
    value: str
    reason: str = ""


def computed_values(
    draft: Measure, *, unit: str, known: Definitions, at: datetime
) -> tuple[ComputedValue, ...]:
    """The last six complete periods of the draft in one unit; empty where the formula is not accepted.

    Costs a pass over the ledger's rows.
    """
    whole = _with(draft, known)
    try:
        book = compile_book(whole, today=today(known.organisation, at=at))
    except DefinitionRefused:
        return ()
    cube = Cube(book)
    operands = replace(whole, measures=tuple(each for each in whole.measures if each.key != draft.key))
    cube.take_in(rows_since(0, upto=head_seq(), positions=positions_in(operands)))
    return _last_values(book, cube, key=draft.key, unit=unit)


def _last_values(book: Book, cube: Cube, *, key: str, unit: str) -> tuple[ComputedValue, ...]:
    version = book.measure(key).versions[-1]
    grain = _GRAINS.get(version.frequency, Grain.MONTH)
    found = evaluate(
        book, cube, grains=(grain,), unit=unit, measures=(key,), depth=0, rollups=False, backend="numpy"
    )
    results, node = found.at(grain), found.measure_index(key)
    end = last_complete(book, cube, grain=grain, unit=unit)
    form = ValueFormat(version.decimals, version.unit_of_measure)
    shown = []
    for page in (end.shifted(-back) for back in reversed(range(PERIODS))):
        if found.has(page):
            where = (node, results.position(page.ordinal), 0)
            why = Why(int(results.measures.why[where]))
            value = float(results.measures.value[where])
            label = book.timeline.calendar.label(page)
            reason = "" if why is Why.PRESENT else reason_sentence(why)
            shown.append(ComputedValue(label, str(form.shown(value)), reason))
    return tuple(shown)


def _with(draft: Measure, known: Definitions) -> Definitions:
    """Only what the formula reads, and the draft behind it, so that places in the listing stay as they are."""
    listed = {measure.key: measure for measure in known.measures if measure.key != draft.key}
    needed: dict[str, None] = {}
    waiting = [draft]
    while waiting:
        measure = waiting.pop()
        for version in measure.versions:
            for key in operands_of(version.formula):
                if key in listed and key not in needed:
                    needed[key] = None
                    waiting.append(listed[key])
    chosen = tuple(replace(listed[key], objectives=()) for key in sorted(needed))
    return replace(
        known,
        measures=(*chosen, replace(draft, objectives=())),
        targets=(),
        objectives=(),
        causal_links=(),
        identity_links=(),
        initiatives=(),
    )
