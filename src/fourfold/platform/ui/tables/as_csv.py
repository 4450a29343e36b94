"""A table as CSV: what every tool reads."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from fourfold.platform.ui.numbers import plain_digits
from fourfold.platform.ui.tables.table import Cell, Figure, Table, harmless

__all__ = ["table_as_csv"]


def table_as_csv(table: Table) -> str:
    """Headings and rows; numbers with every digit and a point, days as ISO 8601, what is missing empty."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([harmless(column.heading) for column in table.columns])
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return file.getvalue()


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case Figure():
            return _written(cell.value)
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case _:
            return plain_digits(float(cell)) if isinstance(cell, float) else repr(cell)
