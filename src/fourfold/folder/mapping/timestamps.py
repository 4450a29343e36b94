"""When a value became known, as microseconds since 1970 in UTC: exact, ordered, and one column of integers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["read_timestamp", "timestamp", "timestamp_text"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_timestamp(text: str) -> int:
    """Microseconds since 1970; 0 for a blank (from the beginning); -1 where the text is no time with a zone."""
    if not text:
        return 0
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return -1
    if moment.tzinfo is None:
        return -1
    return max(-1, timestamp(moment))


def timestamp(moment: datetime) -> int:
    """Microseconds since 1970 of an aware time.

    >>> timestamp(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (moment - _EPOCH) // timedelta(microseconds=1)


def timestamp_text(microseconds: int) -> str:
    """The canonical spelling; nothing for 0."""
    if microseconds == 0:
        return ""
    return (_EPOCH + timedelta(microseconds=microseconds)).isoformat().replace("+00:00", "Z")
