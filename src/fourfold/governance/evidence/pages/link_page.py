"""One link: what was expected, what was found, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fourfold.engine.book import Book
from fourfold.engine.definitions import CausalLink
from fourfold.engine.evaluate import Evaluation, evaluate
from fourfold.engine.leadlag import Verdict
from fourfold.governance.evidence.models import LinkDecision, LinkTest, Registration
from fourfold.governance.evidence.pages.effect_wording import EffectTold
from fourfold.governance.evidence.pages.forest import Forest, forest_of
from fourfold.governance.evidence.pages.panel_wording import PanelTold, chance, panel_told
from fourfold.governance.evidence.pages.reading import Evidence, decided_about, evidence_in
from fourfold.governance.evidence.pages.state import LOOKS, LinkState, declared_words
from fourfold.governance.evidence.pages.what_if import WhatIf, what_if
from fourfold.governance.evidence.pages.wording import (
    LinkNames,
    changes,
    done_to_series,
    expectation,
    periods_of,
    powers,
    verdict_sentences,
)
from fourfold.governance.evidence.queries.latest import decisions_of, former_tests
from fourfold.governance.evidence.queries.links import LinkUnknown
from fourfold.governance.evidence.queries.registrations import registrations_of
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.drawings.correlogram import Correlogram, CorrelogramWords
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.context import PageContext, page_context
from fourfold.scorecard.evaluation.queries import PeriodNotCovered, grain_period, visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["LinkAddress", "LinkPage", "correlogram_of", "page_evaluation", "read_link"]


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """What an address names."""

    source: str
    target: str
    unit: str
    period: str

    @property
    def key(self) -> str:
        """The link's key on the map."""
        return f"{self.source}>{self.target}"


@dataclass(frozen=True, slots=True)
class FormerTest:
    """An earlier verdict in a line."""

    tested_at: datetime
    state: str
    word: str
    n: str
    p: float | None


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Everything on the page; `test` is None for a link that was never tested here."""

    place: PageContext
    address: LinkAddress
    link: CausalLink
    names: LinkNames
    state: LinkState
    declared: str
    test: LinkTest | None
    registrations: tuple[Registration, ...]
    decision: LinkDecision | None
    earlier: LinkDecision | None
    former: tuple[FormerTest, ...]
    may_register: bool
    may_decide: bool
    effect: EffectTold | None
    panel: PanelTold | None
    what_if: WhatIf | None
    forest: Forest | None

    @property
    def expected(self) -> str:
        """The expectation in the measures' words."""
        test = self.test
        if test is None or not test.sign:
            return ""
        return expectation(self.names, sign=test.sign, lag_from=test.lag_from, lag_to=test.lag_to)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words."""
        return verdict_sentences(self.test, self.names) if self.test else ()

    @property
    def changes(self) -> tuple[str, ...]:
        """What would change it."""
        return changes(self.test, self.names) if self.test else ()

    @property
    def steps(self) -> tuple[str, ...]:
        """What was done to the series."""
        return done_to_series(self.test) if self.test else ()

    @property
    def chosen_how(self) -> str:
        """Why these two measures stand for the objectives."""
        if self.test is None or not self.test.x:
            return ""
        if self.test.registration is not None:
            return _("registered for this link")
        return _("of each objective's measures with a wanted direction, the one with the highest weight")

    @property
    def periods(self) -> str:
        """The word for the test's periods."""
        return periods_of(self.test.frequency) if self.test else ""

    @property
    def power(self) -> str:
        """What the test could have found."""
        return powers(self.test) if self.test else ""

    @property
    def correlogram(self) -> Correlogram | None:
        """The drawing's numbers; None where there was no test."""
        return correlogram_of(self.test) if self.test else None

    @property
    def lines(self) -> tuple[tuple[int, float | None], ...]:
        """Every lag with its correlation."""
        shown = self.correlogram
        if shown is None:
            return ()
        return tuple((lag, shown.at(lag)) for lag in range(-shown.most, shown.most + 1))

    @property
    def registration(self) -> Registration | None:
        """What stands."""
        return self.registrations[0] if self.registrations else None

    @property
    def granger(self) -> str:
        """Granger's p as sentences write it; empty where there were too few periods."""
        p = self.test.facts.get("granger_p") if self.test else None
        return "" if p is None else chance(p)

    @property
    def design_key(self) -> str:
        """What the link is called where the map is designed."""
        return f"{self.address.source}.{self.address.target}"

    @property
    def table_files(self) -> tuple[tuple[str, str], ...]:
        """The endings of a table's files, in words."""
        return (("csv", _("Table as CSV")), ("xlsx", _("Table as XLSX")))

    @property
    def is_contradicted(self) -> bool:
        """Whether somebody has to decide."""
        return self.test is not None and self.test.verdict == Verdict.CONTRADICTED


def correlogram_of(test: LinkTest) -> Correlogram | None:
    """From a test's facts to the drawing."""
    facts: dict[str, Any] = test.facts
    if "correlations" not in facts:
        return None
    words = CorrelogramWords(
        periods_of(test.frequency),
        _("expected"),
        _("effect first"),
        _("cause first"),
        _("effect first, or together"),
        _("strongest"),
        _("found four times in five"),
    )
    first, last = facts["window"]
    correlations = tuple(facts["correlations"])
    return Correlogram(correlations, (first, last), facts["peak_lag"], facts["detectable"], words)


def page_evaluation(book: Book, cube: Any, *, unit: str, period: str) -> Evaluation:
    """Enough of an evaluation for a page's heading: the period's grain, no measure, the unit alone."""
    shown = grain_period(book, period)
    return evaluate(book, cube, grains=(shown.grain,), unit=unit, measures=(), depth=0, rollups=False)


def read_link(address: LinkAddress, *, scope: Scope, at: datetime, move: str = "") -> LinkPage:
    """The link as it stands in the unit. About ten queries, whatever it holds.

    Args:
        move: a change of the cause's measure, as typed, to simulate.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, LinkUnknown.
    """
    with known(at) as cube:
        book = cube.book
        unit = visible_unit(book, address.unit, scope=scope)
        evaluation = page_evaluation(book, cube.cube, unit=unit, period=address.period)
        evidence = evidence_in(book, unit, scope=scope)
        visible = None if scope.sees_everything else scope.unit_keys
        try:
            place = page_context(
                evaluation, unit=unit, shown=grain_period(book, address.period), visible=visible
            )
        except IndexError as outside:
            raise PeriodNotCovered(period=address.period) from outside
    if address.key not in evidence.links:
        raise LinkUnknown(source=address.source, target=address.target)
    seen = {each.key: each.name for each in book.definitions.units if visible is None or each.key in visible}
    return _page(place, address, evidence=evidence, scope=scope, move=move, units=seen)


def _page(
    place: PageContext,
    address: LinkAddress,
    *,
    evidence: Evidence,
    scope: Scope,
    move: str,
    units: Mapping[str, str],
) -> LinkPage:
    test, formats = evidence.test(address.key), evidence.formats
    x, y = (formats.get(key, ValueFormat()) for key in ((test.x, test.y) if test else ("", "")))
    unit, source, target = address.unit, address.source, address.target
    decision, earlier = decided_about(test, decisions_of(unit, scope=scope)) if test else (None, None)
    return LinkPage(
        place=place,
        address=address,
        link=evidence.links[address.key],
        names=evidence.names(address.key),
        state=evidence.state(address.key),
        declared=declared_words(evidence.links[address.key]),
        test=test,
        registrations=registrations_of(unit, source=source, target=target, scope=scope),
        decision=decision,
        earlier=earlier,
        former=tuple(
            _former(each)
            for each in former_tests(unit, source=source, target=target, scope=scope)
            if test and each.pk != test.pk
        ),
        may_register=scope.may(Act.EDIT_LINKS, unit=address.unit),
        may_decide=scope.may(Act.RECORD_DECISION, unit=address.unit),
        effect=evidence.effect(address.key),
        panel=panel_told(test, evidence.names(address.key), forms=(x, y)),
        what_if=what_if(address.key, evidence, typed=move.strip(), formats=formats),
        forest=forest_of(test, units=units, form=y),
    )


def _former(test: LinkTest) -> FormerTest:
    word = str(LOOKS[test.verdict].word)
    return FormerTest(
        test.run.tested_at, test.verdict, word, periods_of(test.frequency, test.n), test.adjusted_p
    )
