"""Tables that leave the house: one description, written as CSV or as a workbook."""

from fourfold.platform.ui.tables.as_csv import table_as_csv
from fourfold.platform.ui.tables.as_xlsx import table_as_xlsx
from fourfold.platform.ui.tables.table import Cell, Column, ColumnKind, Figure, Table

__all__ = ["Cell", "Column", "ColumnKind", "Figure", "Table", "table_as_csv", "table_as_xlsx"]
