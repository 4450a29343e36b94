"""What is known of a unit's links: the map's definitions beside their last tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from fourfold.engine.book import Book
from fourfold.engine.definitions import CausalLink
from fourfold.engine.leadlag import Verdict
from fourfold.governance.evidence.models import LinkDecision, LinkTest
from fourfold.governance.evidence.pages.effect_wording import EffectTold, effect_told
from fourfold.governance.evidence.pages.state import LinkState, state_of_link
from fourfold.governance.evidence.pages.wording import LinkNames, verdict_sentences
from fourfold.governance.evidence.queries.latest import LatestTests, decisions_of, latest_tests
from fourfold.governance.evidence.queries.pairing import links_of_unit
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.value_format import format_of
from fourfold.scorecard.evaluation.queries import visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["Contradiction", "Evidence", "decided_about", "evidence_in", "evidence_of"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A link whose test contradicts it: a finding until somebody decides (METHOD §3.8).

    `earlier` was decided on a test before this one, which asks anew.
    """

    names: LinkNames
    sentence: str
    address: str
    decision: LinkDecision | None
    earlier: LinkDecision | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit's causal links by key, in listed order, with their last tests, and the names of things."""

    unit: str
    book: Book
    links: Mapping[str, CausalLink]
    latest: LatestTests
    objectives: Mapping[str, str]
    measures: Mapping[str, str]

    @property
    def formats(self) -> Mapping[str, ValueFormat]:
        """How each measure's values are written now."""
        return {each.key: format_of(each.versions[-1]) for each in self.book.definitions.measures}

    def adds_up(self, measure: str) -> bool:
        """Whether the measure's values add up over units."""
        return measure in self.measures and self.book.measure(measure).versions[-1].kind.is_additive

    def possible(self, measure: str) -> tuple[float | None, float | None]:
        """The smallest and the largest value that the measure's definition allows, where it names them."""
        if measure not in self.measures:
            return None, None
        version = self.book.measure(measure).versions[-1]
        return version.natural_min, version.natural_max

    def effect(self, key: str) -> EffectTold | None:
        """Whether the link's outcome moved in time; None where no test looked at it."""
        test, names = self.test(key), self.names(key)
        form = ValueFormat()
        if test is not None and test.y in self.measures:
            form = format_of(self.book.measure(test.y).versions[-1])
        return effect_told(test, names, form=form, calendar=self.book.timeline.calendar)

    def test(self, key: str) -> LinkTest | None:
        """The link's last test."""
        return self.latest.by_link.get(key)

    def state(self, key: str) -> LinkState:
        """What is known of the link."""
        test = self.test(key)
        outdated = test is not None and self.latest.is_outdated(test)
        return state_of_link(self.links[key], test, is_outdated=outdated)

    def names(self, key: str) -> LinkNames:
        """What its ends and measures are called."""
        link, test = self.links[key], self.test(key)
        x, y = (test.x, test.y) if test else ("", "")
        return LinkNames(
            self.objectives[link.source],
            self.objectives[link.target],
            self.measures.get(x, x),
            self.measures.get(y, y),
        )

    def contradicted(self, *, scope: Scope, period: str) -> tuple[Contradiction, ...]:
        """Those whose tests contradict them, with the latest decision about each. One query where there are any."""
        against = {
            key: test
            for key in self.links
            if (test := self.test(key)) is not None and test.verdict == Verdict.CONTRADICTED
        }
        if not against:
            return ()
        decided = decisions_of(self.unit, scope=scope)
        return tuple(
            Contradiction(
                self.names(key),
                verdict_sentences(test, self.names(key))[0],
                reverse("evidence:link", args=[test.source, test.target, self.unit, period]),
                *decided_about(test, decided),
            )
            for key, test in against.items()
        )


def decided_about(
    test: LinkTest, decided: Mapping[str, LinkDecision]
) -> tuple[LinkDecision | None, LinkDecision | None]:
    """What was decided on this very test, and what on an earlier one of the link."""
    last = decided.get(test.link)
    if last is None:
        return None, None
    return (last, None) if last.test_id == test.pk else (None, last)


def evidence_of(unit: str, *, scope: Scope, at: datetime) -> Evidence:
    """Four queries, whatever the number of links.

    Raises:
        NotFounded, UnitUnknown, OutOfScope.
    """
    with known(at) as cube:
        book = cube.book
        return evidence_in(book, visible_unit(book, unit, scope=scope), scope=scope)


def evidence_in(book: Book, unit: str, *, scope: Scope) -> Evidence:
    """The same for whoever holds the book already."""
    definitions = book.definitions
    latest = latest_tests(unit, scope=scope, below=book.units.below(unit).keys)
    return Evidence(
        unit,
        book,
        {f"{link.source}>{link.target}": link for link in links_of_unit(book, unit)},
        latest,
        {each.key: each.name for each in definitions.objectives},
        {each.key: each.name for each in definitions.measures},
    )
