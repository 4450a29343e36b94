"""Take one file into the ledger: values, targets, and the units and measures it brings along."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.actions.keeping_mappings import write_mapping
from fourfold.data.imports.actions.telling import Tell, fingerprint, own_transaction, silent
from fourfold.data.imports.models import ImportRun
from fourfold.data.imports.queries.amending import amended_points, amended_targets
from fourfold.data.imports.queries.closed_to_new_things import closed_to_new_things
from fourfold.data.imports.queries.judged_targets import judged_targets
from fourfold.data.imports.queries.mappings import mapping_named
from fourfold.data.imports.queries.prepared_import import ImportSource, PreparedImport, prepared_import
from fourfold.data.imports.queries.proposals import with_proposals
from fourfold.data.imports.queries.rights_of_rows import known_unit, within_scope
from fourfold.folder import Finding
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.jobs.lease import Effect
from fourfold.platform.periods.queries import today
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.disk_full import refusing_full_disk
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.actions.append_observations import append_rows
from fourfold.scorecard.measures.actions.open_entry import take_turn

__all__ = [
    "FileImported",
    "ImportRefused",
    "import_file",
    "import_source",
]

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


@dataclass(frozen=True, slots=True)
class FileImported(Event):
    """Which file, and what came of it."""

    file: str
    sha256: str
    written: int
    unchanged: int
    targets: int


def import_file(path: Path, *, mapping: str, scope: Scope, at: datetime, tell: Tell = silent) -> ImportRun:
    """Read a file of this machine through a stored mapping (or the path of one) and write what it says.

    Raises:
        MappingUnknown, MappingRefused, and what `import_source` raises.
    """
    source = ImportSource(path, path.name, mapping_named(mapping))
    return import_source(source, scope=scope, at=at, tell=tell)


def import_source(
    source: ImportSource,
    *,
    scope: Scope,
    at: datetime,
    tell: Tell = silent,
    within: AbstractContextManager[Effect] | None = None,
) -> ImportRun:
    """All or nothing: the file is read and checked before the ledger's lock is taken, then written in one transaction.

    What the ledger says already is not written again, so the same file twice changes nothing. `within` is that
    transaction where it is somebody else's (a job's, which ends with it).

    Raises:
        ImportRefused, FileNotTaken, RowOutOfScope, RowNotPermitted, NotPermitted, DiskFull, PeriodFinal, and what
        definitions and the ledger refuse.
    """
    scope.require_to(Act.IMPORT_VALUES)
    tell(f"Reading {source.name}")
    prepared = prepared_import(source, scope=scope)
    if prepared.mapped.is_refused:
        raise ImportRefused(source.name, prepared.findings)
    denied = within_scope(prepared, scope=scope).first
    if denied is not None:
        raise denied
    digest = fingerprint(source.path)
    with refusing_full_disk(), within or own_transaction() as effect:
        take_turn()  # from here on nobody else writes, so the run's number and what the targets amend stay true
        run = _write(prepared, digest, scope=scope, at=at, tell=tell)
        effect.leaves(_told(run))
        return run


def _told(run: ImportRun) -> dict[str, object]:
    """What a job leaves behind for the page that waits for it."""
    return {
        "run": run.reference,
        "rows": run.rows_read,
        "written": run.values_written,
        "unchanged": run.values_unchanged,
        "targets": run.targets_written,
        "definitions": run.definitions_written,
    }


def _write(prepared: PreparedImport, digest: str, *, scope: Scope, at: datetime, tell: Tell) -> ImportRun:
    source = prepared.source
    reference = _next_reference(source.mapping.key)
    targets, defined, seq = _write_definitions(prepared, scope=scope, at=at)
    if source.mapping_text:
        write_mapping(source.mapping, text=source.mapping_text, replaces=source.replaces, scope=scope, at=at)
    appended = append_rows(
        prepared.rows,
        definitions=prepared.definitions,
        origins=prepared.origins,
        scope=_seeing_new_units(prepared, scope),
        at=at,
        run=reference,
        fingerprints={source.name: digest},
        progress=lambda done, total: tell("Writing values", done=done, total=total),
    )
    event = FileImported(
        f"import/{reference}", source.name, digest, appended.written, appended.unchanged, targets
    )
    audit.record(event, scope=scope, at=at)
    run = ImportRun.objects.create(
        reference=reference,
        mapping_key=source.mapping.key,
        file_name=source.name,
        file_sha256=digest,
        at=at,
        actor=scope.person_key,
        rows_read=prepared.mapped.counts.read,
        values_written=appended.written,
        values_unchanged=appended.unchanged,
        targets_written=targets,
        definitions_written=defined,
        definitions_seq=seq,
        warnings=[str(finding) for finding in prepared.findings],
        remarks=len(prepared.findings),
    )
    ids = unit_ids_by_key()
    run.units.set([ids[unit] for unit in _units_written(prepared)])
    return run


def _units_written(prepared: PreparedImport) -> set[str]:
    """Whose values, targets or definitions the file brings; a new measure counts where it is declared."""
    source, units = prepared.source, prepared.definitions.units
    values = {units[place].key for place in np.unique(prepared.rows.unit).tolist()}
    targets = {each.unit for each in prepared.targets}
    new_units = {each.key for each in source.units}
    measures = {known_unit(prepared, each.unit) for each in source.measures}
    return values | targets | new_units | measures


def _next_reference(key: str) -> str:
    """The number after the last run's; taken under the ledger's lock, so that two importers never share one."""
    last = ImportRun.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f"{key[:KEY_IN_REFERENCE]}-{(last or 0) + 1}"


# --- rights -----------------------------------------------------------------------------------------------------------


def _seeing_new_units(prepared: PreparedImport, scope: Scope) -> Scope:
    """Whoever may create a unit below their own holds their roles there too; their next request reads it anew."""
    if scope.sees_everything or not prepared.source.units:
        return scope
    ids = unit_ids_by_key()
    new = [each.key for each in prepared.source.units if scope.sees(known_unit(prepared, each.key))]
    held = {
        role: units | {key for key in new if known_unit(prepared, key) in units}
        for role, units in scope.held.items()
    }
    return replace(
        scope,
        unit_keys=scope.unit_keys | set(new),
        unit_ids=scope.unit_ids | {ids[key] for key in new if key in ids},
        held=held,
    )


# --- definitions ------------------------------------------------------------------------------------------------------


def _write_definitions(
    prepared: PreparedImport, *, scope: Scope, at: datetime
) -> tuple[int, int, int | None]:
    """Targets, units and measures go where definitions go; answers how many targets, how many others, and the seq."""
    source = prepared.source
    if not (prepared.targets or source.units or source.measures):
        return 0, 0, None
    known = read_definitions()  # anew, under the lock: somebody may have changed something since
    brought_along = with_proposals(known, units=source.units, measures=source.measures)
    targets, differing = amended_targets(brought_along, prepared.targets)
    wanted = replace(brought_along, targets=targets)
    if wanted == known:
        return 0, 0, None
    day = today(known.organisation, at=at)
    judged = judged_targets(
        prepared, before=brought_along, after=wanted, differing=differing, scope=scope, today=day
    )
    closed = closed_to_new_things(prepared, scope=scope)
    if judged.count() + closed.count():
        raise ImportRefused(source.name, (*prepared.findings, *closed.all(), *judged.all()))
    act = _act_of(prepared)
    written = write_definitions(wanted, scope=scope, at=at, replaces=True, act=act)
    brought = len(wanted.units) + len(wanted.measures) - len(known.units) - len(known.measures)
    points = sum(1 for _ in amended_points(brought_along, prepared.targets))
    return max(points, len(differing)), brought, written.seq if written.changed else None


def _act_of(prepared: PreparedImport) -> Act:
    """One of the acts that were required where they belong."""
    if prepared.source.units:
        return Act.EDIT_UNITS
    return Act.EDIT_MEASURES if prepared.source.measures else Act.EDIT_TARGETS
