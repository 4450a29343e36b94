"""One call per page of an import: the file, what it seems to say, and what may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fourfold.data.imports.pages.choices import read_choices
from fourfold.data.imports.pages.columns_page import ColumnsPage, columns_page
from fourfold.data.imports.pages.definitions_page import DefinitionsPage, definitions_page
from fourfold.data.imports.queries import draft_of, draft_text, kept_file, look_at, mapping_for
from fourfold.data.imports.queries.beginnings import known_any_values
from fourfold.data.imports.queries.mapping_keepers import TakenKey, taken_key
from fourfold.data.imports.queries.unseen import own_unit
from fourfold.folder.mapping.look import FileLook, MappingDraft, ProposedMeasure, ProposedUnit
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries import known_definitions

__all__ = ["Asked", "Brought", "Chosen", "brought_along", "read_columns", "read_definitions_step"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a sheet, the line of the names and how many (0: guessed), a layout (empty: guessed).

    `is_afresh`: the guesses, whatever was said about another file.
    """

    sheet: str = ""
    header: int = 0
    header_lines: int = 0
    layout: str = ""
    is_afresh: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody said the columns mean, of this file or, where `file` names one, of another that came before."""

    draft: MappingDraft
    mapping: str
    keeps: bool
    file: str = ""

    def fits(self, look: FileLook) -> bool:
        """Whether the file is laid out as this says, and has all its columns."""
        own, its = self.draft, look.draft
        if (own.sheet, own.header, own.header_lines) != (its.sheet, its.header, its.header_lines):
            return False
        if self.draft.layout == "periods" and look.layout.value != "periods":
            return False
        named = (*self.draft.columns.values(), *self.draft.period_parts.values())
        ignored = (each.column for each in self.draft.ignored)
        return {*named, *ignored, *(each.column for each in self.draft.wide)} <= set(look.header)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file speaks of and nobody has defined, and the draft with its texts translated to their keys.

    `taken`: another mapping has the name under which the draft was to be kept, and nobody agreed to replace it.
    """

    draft: MappingDraft
    units: tuple[ProposedUnit, ...]
    measures: tuple[ProposedMeasure, ...]
    taken: TakenKey | None = None


def read_columns(file: str, *, scope: Scope, asked: Asked, chosen: Sequence[Chosen]) -> ColumnsPage:
    """The first of `chosen` that fits fills the form, else a stored mapping whose columns are there, else the guesses.

    Raises:
        NotPermitted, UploadUnknown, FileNotTaken, NotFounded.
    """
    choices = read_choices(scope)
    kept = kept_file(file, scope=scope)
    look = look_at(file, scope=scope, sheet=asked.sheet, header=asked.header, header_lines=asked.header_lines)
    stored = mapping_for(look.header, scope=scope) or ""
    of_stored = _of_stored(stored, look)
    stored = stored if of_stored is None or of_stored.fits(look) else ""
    said = [each for each in chosen if each.fits(look) and not (asked.is_afresh and each.file)]
    before = said[0] if said else of_stored if stored else None
    draft = before.draft if before else look.draft
    layout = asked.layout or draft.layout
    fills = layout == draft.layout
    return columns_page(
        kept,
        look,
        draft=_with_own_format(draft, look, before=before, name=kept.name)
        if fills
        else replace(look.draft, layout=layout),
        layout=layout,
        choices=choices,
        stored=stored,
        mapping=(before.mapping if before else "") or kept.name.rsplit(".", 1)[0],
        # What was kept of another file is kept: nobody asked to keep it again.
        keeps_mapping=bool(before and before.keeps and not before.file),
        calendar=known_definitions().organisation.calendar,
        earlier=before.file if before and fills else "",
    )


def _of_stored(key: str, look: FileLook) -> Chosen | None:
    """With the totals of this file left out too: it may be the first that has some."""
    known = draft_of(key) if key else None
    if known is None:
        return None
    # It stands for every sheet and every file of its columns: which of them it was kept with does not matter.
    own = look.draft
    here = replace(known, sheet=own.sheet, header=own.header, header_lines=own.header_lines)
    return Chosen(_with_totals(here, look), key, keeps=False)


def _with_totals(draft: MappingDraft, look: FileLook) -> MappingDraft:
    return replace(draft, ignored=tuple(dict.fromkeys((*draft.ignored, *look.draft.ignored))))


def _with_own_format(
    draft: MappingDraft, look: FileLook, *, before: Chosen | None, name: str
) -> MappingDraft:
    """A mended file may come out of another program: how it is written is looked at, only its meaning is taken over.

    What was said of the whole file (“all of it is revenue”) is taken over by a file of the same name alone.
    """
    if before is None or not before.file:
        return draft
    own = look.draft
    # What somebody said of numbers that tell nothing by themselves holds on.
    numbers = own if look.format.is_settled else draft
    return replace(
        _with_totals(draft, look),
        encoding=own.encoding,
        delimiter=own.delimiter,
        decimal=numbers.decimal,
        thousands=numbers.thousands,
        date=own.date,
        marks=own.marks,
        negative=own.negative,
        constants=draft.constants if before.file == name else own.constants,
        missing=tuple(dict.fromkeys((*draft.missing, *own.missing))),
    )


def brought_along(
    file: str, draft: MappingDraft, *, scope: Scope, keeps_as: str = "", replaces: str = ""
) -> Brought:
    """Read the file through the draft and say which units and measures are new, and whether `keeps_as` is taken.

    Raises:
        NotPermitted, UploadUnknown, FileNotTaken, NotFounded.
    """
    look = look_at(
        file,
        scope=scope,
        sheet=draft.sheet,
        header=draft.header,
        header_lines=draft.header_lines,
        draft=draft,
    )
    taken = None
    if keeps_as:
        text = draft_text(look.draft, key=keeps_as, file=look.name)
        taken = taken_key(keeps_as, text=text, scope=scope)
    is_agreed = taken is not None and taken.may_replace and taken.edition == replaces
    # Whoever brings a measure along answers for it until they name somebody else: nobody's values are asked of nobody.
    mine, unit = scope.person_key, own_unit(known_definitions(), scope=scope)
    measures = tuple(replace(each, owner=mine, steward=mine, unit=unit) for each in look.measures)
    return Brought(look.draft, look.units, measures, None if is_agreed else taken)


def read_definitions_step(
    file: str,
    *,
    scope: Scope,
    units: tuple[ProposedUnit, ...],
    measures: tuple[ProposedMeasure, ...],
    same: dict[str, dict[str, str]],
) -> DefinitionsPage:
    """The proposals as they stand, with what may be chosen for them.

    Raises:
        NotPermitted, UploadUnknown, NotFounded.
    """
    page = definitions_page(
        kept_file(file, scope=scope), units=units, measures=measures, choices=read_choices(scope), same=same
    )
    return replace(page, is_dated=known_any_values())
