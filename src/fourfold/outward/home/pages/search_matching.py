"""What was asked for, compared with names and texts: accents and case do not matter, every word must be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from fourfold.outward.home.queries.folding import folded

__all__ = ["Asked", "Piece", "Rank"]

SHORTEST, LONGEST = 2, 100
"""Letters of a question: one alone finds everything; nobody remembers more than a hundred."""

EXCERPT = 140
"""Letters of a text that are shown around what was found: two lines of a phone."""


class Rank(IntEnum):
    """How well a thing answers, the best first."""

    NAME_BEGINS = 0
    WORD_BEGINS = 1
    IN_NAME = 2
    IN_TEXT = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_found` marks what was asked for. Joined together it is the text again."""

    text: str
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, as typed and as words to be found."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Asked:
        """Take what was typed; a word told twice counts once."""
        typed = " ".join(text.replace("\x00", "").split())[:LONGEST]
        return cls(typed, tuple(dict.fromkeys(folded(typed).split())))

    @property
    def is_long_enough(self) -> bool:
        """Whether there is enough to look for."""
        return sum(map(len, self.words)) >= SHORTEST

    def rank(self, name: str, *texts: str) -> Rank | None:
        """How well a thing of this name and these texts answers; None: not at all."""
        plain = folded(name)
        if all(word in plain for word in self.words):
            if plain.startswith(" ".join(self.words)):
                return Rank.NAME_BEGINS
            return Rank.WORD_BEGINS if all(_begins(word, plain) for word in self.words) else Rank.IN_NAME
        whole = "\n".join((plain, *map(folded, texts)))
        return Rank.IN_TEXT if all(word in whole for word in self.words) else None

    def marked(self, text: str) -> tuple[Piece, ...]:
        """The text with every found word set apart."""
        plain, origins = _with_origins(text)
        found = [False] * len(text)
        for start, end in _places(self.words, plain):
            for at in range(origins[start], origins[end - 1] + 1):
                found[at] = True
        return tuple(_runs(text, found))

    def excerpt(self, text: str) -> tuple[Piece, ...]:
        """The part of the text around the first found word, cut between words."""
        flat = " ".join(text.split())
        plain, origins = _with_origins(flat)
        first = min((start for start, _end in _places(self.words, plain)), default=0)
        at = origins[first] if origins else 0
        start = 0 if at <= EXCERPT // 2 else flat.find(" ", at - EXCERPT // 3) + 1 or at
        start = min(start, at)
        end = (
            len(flat)
            if len(flat) - start <= EXCERPT
            else max(flat.rfind(" ", start, start + EXCERPT), at + 1)
        )
        shown = f"{'… ' if start else ''}{flat[start:end]}{' …' if end < len(flat) else ''}"
        return self.marked(shown)


def _begins(word: str, plain: str) -> bool:
    """Whether some word of the name begins so."""
    at = plain.find(word)
    while at > 0 and plain[at - 1].isalnum():
        at = plain.find(word, at + 1)
    return at >= 0


def _with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place it came from."""
    plain: list[str] = []
    origins: list[int] = []
    for at, letter in enumerate(text):
        for each in folded(letter):
            plain.append(each)
            origins.append(at)
    return "".join(plain), origins


def _places(words: tuple[str, ...], plain: str) -> Iterator[tuple[int, int]]:
    for word in words:
        at = plain.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = plain.find(word, at + len(word))


def _runs(text: str, found: list[bool]) -> Iterator[Piece]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or found[at] != found[start]:
            yield Piece(text[start:at], found[start])
            start = at
