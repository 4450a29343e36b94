"""One spelling per document and one per number, so that folder, database, command, files and API say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import isclose, isfinite

__all__ = ["SAME", "canonical_json", "without_remainder"]

SAME = 1e-11
"""Numbers nearer to each other than this share of the larger one are one number: float64 noise, not a difference."""

_SURE_DIGITS = (
    13  # of 15 to 17: where the last two of these are zeros, what follows is a remainder of adding up
)
_NOISY_FROM = 15  # signs: a shorter text has no remainder in it

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
INDENT = "  "


def canonical_json(document: Mapping[str, object]) -> bytes:
    """Write a document of strings, numbers, booleans, None, mappings and sequences.

    UTF-8, keys in the order given, floats in their shortest form that reads back the same (RFC 8785 §3.2.2.3 leaves
    them to the language; ours is Python's `repr`), two blanks a level, a newline at the end.

    Raises:
        ValueError: a number is not finite. TypeError: something else is in it.

    Source: RFC 8785 §3.2.2 for strings; DESIGN §2 (same inputs, same digits).

    >>> canonical_json({"score": 66.5, "why": None})
    b'{\\n  "score": 66.5,\\n  "why": null\\n}\\n'
    """
    return (_written(document, "\n") + "\n").encode()


def without_remainder(value: float) -> float:
    """The number that somebody would have got by hand, where float64 left a remainder of adding up; else the number.

    For what leaves the house with every digit: files, the API, the command. Arithmetic never reads it.

    Source: IEEE 754 binary64, which keeps any 15 significant digits; two fewer are sure after some adding up.

    >>> without_remainder(79.60000000000001), without_remainder(4087.5000000000073), without_remainder(1 / 3)
    (79.6, 4087.5, 0.3333333333333333)
    """
    if len(repr(value)) <= _NOISY_FROM or not isfinite(value):
        return value
    short = float(f"{value:.{_SURE_DIGITS}g}")
    is_remainder = len(Decimal(repr(short)).normalize().as_tuple().digits) <= _SURE_DIGITS - 2
    return short if is_remainder and isclose(short, value, rel_tol=SAME, abs_tol=0.0) else value


def _written(value: object, line: str) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case int():
            return str(int(value))
        case float():
            if not isfinite(value):
                raise ValueError(f"{value} has no place in a document")
            return repr(float(value))
        case Mapping():
            inside = (f"{_quoted(str(key))}: {_written(each, line + INDENT)}" for key, each in value.items())
            return _block("{", inside, "}", line)
        case Sequence():
            return _block("[", (_written(each, line + INDENT) for each in value), "]", line)
    raise TypeError(f"{type(value).__name__} has no place in a document")


def _block(opening: str, parts: Iterable[str], closing: str, line: str) -> str:
    listed = list(parts)
    if not listed:
        return opening + closing
    return opening + line + INDENT + ("," + line + INDENT).join(listed) + line + closing


def _quoted(text: str) -> str:
    escaped = "".join(
        _ESCAPES.get(letter) or (letter if letter >= " " else f"\\u{ord(letter):04x}") for letter in text
    )
    return f'"{escaped}"'
