"""Take numbers in: a whole strategy folder, or one file; and take them back."""

from fourfold.data.imports.actions.commit_import import commit_import, enqueue_import
from fourfold.data.imports.actions.import_file import ImportRefused, import_file
from fourfold.data.imports.actions.keep_upload import UploadTooLarge, discard_upload, keep_upload
from fourfold.data.imports.actions.keeping_mappings import rename_mapping, retire_mapping
from fourfold.data.imports.actions.load_strategy_folder import LoadedFolder, load_strategy_folder
from fourfold.data.imports.actions.preview_large_file import ask_for_preview
from fourfold.data.imports.actions.undo_import import UndoAsked, undo_import
from fourfold.data.imports.actions.withdraw_import import Withdrawn, withdraw_import
from fourfold.data.imports.queries.rights_of_rows import RowNotPermitted, RowOutOfScope

__all__ = [
    "ImportRefused",
    "LoadedFolder",
    "RowNotPermitted",
    "RowOutOfScope",
    "UndoAsked",
    "UploadTooLarge",
    "Withdrawn",
    "ask_for_preview",
    "commit_import",
    "discard_upload",
    "enqueue_import",
    "import_file",
    "keep_upload",
    "load_strategy_folder",
    "rename_mapping",
    "retire_mapping",
    "undo_import",
    "withdraw_import",
]
