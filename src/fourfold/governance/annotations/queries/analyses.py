"""What owners wrote about a period."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fourfold.governance.annotations.models import Analysis, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.governance.annotations.queries.threads import first_line
from fourfold.platform.accounts.scope import Scope

__all__ = ["AnalysisText", "analyses_in_periods", "analyses_of", "analysis_editions", "analysis_of"]


@dataclass(frozen=True, slots=True)
class AnalysisText:
    """One edition, with who wrote it when."""

    edition: int
    happened: str
    why: str
    next: str
    author: str
    written_at: datetime

    @property
    def first_line(self) -> str:
        """What stands where there is room for one line."""
        return first_line(self.happened or self.why or self.next)

    @property
    def plain(self) -> str:
        """All of it as text without markup, for files."""
        said = ((_("Why"), self.why), (_("Next"), self.next))
        return "\n".join([self.happened, *(f"{name}: {text}" for name, text in said if text)]).strip()


def analyses_of(
    subject: Subject, keys: Collection[str], *, unit: str, period: str, scope: Scope
) -> dict[str, AnalysisText]:
    """The latest edition for each thing that has one. One query."""
    found = analyses_in_periods(subject, keys, periods=[period], unit=unit, scope=scope)
    return {key: text for (key, _period), text in found.items()}


def analyses_in_periods(
    subject: Subject, keys: Collection[str], *, periods: Collection[str], unit: str, scope: Scope
) -> dict[tuple[str, str], AnalysisText]:
    """By thing and period: the latest edition where there is one. One query."""
    rows = (
        Analysis.objects.visible_to(scope)
        .filter(subject=subject, key__in=list(keys), unit__key=unit, period__in=list(periods))
        .select_related("author")
        .order_by("edition")
    )
    return {(row.key, row.period): _text(row) for row in rows}


def analysis_of(anchor: Anchor, *, scope: Scope) -> AnalysisText | None:
    """The latest edition; None where nobody wrote one. One query."""
    found = analyses_of(anchor.subject, [anchor.key], unit=anchor.unit, period=anchor.period, scope=scope)
    return found.get(anchor.key)


def analysis_editions(anchor: Anchor, *, scope: Scope) -> tuple[AnalysisText, ...]:
    """Every edition, the latest first. One query."""
    rows = Analysis.objects.visible_to(scope).filter(
        subject=anchor.subject, key=anchor.key, unit__key=anchor.unit, period=anchor.period
    )
    return tuple(_text(row) for row in rows.select_related("author").order_by("-edition"))


def _text(row: Analysis) -> AnalysisText:
    return AnalysisText(
        edition=row.edition,
        happened=row.happened,
        why=row.why,
        next=row.next,
        author=row.author.name,
        written_at=row.written_at,
    )
