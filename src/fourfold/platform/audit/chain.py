"""The hash chain: each event's digest covers the digest before it (METHOD M7.3)."""

import hashlib
from collections.abc import Iterable

__all__ = ["FIRST_LINK", "first_broken_link", "link"]

FIRST_LINK = bytes(32)  # h_0 (METHOD M7.3)


def link(previous: bytes, document: bytes) -> bytes:
    """h_i = SHA-256(h_{i-1} as 32 raw bytes, then the canonical event)."""
    return hashlib.sha256(previous + document).digest()


def first_broken_link(links: Iterable[tuple[bytes, bytes]]) -> int | None:
    """The 0-based place of the first (document, digest) that does not continue the chain; None: all do."""
    previous = FIRST_LINK
    for place, (document, digest) in enumerate(links):
        if link(previous, document) != digest:
            return place
        previous = digest
    return None
