"""Why a number is what it is, as indented lines for people."""

from __future__ import annotations

from rich.console import Console

from fourfold.cli.scorecard.table import MARKS
from fourfold.engine.aggregate import TargetOperator
from fourfold.engine.explain import Explanation, TargetLeg, TargetParts
from fourfold.engine.quantities import Why
from fourfold.platform.ui.numbers import display_exact

__all__ = ["print_explanation"]

_COMBINED = {
    TargetOperator.SUM: "sum",
    TargetOperator.LAST: "last",
    TargetOperator.MAX: "largest",
    TargetOperator.MIN: "smallest",
    TargetOperator.WEIGHTED: "mean, weighted by the denominators,",
}


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
