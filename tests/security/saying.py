"""What is planted: the house's payloads one after the other, each with the name of the field it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

PAYLOADS_FILE = Path(__file__).with_name("payloads.txt")
ROGUE = "rogue7731"
"""Stands in every payload as the thing that must not come to life."""
COMPUTED = "59768361"
"""What `7731*7731` says where a template or a spreadsheet has computed it."""
FORMULAS = (
    "=HYPERLINK(A1)", "+7731*7731", "-7731*7731", "@SUM(A1)", "=7731*7731", "\t=A1", "\r=A1", "\n=A1", " =A1",
    "=cmd|'/c calc'!A0", "＝A1", "＋A1", '"=A1', ";=A1", ",=A1", "=WEBSERVICE(A1)", "=DDE(A1)", "%0A=A1",
)  # fmt: skip

SHORTEST = 12
"""Characters: every corpus has something to say in so few."""

Saying = Callable[[str, int], str]
"""The text for a field (by its model's name) of so many characters."""


def payloads() -> tuple[str, ...]:
    """Every line of the corpus, escapes read."""
    lines = PAYLOADS_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if line and not line.startswith("#"))


def _read(line: str) -> str:
    for spelt, meant in (
        ("\\t", "\t"),
        ("\\n", "\n"),
        ("\\x0c", "\x0c"),
        ("\\x01", "\x01"),
        ("\\x00", "\x00"),
    ):
        line = line.replace(spelt, meant)
    return line.replace("\\u2028", "\u2028")


def mark(field: str) -> str:
    """Ends every text that is planted in this field."""
    return f"~{field}~"


class Speaker:
    """Says the next payload for every field, and remembers which fields it has spoken in."""

    def __init__(self, said: Sequence[str]) -> None:
        self.fields: set[str] = set()
        self._said = tuple(said)
        self._at = 0

    def __call__(self, field: str, limit: int = 4_000) -> str:
        self.fields.add(field)
        room = limit - len(mark(field))
        if room < SHORTEST:
            return '"><b>'[:limit]  # no room to say where it stands
        self._at += 1
        turned = (*self._said[self._at % len(self._said) :], *self._said)
        return next(text for text in turned if len(text) <= room) + mark(field)
