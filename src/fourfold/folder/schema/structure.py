"""What JSON Schema has to say, said so that a person can mend it: a code, a line, a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from fourfold.folder.document import Document
from fourfold.folder.finding import Finding, did_you_mean, error
from fourfold.folder.schema.parts import KEY_PATTERN, Schema

__all__ = ["structure_findings"]

_TYPE_WORDS = {
    "object": "a mapping (key: value)",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}


def structure_findings(document: Document, schema: Schema) -> tuple[Finding, ...]:
    """Every departure from the schema, in the order of lines."""
    validator = Draft202012Validator(schema, format_checker=FormatChecker(formats=["date"]))
    problems = cast("Iterator[Any]", validator.iter_errors(document.value))
    found = [finding for problem in problems for finding in _findings(document, problem)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.line))


def _findings(document: Document, problem: ValidationError) -> Iterator[Finding]:
    place: tuple[str | int, ...] = tuple(problem.absolute_path)
    match problem.validator:
        case "additionalProperties":
            yield from _unknown_fields(document, problem, place=place)
        case "required":
            yield from _missing_fields(document, problem, place=place)
        case "not":  # a field of a version beside `versions`
            yield error(
                "FIELD_UNKNOWN",
                document.file,
                line=document.line(*place),
                message=f'"{place[-1]}" does not belong here.',
                remedy="Write it inside each entry of `versions`, or leave `versions` out.",
            )
        case _:
            yield error(
                "FIELD_WRONG",
                document.file,
                line=document.line(*place),
                message=f"{_spoken(place)} is {_shown(problem.instance)}, which is not {_wanted(problem)}.",
                remedy=_remedy(problem),
            )


def _unknown_fields(
    document: Document, problem: ValidationError, *, place: tuple[str | int, ...]
) -> Iterator[Finding]:
    known = cast("Schema", problem.schema).get("properties", {})
    for name in cast("dict[str, object]", problem.instance):
        if name not in known:
            yield error(
                "FIELD_UNKNOWN",
                document.file,
                line=document.line(*place, name),
                message=f'{_spoken(place)} has no field "{name}".',
                remedy=did_you_mean(name, known, otherwise=f"Known fields: {', '.join(sorted(known))}."),
            )


def _missing_fields(
    document: Document, problem: ValidationError, *, place: tuple[str | int, ...]
) -> Iterator[Finding]:
    required = cast("list[str]", problem.validator_value)
    instance = cast("dict[str, object]", problem.instance)
    for name in required:
        if name not in instance:
            yield error(
                "FIELD_MISSING",
                document.file,
                line=document.line(*place),
                message=f'{_spoken(place)} lacks the field "{name}".',
                remedy=f'Add "{name}: …".',
            )


def _spoken(place: tuple[str | int, ...]) -> str:
    """`objectives[3].weight`, counting from 1 as people do."""
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "The file"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list" if len(value) != 1 else "a list of one"
    if value is None:
        return "empty"
    text = (
        f'"{value}"'
        if isinstance(value, str)
        else f"{value}".lower()
        if isinstance(value, bool)
        else f"{value}"
    )
    return text if len(text) <= 60 else f'{text[:57]}…"'


_WANTED = {
    "enum": "one of the known words",
    "format": "a date",
    "minimum": "at least {}",
    "exclusiveMinimum": "above {}",
    "maximum": "at most {}",
    "minItems": "at least {} long",
    "minLength": "at least {} long",
    "minProperties": "at least {} long",
    "maxItems": "at most {} long",
    "maxLength": "at most {} long",
    "uniqueItems": "without repetition",
    "const": '"{}"',
    "pattern": "of the form {}",
}


def _wanted(problem: ValidationError) -> str:
    wanted = problem.validator_value
    if problem.validator == "type":
        kinds = [wanted] if isinstance(wanted, str) else cast("list[str]", wanted)
        return " or ".join(_TYPE_WORDS.get(kind, kind) for kind in kinds)
    if wanted == KEY_PATTERN:
        return "a key"
    return _WANTED.get(str(problem.validator), f"allowed by {problem.validator}").format(wanted)


def _remedy(problem: ValidationError) -> str:
    match problem.validator:
        case "enum":
            words = [str(word) for word in cast("list[object]", problem.validator_value)]
            return did_you_mean(str(problem.instance), words, otherwise=f"Choose one of: {', '.join(words)}.")
        case "pattern" if problem.validator_value == KEY_PATTERN:
            return "Write a slug: lower-case letters and digits, hyphens between, a letter first: on-time-delivery."
        case "format":
            return "Write it as year-month-day: 2026-09-30."
        case "const":
            return f'Write "{problem.validator_value}".'
        case "type" if problem.instance is None:
            return "Give a value, or remove the field."
    described = problem.schema.get("description") if isinstance(problem.schema, dict) else None
    return str(described or "See docs/strategy-folder.md for what belongs here.")
