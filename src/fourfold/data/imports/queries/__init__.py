"""Reading mappings, and writing everything out as a folder."""

from fourfold.data.imports.queries.folder_export import export_strategy_folder
from fourfold.data.imports.queries.mappings import NamedMapping, mapping_named

__all__ = ["NamedMapping", "export_strategy_folder", "mapping_named"]
