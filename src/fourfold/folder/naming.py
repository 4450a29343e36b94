"""Keys: each names one thing of its kind, and every key that is used names something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from fourfold.folder.belonging import Fields
from fourfold.folder.document import Document
from fourfold.folder.documents import FolderDocuments
from fourfold.folder.finding import Finding, did_you_mean, error

__all__ = ["naming_findings"]

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A key that names something of a kind, or refers to it, and where it stands."""

    kind: str
    key: str
    document: Document
    place: Place


def naming_findings(documents: FolderDocuments) -> tuple[Finding, ...]:
    """Duplicate keys, and references to nothing."""
    definitions = tuple(_definitions(documents))
    known: dict[str, dict[str, _Mention]] = {}
    findings: list[Finding] = []
    for definition in definitions:
        first = known.setdefault(definition.kind, {}).setdefault(definition.key, definition)
        if first is not definition:
            findings.append(_duplicate(definition, first))
    words = {kind: set(named) for kind, named in known.items()}
    words["level"] = {str(each["level"]) for each, _ in _units(documents.units)}
    words["scope"] = words["unit"] | {"org"}
    findings.extend(
        _unknown(use, words.get(use.kind, set()))
        for use in _uses(documents)
        if use.key not in words.get(use.kind, ())
    )
    return tuple(findings)


def _duplicate(again: _Mention, first: _Mention) -> Finding:
    where = f"line {first.document.line(*first.place)} of {first.document.file}"
    return error(
        "KEY_DUPLICATE",
        again.document.file,
        line=again.document.line(*again.place),
        message=f'Another {again.kind} has the key "{again.key}" ({where}).',
        remedy="Give each its own key; keys never change, names may.",
    )


def _unknown(use: _Mention, known: Iterable[str]) -> Finding:
    kind = "unit" if use.kind == "scope" else use.kind
    listed = sorted(known)
    shown = ", ".join(listed[:12]) + (", …" if len(listed) > 12 else "")
    otherwise = f"Known: {shown}." if listed else f"Define a {kind} first."
    return error(
        "UNIT_UNKNOWN" if kind == "unit" else "KEY_UNKNOWN",
        use.document.file,
        line=use.document.line(*use.place),
        message=f'There is no {kind} "{use.key}".',
        remedy=did_you_mean(use.key, listed, otherwise=otherwise),
    )


# --- what names something -----------------------------------------------------------------------------------------


_NAMED_IN_STRATEGY = {
    "perspectives": "perspective",
    "themes": "theme",
    "objectives": "objective",
    "initiatives": "initiative",
    "people": "person",
}


def _definitions(documents: FolderDocuments) -> Iterator[_Mention]:
    said = cast("Fields", documents.strategy.value)
    for part, kind in _NAMED_IN_STRATEGY.items():
        for index, each in enumerate(said.get(part, ())):
            yield _Mention(kind, each["key"], documents.strategy, (part, index, "key"))
    for unit, place in _units(documents.units):
        yield _Mention("unit", unit["key"], documents.units, (*place, "key"))
    for document in documents.measures:
        measure = cast("Fields", document.value)
        yield _Mention("measure", measure["key"], document, ("key",))
        for place, version in _versions(measure):
            yield from _segment_definitions(document, version, place=place)


def _segment_definitions(document: Document, version: Fields, *, place: Place) -> Iterator[_Mention]:
    kind = f"segment of {'.'.join(map(str, (document.file, *place)))}"
    for index, each in enumerate(version.get("segments", {}).get("members", ())):
        yield _Mention(kind, each["key"], document, (*place, "segments", "members", index, "key"))


def _units(document: Document) -> Iterator[tuple[Fields, Place]]:
    waiting: list[tuple[Fields, Place]] = [
        (each, ("units", i)) for i, each in enumerate(cast("Fields", document.value)["units"])
    ]
    while waiting:
        unit, place = waiting.pop(0)
        yield unit, place
        below = [(each, (*place, "units", i)) for i, each in enumerate(unit.get("units", ()))]
        waiting = below + waiting


# --- what refers to something -------------------------------------------------------------------------------------


def _uses(documents: FolderDocuments) -> Iterator[_Mention]:
    yield from _uses_of_strategy(documents.strategy)
    for document in documents.measures:
        yield from _uses_of_measure(document)
    for document in documents.mappings:
        yield from _uses_of_mapping(document)


def _uses_of_strategy(document: Document) -> Iterator[_Mention]:
    said = cast("Fields", document.value)
    for index, each in enumerate(said.get("objectives", ())):
        place = ("objectives", index)
        yield from _field_uses(
            document, each, place=place, perspective="perspective", themes="theme", owner="person"
        )
        yield from _selector_uses(document, each, place=place)
        for number, link in enumerate(each.get("contributes_to", ())):
            yield from _field_uses(
                document, link, place=(*place, "contributes_to", number), objective="objective"
            )
    for part in ("causal_links", "identity_links"):
        for index, each in enumerate(said.get(part, ())):
            yield from _field_uses(document, each, place=(part, index), from_="objective", to="objective")
    for index, each in enumerate(said.get("initiatives", ())):
        yield from _field_uses(
            document, each, place=("initiatives", index), owner="person", objectives="objective"
        )
    for index, each in enumerate(said.get("people", ())):
        for number, role in enumerate(each.get("roles", ())):
            yield from _field_uses(document, role, place=("people", index, "roles", number), unit="unit")
    if isinstance(said.get("policies"), list):
        for index, each in enumerate(said["policies"]):
            yield from _field_uses(document, each, place=("policies", index), scope="scope")


def _uses_of_measure(document: Document) -> Iterator[_Mention]:
    said = cast("Fields", document.value)
    served = said.get("objective", [])
    for index, share in enumerate(served if isinstance(served, list) else [served]):
        place: Place = ("objective", index) if isinstance(served, list) else ("objective",)
        yield from _field_uses(document, share, place=place, key="objective")
    yield from _selector_uses(document, said, place=())
    for place, version in _versions(said):
        yield from _field_uses(document, version, place=place, owner="person", steward="person")


def _uses_of_mapping(document: Document) -> Iterator[_Mention]:
    said = cast("Fields", document.value)
    for index, each in enumerate(said.get("wide", ())):
        yield from _field_uses(document, each, place=("wide", index), measure="measure")
    for name in ("zero_is_missing", "zero_target_is_missing"):
        if isinstance(said.get(name), list):
            yield from _field_uses(document, said, place=(), **{name: "measure"})
    yield from _field_uses(
        document, said.get("constants", {}), place=("constants",), measure="measure", unit="unit"
    )
    for role in ("measure", "unit"):
        table = said.get("translate", {}).get(role, {})
        for text, key in table.items():
            yield _Mention(role, str(key), document, ("translate", role, text))


def _selector_uses(document: Document, said: Fields, *, place: Place) -> Iterator[_Mention]:
    yield from _field_uses(document, said, place=place, unit="unit")
    yield from _field_uses(
        document, said.get("units", {}), place=(*place, "units"), levels="level", keys="unit"
    )
    for unit in said.get("units", {}).get("since", {}):
        yield _Mention("unit", unit, document, (*place, "units", "since", unit))


def _field_uses(document: Document, said: Fields, *, place: Place, **kinds: str) -> Iterator[_Mention]:
    """The keys that fields of these names hold, one or a list; `from_` is read as `from`."""
    for field, kind in kinds.items():
        name = field.rstrip("_")
        value = said.get(name)
        if isinstance(value, list):
            for index, key in enumerate(value):
                yield _Mention(kind, str(key), document, (*place, name, index))
        elif value is not None:
            yield _Mention(kind, str(value), document, (*place, name))


def _versions(measure: Fields) -> list[tuple[Place, Fields]]:
    if "versions" not in measure:
        return [((), measure)]
    return [(("versions", index), each) for index, each in enumerate(measure["versions"])]
