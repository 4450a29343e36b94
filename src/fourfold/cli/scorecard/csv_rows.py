"""A scorecard as rows of CSV."""

from __future__ import annotations

import csv
import sys

from fourfold.cli.scorecard.evaluated import lines_of
from fourfold.engine.canonical import without_remainder
from fourfold.engine.quantities import Why
from fourfold.engine.tree import ScorecardNode

__all__ = ["write_csv"]

COLUMNS = ("kind", "key", "name", "value", "target", "score", "status", "coverage", "why")


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
