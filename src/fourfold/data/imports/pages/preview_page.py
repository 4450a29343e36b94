"""What an import would do, a leaf of findings at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.data.imports.queries import ImportPreview, ImportRequest, preview_import
from fourfold.folder import Finding
from fourfold.platform.accounts.scope import Scope

__all__ = ["PreviewPage", "read_preview"]

FINDINGS_A_LEAF = 50


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The preview, and the findings `start` and following: errors first, then in the order of the file's lines."""

    preview: ImportPreview
    findings: tuple[Finding, ...]
    start: int
    total: int

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


def read_preview(request: ImportRequest, *, scope: Scope, at: datetime, start: int) -> PreviewPage:
    """Read the whole file once; nothing is written.

    Raises:
        What `preview_import` raises.
    """
    preview = preview_import(request, scope=scope, at=at)
    ranked = sorted(preview.findings, key=lambda finding: (finding.level != "error", finding.line))
    first = start if start < len(ranked) else 0
    return PreviewPage(preview, tuple(ranked[first : first + FINDINGS_A_LEAF]), first, len(ranked))
