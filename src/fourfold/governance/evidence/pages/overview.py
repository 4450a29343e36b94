"""All links of a unit's map with their evidence, and the balance of its measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from fourfold.engine.balance import Balance, BalanceBorders, balance, weighed_measures
from fourfold.engine.book import Book
from fourfold.governance.evidence.pages.link_page import page_evaluation
from fourfold.governance.evidence.pages.reading import Evidence, evidence_in
from fourfold.governance.evidence.pages.state import LOOKS, LinkState, Look
from fourfold.governance.evidence.pages.themes import ThemeCheck, theme_checks
from fourfold.governance.evidence.pages.wording import LinkNames, periods_of, verdict_sentences
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.tables import Column, ColumnKind, Table
from fourfold.scorecard.evaluation.pages.context import PageContext, page_context
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["BalanceLine", "EvidencePage", "LinkRow", "links_table", "read_evidence"]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in the list; numbers are None where there was no test."""

    key: str
    address: str
    names: LinkNames
    state: LinkState
    sentence: str
    n: int
    n_words: str
    peak: float | None
    peak_lag: int | None
    p: float | None
    granger_p: float | None
    detectable: float | None
    is_registered: bool


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One number of the balance beside its border; `is_fine` is None where there is no number."""

    name: str
    value: str
    border: str
    is_fine: bool | None
    meaning: str


@dataclass(frozen=True, slots=True)
class PerspectiveBar:
    """How many measures of a perspective lead and lag; `width` of 100 for the perspective with the most."""

    name: str
    lead: int
    lag: int
    lead_width: float
    lag_width: float


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Everything on the page. `tested_at` is None where nothing was tested yet."""

    place: PageContext
    rows: tuple[LinkRow, ...]
    counts: tuple[tuple[Look, int], ...]
    tested_at: datetime | None
    tested_by: str
    is_outdated: bool
    balance: tuple[BalanceLine, ...]
    bars: tuple[PerspectiveBar, ...]
    uncovered: tuple[str, ...]
    themes: tuple[ThemeCheck, ...]
    may_test: bool


def read_evidence(unit: str, period: str, *, scope: Scope, at: datetime) -> EvidencePage:
    """Four queries beside those of every page.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere.
    """
    with known(at) as cube:
        book = cube.book
        here = visible_unit(book, unit, scope=scope)
        evaluation = page_evaluation(book, cube.cube, unit=here, period=period)
        visible = None if scope.sees_everything else scope.unit_keys
        try:
            place = page_context(evaluation, unit=here, shown=grain_period(book, period), visible=visible)
        except IndexError as outside:
            raise PeriodNotCovered(period=period) from outside
        evidence = evidence_in(book, here, scope=scope)
        found = _balance(book, here)
    run = evidence.latest.run
    rows = tuple(_row(evidence, key, period=period) for key in evidence.links)
    states = [row.state.look.state for row in rows]
    return EvidencePage(
        place=place,
        rows=rows,
        counts=tuple((look, states.count(look.state)) for look in LOOKS.values() if look.state in states),
        tested_at=run.tested_at if run else None,
        tested_by=run.asked_by.name if run and run.asked_by else "",
        is_outdated=any(row.state.is_outdated for row in rows),
        balance=tuple(balance_lines(found, BalanceBorders.of(book.policies))),
        bars=_bars(book, found),
        uncovered=tuple(evidence.measures.get(key, key) for key in found.uncovered),
        themes=theme_checks(evidence, period=period) if run else (),
        may_test=scope.may(Act.RECORD_DECISION, unit=unit),
    )


def _row(evidence: Evidence, key: str, *, period: str) -> LinkRow:
    link, test, names = evidence.links[key], evidence.test(key), evidence.names(key)
    facts = test.facts if test else {}
    return LinkRow(
        key=key,
        address=reverse("evidence:link", args=[link.source, link.target, evidence.unit, period]),
        names=names,
        state=evidence.state(key),
        sentence=verdict_sentences(test, names)[0] if test else "",
        n=test.n if test else 0,
        n_words=periods_of(test.frequency, test.n) if test and test.n else "",
        peak=facts.get("peak"),
        peak_lag=facts.get("peak_lag"),
        p=test.adjusted_p if test else None,
        granger_p=facts.get("granger_p"),
        detectable=facts.get("detectable"),
        is_registered=test is not None and test.registration_id is not None,
    )


def _balance(book: Book, unit: str) -> Balance:
    place, definitions = book.units.positions[unit], book.definitions
    here = [
        each.key
        for index, each in enumerate(definitions.objectives)
        if book.selected_objectives[index, place]
    ]
    selected = {each.key for index, each in enumerate(definitions.measures) if book.selected[index, place]}
    weighed = [each for each in weighed_measures(definitions, objectives=here) if each.key in selected]
    perspectives = [each.key for each in definitions.perspectives]
    return balance(weighed, perspectives=perspectives, links=definitions.causal_links)


def balance_lines(found: Balance, borders: BalanceBorders) -> Sequence[BalanceLine]:
    """The numbers of M1.2 beside the borders that the organisation decided."""
    return (
        _line(
            _("Lead share"), found.lead_share, border=borders.lead_share_least, is_floor=True,
            meaning=_("of the measures' weight looks ahead"),
        ),
        _line(
            _("Financial share"), found.financial_share, border=borders.financial_share_most, is_floor=False,
            meaning=_("of the weight is in the financial perspective"),
        ),
        _line(
            _("Backward exposure"), found.backward_exposure, border=None, is_floor=False,
            meaning=_("of the weight is financial and looks back"),
        ),
        _line(
            _("Lead coverage"), found.lead_coverage, border=borders.lead_coverage_least, is_floor=True,
            meaning=_("of the outcomes have a lead measure that links lead from"),
        ),
        _line(
            _("Evenness"), found.evenness, border=borders.evenness_least, is_floor=True, is_share=False,
            meaning=_("over the perspectives; 1 when all weigh the same"),
        ),
    )  # fmt: skip


def _line(
    name: str,
    value: float | None,
    *,
    border: float | None,
    is_floor: bool,
    meaning: str,
    is_share: bool = True,
) -> BalanceLine:
    def written(number: float) -> str:
        return f"{100 * number:.0f} %" if is_share else f"{number:.2f}"

    words = _("at least %(border)s") if is_floor else _("at most %(border)s")
    said = words % {"border": written(border)} if border is not None else ""
    if value is None:
        return BalanceLine(name, "–", said, None, meaning)
    is_fine = None if border is None else (value >= border if is_floor else value <= border)
    return BalanceLine(name, written(value), said, is_fine, meaning)


def _bars(book: Book, found: Balance) -> tuple[PerspectiveBar, ...]:
    most = max((lead + lag for lead, lag in found.counts.values()), default=0) or 1
    return tuple(
        PerspectiveBar(each.name, lead, lag, round(100 * lead / most, 1), round(100 * lag / most, 1))
        for each in book.definitions.perspectives
        for lead, lag in (found.counts.get(each.key, (0, 0)),)
    )


def links_table(page: EvidencePage) -> Table:
    """The links with every number, for a spreadsheet."""
    columns = (
        Column(_("Cause")),
        Column(_("Effect")),
        Column(_("State")),
        Column(_("Measure of the cause")),
        Column(_("Measure of the effect")),
        Column(_("Registered beforehand")),
        Column(_("Periods"), ColumnKind.NUMBER, decimals=0),
        Column(_("Strongest correlation"), ColumnKind.NUMBER, decimals=2),
        Column(_("Lag"), ColumnKind.NUMBER, decimals=0),
        Column(_("Adjusted p"), ColumnKind.NUMBER, decimals=3),
        Column(_("Granger p"), ColumnKind.NUMBER, decimals=3),
        Column(_("Detectable correlation"), ColumnKind.NUMBER, decimals=2),
        Column(_("In words")),
    )
    rows = [
        (
            row.names.source,
            row.names.target,
            row.state.text,
            row.names.x,
            row.names.y,
            _("yes") if row.is_registered else "",
            row.n or None,
            row.peak,
            row.peak_lag,
            row.p,
            row.granger_p,
            row.detectable,
            row.sentence,
        )
        for row in page.rows
    ]
    notes = [(_("Unit"), page.place.unit_name)]
    notes += [(line.name, f"{line.value} {line.meaning}") for line in page.balance]
    return Table(_("Evidence of links"), columns, rows, tuple(notes))
