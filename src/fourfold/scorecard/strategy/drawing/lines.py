"""Breaking a name into lines that fit a width, without a font engine."""

from __future__ import annotations

__all__ = ["broken", "width_of"]

# Advance widths of Inter in thousandths of the font size, by group of letters (read off the font's own table).
_NARROW, _WIDE = frozenset("iIljt.,:;'|!()[] rf-"), frozenset("mwMWOQG&@%")
_NARROW_EM, _ORDINARY_EM, _WIDE_EM = 0.33, 0.575, 0.86


def width_of(text: str, *, size: float) -> float:
    """An upper estimate of how wide a text is drawn."""
    return size * sum(_NARROW_EM if c in _NARROW else _WIDE_EM if c in _WIDE else _ORDINARY_EM for c in text)


def broken(text: str, *, width: float, size: float, most: int) -> tuple[str, ...]:
    """At most `most` lines; what does not fit ends in an ellipsis (the full name is in the card's title)."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size=size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return tuple(_shortened(line, width=width, size=size) for line in lines)


def _shortened(line: str, *, width: float, size: float) -> str:
    if width_of(line, size=size) <= width:
        return line
    while line and width_of(f"{line}…", size=size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
