"""YAML with one spelling: what is written today and tomorrow from the same values is the same text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeGuard

__all__ = ["Value", "number_text", "yaml_text"]

Value = Mapping[str, "Value"] | Sequence["Value"] | str | float | bool | Decimal | date
"""What a document is made of."""

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ _./@-][A-Za-z0-9]+)*", re.ASCII)
_RESERVED = frozenset({"null", "true", "false"})


def yaml_text(document: Mapping[str, Value]) -> str:
    """A document in block style; lists of words in one line; LF line ends."""
    return "".join(f"{line}\n" for line in _mapping_lines(document))


def number_text(number: float | Decimal) -> str:
    """The shortest text that reads back as the same number; whole numbers without a point.

    >>> number_text(95.0), number_text(0.1), number_text(Decimal("1200.50"))
    ('95', '0.1', '1200.5')
    """
    if isinstance(number, Decimal):
        text = f"{number:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    if number == int(number) and abs(number) < 1e15 and not (number == 0 and math.copysign(1.0, number) < 0):
        return str(int(number))
    return repr(float(number))


def _mapping_lines(mapping: Mapping[str, Value]) -> Iterator[str]:
    for key, value in mapping.items():
        yield from _entry_lines(f"{key}:", value)


def _entry_lines(head: str, value: Value) -> Iterator[str]:
    """One key or list mark with what belongs to it."""
    if isinstance(value, Mapping):
        yield head
        yield from (f"  {line}" for line in _mapping_lines(value))
    elif _is_list(value) and any(isinstance(each, Mapping) for each in value):
        yield head
        for each in value:
            lines = list(_mapping_lines(each)) if isinstance(each, Mapping) else [_inline(each)]
            yield f"  - {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])
    else:
        yield f"{head} {_inline(value)}"


def _inline(value: Value) -> str:
    if _is_list(value):
        return f"[{', '.join(_inline(each) for each in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    assert isinstance(value, str)
    return _text(value)


def _is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _text(text: str) -> str:
    """Plain where nobody could read it as anything else, otherwise in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
