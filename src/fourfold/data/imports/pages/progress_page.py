"""How far a job of this room is, and where its end leads."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fourfold.data.imports.actions.preview_large_file import PREVIEW_JOB
from fourfold.data.imports.actions.undo_import import UNDO_JOB
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.jobs.queries import JobPage, job_of

__all__ = ["ProgressPage", "ProgressWords", "read_progress", "told_withdrawal"]


@dataclass(frozen=True, slots=True)
class ProgressWords:
    """What the page says of one kind of job: while it runs, and once it came to nothing."""

    heading: Promise
    ended: Promise
    busy: Promise
    may_leave: Promise


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """`file` or `run` is what the job is about; `is_preview` says that its end is a preview. `told`: what was done."""

    job: JobPage
    words: ProgressWords
    file: str
    run: str
    is_preview: bool
    told: str = ""


_COMMIT = ProgressWords(
    _("Importing"),
    _("Not imported"),
    _("Reading and writing"),
    _("You may leave this page; the import goes on."),
)
_WORDS = {
    UNDO_JOB: ProgressWords(
        _("Taking back"),
        _("Not taken back"),
        _("Taking values back"),
        _("You may leave this page; it goes on and is all or nothing."),
    ),
    PREVIEW_JOB: ProgressWords(
        _("Previewing"),
        _("No preview"),
        _("Reading the whole file"),
        _("You may leave this page: the preview waits under this file's columns. Nothing is written."),
    ),
}


def read_progress(key: str, *, scope: Scope) -> ProgressPage:
    """One's own job; one query.

    Raises:
        JobUnknown.
    """
    job = job_of(key, scope=scope)
    result = job.result if job.is_done else {}
    return ProgressPage(
        job,
        _WORDS.get(job.name, _COMMIT),
        file=str(job.payload.get("file", "")),
        run=str(result.get("run") or job.payload.get("run", "")),
        is_preview=job.name == PREVIEW_JOB,
        told=told_withdrawal(
            **{name: result[name] for name in ("withdrawn", "restored", "kept")},
            targets=result.get("targets", 0),
            targets_kept=result.get("targets_kept", 0),
        )
        if job.name == UNDO_JOB and result
        else "",
    )


def told_withdrawal(
    *, withdrawn: int, restored: int, kept: int, targets: int = 0, targets_kept: int = 0
) -> str:
    """What an undo did, in a few sentences: of values, then of targets where there were any."""
    told = [
        str(_("{withdrawn} values taken back, {restored} earlier values restored.")).format(
            withdrawn=withdrawn, restored=restored
        )
    ]
    if kept:
        told.append(
            ngettext(
                "{kept} was changed since and stays as it is.",
                "{kept} were changed since and stay as they are.",
                kept,
            ).format(kept=kept)
        )
    if targets:
        told.append(
            ngettext("{n} target is as before.", "{n} targets are as before.", targets).format(n=targets)
        )
    if targets_kept:
        told.append(
            ngettext(
                "{n} target stays as it is; edit it by hand where it is wrong.",
                "{n} targets stay as they are; edit them by hand where they are wrong.",
                targets_kept,
            ).format(n=targets_kept)
        )
    return " ".join(told)
