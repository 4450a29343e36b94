"""A first look at a file nobody has described yet: formats, layout, roles and names guessed, each with its evidence."""

from fourfold.folder.mapping.look.values import (
    ColumnLook,
    FileFormat,
    FileLook,
    Guess,
    MappingDraft,
    ProposedMeasure,
    ProposedUnit,
    WideColumn,
)

__all__ = [
    "ColumnLook",
    "FileFormat",
    "FileLook",
    "Guess",
    "MappingDraft",
    "ProposedMeasure",
    "ProposedUnit",
    "WideColumn",
]
