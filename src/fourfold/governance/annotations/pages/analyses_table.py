"""The analyses and judgements of a unit's period as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from fourfold.governance.annotations.models import Subject
from fourfold.governance.annotations.pages.judging import AnalysesPage, read_analyses
from fourfold.governance.annotations.queries.analyses import AnalysisText, analyses_of
from fourfold.governance.annotations.queries.overrides import Judgement, judgements_of
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.tables import Cell, Column, Table
from fourfold.scorecard.evaluation.queries.live_cube import known_definitions

__all__ = ["read_analyses_table"]


def read_analyses_table(unit: str, period: str, *, scope: Scope, at: datetime) -> Table:
    """What the page lists, with every text in full, and each override of the period. Constant queries.

    Raises:
        As `read_analyses`.
    """
    page = read_analyses(unit, period, scope=scope, at=at)
    names = {each.key: each.name for each in known_definitions().objectives}
    judged = judgements_of(names, unit=unit, period=period, scope=scope)
    said = {
        (subject, key): text
        for subject in Subject
        for key, text in analyses_of(
            subject, _keys(page, subject), unit=unit, period=period, scope=scope
        ).items()
    }
    listed = {line.key for line in page.lines if line.subject is Subject.OBJECTIVE}
    rows = [
        (
            *_about(line.subject, line.key, name=line.name, standing=line.standing),
            line.owner.name,
            *_said(said.get((line.subject, line.key))),
            *_judged(judged.get(line.key) if line.subject is Subject.OBJECTIVE else None),
        )
        for line in page.lines
    ]
    # An objective that is judged but neither off target nor explained is not on the page's list.
    rows += [
        (
            *_about(Subject.OBJECTIVE, key, name=names[key], standing=str(judgement.computed.label)),
            "",
            *_said(None),
            *_judged(judgement),
        )
        for key, judgement in judged.items()
        if key not in listed
    ]
    about = ((_("Unit"), page.place.unit_name), (_("Period"), page.place.stepper.current.label))
    return Table(_("Analyses"), _columns(), rows, about)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Kind")),
        Column(_("Key")),
        Column(_("Name")),
        Column(_("Status")),
        Column(_("Owner")),
        Column(_("What happened")),
        Column(_("Why")),
        Column(_("What next")),
        Column(_("Written by")),
        Column(_("Written (UTC)")),
        Column(_("Overridden as")),
        Column(_("Reason of the override")),
        Column(_("Overridden by")),
    )


def _keys(page: AnalysesPage, subject: Subject) -> list[str]:
    return [line.key for line in page.lines if line.subject is subject]


def _about(subject: Subject, key: str, *, name: str, standing: str) -> Iterator[Cell]:
    yield from (str(subject.label), key, name, standing)


def _said(text: AnalysisText | None) -> tuple[Cell, ...]:
    if text is None:
        return ("",) * 5
    written = text.written_at.astimezone(UTC).isoformat(timespec="seconds")
    return (text.happened, text.why, text.next, text.author, written)


def _judged(judgement: Judgement | None) -> tuple[Cell, ...]:
    if judgement is None:
        return ("",) * 3
    return (judgement.status.label, judgement.reason, judgement.author)
