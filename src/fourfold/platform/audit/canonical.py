"""RFC 8785 canonical JSON (JCS): the one spelling of an event, so that its digest means something."""

import json
import math
from collections.abc import Mapping, Sequence

__all__ = ["Json", "NotCanonical", "canonical_json"]

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None

LARGEST_EXACT = (
    2**53
)  # beyond it a JSON number no longer names one integer (RFC 8785 §3.2.2.3 rests on IEEE 754)


class NotCanonical(ValueError):
    """The value has no canonical spelling: not finite, too large an integer, or half a character."""


def canonical_json(value: Json) -> bytes:
    """Keys sorted by UTF-16 code units, no blanks, numbers as ECMAScript writes them, UTF-8.

    >>> canonical_json({"b": 1.0, "a": [True, None, "é"]}).decode()
    '{"a":[true,null,"é"],"b":1}'
    """
    try:
        return _spelt(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate is not a character") from error


def _spelt(value: Json) -> str:
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return _whole_number(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Mapping):
        members = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_spelt(key)}:{_spelt(member)}" for key, member in members) + "}"
    return "[" + ",".join(_spelt(item) for item in value) + "]"


def _whole_number(value: int) -> str:
    if abs(value) > LARGEST_EXACT:
        raise NotCanonical(f"{value} is not exact in JSON: spell it as text")
    return str(value)


def _number(value: float) -> str:
    """ECMAScript's Number::toString: shortest digits, plain notation from 1e-6 up to 1e21."""
    if not math.isfinite(value):
        raise NotCanonical(f"{value} is not a JSON number")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction.rstrip("0") if fraction.strip("0") else whole
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    return sign + _placed(stripped.rstrip("0"), point=point)


def _placed(digits: str, *, point: int) -> str:
    """Put the decimal point after `point` digits."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{tail}e{point - 1:+d}"
