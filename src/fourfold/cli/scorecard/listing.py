"""What goes to a pipe as readily as to a person: findings, CSV rows."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence

import typer

from fourfold.cli.scorecard.evaluated import lines_of
from fourfold.engine.canonical import without_remainder
from fourfold.engine.quantities import Why
from fourfold.engine.tree import ScorecardNode
from fourfold.folder import Finding

__all__ = ["print_findings", "write_csv"]

COLUMNS = ("kind", "key", "name", "value", "target", "score", "status", "coverage", "why")


def print_findings(findings: Sequence[Finding]) -> None:
    """Each finding on a line of its own, then the count."""
    for finding in findings:
        typer.echo(str(finding))
    typer.echo(f"{len(findings)} finding{'' if len(findings) == 1 else 's'}.")


def write_csv(tree: ScorecardNode) -> None:
    """One row a node, numbers with the digits of the JSON and of every other file; empty, with a reason, for none."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for _, node in lines_of(tree):
        numbers = [_plain(number) for number in (node.value, node.target, node.score)]
        why = "" if node.why is Why.PRESENT else node.why.code
        writer.writerow(
            (node.kind, node.key, node.name, *numbers, node.status.value, _plain(node.coverage), why)
        )


def _plain(number: float | None) -> str:
    return "" if number is None else repr(without_remainder(number))
