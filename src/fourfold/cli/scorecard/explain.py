"""`fourfold explain KIND KEY [FOLDER]`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fourfold.cli.exits import Exit, stop
from fourfold.cli.scorecard.evaluate import evaluated

__all__ = ["explain_number"]


class Kind(StrEnum):
    """What can be explained."""

    MEASURE = "measure"
    OBJECTIVE = "objective"
    PERSPECTIVE = "perspective"


def explain_number(
    kind: Annotated[Kind, typer.Argument(help="What to explain.")],
    key: Annotated[str, typer.Argument(help="Its key.")],
    folder: Annotated[
        Path | None, typer.Argument(help="A strategy folder; without one, the database.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="A unit's key; default: the root.")] = None,
    period: Annotated[str | None, typer.Option(help="2026-09, 2026-Q3, 2026-09-ytd or 2026.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Where mappings with `from: data` find their files.")
    ] = None,
) -> None:
    """Say why a number is what it is: definition, formula, inputs, thresholds, weights, what is missing."""
    scorecard = evaluated(folder, data=data, unit=unit, period=period)
    from fourfold.cli.scorecard.evaluated import lines_of
    from fourfold.cli.scorecard.explanation import print_explanation
    from fourfold.engine.explain import explain

    tree = scorecard.tree()
    if (kind.value, key) not in {(node.kind, node.key) for _, node in lines_of(tree)}:
        message, remedy = (
            f"{tree.key} has no {kind.value} {key!r}",
            "`fourfold evaluate --csv` lists the keys.",
        )
        stop(Exit.NOT_FOUND, problem="KEY_UNKNOWN", message=message, remedy=remedy)
    print_explanation(
        explain(scorecard.evaluation, node=(kind.value, key), unit=scorecard.unit, period=scorecard.period)
    )
