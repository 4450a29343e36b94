"""`fourfold explain KIND KEY [FOLDER]`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fourfold.cli.database import from_database
from fourfold.cli.evaluated import from_folder
from fourfold.cli.exits import Exit, refusals_as_exits, stop
from fourfold.cli.printing import print_explanation
from fourfold.engine.explain import explain

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
    with refusals_as_exits():
        if folder is None:
            scorecard = from_database(unit=unit, period=period)
        else:
            scorecard = from_folder(folder, data=data, unit=unit, period=period)
        try:
            explanation = explain(
                scorecard.evaluation, node=(kind.value, key), unit=scorecard.unit, period=scorecard.period
            )
        except (KeyError, ValueError):
            stop(
                Exit.NOT_FOUND,
                problem="KEY_UNKNOWN",
                message=f"{scorecard.unit} has no {kind} {key!r}",
                remedy="`fourfold evaluate --csv` lists the keys.",
            )
        print_explanation(explanation)
