"""The columns of one chunk by role, each read once however many readings use it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fourfold.folder.mapping.file_mapping import FileMapping
from fourfold.folder.mapping.numbers import NumberProblem, Numbers, untyped_column
from fourfold.folder.mapping.part_words import part_said
from fourfold.folder.mapping.table import Chunk

__all__ = ["ChunkColumns", "Flags", "Places", "Texts"]

Flags = NDArray[np.bool_]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of text as codes into its distinct texts."""

    codes: Places
    distinct: Sequence[str]

    @classmethod
    def of(cls, column: Sequence[str]) -> Texts:
        """A column of a file, as its reader sees it."""
        column = untyped_column(column)
        places = {text: place for place, text in enumerate(dict.fromkeys(column))}
        return cls(
            np.fromiter(map(places.__getitem__, column), dtype=np.int32, count=len(column)), list(places)
        )

    @classmethod
    def constant(cls, text: str, rows: int) -> Texts:
        """The same text in every row."""
        return cls(np.zeros(rows, dtype=np.int32), [text])

    def at(self, row: int) -> str:
        """The text of one row."""
        return self.distinct[int(self.codes[row])]

    def map(self, read: Callable[[str], int]) -> NDArray[np.int64]:
        """Read each distinct text once."""
        return np.array([read(text) for text in self.distinct] or [0], dtype=np.int64)[self.codes]

    def among(self, wanted: frozenset[str]) -> Flags:
        """Rows whose text is one of these."""
        return np.array([text in wanted for text in self.distinct] or [False], dtype=np.bool_)[self.codes]


@dataclass(slots=True)
class ChunkColumns:
    """One chunk seen through one mapping."""

    chunk: Chunk
    mapping: FileMapping
    lookups: list[Places] = field(init=False)
    _texts: dict[str, Texts] = field(default_factory=dict)
    _numbers: dict[str, Numbers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lookups = [
            lookup.places({name: untyped_column(self.chunk.columns[name]) for name in lookup.on})
            for lookup in self.mapping.lookups
        ]

    def column(self, name: str) -> Texts:
        """A column by its name in the file."""
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = Texts.of(self.chunk.columns[name])
        return found

    def numbers(self, name: str) -> Numbers:
        """A column of numbers by its name in the file."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self.mapping.numbers.read_all(self.chunk.columns[name])
        return found

    def blank(self, names: Iterable[str]) -> Flags:
        """Rows of which none of these columns says a number."""
        blank = np.ones(len(self.chunk), dtype=np.bool_)
        for name in names:
            blank &= self.numbers(name).problem == NumberProblem.BLANK
        return blank

    def texts(self, role: str) -> Texts | None:
        """What the rows say in a role: a column's texts, a lookup's, a constant's; None where nothing is said."""
        texts = self._untranslated(role)
        table = self.mapping.translate.get(role)
        if texts is None or table is None:
            return texts
        return Texts(texts.codes, [table.get(text, text) for text in texts.distinct])

    def in_file(self, role: str) -> Texts | None:
        """What a column of the file says in a role, word for word; None where no column does."""
        return self.column(self.mapping.columns[role]) if role in self.mapping.columns else None

    def texts_or(self, role: str, fixed: str | None) -> Texts:
        """The texts of a role, unless the reading fixes it; blanks where nobody says anything."""
        if fixed is not None:
            return Texts.constant(fixed, len(self.chunk))
        return self.texts(role) or Texts.constant("", len(self.chunk))

    def periods(self, fixed: str = "") -> tuple[Places, list[tuple[str, ...]]]:
        """Codes into the distinct period texts, and those; `fixed` where a reading's columns name the period."""
        if fixed:
            return np.zeros(len(self.chunk), dtype=np.int32), [(fixed,)]
        columns = [untyped_column(self.chunk.columns[name]) for name in self.mapping.period_columns]
        if not columns:
            columns = [[self.mapping.constants.get("period", "")] * len(self.chunk)]
        places: dict[tuple[str, ...], int] = {}
        codes = np.fromiter(
            (places.setdefault(texts, len(places)) for texts in zip(*columns, strict=True)),
            dtype=np.int32,
            count=len(self.chunk),
        )
        return codes, list(places)

    @property
    def parts(self) -> Texts | None:
        """What a column says of each row: `value`, `target`, `leave_out`, or nothing that is known."""
        name = self.mapping.columns.get("part")
        if name is None:
            return None
        said, texts = self.mapping.translate.get("part", {}), self.column(name)
        return Texts(texts.codes, [said.get(text) or part_said(text) for text in texts.distinct])

    def factors(self) -> NDArray[np.float64] | None:
        """The factor a lookup states for each row's value and target."""
        for places, lookup in zip(self.lookups, self.mapping.lookups, strict=True):
            if "scale" in lookup.gives:
                factors = self.mapping.numbers.read_all(
                    [text or "1" for text in lookup.gives["scale"]] or ["1"]
                )
                return factors.values[np.maximum(places, 0)]
        return None

    def _untranslated(self, role: str) -> Texts | None:
        if role == "recorded_at" and self.mapping.recorded_at:
            return self.column(self.mapping.recorded_at)
        if role in self.mapping.columns:
            return self.column(self.mapping.columns[role])
        for places, lookup in zip(self.lookups, self.mapping.lookups, strict=True):
            if role in lookup.gives:
                # rows without an entry are refused already; place 0 only keeps the column whole
                return Texts(np.maximum(places, 0), lookup.gives[role] or [""])
        if role in self.mapping.constants:
            return Texts.constant(self.mapping.constants[role], len(self.chunk))
        return None
