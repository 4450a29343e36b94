"""Take the rows of one CSV file into the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.actions.reading_rows import as_observations, fingerprint, last_of_each_key
from fourfold.data.imports.models import ImportRun
from fourfold.data.imports.queries.mappings import mapping_named
from fourfold.engine.definitions import Definitions, Target
from fourfold.folder import Finding
from fourfold.folder.mapping import MappedRows, read_mapped_csv
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation

__all__ = ["FileImported", "ImportRefused", "import_csv"]


class ImportRefused(Refusal):
    """Every finding is in `findings`; no row of the file was taken."""

    code, status = "IMPORT_REFUSED", 422
    sentence = _("{file} was refused: {count} errors. The first: {first}")
    remedy = _("Mend the file or the mapping and import it again; nothing was written.")

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in findings if finding.level == "error"]
        super().__init__(file=file, count=len(errors), first=str(errors[0]))


@dataclass(frozen=True, slots=True)
class FileImported(Event):
    """Which file, and what came of it."""

    file: str
    sha256: str
    written: int
    unchanged: int


def import_csv(path: Path, *, mapping: str, scope: Scope, at: datetime) -> ImportRun:
    """Read a file through a stored mapping (or the path of one) and write what it says, all or nothing.

    What the ledger says already is not written again, so the same file twice changes nothing.

    Raises:
        MappingUnknown, ImportRefused, OutOfScope, and what the ledger refuses.
    """
    definitions = read_definitions()
    named = mapping_named(mapping)
    mapped = read_mapped_csv(named.mapping, path, definitions=definitions, file=path.name)
    if mapped.is_refused:
        raise ImportRefused(path.name, mapped.findings)
    digest = fingerprint(path)
    with transaction.atomic():
        reference = f"{named.key}-{ImportRun.objects.count() + 1}"
        targets = _write_targets(definitions, mapped.targets, scope=scope, at=at)
        appended = append_observations(
            _latest(definitions, mapped, file=path.name),
            scope=scope,
            at=at,
            run=reference,
            digits_checked=True,
            fingerprints={path.name: digest},
        )
        event = FileImported(f"import/{reference}", path.name, digest, appended.written, appended.unchanged)
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


def _latest(definitions: Definitions, mapped: MappedRows, *, file: str) -> list[NewObservation]:
    """A file may restate itself: only what it says last is new knowledge now."""
    chosen = last_of_each_key(mapped.rows)
    return list(
        as_observations(
            definitions,
            mapped.rows.where(chosen),
            lines=mapped.lines[chosen].tolist(),
            files=[file] * int(chosen.sum()),
            releases=mapped.release_status[chosen].tolist(),
            moments=None,
        )
    )


def _write_targets(definitions: Definitions, targets: Sequence[Target], *, scope: Scope, at: datetime) -> int:
    """Targets that sit in the data rows are definitions: they go where definitions go, with their rights."""
    if not targets:
        return 0
    for unit in {target.unit for target in targets}:
        scope.require(unit)
    named = {(target.measure, target.unit, target.segment): target for target in definitions.targets}
    named.update({(target.measure, target.unit, target.segment): target for target in targets})
    written = write_definitions(replace(definitions, targets=tuple(named.values())), scope=scope, at=at)
    return written.changed
