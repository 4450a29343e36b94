"""Mappings as they were loaded, files handed in, and every run that used them."""

from fourfold.data.imports.models.mapping import LookupTable, MappingUnknown, StoredMapping
from fourfold.data.imports.models.run import ImportRun, RunUnknown
from fourfold.data.imports.models.upload import Upload, UploadUnknown

__all__ = [
    "ImportRun",
    "LookupTable",
    "MappingUnknown",
    "RunUnknown",
    "StoredMapping",
    "Upload",
    "UploadUnknown",
]
