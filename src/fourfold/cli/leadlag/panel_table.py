"""One link over many units as a table for people; every digit is in the JSON."""

from __future__ import annotations

from fourfold.cli.leadlag.panel_document import PanelsFound
from fourfold.cli.leadlag.table import VERDICTS
from fourfold.cli.wide_table import print_whole, titled_table
from fourfold.engine import leadlag

__all__ = ["print_panels"]


def print_panels(found: PanelsFound) -> None:
    """One row a link: the slope with its interval, chance, and of how much it is made."""
    title = f"Panel of {len(found.units)} units · effects of unit and period taken out · {found.word}"
    table = titled_table(title)
    table.add_column("Link")
    for heading in ("Expected", "Slope", "95 %", "p adjusted", "Units", "Values"):
        table.add_column(heading, justify="right")
    for heading in ("Verdict", "Remarks"):
        table.add_column(heading)
    for place in range(len(found.asked)):
        table.add_row(*_cells(found, place))
    print_whole(
        table, width=150, under=["A slope tells of order in time. It cannot tell what brings what about."]
    )


def _cells(found: PanelsFound, place: int) -> list[str]:
    asked, each = found.asked[place], found.found[place]
    head, said = [asked.name, asked.expected], VERDICTS[found.verdict(place)]
    if isinstance(each, leadlag.NoPanel):
        why = each.why.code.replace("_", " ")
        if each.why.code == "too_few_points":
            why += f": {leadlag.LEAST_UNITS} units and {leadlag.LEAST_UNIT_PERIODS} values are needed"
        return [*head, "–", "–", "–", str(each.units), str(each.unit_periods), said, why]
    interval = f"{each.low:+.4g} to {each.high:+.4g}".replace("-", "−")
    slope = f"{each.slope:+.4g}".replace("-", "−")
    return [
        *head,
        slope,
        interval,
        f"{found.adjusted[place]:.3f}",
        str(each.units),
        str(each.unit_periods),
        said,
        "",
    ]
