"""One spelling per document, so that folder, database, command and API answer the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

__all__ = ["canonical_json"]

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
INDENT = "  "


def canonical_json(document: Mapping[str, object]) -> bytes:
    """Write a document of strings, numbers, booleans, None, mappings and sequences.

    UTF-8, keys in the order given, floats in their shortest form that reads back the same (RFC 8785 §3.2.2.3 leaves
    them to the language; ours is Python's `repr`), two blanks a level, a newline at the end.

    Raises:
        ValueError: a number is not finite. TypeError: something else is in it.

    >>> canonical_json({"score": 66.5, "why": None})
    b'{\\n  "score": 66.5,\\n  "why": null\\n}\\n'
    """
    return (_written(document, "\n") + "\n").encode()


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
