"""How the address of a file may end."""

from django.urls.converters import StringConverter

__all__ = ["PictureEnding", "TableEnding"]


class TableEnding(StringConverter):
    """A table as text or as a workbook."""

    regex = "csv|xlsx"


class PictureEnding(StringConverter):
    """A drawing as lines or as pixels."""

    regex = "svg|png"
