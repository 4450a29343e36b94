"""A scorecard as a table for people: the numbers of the JSON, written as the pages write them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from fourfold.cli.scorecard.evaluated import EvaluatedScorecard, lines_of
from fourfold.cli.wide_table import print_whole, titled_table
from fourfold.engine.quantities import Status
from fourfold.engine.tree import ScorecardNode
from fourfold.platform.ui.numbers import ValueFormat, display_score

__all__ = ["MARKS", "print_scorecard"]

MARKS = {
    Status.GREEN: ("✔ On target", "green"),
    Status.AMBER: ("▲ At risk", "yellow"),
    Status.RED: ("◆ Off target", "red"),
    Status.GREY: ("○ No data", "dim"),
}


def print_scorecard(scorecard: EvaluatedScorecard) -> None:
    """The whole tree as a table, indented by level."""
    tree = scorecard.tree()
    scale = scorecard.evaluation.book.scale
    title = f"{tree.name} · {scorecard.calendar.label(scorecard.period)} · scale {scale.sentence}"
    table = titled_table(title)
    table.add_column("Scorecard")
    for heading in ("Value", "Target", "Score", "Coverage"):
        table.add_column(heading, justify="right")
    table.add_column("Status")
    for depth, node in lines_of(tree):
        table.add_row(*_cells(node, depth=depth))
    print_whole(table, width=110)


def _cells(node: ScorecardNode, *, depth: int) -> Sequence[str | Text]:
    mark, style = MARKS[node.status]
    if node.score is None:
        mark = f"{mark} ({node.why.code.replace('_', ' ')})"
    elif node.uncertain:
        mark = f"{mark}, uncertain"
    form = ValueFormat(node.decimals or 0, node.unit_of_measure or "").beside(node.value, node.target)
    return (
        "  " * depth + node.name,
        str(form.shown(node.value)),
        form.shown(node.target).text,
        display_score(node.score),
        "" if node.coverage is None else f"{node.coverage:.0%}",
        Text(mark, style=style),
    )
