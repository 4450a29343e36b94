"""Take numbers in: a whole strategy folder, or one file."""

from fourfold.data.imports.actions.import_csv import ImportRefused, RowOutOfScope, import_csv
from fourfold.data.imports.actions.load_strategy_folder import LoadedFolder, load_strategy_folder

__all__ = ["ImportRefused", "LoadedFolder", "RowOutOfScope", "import_csv", "load_strategy_folder"]
