"""Reading files and mappings, foretelling an import, and writing everything out as a folder."""

from fourfold.data.imports.queries.folder_export import export_strategy_folder
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.data.imports.queries.known_mappings import (
    ListedMapping,
    draft_of,
    mapping_for,
    mappings_listed,
)
from fourfold.data.imports.queries.looking import look_at
from fourfold.data.imports.queries.mappings import NamedMapping, mapping_named
from fourfold.data.imports.queries.preview import ImportPreview, preview_file, preview_import
from fourfold.data.imports.queries.runs import ListedRun, RunShown, RunsPage, run_shown, runs_listed
from fourfold.data.imports.queries.shown_changes import ShownChange
from fourfold.data.imports.queries.uploads import KeptFile, files_waiting, kept_file
from fourfold.folder.mapping.look import draft_text

__all__ = [
    "ImportPreview",
    "ImportRequest",
    "KeptFile",
    "ListedMapping",
    "ListedRun",
    "NamedMapping",
    "RunShown",
    "RunsPage",
    "ShownChange",
    "draft_of",
    "draft_text",
    "export_strategy_folder",
    "files_waiting",
    "kept_file",
    "look_at",
    "mapping_for",
    "mapping_named",
    "mappings_listed",
    "preview_file",
    "preview_import",
    "run_shown",
    "runs_listed",
]
