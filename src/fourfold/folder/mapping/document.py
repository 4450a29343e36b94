"""A mapping document made ready: what its schema cannot say is checked, and its lookup tables are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from fourfold.folder.belonging import Fields
from fourfold.folder.document import Document
from fourfold.folder.finding import Finding, error
from fourfold.folder.mapping.file_mapping import FileMapping, lookup_documents, wide_entries
from fourfold.folder.mapping.lookups import Lookup, read_lookup

__all__ = ["mapping_findings", "read_mapping"]


def read_mapping(document: Document, folder: Path) -> tuple[FileMapping | None, tuple[Finding, ...]]:
    """From a document the schema has confirmed; lookup files lie beside it. None where an error was found."""
    said = cast("Fields", document.value)
    findings = list(mapping_findings(document))
    lookups: list[Lookup] = []
    beside = Path(document.file).parent
    for number, each in enumerate(lookup_documents(said)):
        file = (beside / each["file"]).as_posix()
        if not is_inside(folder / file, folder):
            findings.append(outside(document, each["file"], place=("lookup", number, "file")))
            continue
        lookup, found = read_lookup(each, folder / file, file=file)
        findings.extend(found)
        if lookup is not None:
            lookups.append(lookup)
    if any(each.level == "error" for each in findings):
        return None, tuple(findings)
    return FileMapping.of(said, lookups=lookups), tuple(findings)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path stays in a folder, links followed."""
    return path.resolve().is_relative_to(folder.resolve())


def outside(document: Document, file: str, *, place: tuple[str | int, ...]) -> Finding:
    """A path that leads out of where it may."""
    return error(
        "PATH_OUTSIDE",
        document.file,
        line=document.line(*place),
        message=f'"{file}" lies outside the folder.',
        remedy="Put the file beside the mapping, or use `from: data` with `--data DIR`.",
    )


def mapping_findings(document: Document) -> Iterator[Finding]:
    """Roles nobody gives, roles given twice."""
    said = cast("Fields", document.value)
    given = {*said.get("columns", {}), *said.get("constants", {})}
    for lookup in lookup_documents(said):
        given |= set(lookup["gives"])
    for role in _NEEDED[said["layout"]]:
        if role not in given:
            yield error(
                "COLUMN_MISSING",
                document.file,
                line=document.line("columns"),
                message=f"Nothing says which {role} a row speaks of.",
                remedy=f"Name the column under `columns: {{{role}: …}}`, or give it by `lookup` or `constants`.",
            )
    if said["layout"] == "periods" and "period" in given:
        yield error(
            "FIELD_WRONG",
            document.file,
            line=document.line("columns"),
            message="The columns name the periods, so no row can.",
            remedy="Take `period` away, or choose the layout `long` or `wide`.",
        )
    written = said.get("format", {})
    if written.get("thousands") == written.get("decimal", "."):
        yield error(
            "FIELD_WRONG",
            document.file,
            line=document.line("format"),
            message="The same sign stands before decimals and between thousands.",
            remedy="Say which of the two it is: `decimal` or `thousands`.",
        )
    yield from _repeated_roles(document, said)


_NEEDED = {
    "long": ("measure", "unit", "period"),
    "wide": ("unit", "period"),
    "periods": ("measure", "unit"),
}


def _repeated_roles(document: Document, said: Fields) -> Iterator[Finding]:
    seen: set[tuple[str, str | None, str]] = set()
    for index, entry in enumerate(wide_entries(said)):
        key = (entry["measure"], entry.get("segment"), entry["role"])
        if key in seen:
            yield error(
                "KEY_DUPLICATE",
                document.file,
                line=document.line("wide", index),
                message=f"A second column is the {entry['role']} of {entry['measure']}.",
                remedy="Keep one, or name the segment each belongs to.",
            )
        seen.add(key)
