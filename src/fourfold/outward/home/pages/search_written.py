"""What people wrote, among what a search finds: each text with the page on which it can be read where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from fourfold.engine.calendar import Frequency, Grain, Period, PeriodUnknown
from fourfold.governance.annotations.models import Subject
from fourfold.governance.annotations.pages.addresses import back_to
from fourfold.outward.home.pages.search_definitions import Sight
from fourfold.outward.home.pages.search_matching import Asked, Rank
from fourfold.outward.home.pages.search_page import Found, FoundKind
from fourfold.outward.home.queries.searching import (
    DecisionOnLimits,
    ProposedRestatement,
    Saying,
    Texts,
    ValueNote,
)

__all__ = ["Written", "known_subjects"]


def known_subjects(sight: Sight) -> Mapping[Subject, Mapping[str, str]]:
    """Everything that can be talked about: names by key."""
    definitions = sight.book.definitions
    return {
        Subject.OBJECTIVE: {each.key: each.name for each in definitions.objectives},
        Subject.MEASURE: {each.key: each.name for each in definitions.measures},
        Subject.INITIATIVE: {each.key: each.name for each in definitions.initiatives},
    }


@dataclass(frozen=True)
class Written:
    """Texts that answer, as they are listed."""

    asked: Asked
    sight: Sight
    texts: Texts

    def found(self) -> Iterator[Found]:
        """Every sort, the newest first; a note whose measure lost its series has nowhere to be read."""
        yield from (self._saying(each, FoundKind.ANALYSIS) for each in self.texts.analyses.rows)
        yield from (self._saying(each, FoundKind.ANNOTATION) for each in self.texts.remarks.rows)
        yield from (self._saying(each, FoundKind.OVERRIDE) for each in self.texts.overrides.rows)
        yield from filter(None, map(self._note, self.texts.notes.rows))
        yield from map(self._decision, self.texts.decisions.rows)
        yield from map(self._restatement, self.texts.restatements.rows)

    @property
    def totals(self) -> dict[FoundKind, int]:
        """How many of each sort there are, listed or not."""
        sorts = {
            FoundKind.ANALYSIS: self.texts.analyses.total,
            FoundKind.ANNOTATION: self.texts.remarks.total,
            FoundKind.OVERRIDE: self.texts.overrides.total,
            FoundKind.NOTE: self.texts.notes.total,
            FoundKind.DECISION: self.texts.decisions.total,
            FoundKind.RESTATEMENT: self.texts.restatements.total,
        }
        return {kind: total for kind, total in sorts.items() if total}

    def _saying(self, each: Saying, kind: FoundKind) -> Found:
        where = self._where(each.author, each.anchor.unit, each.anchor.period)
        name = self._names[each.anchor.subject][each.anchor.key]
        return self._found(kind, name, address=back_to(each.anchor), where=where, text=each.text)

    def _note(self, each: ValueNote) -> Found | None:
        frequency = self._frequencies.get((each.measure, each.series))
        if frequency is None:
            return None
        page, label = self._page(Period(frequency, each.ordinal))
        where = self._where(self._people.get(each.person, each.person), each.unit, label)
        name, address = self._measure(each.measure, unit=each.unit, page=page)
        return self._found(FoundKind.NOTE, name, address=address, where=where, text=each.text)

    def _decision(self, each: DecisionOnLimits) -> Found:
        page, label = self._page_named(each.first)
        where = self._where(str(each.kind.label), each.author, each.unit, label)
        name, address = self._measure(each.measure, unit=each.unit, page=page)
        return self._found(
            FoundKind.DECISION, name, address=f"{address}#signals", where=where, text=each.text
        )

    def _restatement(self, each: ProposedRestatement) -> Found:
        address = f"{reverse('entry:restatements')}#restatement-{each.number}"
        where = self._where(each.author, each.unit, str(each.state.label))
        name = str(each.restatement_class.label)
        return self._found(FoundKind.RESTATEMENT, name, address=address, where=where, text=each.text)

    def _found(self, kind: FoundKind, name: str, *, address: str, where: str, text: str) -> Found:
        excerpt = self.asked.excerpt(text)
        return Found(kind, Rank.IN_TEXT, name, self.asked.marked(name), address, where, excerpt)

    def _where(self, *parts: str) -> str:
        return " · ".join(self.sight.names.get(part, part) for part in parts)

    def _measure(self, key: str, *, unit: str, page: str) -> tuple[str, str]:
        place = {"measure": key, "unit": unit, "period": page}
        return self._names[Subject.MEASURE][key], reverse("scorecard:measure", kwargs=place)

    def _page(self, period: Period) -> tuple[str, str]:
        """The month at the period's end, as far as time has come, and how the period itself is called."""
        calendar = self.sight.book.timeline.calendar
        day = min(calendar.last_day(period), self.sight.book.today)
        return calendar.key_of(calendar.page_of(Grain.MONTH, day)), calendar.label(period)

    def _page_named(self, key: str) -> tuple[str, str]:
        """Likewise; a period of a calendar that is no longer kept is opened where the reader stands."""
        try:
            return self._page(self.sight.book.timeline.calendar.parse(key))
        except PeriodUnknown:
            return self.sight.period, key

    @cached_property
    def _names(self) -> Mapping[Subject, Mapping[str, str]]:
        return known_subjects(self.sight)

    @cached_property
    def _people(self) -> dict[str, str]:
        return {each.key: each.name for each in self.sight.book.definitions.people}

    @cached_property
    def _frequencies(self) -> dict[tuple[str, int], Frequency]:
        measures = self.sight.book.definitions.measures
        return {
            (each.key, version.series): version.frequency for each in measures for version in each.versions
        }
