"""Every number of the example organisations, computed a second time from the documents alone, one cell after another.

The second evaluator (`plain_*.py`) was written from METHOD and DESIGN, in dictionaries and plain Python, without
reading the engine; it knows no axis, no block and no cache of the engine's. It covers what the examples use.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.quantities import Why
from fourfold.engine.score import STATUS_CODES
from fourfold.folder import read_folder
from tests.engine.independent.plain_organisation import Organisation
from tests.engine.independent.plain_scorecard import Scorecard
from tests.engine.independent.plain_time import Page

EXAMPLES = Path(__file__).parents[3] / "examples"
GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YTD, Grain.YEAR)
REASONS = {int(why): why.code for why in Why}
COLOURS = [status.value for status in STATUS_CODES]


@dataclass(frozen=True)
class Example:
    """An example as the engine sees it and as the second evaluator does."""

    evaluation: Evaluation
    scorecard: Scorecard

    def cells(self) -> Iterator[tuple[Grain, str, Page, tuple[int, int]]]:
        """Every grain, unit and page, with the place on the engine's period and unit axes."""
        for grain in GRAINS:
            for place, ordinal in enumerate(self.evaluation.at(grain).ordinals):
                page = Page(grain.value, ordinal)
                for column, unit in enumerate(self.evaluation.units.keys):
                    yield grain, unit, page, (place, column)


@pytest.fixture(scope="module", params=["four-objectives", "meridian"])
def example(request: pytest.FixtureRequest) -> Example:
    reading = read_folder(EXAMPLES / request.param)
    definitions, today = reading.definitions, reading.definitions.organisation.clock
    assert today is not None
    book = compile_book(definitions, today=today)
    evaluation = evaluate(book, Cube.of(book, reading.rows), grains=GRAINS)
    return Example(evaluation, Scorecard(Organisation(definitions, reading.rows, today, REASONS)))


def test_every_measure_has_the_same_value_target_score_and_status(example: Example) -> None:
    differences_of(example, list(example.evaluation.measures)).are_none()


def differences_of(example: Example, keys: list[str]) -> Differences:
    found = Differences()
    for grain, unit, page, at in example.cells():
        results = example.evaluation.at(grain).measures
        for key in keys:
            mine, cell = (
                example.scorecard.measure(key, unit, page),
                (example.evaluation.measure_index(key), *at),
            )
            counts = {
                "present": (mine.cell.present, int(results.present[cell])),
                "due": (mine.cell.due, int(results.due[cell])),
            }
            found.look(
                (key, unit, page),
                value=(mine.cell.value, results.value[cell]),
                target=(mine.target, results.target[cell]),
                score=(mine.score, results.score[cell]),
                why=(mine.cell.why, REASONS[results.why[cell]]),
                score_why=(mine.why, REASONS[results.score_why[cell]]),
                status=(mine.status, COLOURS[results.status[cell]]),
                **({} if mine.cell.why == "not_applicable" else counts),
            )
    return found


@pytest.mark.parametrize("level", ["objectives", "perspectives"])
def test_every_objective_and_perspective_has_the_same_score_coverage_and_bounds(
    example: Example, level: str
) -> None:
    found = Differences()
    nodes = getattr(example.evaluation.book.definitions, level)
    card = example.scorecard
    for grain, unit, page, at in example.cells():
        results = getattr(example.evaluation.at(grain), level)
        for node, each in enumerate(nodes):
            mine = (
                card.objective(each, unit, page)
                if level == "objectives"
                else card.perspective(each.key, unit, page)
            )
            cell = (node, *at)
            found.look(
                (each.key, unit, page),
                score=(mine.score, results.score[cell]),
                coverage=(mine.coverage, results.coverage[cell]),
                low=(mine.low, results.low[cell]),
                high=(mine.high, results.high[cell]),
                why=(mine.why, REASONS[results.why[cell]]),
                status=(mine.status, COLOURS[results.status[cell]]),
                red_children=(mine.red_children, int(results.red_children[cell])),
                worst_child=(mine.worst_child, int(results.worst_child[cell])),
            )
    found.are_none()


def test_the_total_is_off_everywhere(example: Example) -> None:
    for grain in GRAINS:
        results = example.evaluation.at(grain).total
        assert {REASONS[code] for code in set(results.why.ravel().tolist())} == {"total_off"}


class Differences:
    """Where the two do not agree, counted by what and which, with one example each."""

    def __init__(self) -> None:
        self.compared = 0
        self.counts: Counter[tuple[str, str]] = Counter()
        self.first: dict[tuple[str, str], str] = {}

    def look(self, where: tuple[str, str, Page], **pairs: tuple[Any, Any]) -> None:
        """Compare (independent, engine) pairs of one cell."""
        for name, (mine, theirs) in pairs.items():
            self.compared += 1
            if not same(mine, theirs):
                key, unit, page = where
                self.counts[key, name] += 1
                self.first.setdefault(
                    (key, name), f"{unit} {page.grain} {page.ordinal}: {mine!r}, engine {theirs!r}"
                )

    def are_none(self) -> None:
        """Fail with every kind of difference named."""
        assert self.compared > 1000
        told = [
            f"{n}× {key} {name}: {self.first[key, name]}" for (key, name), n in sorted(self.counts.items())
        ]
        assert not told, "\n".join(told)


def same(mine: Any, theirs: Any) -> bool:
    """Words and counts exactly, numbers to 1e-9 relative; None is NaN."""
    if isinstance(mine, str | int) and not isinstance(theirs, float):
        return bool(mine == theirs)
    if mine is None or math.isnan(theirs):
        return mine is None and math.isnan(theirs)
    return math.isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-9)
