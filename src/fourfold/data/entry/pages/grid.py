"""The grid as a person sees it: one row a measure and period, one cell a segment."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.ui.unit_picker import UnitPicker

__all__ = [
    "DraftNote",
    "EarlierValue",
    "EntryCell",
    "EntryGrid",
    "EntryPlace",
    "EntryRow",
    "GridAsked",
    "Told",
]


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Which grid: a unit and a period; with `measure` only that one, over its last `count` native periods."""

    unit: str
    period: str
    measure: str = ""
    count: int = 1

    @property
    def name(self) -> str:
        """What a draft is kept under, within the unit."""
        return f"{self.period}/{self.measure}/{self.count}" if self.measure else self.period

    @property
    def query(self) -> str:
        """What follows the address."""
        return f"?measure={self.measure}&periods={self.count}" if self.measure else ""


@dataclass(frozen=True, slots=True)
class GridAsked:
    """What a form said: every text by its field's name, the draft's edition, and the seq it was opened at."""

    place: EntryPlace
    texts: dict[str, str]
    draft_edition: int = 0
    known_seq: int = 0


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """A value before, for orientation."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a field, and how to mend it."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class EntryCell:
    """What is typed for one segment or the whole: one text, or two where the kind divides.

    `name` begins the names of its fields (`.a`, `.b`); `was` tells the texts of what the ledger says now.
    """

    name: str
    segment: str
    first: str
    second: str
    was: tuple[str, str]
    told: tuple[Told, ...] = ()

    @property
    def ident(self) -> str:
        """The same as an id."""
        return self.name.replace(".", "_")

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what the ledger says."""
        return (self.first.strip(), self.second.strip()) != self.was


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One measure in one native period: what was, what is typed, what it would score."""

    key: str
    name: str
    period: str
    period_key: str
    owner: str
    format: ValueFormat
    first_label: str
    second_label: str
    earlier: tuple[EarlierValue, ...]
    cells: tuple[EntryCell, ...]
    value: float | None
    target: float | None
    score: float | None
    mark: StatusMark
    note: str
    kept_note: str
    due: str
    is_editable: bool
    is_final: bool
    is_own: bool
    told: tuple[Told, ...] = ()

    @property
    def name_of_fields(self) -> str:
        """The beginning of its fields' names."""
        return f"{self.key}.{self.period_key}"

    @property
    def ident(self) -> str:
        """The same as an id."""
        return self.name_of_fields.replace(".", "_")

    @property
    def is_segmented(self) -> bool:
        """Whether the measure is entered by segments and its total derived."""
        return bool(self.cells) and bool(self.cells[0].segment)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that the ledger does not say."""
        return any(cell.is_changed for cell in self.cells)

    @property
    def is_unread(self) -> bool:
        """Whether a cell cannot be taken as typed: then nothing is said of what the row would score."""
        return any(cell.told for cell in self.cells)

    @property
    def told_apart(self) -> ValueFormat:
        """How value and target are written beside each other, as on every other page."""
        return self.format.beside(self.value, self.target)

    @property
    def needs_note(self) -> bool:
        """Whether a note is owed: what was typed falls below amber (a restatement gives its reason anyway)."""
        return self.is_changed and self.mark.status is Status.RED and not self.is_final

    @property
    def is_unscored(self) -> bool:
        """Whether there is a value and nothing to hold it against."""
        return self.value is not None and self.mark.status is Status.GREY

    @property
    def has_second(self) -> bool:
        """Whether the kind divides."""
        return bool(self.second_label)


@dataclass(frozen=True, slots=True)
class DraftNote:
    """A draft that was kept, and since when; `is_contested`: another window has saved it meanwhile."""

    edition: int
    at: str
    is_contested: bool = False


@dataclass(frozen=True, slots=True)
class EntryGrid:
    """The whole page. `state` names the month's state for the unit; `known_seq` where the ledger stood.

    `is_refused`: it was sent to be saved, and something must be mended first.
    """

    place: EntryPlace
    unit_name: str
    units: UnitPicker
    period: str
    previous: str
    following: str
    rows: tuple[EntryRow, ...]
    more: int
    state: str
    state_label: str
    may_restate: bool
    known_seq: int
    draft: DraftNote | None
    elsewhere: tuple[tuple[str, str, int], ...] = ()
    is_contested: bool = False
    problem: str = ""
    problem_code: str = ""
    restatement_class: str = ""
    reason: str = ""
    is_refused: bool = False

    @property
    def first_wrong(self) -> tuple[str, str]:
        """The field to mend first, where saving was refused, and its row's name; empty where nothing is wrong."""
        if not self.is_refused:
            return "", ""
        for row in self.rows:
            wrong = [f"{cell.ident}_a" for cell in row.cells if cell.told]
            if wrong or row.told:
                return (wrong or [f"{row.ident}_note"])[0], row.name
        return "", ""

    @property
    def is_final(self) -> bool:
        """Whether some row stands in a final period: there a value changes by restatement."""
        return any(row.is_final for row in self.rows)

    @property
    def is_editable(self) -> bool:
        """Whether the person may type anything here."""
        return any(row.is_editable for row in self.rows)

    @property
    def is_named_only(self) -> bool:
        """Whether the person is owner or steward of a row here, but holds no role that enters anything."""
        return not self.is_editable and any(row.is_own and not row.is_final for row in self.rows)

    @property
    def problems(self) -> int:
        """How many things must be mended before saving."""
        return sum(len(row.told) + sum(len(cell.told) for cell in row.cells) for row in self.rows)

    @property
    def changed(self) -> int:
        """How many rows differ from the ledger."""
        return sum(row.is_changed for row in self.rows)

    @property
    def is_turned(self) -> bool:
        """Whether it shows one measure over several periods."""
        return bool(self.place.measure)
