"""What an import would do, a leaf of findings at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from fourfold.data.imports.queries import ImportPreview, ImportRequest, kept_file, preview_import
from fourfold.data.imports.queries.kept_previews import is_previewed_at_once, kept_preview
from fourfold.folder import Finding
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = ["PreviewPage", "read_preview"]

FINDINGS_A_LEAF = 50


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The preview, and all findings `ranked`: errors first, then in the order of the file's lines.

    Of a large file the preview was made by a job, at `made_at`; `is_overtaken`: the ledger has moved on since.
    """

    preview: ImportPreview
    ranked: tuple[Finding, ...]
    start: int
    made_at: datetime | None = None
    is_overtaken: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The leaf that begins at `start`."""
        return self.ranked[self.start : self.start + FINDINGS_A_LEAF]

    @property
    def total(self) -> int:
        """How many findings there are."""
        return len(self.ranked)

    @property
    def first(self) -> int:
        """Counted from 1."""
        return self.start + 1

    @property
    def last(self) -> int:
        """Counted from 1."""
        return self.start + len(self.findings)

    @property
    def before(self) -> int | None:
        """Where the leaf before begins."""
        return max(0, self.start - FINDINGS_A_LEAF) if self.start else None

    @property
    def after(self) -> int | None:
        """Where the next leaf begins."""
        return self.last if self.last < self.total else None

    @property
    def errors(self) -> int:
        """How many findings keep the file out."""
        return sum(finding.level == "error" for finding in self.preview.findings)


def read_preview(request: ImportRequest, *, scope: Scope, at: datetime, start: int) -> PreviewPage | None:
    """Of a small file read here and now, of a large one what a job left; None: no job has read that one yet.

    Raises:
        What `preview_import` raises.
    """
    if is_previewed_at_once(kept_file(request.file, scope=scope)):
        return _leaf(preview_import(request, scope=scope, at=at), start=start)
    kept = kept_preview(request, scope=scope)
    if kept is None:
        return None
    leaf = _leaf(kept.preview, start=start)
    return replace(leaf, made_at=kept.made_at, is_overtaken=kept.seq < head_seq())


def _leaf(preview: ImportPreview, *, start: int) -> PreviewPage:
    ranked = sorted(preview.findings, key=lambda finding: (finding.level != "error", finding.line))
    first = start if start < len(ranked) else 0
    return PreviewPage(preview, tuple(ranked), first)
