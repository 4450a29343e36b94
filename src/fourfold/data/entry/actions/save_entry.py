"""Save a grid: one transaction, one batch of the ledger, the notes beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fourfold.data.entry.actions.keep_draft import discard_draft
from fourfold.data.entry.models import ObservationNote
from fourfold.data.entry.pages.grid import EntryGrid, EntryRow, GridAsked
from fourfold.data.entry.queries.grid import Sheet, Slip, read_sheet
from fourfold.data.entry.queries.reading import grid_page
from fourfold.data.entry.queries.standing import standing_in
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.queries import grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.actions.open_entry import take_turn
from fourfold.scorecard.measures.models import ObservationKind
from fourfold.scorecard.measures.observation import NewObservation

__all__ = ["EntrySaved", "ValuesEntered", "run_of", "save_entry", "sheet_of", "unfit_grid"]


@dataclass(frozen=True, slots=True)
class ValuesEntered(Event):
    """How many values were typed for a unit and period, how many were explained, in which run."""

    period: str
    values: int
    notes: int
    run: str


@dataclass(frozen=True, slots=True)
class EntrySaved:
    """What came of it: counts where it was saved, otherwise the grid with everything typed and what to mend."""

    values: int = 0
    notes: int = 0
    grid: EntryGrid | None = None


@transaction.atomic
def save_entry(asked: GridAsked, *, scope: Scope, at: datetime) -> EntrySaved:
    """Write what was changed, or answer the grid with what must be mended; then nothing is written.

    Holds the ledger's lock from the comparison to the commit: whoever saved a value since the form was opened is
    shown beside what was typed, and saving again overwrites knowingly.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, NotPermitted, PeriodFinal, and what the ledger refuses.
    """
    take_turn()
    sheet = sheet_of(asked, scope=scope, at=at)
    if foreign := _not_theirs(sheet):
        return _handed_back(asked, sheet, foreign, scope=scope, at=at)
    if unfit := unfit_grid(asked, sheet, scope=scope, at=at):
        return EntrySaved(grid=unfit)
    if any(slip.cell.is_changed and slip.row.is_final for slip in sheet.slips):
        told = _("This period is final: a value changes only by a restatement, proposed here by a steward.")
        page = grid_page(scope, asked, draft=None, at=at)
        return EntrySaved(grid=replace(page, problem=told, problem_code="PERIOD_FINAL"))
    run = run_of("entry", at)
    slips = sheet.changed
    rows = [_observation(slip, unit=asked.place.unit) for slip in slips]
    appended = append_observations(rows, scope=scope, at=at, run=run) if rows else None
    notes = _write_notes(sheet, asked, scope=scope, at=at)
    if appended or notes:
        event = ValuesEntered(
            f"unit/{asked.place.unit}", asked.place.period, appended.written if appended else 0, notes, run
        )
        audit.record(event, scope=scope, at=at)
    discard_draft(asked, scope=scope)
    return EntrySaved(appended.written if appended else 0, notes)


def _not_theirs(sheet: Sheet) -> dict[str, str]:
    """Rows in which something was typed that the grid offers no field for: the beginning of their fields, and names."""
    return {
        slip.row.name_of_fields: slip.row.name
        for slip in sheet.slips
        if (slip.cell.is_changed or slip.row.note.strip())
        and not slip.row.is_editable
        and not slip.row.is_final
    }


def _handed_back(
    asked: GridAsked, sheet: Sheet, foreign: Mapping[str, str], *, scope: Scope, at: datetime
) -> EntrySaved:
    """Nothing is saved, and what they typed into rows of their own is kept; whoever has none is refused.

    Raises:
        NotPermitted.
    """
    if not sheet.changed:
        raise NotPermitted(act=Act.ENTER_VALUES.value, unit=asked.place.unit)
    starts = tuple(f"{name}." for name in foreign)
    kept = {name: text for name, text in asked.texts.items() if not name.startswith(starts)}
    told = _("Nothing was saved yet. These rows are not yours to enter and stand as they were: %(rows)s.")
    grid = grid_page(scope, replace(asked, texts=kept), draft=None, at=at)
    said = told % {"rows": ", ".join(foreign.values())}
    return EntrySaved(grid=replace(grid, problem=said, problem_code=NotPermitted.code))


def sheet_of(asked: GridAsked, *, scope: Scope, at: datetime) -> Sheet:
    """The grid as typed, with the slips that a write needs."""
    with known(at) as cube:
        visible_unit(cube.book, asked.place.unit, scope=scope)
        shown = grain_period(cube.book, asked.place.period)
        return read_sheet(cube, asked.place, shown=shown, texts=asked.texts, scope=scope)


def unfit_grid(asked: GridAsked, sheet: Sheet, *, scope: Scope, at: datetime) -> EntryGrid | None:
    """The grid with what must be mended before anything may be written; None where nothing must."""
    overtaken = [slip for slip in sheet.changed if slip.standing and slip.standing.seq > asked.known_seq]
    if not overtaken and not _is_unfit(sheet.rows):
        return None
    # The seq of now: whoever saves again has seen what stands there.
    again = GridAsked(asked.place, asked.texts, asked.draft_edition, 0)
    page = grid_page(scope, again, draft=None, at=at, is_contested=bool(overtaken))
    return replace(page, is_refused=True)


def run_of(kind: str, at: datetime) -> str:
    """The name of one saving in the ledger's entries."""
    return f"{kind}/{at:%Y%m%dT%H%M%S%f}"


def _is_unfit(rows: Sequence[EntryRow]) -> bool:
    return any(row.told or any(cell.told for cell in row.cells) for row in rows if row.is_editable)


def _observation(slip: Slip, *, unit: str) -> NewObservation:
    measure, series, _place, period = slip.key
    numbers = slip.numbers
    kind = ObservationKind.WITHDRAWN if numbers.is_nothing else ObservationKind.VALUE
    return NewObservation(
        measure=measure,
        unit=unit,
        period=period,
        value=numbers.value,
        numerator=numbers.numerator,
        denominator=numbers.denominator,
        n=numbers.n,
        segment=slip.segment,
        series=series,
        kind=kind.value,
    )


def _write_notes(sheet: Sheet, asked: GridAsked, *, scope: Scope, at: datetime) -> int:
    """Every note typed, on the row that now stands in the first cell of its measure and period."""
    first: dict[tuple[str, str], Slip] = {}
    for slip in sheet.slips:
        if slip.row.is_editable and slip.row.note.strip():
            first.setdefault((slip.row.key, slip.row.period_key), slip)
    if not first:
        return 0
    wanted = [(slip.key[0], slip.version.frequency, slip.key[3]) for slip in first.values()]
    standing = standing_in(asked.place.unit, wanted, scope=scope)
    notes = [
        ObservationNote(
            observation_id=standing[slip.key].seq,
            text=slip.row.note.strip(),
            person_key=scope.person_key,
            at=at,
        )
        for slip in first.values()
        if slip.key in standing and standing[slip.key].note != slip.row.note.strip()
    ]
    ObservationNote.objects.bulk_create(notes)
    return len(notes)
