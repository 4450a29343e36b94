"""Reading files and mappings, foretelling an import, and writing everything out as a folder."""

from fourfold.data.imports.queries.folder_export import export_strategy_folder
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.data.imports.queries.mappings import NamedMapping, mapping_named
from fourfold.data.imports.queries.preview import ImportPreview, ShownChange, preview_import
from fourfold.data.imports.queries.runs import ListedRun, RunShown, RunsPage, run_shown, runs_listed
from fourfold.data.imports.queries.uploads import KeptFile, kept_file

__all__ = [
    "ImportPreview",
    "ImportRequest",
    "KeptFile",
    "ListedRun",
    "NamedMapping",
    "RunShown",
    "RunsPage",
    "ShownChange",
    "export_strategy_folder",
    "kept_file",
    "mapping_named",
    "preview_import",
    "run_shown",
    "runs_listed",
]
