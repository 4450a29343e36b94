"""HTML as a PDF: nothing is fetched, nothing runs, and the same page gives the same document."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal

__all__ = ["PdfNotPossible", "pdf_of"]

FONTS = Path(__file__).parent.parent / "static" / "ui" / "fonts"
FONT_SCHEME = (
    "font:"  # the one thing a document's style sheet may ask for: a font of the house, by its script
)


class PdfNotPossible(Refusal):
    code, status = "PDF_NOT_POSSIBLE", 503
    sentence = _("This machine lacks the libraries that set type for PDF.")
    remedy = _(
        "Install Pango and a font (Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
        "fonts-dejavu-core) and start again."
    )


def pdf_of(page: str) -> bytes:
    """Set a page that names no outside thing; with tags, so that a screen reader finds its way.

    Raises:
        PdfNotPossible: the machine has no Pango.
    """
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=page, url_fetcher=_fetcher()())
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    return bytes(document.write_pdf(pdf_identifier=identifier, pdf_tags=True))


def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as missing:  # cffi's word for a shared library that is not there
        raise PdfNotPossible from missing
    return weasyprint


@lru_cache(maxsize=1)
def _fetcher() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OnlyFonts(URLFetcher):  # type: ignore[misc]  # the library ships no types
        """Refuses every address but the fonts of the house (TRUST §2 row 13)."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            script = url.removeprefix(FONT_SCHEME)
            found = sorted(FONTS.glob(f"inter-{script}-wght-normal-*.woff2")) if script.isascii() else []
            if not url.startswith(FONT_SCHEME) or not script.replace("-", "").isalpha() or not found:
                raise FatalURLFetchingError(f"a document asked for {url[:80]}")
            return URLFetcherResponse(url, body=_unpacked(found[0]), headers={"Content-Type": "font/ttf"})

    return OnlyFonts


@lru_cache(maxsize=16)
def _unpacked(font: Path) -> bytes:
    """A font as paper reads it, unpacked once a process: it took a fifth of every document."""
    from fontTools.ttLib import woff2  # type: ignore[import-untyped]  # the library ships no types

    unpacked = BytesIO()
    woff2.decompress(str(font), unpacked)
    return unpacked.getvalue()
