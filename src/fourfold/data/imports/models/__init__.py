"""Mappings as they were loaded, and every run that used one."""

from fourfold.data.imports.models.mapping import LookupTable, MappingUnknown, StoredMapping
from fourfold.data.imports.models.run import ImportRun

__all__ = ["ImportRun", "LookupTable", "MappingUnknown", "StoredMapping"]
