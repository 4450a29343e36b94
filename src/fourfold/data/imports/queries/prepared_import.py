"""A file read against the definitions as they will be: what a preview shows and a commit writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fourfold.data.imports.models import Upload
from fourfold.data.imports.queries.beginnings import known_any_values
from fourfold.data.imports.queries.first_periods import since_first_periods
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.data.imports.queries.mappings import NamedMapping, mapping_in_text, mapping_named
from fourfold.data.imports.queries.opening import file_refusals, unpacking_into
from fourfold.data.imports.queries.proposals import with_proposals
from fourfold.data.imports.queries.proposed_targets import proposed_targets
from fourfold.data.imports.queries.row_codes import RELEASE_CODES, last_of_each_key
from fourfold.data.imports.queries.unseen import unseen_by
from fourfold.engine.definitions import Definitions, Target
from fourfold.engine.rows import ObservationRows
from fourfold.folder import Finding
from fourfold.folder.mapping import MappedRows, read_mapped_file
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.resolving_columns import RowOrigins

__all__ = ["ImportSource", "PreparedImport", "prepared_import", "source_of"]


@dataclass(frozen=True, slots=True)
class ImportSource:
    """A file on this machine and how it is read. `unpacked` keeps what was unpacked from it.

    `mapping_text` is kept under the mapping's key, instead of what `replaces` says where something else stands there.
    """

    path: Path
    name: str
    mapping: NamedMapping
    mapping_text: str = ""
    replaces: str = ""
    units: tuple[ProposedUnit, ...] = ()
    measures: tuple[ProposedMeasure, ...] = ()
    unpacked: Path | None = None


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """Everything a file says, resolved against `definitions`: those of now with what the import brings along."""

    source: ImportSource
    known: Definitions
    definitions: Definitions
    mapped: MappedRows
    rows: ObservationRows
    origins: RowOrigins

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Errors, warnings and advice, in the order of lines."""
        return self.mapped.findings

    @property
    def targets(self) -> tuple[Target, ...]:
        """Targets that sit in the rows, then those named with the new measures; where both speak, the rows count."""
        told = {(each.measure, each.unit) for each in self.mapped.targets}
        named = proposed_targets(
            self.source.measures, self.rows, known=self.known, definitions=self.definitions
        )
        return (
            *self.mapped.targets,
            *(each for each in named if (each.measure, each.unit) not in told),
        )


def source_of(request: ImportRequest, *, scope: Scope) -> ImportSource:
    """The kept file and the mapping of a request.

    Raises:
        UploadUnknown, MappingUnknown, MappingRefused.
    """
    upload = Upload.objects.visible_to(scope).get_or_refuse(reference=request.file)
    named = (
        mapping_in_text(request.mapping, request.mapping_text)
        if request.mapping_text
        else mapping_named(request.mapping)
    )
    return ImportSource(
        path=upload.path,
        name=upload.name,
        mapping=named,
        mapping_text=request.mapping_text if request.keeps_mapping else "",
        replaces=request.replaces,
        units=request.units,
        measures=request.measures,
        unpacked=upload.folder,
    )


def prepared_import(
    source: ImportSource,
    *,
    scope: Scope,
    keeps_sound_rows: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> PreparedImport:
    """Read and check the whole file; writes nothing and holds no lock. What this person may not know of has no name.

    `progress` is told how many bytes are read, of how many.

    Raises:
        FileNotTaken, NotFounded.
    """
    known = read_definitions()
    definitions = with_proposals(known, units=source.units, measures=source.measures)
    with file_refusals(), unpacking_into(source.unpacked) as folder:
        mapped = read_mapped_file(
            source.mapping.mapping,
            source.path,
            definitions=definitions,
            into=folder,
            file=source.name,
            unseen=unseen_by(known, scope=scope),
            keeps_sound_rows=keeps_sound_rows,
            progress=progress,
        )
    # A file may restate itself: only what it says last is new knowledge now.
    chosen = last_of_each_key(mapped.rows) if mapped.recorded_at.any() else None
    rows = mapped.rows if chosen is None else mapped.rows.where(chosen)
    dated = _dated(source, mapped, definitions=definitions)
    return PreparedImport(
        source=dated,
        known=known,
        definitions=with_proposals(known, units=dated.units, measures=dated.measures),
        mapped=mapped,
        rows=rows,
        origins=_origins(mapped, chosen, file=source.name),
    )


def _dated(source: ImportSource, mapped: MappedRows, *, definitions: Definitions) -> ImportSource:
    """With since when its new things exist. Before the first value of all there is no past that could change."""
    if not (source.units or source.measures) or not known_any_values():
        return source
    units, measures = since_first_periods(
        source.units, source.measures, rows=mapped.rows, targets=mapped.targets, definitions=definitions
    )
    return replace(source, units=units, measures=measures)


def _origins(mapped: MappedRows, chosen: NDArray[np.bool_] | None, *, file: str) -> RowOrigins:
    lines, releases = mapped.lines, RELEASE_CODES[mapped.release_status]
    if chosen is not None:
        lines, releases = lines[chosen], releases[chosen]
    return RowOrigins(files=(file,), source_row=lines.astype(np.int64), release_status=releases)
