"""What somebody decided to import: which file, how it is read, and what is created with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from fourfold.folder.mapping.look.values import ProposedMeasure, ProposedUnit

__all__ = ["ImportRequest"]


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """A kept file through a mapping: the one stored under `mapping`, or `mapping_text` where that is not empty.

    `keeps_mapping` stores the text under the key in the same transaction; where another mapping has that key, only if
    `replaces` is the edition of that one. The units and measures are created before
    the rows are read. The whole is plain enough to be a job's payload.
    """

    file: str
    mapping: str
    mapping_text: str = ""
    keeps_mapping: bool = False
    replaces: str = ""
    units: tuple[ProposedUnit, ...] = ()
    measures: tuple[ProposedMeasure, ...] = ()

    def to_payload(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def of_payload(cls, payload: Mapping[str, Any]) -> Self:
        """From JSON; fields nobody knows are left out."""
        plain = {each.name: payload[each.name] for each in fields(cls) if each.name in payload}
        return cls(
            **{
                **plain,
                "units": tuple(ProposedUnit(**each) for each in plain.get("units", ())),
                "measures": tuple(ProposedMeasure(**each) for each in plain.get("measures", ())),
            }
        )
