"""The whole way from observations to perspectives."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from fourfold.engine.book import Book
from fourfold.engine.book.pages import NativeMap
from fourfold.engine.calendar import Frequency, Grain, GrainPeriod, Period
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate.arrays import Arrays, room_for
from fourfold.engine.evaluate.columns import ColumnTotals
from fourfold.engine.evaluate.compiled import fill_by_kernel
from fourfold.engine.evaluate.hysteresis import hold_statuses
from fourfold.engine.evaluate.measuring import Measuring, blank_measure
from fourfold.engine.evaluate.operands import Totals
from fourfold.engine.evaluate.results import Evaluation
from fourfold.engine.evaluate.rolling_up import RollingUp
from fourfold.engine.evaluate.threads import in_threads
from fourfold.engine.evaluate.view import View, view_of
from fourfold.engine.score import Backend

__all__ = ["Backend", "evaluate", "last_complete"]


def evaluate(
    book: Book,
    cube: Cube,
    *,
    grains: Collection[Grain] = (Grain.MONTH,),
    unit: str | None = None,
    measures: Collection[str] | None = None,
    depth: int | None = None,
    rollups: bool = True,
    backend: Backend | None = None,
    reuse: Evaluation | None = None,
) -> Evaluation:
    """Compute every number of a unit's subtree.

    Args:
        book: the definitions.
        cube: the observations; must have been made with this book.
        grains: what pages show.
        unit: the head of the subtree; None: the root.
        measures: keys; None: all. With a choice, operands of formulas come along, and an objective is grey that has a
            measure outside it.
        depth: results for the head and so many levels below it only, from the whole subtree's observations; None: all.
        rollups: False for measures alone; objectives and perspectives then have no nodes.
        backend: both give the same digits; None: the cube's choice for the rows it holds.
        reuse: an evaluation whose arrays may be overwritten if they fit; saves the cost of fresh memory.

    Raises:
        UnknownUnit: no such unit. KeyError: no such measure.

    Source: METHOD §2.3–2.7; DESIGN §2, §5. One page: docs/algorithms/evaluation.md.
    """
    backend = backend or cube.backend
    view = view_of(book, cube, grains=tuple(dict.fromkeys(grains)), unit=unit)
    shown = view.shown(depth)
    places = {measure: place for place, measure in enumerate(_chosen(book, measures))}
    arrays = _room(book, shown, measures=len(places), rollups=rollups, reuse=reuse)
    _fill_measures(view, shown, cube, arrays=arrays, places=places, backend=backend)
    if book.policies.is_on("status.hysteresis"):
        hold_statuses(shown, arrays=arrays, places=places)
    if rollups:
        rolling_up(shown, arrays=arrays, places=places, backend=backend).everything()
    return Evaluation(
        book=book,
        cube=cube,
        units=shown.units,
        measures=tuple(book.definitions.measures[measure].key for measure in places),
        grains=arrays.by_grain(view.pages),
        backend=backend,
        places=places,
        arrays=arrays,
        view=view,
    )


def rolling_up(view: View, *, arrays: Arrays, places: dict[int, int], backend: Backend) -> RollingUp:
    """The roll-ups of a view."""
    units = None if view.is_whole else view.units.whole
    return RollingUp(view.book, arrays, view.pages, places, units, backend, view.timetable.kept)


def last_complete(
    book: Book, cube: Cube, *, grain: Grain = Grain.MONTH, unit: str | None = None
) -> GrainPeriod:
    """The latest page that has ended and has an observation (DESIGN §5), in a unit's subtree.

    Without any observation, the latest page that has ended. Costs a look at the cube's last periods.

    Raises:
        UnknownUnit: no such unit.
    """
    calendar = cube.timeline.calendar
    units = book.units if unit is None else book.units.below(unit)
    today = calendar.page_of(grain, book.today)
    ended = today if calendar.last_day(today) <= book.today else today.shifted(-1)
    found = []
    for frequency, ordinal in cube.last_observed(units.whole).items():
        day = calendar.last_day(Period(frequency, ordinal))
        if not Frequency(frequency).is_coarser_than(grain.frequency):
            found.append(calendar.page_of(grain, day))
    return min(ended, max(found)) if found else ended


def _chosen(book: Book, measures: Collection[str] | None) -> list[int]:
    """The measures asked for and all that their formulas read, in listed order."""
    if measures is None:
        return list(range(len(book.definitions.measures)))
    chosen: set[int] = set()
    waiting = [book.measure_index(key) for key in measures]
    while waiting:
        measure = waiting.pop()
        if measure not in chosen:
            chosen.add(measure)
            waiting += [read for rule in book.rules[measure] for read in rule.reads]
    return sorted(chosen)


def _room(book: Book, view: View, *, measures: int, rollups: bool, reuse: Evaluation | None) -> Arrays:
    sizes = (measures, len(book.objectives), len(book.perspectives)) if rollups else (measures, 0, 0)
    longest = max((int((m.stop - m.start).max()) for m in _maps(view)), default=1)
    segments = max((len(rule.version.segments) or 1 for rules in book.rules for rule in rules), default=1)
    reads = max((len(rule.reads) or 1 for rules in book.rules for rule in rules), default=1)
    if reuse is not None:
        old: Arrays = reuse.arrays
        fits = tuple((size, len(view.pages), len(view.units)) for size in sizes)
        if old.shape == fits:
            old.shown.clear()
            old.held.clear()
            return old
    return room_for(
        measures=sizes[0],
        objectives=sizes[1],
        perspectives=sizes[2],
        total=int(rollups),
        pages=len(view.pages),
        units=len(view.units),
        most=longest * segments * len(book.units) * reads,
    )


def _maps(view: View) -> list[NativeMap]:
    frequencies = {line.rule.frequency for line in view.timetable.lines}
    return [view.pages.native(frequency) for frequency in frequencies]


def _fill_measures(
    view: View, shown: View, cube: Cube, *, arrays: Arrays, places: dict[int, int], backend: Backend
) -> None:
    """Observed measures first, then formulas, operands before those that read them."""
    totals = Totals(cube, view)
    if shown is not view:
        totals = ColumnTotals(totals, view=shown, columns=np.arange(len(shown.units)))
    measuring = Measuring(shown, arrays, totals, places, backend)
    for measure, place in places.items():
        rules = view.book.rules[measure]
        first, end = rules[0].valid_from, rules[-1].valid_until
        if first is not None or end is not None:
            blank_measure(arrays, [place], pages=~view.pages.between(first, end))
    computed = set(view.book.order)
    observed = [line for measure in places if measure not in computed for line in view.lines_of[measure]]
    filled: set[int] = set()
    if backend == "numba":
        filled = fill_by_kernel(observed, view=view, cube=cube, arrays=arrays, places=places)
        measuring.score_the_rest([line for line in observed if id(line) in filled])
    rest = [line for line in observed if id(line) not in filled]
    in_threads(measuring.observe, rest, cells=len(rest) * len(view.pages) * len(view.units))
    for measure in view.book.order:
        if measure in places:
            for line in view.lines_of[measure]:
                if line.rule.is_per_page:
                    measuring.compute(line)
                else:
                    measuring.observe(line)
