"""Tables for people; the numbers come from the same tree as the JSON and are written as the pages write them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from fourfold.cli.scorecard.evaluated import EvaluatedScorecard, lines_of
from fourfold.engine.aggregate import TargetOperator
from fourfold.engine.explain import Explanation, TargetLeg, TargetParts
from fourfold.engine.quantities import Status, Why
from fourfold.engine.tree import ScorecardNode
from fourfold.platform.ui.numbers import ValueFormat, display_exact, display_score

__all__ = ["print_explanation", "print_scorecard"]

MARKS = {
    Status.GREEN: ("✔ On target", "green"),
    Status.AMBER: ("▲ At risk", "yellow"),
    Status.RED: ("◆ Off target", "red"),
    Status.GREY: ("○ No data", "dim"),
}


_COMBINED = {
    TargetOperator.SUM: "sum",
    TargetOperator.LAST: "last",
    TargetOperator.MAX: "largest",
    TargetOperator.MIN: "smallest",
    TargetOperator.WEIGHTED: "mean, weighted by the denominators,",
}


def print_scorecard(scorecard: EvaluatedScorecard) -> None:
    """The whole tree as a table, indented by level."""
    tree = scorecard.tree()
    scale = scorecard.evaluation.book.scale
    title = f"{tree.name} · {scorecard.calendar.label(scorecard.period)} · scale {scale.sentence}"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("Scorecard")
    for heading in ("Value", "Target", "Score", "Coverage"):
        table.add_column(heading, justify="right")
    table.add_column("Status")
    for depth, node in lines_of(tree):
        table.add_row(*_cells(node, depth=depth))
    console = Console()
    console.width = max(console.width, 110)  # a pipe says 80, which breaks every name
    console.print(table)


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


def _exact(value: float, decimals: int | None) -> str:
    """A number to compute with: up to six decimals more than it is shown with, where it has them."""
    return display_exact(value, decimals=decimals or 0).text


def _target_way(node: Explanation) -> list[str]:
    """How a target that nobody typed came about."""
    match node.target_way:
        case TargetLeg() as leg:
            start, end = _exact(leg.start.value, node.decimals), _exact(leg.end.value, node.decimals)
            moving = f"{leg.trajectory.value}, step {leg.passed} of {leg.length}"
            return [f"target from {start} in {leg.start_key} to {end} in {leg.end_key}: {moving}"]
        case TargetParts(operator, parts) if parts:
            listed = ", ".join(f"{key} {_exact(value, node.decimals)}" for key, value in parts)
            return [f"target is the {_COMBINED[operator]} of {listed}"]
    return []


def print_explanation(explanation: Explanation) -> None:
    """The tree of inputs behind a number, indented."""
    console = Console(highlight=False, soft_wrap=True)
    for line in _explained(explanation, depth=0):
        console.print(line, markup=False)


def _explained(node: Explanation, *, depth: int) -> list[str]:
    indent = "  " * depth
    mark = MARKS[node.status][0]
    lines = [f"{indent}{node.name} ({node.kind} {node.key}, {node.unit}, {node.period_key}): {mark}"]
    lines += [f"{indent}  {fact}" for fact in _facts(node)]
    for part in node.inputs:
        lines += _explained(part, depth=depth + 1)
    return lines


def _facts(node: Explanation) -> list[str]:
    shown = [
        ("value", node.value, node.decimals),
        ("target", node.target, node.decimals),
        ("score", node.score, 2),
        ("weight", node.weight, 2),
    ]
    facts = [
        "; ".join(f"{word} {_exact(number, places)}" for word, number, places in shown if number is not None)
    ]
    facts += _target_way(node)
    if node.formula:
        facts.append(f"formula {node.formula}")
    if node.numerator is not None and node.denominator is not None:
        facts.append(
            f"{_exact(node.numerator, 0)} / {_exact(node.denominator, 0)} × {node.multiplier or 1:g}"
        )
    if node.thresholds is not None:
        anchors = (node.thresholds.worst, node.thresholds.red, node.thresholds.green, node.thresholds.best)
        facts.append(
            "worst, red, green, best " + ", ".join(_exact(anchor, node.decimals) for anchor in anchors)
        )
    if node.due:
        facts.append(f"{node.present} of {node.due} inputs")
    if node.why is not Why.PRESENT:
        facts.append(f"no score: {node.why.code.replace('_', ' ')}")
    facts += [
        f"missing: {part.key} {part.period_key} ({part.why.code.replace('_', ' ')})" for part in node.missing
    ]
    return [fact for fact in facts if fact]
