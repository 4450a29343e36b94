"""A first look at a file nobody has described yet: formats, layout, roles and names guessed, each with its evidence."""

from fourfold.folder.mapping.look.drafting import draft_of_document, draft_text
from fourfold.folder.mapping.look.looking import look_at_file
from fourfold.folder.mapping.look.marks import listed_marks
from fourfold.folder.mapping.look.naming import key_of
from fourfold.folder.mapping.look.sampling import require_table
from fourfold.folder.mapping.look.values import (
    ColumnLook,
    FileFormat,
    FileLook,
    Guess,
    LeftOutRows,
    MappingDraft,
    PartText,
    ProposedMeasure,
    ProposedUnit,
    WideColumn,
)

__all__ = [
    "ColumnLook",
    "FileFormat",
    "FileLook",
    "Guess",
    "LeftOutRows",
    "MappingDraft",
    "PartText",
    "ProposedMeasure",
    "ProposedUnit",
    "WideColumn",
    "draft_of_document",
    "draft_text",
    "key_of",
    "listed_marks",
    "look_at_file",
    "require_table",
]
