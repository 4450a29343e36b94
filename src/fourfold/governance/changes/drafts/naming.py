"""Keys for new things: made from the name once, never changed after."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.text import slugify

__all__ = ["LONGEST_KEY", "slugged"]

LONGEST_KEY = 48
"""Shorter than the column (64), so that a number can follow."""


def slugged(name: str, *, taken: Collection[str], otherwise: str) -> str:
    """The name as a slug, with a number where another has it; `otherwise` where no letter of it can be a slug.

    >>> slugged("Grow revenue", taken={"grow-revenue"}, otherwise="objective")
    'grow-revenue-2'
    """
    plain = slugify(name).replace("_", "-")[:LONGEST_KEY].strip("-") or otherwise
    # Keys of a folder begin with a letter; a name that begins with a number gets its kind before it.
    stem = plain if plain[0].isalpha() else f"{otherwise}-{plain}"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
