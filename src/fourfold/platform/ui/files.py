"""Answers that a browser keeps as a file."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from fourfold.platform.ui.documents.picture import png_of
from fourfold.platform.ui.tables import Table, table_as_csv, table_as_xlsx

__all__ = ["PDF", "PNG", "SVG", "as_file", "picture_file", "table_file"]

SVG, PNG, PDF = "image/svg+xml; charset=utf-8", "image/png", "application/pdf"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


_NOT_IN_XML = dict.fromkeys([*(at for at in range(32) if chr(at) not in "\t\n\r"), 0xFFFE, 0xFFFF])
"""Characters that no XML may hold, not even spelt out: one in a name would make the whole drawing unreadable."""


def as_file(content: bytes | str, *, name: str, content_type: str) -> HttpResponse:
    """The content to keep; `name` is made of keys, so it needs no quoting."""
    if content_type == SVG and isinstance(content, str):
        content = content.translate(_NOT_IN_XML)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def picture_file(drawing: str, *, name: str, is_png: bool) -> HttpResponse:
    """A drawing that stands alone as pixels, or as it is; `name` without its ending."""
    if is_png:
        return as_file(png_of(drawing), name=f"{name}.png", content_type=PNG)
    return as_file(drawing, name=f"{name}.svg", content_type=SVG)


def table_file(table: Table, *, name: str, at: datetime, is_workbook: bool) -> HttpResponse:
    """The table as a workbook, or as CSV; `name` without its ending."""
    if is_workbook:
        return as_file(table_as_xlsx(table, at=at), name=f"{name}.xlsx", content_type=XLSX)
    return as_file(table_as_csv(table), name=f"{name}.csv", content_type="text/csv; charset=utf-8")
