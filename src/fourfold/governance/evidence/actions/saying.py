"""A text as it is kept."""

from __future__ import annotations

__all__ = ["kept_words"]

LONGEST = 4000
"""Characters; the form says so too."""


def kept_words(text: str) -> str:
    """One kind of line end, no blanks around it, no control characters, no more than fits.

    >>> kept_words(" a\\r\\nb\\x00 ")
    'a\\nb'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable()).strip()[:LONGEST]
