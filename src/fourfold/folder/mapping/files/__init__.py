"""Files as they arrive: recognised by content, and made plain CSV where they are a workbook or Parquet."""

from fourfold.folder.mapping.files.kinds import FileKind, kind_of
from fourfold.folder.mapping.files.plain import PlainFile, plain_file
from fourfold.folder.mapping.files.refused import FileRefused

__all__ = ["FileKind", "FileRefused", "PlainFile", "kind_of", "plain_file"]
