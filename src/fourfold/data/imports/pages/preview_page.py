"""What an import would do: what becomes of every row, and the findings by kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.pages.finding_groups import FindingGroup, grouped
from fourfold.data.imports.queries import ImportPreview, ImportRequest, kept_file, preview_import
from fourfold.data.imports.queries.kept_previews import is_previewed_at_once, kept_preview
from fourfold.folder import Finding
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = ["PreviewPage", "read_preview"]

SHOWN_NEW = 20


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The preview, and all findings `ranked`: errors first, then in the order of the file's lines.

    Of a large file the preview was made by a job, at `made_at`; `is_overtaken`: the ledger has moved on since.
    """

    preview: ImportPreview
    ranked: tuple[Finding, ...]
    groups: tuple[FindingGroup, ...]
    made_at: datetime | None = None
    is_overtaken: bool = False

    @property
    def errors(self) -> int:
        """How many rows (or things about the whole file) keep it out."""
        return sum(group.rows for group in self.groups if group.level == "error")

    @property
    def counts(self) -> tuple[tuple[Promise, int], ...]:
        """What becomes of the values, all of which together are `preview.accounted`; the first three always."""
        preview = self.preview
        always = (
            (_("New values"), preview.new),
            (_("Changed"), preview.changed),
            (_("Unchanged"), preview.unchanged),
        )
        rest = (
            (_("Taken back"), preview.withdrawn),
            (_("Without a value"), preview.blank),
            (_("Twice in the file, counted once"), preview.repeated),
            (_("Refused"), preview.refused),
            (_("Left out"), sum(count for _reason, count in preview.ignored)),
        )
        return (*always, *(each for each in rest if each[1]))

    @property
    def new_since(self) -> tuple[tuple[str, date], ...]:
        """New units and measures by name and first day, the first twenty; none where they have no day."""
        return tuple((each.name, date.fromisoformat(each.since)) for each in self._dated[:SHOWN_NEW])

    @property
    def more_new(self) -> int:
        """How many more there are."""
        return max(len(self._dated) - SHOWN_NEW, 0)

    @property
    def _dated(self) -> tuple[ProposedUnit | ProposedMeasure, ...]:
        units = [each for each in self.preview.units if each.since]
        return (*units, *(each for each in self.preview.measures if each.since))

    @property
    def accounted(self) -> str:
        """The same in words, without what does not occur."""
        return ", ".join(f"{count} {str(label).lower()}" for label, count in self.counts if count)

    @property
    def is_row_a_value(self) -> bool:
        """Whether each row holds one value, so that the counts add up to the rows."""
        return self.preview.accounted == self.preview.rows_read


def read_preview(request: ImportRequest, *, scope: Scope, at: datetime) -> PreviewPage | None:
    """Of a small file read here and now, of a large one what a job left; None: no job has read that one yet.

    Raises:
        What `preview_import` raises.
    """
    if is_previewed_at_once(kept_file(request.file, scope=scope)):
        return _page(preview_import(request, scope=scope, at=at))
    kept = kept_preview(request, scope=scope)
    if kept is None:
        return None
    return replace(_page(kept.preview), made_at=kept.made_at, is_overtaken=kept.seq < head_seq())


def _page(preview: ImportPreview) -> PreviewPage:
    ranked = sorted(preview.findings, key=lambda finding: (finding.level != "error", finding.line))
    return PreviewPage(preview, tuple(ranked), grouped(ranked, dict(preview.refused_for)))
