"""One call per page of an import: the file, what it seems to say, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fourfold.data.imports.pages.choices import read_choices
from fourfold.data.imports.pages.columns_page import ColumnsPage, columns_page
from fourfold.data.imports.pages.definitions_page import DefinitionsPage, definitions_page
from fourfold.data.imports.queries import draft_of, draft_text, kept_file, look_at, mapping_for
from fourfold.data.imports.queries.mapping_keepers import TakenKey, taken_key
from fourfold.folder.mapping.look import FileLook, MappingDraft, ProposedMeasure, ProposedUnit
from fourfold.platform.accounts.scope import Scope

__all__ = ["Asked", "Brought", "brought_along", "read_columns", "read_definitions_step"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a sheet, the line of the names (0: guessed), a layout (empty: guessed)."""

    sheet: str = ""
    header: int = 0
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file speaks of and nobody has defined, and the draft with its texts translated to their keys.

    `taken`: another mapping has the name under which the draft was to be kept, and nobody agreed to replace it.
    """

    draft: MappingDraft
    units: tuple[ProposedUnit, ...]
    measures: tuple[ProposedMeasure, ...]
    taken: TakenKey | None = None


def read_columns(
    file: str, *, scope: Scope, asked: Asked, chosen: MappingDraft | None, mapping: str, keeps: bool
) -> ColumnsPage:
    """What was `chosen` before fills the form; else a stored mapping whose columns are all there; else the guesses.

    Raises:
        NotPermitted, UploadUnknown, FileNotTaken, NotFounded.
    """
    choices = read_choices(scope)
    kept = kept_file(file, scope=scope)
    look = look_at(file, scope=scope, sheet=asked.sheet, header=asked.header)
    stored = mapping_for(look.header, scope=scope) or ""
    draft, name = _draft(look, chosen, stored=stored, mapping=mapping)
    layout = asked.layout or draft.layout
    return columns_page(
        kept,
        look,
        draft=draft if layout == draft.layout else replace(look.draft, layout=layout),
        layout=layout,
        choices=choices,
        stored=stored,
        mapping=name or kept.name.rsplit(".", 1)[0],
        keeps_mapping=keeps,
    )


def _draft(
    look: FileLook, chosen: MappingDraft | None, *, stored: str, mapping: str
) -> tuple[MappingDraft, str]:
    if chosen is not None and (chosen.sheet, chosen.header) == (look.draft.sheet, look.draft.header):
        return chosen, mapping
    known = draft_of(stored) if stored else None
    return (known, stored) if known is not None else (look.draft, "")


def brought_along(
    file: str, draft: MappingDraft, *, scope: Scope, keeps_as: str = "", replaces: str = ""
) -> Brought:
    """Read the file through the draft and say which units and measures are new, and whether `keeps_as` is taken.

    Raises:
        NotPermitted, UploadUnknown, FileNotTaken, NotFounded.
    """
    look = look_at(file, scope=scope, sheet=draft.sheet, header=draft.header, draft=draft)
    taken = None
    if keeps_as:
        text = draft_text(look.draft, key=keeps_as, file=look.name)
        taken = taken_key(keeps_as, text=text, scope=scope)
    is_agreed = taken is not None and taken.may_replace and taken.edition == replaces
    return Brought(look.draft, look.units, look.measures, None if is_agreed else taken)


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
    return definitions_page(
        kept_file(file, scope=scope), units=units, measures=measures, choices=read_choices(scope), same=same
    )
