"""What leaves as a document: pictures with their own colours, and PDF."""

from fourfold.platform.ui.documents.correlogram_picture import correlogram_picture
from fourfold.platform.ui.documents.framed_picture import (
    LegendEntry,
    framed_picture,
    legend_of_line,
    legend_of_status,
)
from fourfold.platform.ui.documents.history_picture import history_picture
from fourfold.platform.ui.documents.ink import inked
from fourfold.platform.ui.documents.pdf import PdfNotPossible, pdf_of
from fourfold.platform.ui.documents.picture import png_of
from fourfold.platform.ui.documents.timeline_picture import timeline_picture

__all__ = [
    "LegendEntry",
    "PdfNotPossible",
    "correlogram_picture",
    "framed_picture",
    "history_picture",
    "inked",
    "legend_of_line",
    "legend_of_status",
    "pdf_of",
    "png_of",
    "timeline_picture",
]
