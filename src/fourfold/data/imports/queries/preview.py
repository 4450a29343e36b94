"""What an import would do, before it does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fourfold.data.imports.queries.amending import amended_points, amended_targets
from fourfold.data.imports.queries.closed_to_new_things import closed_to_new_things
from fourfold.data.imports.queries.final_rows import final_rows
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.data.imports.queries.judged_targets import judged_targets
from fourfold.data.imports.queries.mappings import mapping_named
from fourfold.data.imports.queries.prepared_import import (
    ImportSource,
    PreparedImport,
    prepared_import,
    source_of,
)
from fourfold.data.imports.queries.rights_of_rows import within_scope
from fourfold.data.imports.queries.shown_changes import SHOWN, ShownChange, changed_targets, changed_values
from fourfold.engine.definitions import Measure, Unit
from fourfold.folder import Finding
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.folder.mapping.row_findings import RowFindings
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.queries import today
from fourfold.scorecard.measures.actions.ledger_batch import LedgerBatch, fresh_rows
from fourfold.scorecard.measures.actions.resolving import NameBook
from fourfold.scorecard.measures.actions.resolving_columns import batch_of_rows
from fourfold.scorecard.measures.queries.current import known_columns

__all__ = ["ImportPreview", "ShownChange", "preview_file", "preview_import", "preview_of"]

Proposed = TypeVar("Proposed", ProposedUnit, ProposedMeasure)

_WITHDRAWN = ord("w")


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Counts of values, not of rows: a wide row holds several. `is_refused`: an error keeps the whole file out.

    `new` and `changed` leave out what is `withdrawn`. `targets` counts the targets, one for each period, that would be
    new or differ; `targets_changed` those of them that wanted something else until now.
    `refused_for` counts rows by the code of their finding. `not_added` names the new measures whose values cannot be
    added up, and of which the file has no row for the whole organisation.
    """

    file: str
    rows_read: int
    new: int
    changed: int
    unchanged: int
    withdrawn: int
    refused: int
    blank: int
    repeated: int
    ignored: tuple[tuple[str, int], ...]
    targets: int
    units: tuple[ProposedUnit, ...]
    measures: tuple[ProposedMeasure, ...]
    findings: tuple[Finding, ...]
    changes: tuple[ShownChange, ...]
    is_refused: bool
    refused_for: tuple[tuple[str, int], ...] = ()
    not_added: tuple[str, ...] = ()
    targets_changed: int = 0
    target_changes: tuple[ShownChange, ...] = ()

    @property
    def accounted(self) -> int:
        """Every value the file could hold: where it has a row for each, that is the number of rows read."""
        known = self.new + self.changed + self.unchanged + self.withdrawn
        return known + self.refused + self.blank + self.repeated + sum(count for _, count in self.ignored)

    @property
    def writes_nothing(self) -> bool:
        """Whether everything the file says is known already."""
        return not (self.new or self.changed or self.withdrawn or self.targets or self.units or self.measures)


def preview_import(
    request: ImportRequest,
    *,
    scope: Scope,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> ImportPreview:
    """Read the kept file through the mapping and compare it with the ledger. Writes nothing, holds no lock.

    `progress` is told how many bytes are read, of how many.

    Raises:
        NotPermitted, UploadUnknown, MappingUnknown, MappingRefused, FileNotTaken, NotFounded.
    """
    scope.require_to(Act.IMPORT_VALUES)
    return preview_of(source_of(request, scope=scope), scope=scope, at=at, progress=progress)


def preview_file(path: Path, *, mapping: str, scope: Scope, at: datetime) -> ImportPreview:
    """The same for a file of this machine, through a stored mapping or the path of one.

    Raises:
        NotPermitted, MappingUnknown, MappingRefused, FileNotTaken, NotFounded.
    """
    scope.require_to(Act.IMPORT_VALUES)
    return preview_of(ImportSource(path, path.name, mapping_named(mapping)), scope=scope, at=at)


def preview_of(
    source: ImportSource, *, scope: Scope, at: datetime, progress: Callable[[int, int], None] | None = None
) -> ImportPreview:
    """The same for a file on this machine. What one may not write is a finding, and compared with nothing."""
    whole = prepared_import(source, scope=scope, keeps_sound_rows=True, progress=progress)
    within = within_scope(whole, scope=scope)
    prepared = within.prepared
    batch, places = _written_before(prepared, scope=scope)
    known = known_columns(batch.measure, batch.unit, first=_first(batch), last=_last(batch))
    fresh = fresh_rows(batch, known)
    earlier = batch.places_in(known)
    is_withdrawn = batch.kind == _WITHDRAWN
    changed = fresh & (earlier >= 0) & ~is_withdrawn
    counts = prepared.mapped.counts
    refused = (within.findings, *_refused(prepared, places[~fresh], scope=scope, at=at))
    brought = len(prepared.rows) - len(batch)
    preview = ImportPreview(
        file=source.name,
        rows_read=counts.read,
        new=int((fresh & (earlier < 0) & ~is_withdrawn).sum()) + brought,
        changed=int(changed.sum()),
        unchanged=int((~fresh).sum()),
        withdrawn=int((fresh & is_withdrawn).sum()),
        refused=counts.refused + len(whole.rows) - len(prepared.rows),
        blank=counts.blank,
        repeated=counts.repeated,
        ignored=counts.ignored,
        targets=0,
        units=_new(prepared.source.units, than=prepared.known.units),
        measures=_new(prepared.source.measures, than=prepared.known.measures),
        findings=(*prepared.findings, *(finding for each in refused for finding in each.all())),
        changes=changed_values(
            prepared, places, known=known, earlier=earlier, chosen=np.flatnonzero(changed)[:SHOWN]
        ),
        is_refused=prepared.mapped.is_refused or any(each.count() for each in refused),
        refused_for=_together(counts.refused_for, *(each.by_code() for each in refused)),
        not_added=tuple(_not_added(prepared)),
    )
    return _with_targets(preview, prepared)


def _with_targets(preview: ImportPreview, prepared: PreparedImport) -> ImportPreview:
    points = list(amended_points(prepared.definitions, prepared.targets))
    changed = changed_targets(points, prepared)
    return replace(
        preview, targets=len(points), targets_changed=len(changed), target_changes=tuple(changed[:SHOWN])
    )


def _refused(
    prepared: PreparedImport, known: NDArray[np.int64], *, scope: Scope, at: datetime
) -> tuple[RowFindings, ...]:
    """What keeps the file out beyond its own mistakes; rows at the places `known` change nothing."""
    changing = np.ones(len(prepared.rows), dtype=np.bool_)
    changing[known] = False
    return (
        closed_to_new_things(prepared, scope=scope),
        _judged(prepared, scope=scope, at=at),
        final_rows(prepared, changing=changing),
    )


def _together(*counted: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    total: Counter[str] = Counter()
    for each in counted:
        total.update(dict(each))
    return tuple(total.items())


def _new(proposed: Iterable[Proposed], *, than: Iterable[Unit | Measure]) -> tuple[Proposed, ...]:
    there = {each.key for each in than}
    return tuple(each for each in proposed if each.key not in there)


def _judged(prepared: PreparedImport, *, scope: Scope, at: datetime) -> RowFindings:
    """The rows whose targets would judge anew what was judged."""
    before = prepared.definitions
    targets, differing = amended_targets(before, prepared.targets)
    return judged_targets(
        prepared,
        before=before,
        after=replace(before, targets=targets),
        differing=differing,
        scope=scope,
        today=today(before.organisation, at=at),
    )


def _not_added(prepared: PreparedImport) -> Iterator[str]:
    """New measures of which only parts of the organisation have a value, and no whole can be made of them."""
    rows, brought = prepared.rows, {each.key for each in prepared.source.measures}
    for place, measure in enumerate(prepared.definitions.measures):
        if measure.key not in brought or measure.versions[-1].kind.is_aggregable:
            continue
        units = rows.unit[rows.measure == place]
        declared = prepared.definitions.units[0].key if not measure.units.unit else measure.units.unit
        if units.size and declared not in {prepared.definitions.units[at].key for at in np.unique(units)}:
            yield measure.name


def _written_before(prepared: PreparedImport, *, scope: Scope) -> tuple[LedgerBatch, NDArray[np.int64]]:
    """The rows of measures and units that exist and are seen, as the ledger would take them, and their places."""
    definitions, rows, book = prepared.definitions, prepared.rows, NameBook.read()
    measures = np.array([each.key in book.measures for each in definitions.measures], dtype=np.bool_)
    units = np.array(
        [each.key in book.units and scope.sees(each.key) for each in definitions.units], dtype=np.bool_
    )
    places = np.flatnonzero(measures[rows.measure] & units[rows.unit])
    chosen = np.zeros(len(rows), dtype=np.bool_)
    chosen[places] = True
    batch = batch_of_rows(
        rows.where(chosen), definitions=definitions, origins=prepared.origins.where(chosen), book=book
    )
    return batch, places


def _first(batch: LedgerBatch) -> int:
    return int(batch.period.min()) if len(batch) else 0


def _last(batch: LedgerBatch) -> int:
    return int(batch.period.max()) if len(batch) else 0
