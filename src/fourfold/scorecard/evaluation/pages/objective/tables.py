"""The measures of an objective and the objectives of a map as tables to take away."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from fourfold.platform.ui.reasons import reason_sentence
from fourfold.platform.ui.tables import Column, ColumnKind, Table
from fourfold.scorecard.evaluation.pages.judged import Judged, judged_parts
from fourfold.scorecard.evaluation.pages.objective.page import ObjectivePage
from fourfold.scorecard.evaluation.pages.scorecard.table import Taken, measures_table
from fourfold.scorecard.evaluation.pages.strategy_map.link_lines import LinkLine
from fourfold.scorecard.evaluation.pages.strategy_map.page import MapPage

__all__ = ["map_table", "objective_table"]


NOTHING_SAID: Mapping[str, str] = MappingProxyType({})
NOBODY_JUDGED: Mapping[str, Judged] = MappingProxyType({})


def objective_table(
    page: ObjectivePage,
    said: Mapping[str, str] = NOTHING_SAID,
    *,
    state: str = "",
    judged: Mapping[str, Judged] = NOBODY_JUDGED,
) -> Table:
    """Its measures with the columns of the scorecard's file; `said`, `state` and `judged` as there."""
    notes = (
        (_("Objective"), page.head.name),
        (_("Unit"), page.place.unit_name),
        (_("Period"), page.place.stepper.current.label),
        (_("Scale"), page.place.scale.sentence),
        (_("A year before"), page.last_year),
    )
    rows = [(page.head.perspective_name, row) for row in page.rows]
    taken = Taken(page.place, said, state, {page.head.key: page.standing.mark}, judged)
    return measures_table(page.head.name, rows, taken=taken, notes=notes)


def map_table(
    page: MapPage, said: Mapping[str, str] = NOTHING_SAID, *, judged: Mapping[str, Judged] = NOBODY_JUDGED
) -> Table:
    """The list below the map: each objective with what drives it, what it drives and what its owner says."""
    columns = (
        Column(_("Perspective")),
        Column(_("Objective key")),
        Column(_("Objective")),
        Column(_("Owner")),
        Column(_("Status")),
        Column(_("Why")),
        Column(_("Status judged")),
        Column(_("Judged by")),
        Column(_("Judged reason")),
        Column(_("Score"), ColumnKind.NUMBER, decimals=0),
        Column(_("Driven by")),
        Column(_("Drives")),
        Column(_("Analysis")),
    )
    rows = [
        (
            group.name,
            row.key,
            row.name,
            row.owner_name,
            row.mark.status.label,
            row.mark.note or reason_sentence(row.mark.why),
            *judged_parts(judged.get(row.key)),
            row.score,
            "; ".join(_told(link.source.name, link) for link in row.causes),
            "; ".join(_told(link.target.name, link) for link in row.effects),
            said.get(f"objective/{row.key}", ""),
        )
        for group in page.listed
        for row in group.objectives
    ]
    return Table(_("Objectives"), columns, rows, _map_notes(page))


def _map_notes(page: MapPage) -> tuple[tuple[str, str], ...]:
    notes = (
        (_("Unit"), page.place.unit_name),
        (_("Period"), page.place.stepper.current.label),
        (_("Scale"), page.place.scale.sentence),
        (_("Theme"), page.theme.name if page.theme else ""),
    )
    return tuple(note for note in notes if note[1])


def _told(name: str, link: LinkLine) -> str:
    """The objective at the other end, after how long, and what is known of it."""
    facts = ", ".join(fact for fact in (link.lag, link.found) if fact)
    return f"{name} ({facts})" if facts else name
