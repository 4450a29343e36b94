"""CSV files through stored mappings: what `data.imports` and the folder both read with."""

from fourfold.folder.mapping.by_period import PeriodColumn, PeriodHeadings
from fourfold.folder.mapping.dates import PeriodFormat
from fourfold.folder.mapping.document import mapping_findings, read_mapping
from fourfold.folder.mapping.file_mapping import FileMapping
from fourfold.folder.mapping.header_lines import MOST_HEADER_LINES
from fourfold.folder.mapping.headings import DateOrder, HeadingProblem, read_heading
from fourfold.folder.mapping.mapped_csv import ROW_DTYPES, MappedRows, RowCounts, read_mapped_csv
from fourfold.folder.mapping.mapped_file import read_mapped_file
from fourfold.folder.mapping.numbers import NumberFormat, NumberProblem
from fourfold.folder.mapping.part_words import LEAVE_OUT, part_said
from fourfold.folder.mapping.resolving import RELEASE_STATUSES, Dated, Resolver, Unseen
from fourfold.folder.mapping.table import Table
from fourfold.folder.mapping.timestamps import timestamp, timestamp_text

__all__ = [
    "LEAVE_OUT",
    "MOST_HEADER_LINES",
    "RELEASE_STATUSES",
    "ROW_DTYPES",
    "DateOrder",
    "Dated",
    "FileMapping",
    "HeadingProblem",
    "MappedRows",
    "NumberFormat",
    "NumberProblem",
    "PeriodColumn",
    "PeriodFormat",
    "PeriodHeadings",
    "Resolver",
    "RowCounts",
    "Table",
    "Unseen",
    "mapping_findings",
    "part_said",
    "read_heading",
    "read_mapped_csv",
    "read_mapped_file",
    "read_mapping",
    "timestamp",
    "timestamp_text",
]
