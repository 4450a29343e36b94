"""Take the rows of one CSV file into the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.actions.reading_rows import (
    Tell,
    as_observations,
    fingerprint,
    last_of_each_key,
    silent,
    told,
)
from fourfold.data.imports.models import ImportRun
from fourfold.data.imports.queries.mappings import mapping_named
from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.definitions import Definitions, Target
from fourfold.folder import Finding
from fourfold.folder.mapping import MappedRows, read_mapped_csv
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import OutOfScope
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.actions.open_entry import take_turn
from fourfold.scorecard.measures.observation import NewObservation

__all__ = ["FileImported", "ImportRefused", "RowOutOfScope", "import_csv"]

KEY_IN_REFERENCE = 40  # of the 64 characters a reference has; the rest is the run's number


class ImportRefused(Refusal):
    """The findings are in `findings`, the first of each code and how many more; no row of the file was taken."""

    code, status = "IMPORT_REFUSED", 422
    sentence = _("{file} was refused: {count} errors. The first: {first}")
    remedy = _("Mend the file or the mapping and import it again; nothing was written.")

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.level == "error"]
        super().__init__(file=file, count=len(errors), first=str(errors[0]))


class RowOutOfScope(OutOfScope):
    """Says which row it was: the file names the unit anyway."""

    sentence = _("{file}, row {row}: “{unit}” lies outside what you may write.")
    remedy = _("Leave its rows out, or ask an administrator for a role at this unit or above it.")


@dataclass(frozen=True, slots=True)
class FileImported(Event):
    """Which file, and what came of it."""

    file: str
    sha256: str
    written: int
    unchanged: int
    targets: int


def import_csv(path: Path, *, mapping: str, scope: Scope, at: datetime, tell: Tell = silent) -> ImportRun:
    """Read a file through a stored mapping (or the path of one) and write what it says, all or nothing.

    What the ledger says already is not written again, so the same file twice changes nothing. The file is read
    before the ledger's lock is taken; the rows are compared and written under it.

    Raises:
        MappingUnknown, ImportRefused, RowOutOfScope, and what definitions and the ledger refuse.
    """
    definitions = read_definitions()
    named = mapping_named(mapping)
    tell(f"Reading {path.name}")
    mapped = read_mapped_csv(named.mapping, path, definitions=definitions, file=path.name)
    if mapped.is_refused:
        raise ImportRefused(path.name, mapped.findings)
    _require_scope(definitions, mapped, scope=scope, file=path.name)
    digest = fingerprint(path)
    with transaction.atomic():
        take_turn()  # from here on nobody else writes, so the run's number and what the targets amend stay true
        reference = _next_reference(named.key)
        targets = _write_targets(mapped.targets, scope=scope, at=at)
        appended = append_observations(
            _latest(definitions, mapped, file=path.name, tell=tell),
            scope=scope,
            at=at,
            run=reference,
            digits_checked=True,
            fingerprints={path.name: digest},
        )
        event = FileImported(
            f"import/{reference}", path.name, digest, appended.written, appended.unchanged, targets
        )
        audit.record(event, scope=scope, at=at)
        return ImportRun.objects.create(
            reference=reference,
            mapping_key=named.key,
            file_name=path.name,
            file_sha256=digest,
            at=at,
            actor=scope.person_key,
            rows_read=mapped.counts.read,
            values_written=appended.written,
            values_unchanged=appended.unchanged,
            targets_written=targets,
            warnings=[str(finding) for finding in mapped.findings],
        )


def _next_reference(key: str) -> str:
    """The number after the last run's; taken under the ledger's lock, so that two importers never share one."""
    last = ImportRun.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{key[:KEY_IN_REFERENCE]}-{(last or 0) + 1}"


def _require_scope(definitions: Definitions, mapped: MappedRows, *, scope: Scope, file: str) -> None:
    """Refuse the first row of a unit that is not the importer's; one look a unit, not one a row."""
    _, first = np.unique(mapped.rows.unit, return_index=True)
    for row in sorted(first.tolist()):
        unit = definitions.units[int(mapped.rows.unit[row])].key
        if not scope.sees(unit):
            raise RowOutOfScope(unit=unit, file=file, row=int(mapped.lines[row]))
    for target in mapped.targets:
        scope.require(target.unit)


def _latest(
    definitions: Definitions, mapped: MappedRows, *, file: str, tell: Tell
) -> Iterator[NewObservation]:
    """A file may restate itself: only what it says last is new knowledge now."""
    chosen = last_of_each_key(mapped.rows)
    count = int(chosen.sum())
    rows = as_observations(
        definitions,
        mapped.rows.where(chosen),
        lines=mapped.lines[chosen].tolist(),
        files=[file] * count,
        releases=mapped.release_status[chosen].tolist(),
        moments=None,
    )
    return told(rows, count=count, tell=tell)


def _write_targets(targets: Sequence[Target], *, scope: Scope, at: datetime) -> int:
    """Targets that sit in the data rows are definitions: they go where definitions go, with their rights."""
    if not targets:
        return 0
    definitions = read_definitions()  # anew, under the lock: somebody may have changed a target since
    named = {(target.measure, target.unit, target.segment): target for target in definitions.targets}
    for target in targets:
        name = (target.measure, target.unit, target.segment)
        named[name] = _amended(named.get(name), target, calendar=definitions.organisation.calendar)
    return write_definitions(replace(definitions, targets=tuple(named.values())), scope=scope, at=at).changed


def _amended(known: Target | None, said: Target, *, calendar: FiscalCalendar) -> Target:
    """A file speaks of its own periods: what was wanted for the others stays."""
    if known is None:
        return said
    points = {point.period: point for point in (*known.points, *said.points)}
    ordered = sorted(points.values(), key=lambda point: calendar.first_day(point.period))
    return replace(
        said, points=tuple(ordered), red=known.red, best=known.best, origin=said.origin or known.origin
    )
