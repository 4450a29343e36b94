"""YAML read safely: plain values with their lines, every unsafe or ambiguous construct refused by name.

Values are built from the parser's events, not by a constructor: no tags, no anchors, no Python objects, no date or
yes/no guessing. Only `null`, `true`, `false`, decimal numbers and text exist (YAML 1.2 core schema without octal and
hexadecimal), which is exactly what JSON Schema can describe.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from fourfold.folder.finding import Finding, error
from fourfold.folder.significance import MOST_DIGITS, loses_digits

__all__ = ["Document", "read_document"]

LARGEST_FILE = 2_000_000
"""Bytes of one YAML file. A measure takes about 1,000; the parser reads some 300,000 a second."""

DEEPEST = 64
"""Levels of nesting; the deepest honest use is the unit tree."""

Place = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top."""

_NULL = re.compile(r"null|Null|NULL|~|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says and on which line it says it."""

    file: str
    value: object
    lines: Mapping[Place, int]

    def line(self, *place: str | int) -> int:
        """The line of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


@dataclass(slots=True)
class _Frame:
    """A mapping or list under construction; `key` waits for its value."""

    container: dict[str, object] | list[object]
    place: Place
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    file: str
    lines: dict[Place, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    root: object = None
    documents: int = 0

    def refuse(self, code: str, line: int, *, message: str, remedy: str) -> None:
        self.findings.append(error(code, self.file, line=line, message=message, remedy=remedy))

    def take(self, event: Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self._start_document(line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.frames.pop()
        elif isinstance(event, NodeEvent):
            self._take_node(event, line)

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.refuse(
                "YAML_MALFORMED",
                line,
                message="A second document starts here.",
                remedy="Write one document a file.",
            )

    def _take_node(self, event: NodeEvent, line: int) -> None:
        self._refuse_indirection(event, line)
        if self._is_awaiting_key():
            self._take_key(event, line)
        elif isinstance(event, MappingStartEvent):
            self._open({}, line)
        elif isinstance(event, SequenceStartEvent):
            self._open([], line)
        else:
            self._place(self._scalar(event, line) if isinstance(event, ScalarEvent) else None, line)

    def _refuse_indirection(self, event: NodeEvent, line: int) -> None:
        if isinstance(event, AliasEvent) or event.anchor:
            self.refuse(
                "YAML_MALFORMED",
                line,
                message=f'Anchors and aliases ("&{event.anchor}") are not read.',
                remedy="Write the value out where it is needed.",
            )
        elif getattr(event, "tag", None):
            self.refuse(
                "YAML_MALFORMED",
                line,
                message=f'The tag "{getattr(event, "tag", "")}" is not read.',
                remedy="Remove the tag; put text in quotation marks where it must stay text.",
            )

    def _is_awaiting_key(self) -> bool:
        return (
            bool(self.frames) and isinstance(self.frames[-1].container, dict) and self.frames[-1].key is None
        )

    def _take_key(self, event: NodeEvent, line: int) -> None:
        frame = self.frames[-1]
        if not isinstance(event, ScalarEvent):
            raise _Unreadable(line, "a key is one word, not a list or mapping")
        if event.value in frame.container:
            first = self.lines.get((*frame.place, event.value), line)
            self.refuse(
                "KEY_DUPLICATE",
                line,
                message=f'"{event.value}" stands here twice (first on line {first}).',
                remedy="Keep one of the two.",
            )
        frame.key = event.value
        self.lines.setdefault((*frame.place, event.value), line)

    def _open(self, container: dict[str, object] | list[object], line: int) -> None:
        if len(self.frames) >= DEEPEST:
            raise _Unreadable(line, f"nested deeper than {DEEPEST} levels")
        self.frames.append(_Frame(container, self._place(container, line)))

    def _place(self, value: object, line: int) -> Place:
        if not self.frames:
            self.root = value
            return ()
        frame = self.frames[-1]
        if isinstance(frame.container, list):
            place = (*frame.place, len(frame.container))
            frame.container.append(value)
            self.lines[place] = line
            return place
        key, frame.key = frame.key or "", None
        frame.container[key] = value
        return (*frame.place, key)

    def _scalar(self, event: ScalarEvent, line: int) -> object:
        text = event.value
        if event.style is not None:  # quoted or block text stays text
            return text
        if _NULL.fullmatch(text):
            return None
        if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
            return bool(_TRUE.fullmatch(text))
        if _NOT_FINITE.fullmatch(text):
            self._refuse_not_finite(text, line)
            return None
        return self._number(text, line) if _DECIMAL.fullmatch(text) else text

    def _number(self, text: str, line: int) -> float | int | None:
        number = int(text) if _INTEGER.fullmatch(text) and len(text) <= MOST_DIGITS else float(text)
        if not math.isfinite(number):
            self._refuse_not_finite(text, line)
            return None
        if loses_digits(text, keeps_doubles=True):
            self.refuse(
                "VALUE_TOO_PRECISE",
                line,
                message=f"{text} has more than {MOST_DIGITS} significant digits.",
                remedy="Round it; double precision cannot keep the rest.",
            )
            return None
        return number

    def _refuse_not_finite(self, text: str, line: int) -> None:
        self.refuse(
            "NOT_FINITE",
            line,
            message=f"{text} is not a finite number.",
            remedy="Give a number, or leave it out.",
        )


class _Unreadable(Exception):
    """The rest of the file cannot be understood."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(problem)


def read_document(path: Path, file: str) -> tuple[Document | None, tuple[Finding, ...]]:
    """Read one YAML file; `file` is its name in findings. None where it could not be understood to its end."""
    text, refusal = _text(path, file)
    if refusal is not None:
        return None, (refusal,)
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except _Unreadable as problem:
        return None, (*builder.findings, _malformed(file, problem.line, problem.problem))
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        return None, (*builder.findings, _malformed(file, mark.line + 1 if mark else 1, str(problem.problem)))
    except YAMLError as problem:  # a character YAML does not allow
        position = getattr(problem, "position", 0)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
        return None, (*builder.findings, _malformed(file, line, "a control character stands here"))
    return Document(file, builder.root, builder.lines), tuple(builder.findings)


def _events(text: str) -> Iterator[Event]:
    yield from YAML(typ="safe", pure=True).parse(text)


def _text(path: Path, file: str) -> tuple[str, Finding | None]:
    if path.stat().st_size > LARGEST_FILE:
        return "", error(
            "FILE_TOO_LARGE",
            file,
            line=0,
            message=f"The file is larger than {LARGEST_FILE:,} bytes.",
            remedy="Split it, or move rows into CSV files.",
        )
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as problem:
        return "", error(
            "ENCODING_WRONG",
            file,
            line=content.count(b"\n", 0, problem.start) + 1,
            message="The file is not UTF-8 from this line on.",
            remedy="Save it as UTF-8.",
        )


def _malformed(file: str, line: int, problem: str) -> Finding:
    return error(
        "YAML_MALFORMED",
        file,
        line=line,
        message=f"This is not YAML: {problem}.",
        remedy="Check indentation, colons, brackets and quotation marks on this line and the one before.",
    )
