"""What was imported, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fourfold.data.imports.models import ImportRun
from fourfold.data.imports.queries.beginnings import is_at_the_beginning
from fourfold.data.imports.queries.brought_definitions import BroughtThing, brought_targets, brought_things
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.queries import known_people
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries import known_definitions

__all__ = ["ListedRun", "RunShown", "RunsPage", "run_shown", "runs_listed", "wanted_rights"]


@dataclass(frozen=True, slots=True)
class ListedRun:
    """One line of the list."""

    reference: str
    mapping: str
    file: str
    at: datetime
    actor: str
    rows: int
    written: int
    unchanged: int
    targets: int
    definitions: int
    is_withdrawn: bool
    warnings: int


@dataclass(frozen=True, slots=True)
class RunsPage:
    """Runs `start` and following of `total`."""

    runs: tuple[ListedRun, ...]
    start: int
    total: int


@dataclass(frozen=True, slots=True)
class RunShown:
    """One run in full. `may_withdraw`: whoever looks may take it back, and it was not taken back yet.

    `is_beginning`: the organisation has few values yet, so there is more to fill in. `brought`: the units and measures
    that came with it and stay. `keeps_targets`: its targets stay too, because it was written before runs kept what
    they were; of targets alone there is then nothing to take back.
    """

    run: ListedRun
    sha256: str
    units: tuple[str, ...]
    warnings: tuple[str, ...]
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawal_reason: str
    may_withdraw: bool
    is_beginning: bool = False
    brought: tuple[BroughtThing, ...] = ()
    keeps_targets: bool = False


def runs_listed(
    *,
    scope: Scope,
    start: int = 0,
    at_most: int = 50,
    is_standing_with_remarks: bool = False,
    names_people: bool = False,
) -> RunsPage:
    """One's own imports, and those that wrote only units one sees. Two queries, however many there are.

    `is_standing_with_remarks`: only those that had warnings and were not taken back. `names_people`: whoever imported
    is called by name instead of by key; three queries more.

    Raises:
        NotPermitted: whoever may not import sees no imports.
    """
    scope.require_to(Act.IMPORT_VALUES)
    seen = ImportRun.objects.visible_to(scope).order_by("-at", "-pk")
    if is_standing_with_remarks:
        seen = seen.filter(remarks__gt=0, withdrawn_at=None)
    total = seen.count()
    first = start if 0 <= start < total else 0
    shown = seen.defer("warnings")[first : first + at_most]
    names = _names() if names_people else {}
    listed = (replace(_listed(run), actor=names.get(run.actor, run.actor)) for run in shown)
    return RunsPage(tuple(listed), first, total)


def run_shown(reference: str, *, scope: Scope) -> RunShown:
    """One of those.

    Raises:
        NotPermitted: whoever may not import sees no imports.
        RunUnknown: there is none, or it is not theirs to see.
    """
    scope.require_to(Act.IMPORT_VALUES)
    run = ImportRun.objects.visible_to(scope).get_or_refuse(reference=reference)
    units = tuple(run.units.order_by("key").values_list("key", flat=True))
    may = scope.may(Act.WITHDRAW_IMPORT) and all(
        scope.sees(unit) and scope.may(act, unit=unit) for act, unit in wanted_rights(run)
    )
    names = _names()
    keeps_targets = bool(run.targets_written) and run.definitions_seq is None
    has_something = bool(run.values_written) or not keeps_targets
    return RunShown(
        run=replace(_listed(run), actor=names.get(run.actor, run.actor)),
        sha256=run.file_sha256,
        units=units,
        warnings=tuple(run.warnings),
        withdrawn_at=run.withdrawn_at,
        withdrawn_by=names.get(run.withdrawn_by, run.withdrawn_by),
        withdrawal_reason=run.withdrawal_reason,
        may_withdraw=may and run.withdrawn_at is None and has_something,
        is_beginning=is_at_the_beginning(),
        brought=brought_things(run, known=known_definitions(), scope=scope),
        keeps_targets=keeps_targets,
    )


def wanted_rights(run: ImportRun) -> tuple[tuple[Act, str], ...]:
    """What somebody needs, and for which unit, to take the run back: values and targets alike."""
    written = (
        (Act.WITHDRAW_IMPORT, unit) for unit in run.units.order_by("key").values_list("key", flat=True)
    )
    targets = sorted({each.after.unit for each in brought_targets(run).values()})
    return (*written, *((Act.EDIT_TARGETS, unit) for unit in targets))


def _names() -> Mapping[str, str]:
    """What the people here are called; whoever has left keeps the name they signed in with. Two queries."""
    return {person.key: person.name for person in known_people()}


def _listed(run: ImportRun) -> ListedRun:
    return ListedRun(
        reference=run.reference,
        mapping=run.mapping_key,
        file=run.file_name,
        at=run.at,
        actor=run.actor,
        rows=run.rows_read,
        written=run.values_written,
        unchanged=run.values_unchanged,
        targets=run.targets_written,
        definitions=run.definitions_written,
        is_withdrawn=run.withdrawn_at is not None,
        warnings=run.remarks,
    )
