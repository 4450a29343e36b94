"""Capability as a table for people; every digit is in the JSON."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.cli.capability.document import CapabilitiesFound
from fourfold.cli.wide_table import print_whole, titled_table
from fourfold.engine.capability import NORMAL_ALPHA
from fourfold.engine.quantities import Why

__all__ = ["asked_text", "index_text", "print_capabilities", "remarks_on"]

Floats = NDArray[np.float64]


def print_capabilities(capable: CapabilitiesFound) -> None:
    """One row a series: indices with their intervals, parts per million, what is doubtful."""
    title = f"{capable.table.columns.value} · {asked_text(capable)}"
    table = titled_table(title)
    table.add_column("Series")
    for heading in ("Points", "Mean", "C_p", "C_pk (95 %)", "P_p", "P_pk (95 %)", "C_pm", "PPM"):
        table.add_column(heading, justify="right")
    table.add_column("Remarks")
    for place in range(len(capable.table.keys)):
        table.add_row(*_cells(capable, place))
    print_whole(table, width=140)


def asked_text(capable: CapabilitiesFound) -> str:
    """The specification in words."""
    asked = capable.specification
    return ", ".join(
        f"{name} {number:g}"
        for name, number in (("from", asked.lower), ("to", asked.upper), ("target", asked.target))
        if isinstance(number, float | int)
    )


def _cells(capable: CapabilitiesFound, place: int) -> list[str]:
    found = capable.found
    return [
        capable.table.name(place),
        str(int(found.points[place])),
        _number(found.mean[place], "{:,.6g}"),
        _number(found.cp[place]),
        index_text(found.cpk, found.within.centred_interval, place=place),
        _number(found.pp[place]),
        index_text(found.ppk, found.overall.centred_interval, place=place),
        _number(found.cpm[place]),
        _number(found.parts_per_million[place], "{:,.0f}"),
        ", ".join(remarks_on(capable, place)),
    ]


def remarks_on(capable: CapabilitiesFound, place: int) -> list[str]:
    """Why there are no indices, or what makes them doubtful."""
    found, fitted = capable.found, capable.fitted[place]
    why = Why(int(found.why[place]))
    remarks = [] if why is Why.PRESENT else [why.code.replace("_", " ")]
    if found.needs_caution[place]:
        remarks.append("fewer than 100 points")
    if found.normality[place] < NORMAL_ALPHA:
        remarks.append(
            "not normal" if fitted is None else f"not normal; {fitted.shape} C_pk {fitted.cpk:.2f}"
        )
    return remarks + [warning.replace("_", " ") for warning in capable.warnings[place]]


def index_text(index: Floats, interval: tuple[Floats, Floats], *, place: int) -> str:
    """An index with its 95 % interval."""
    if not np.isfinite(index[place]):
        return "–"
    return f"{index[place]:.2f} ({interval[0][place]:.2f}–{interval[1][place]:.2f})"


def _number(value: float, form: str = "{:.2f}") -> str:
    return form.format(value) if np.isfinite(value) else "–"
