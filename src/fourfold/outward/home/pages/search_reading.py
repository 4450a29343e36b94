"""One call: everything that answers a question, within what somebody may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from fourfold.engine.book import Book
from fourfold.engine.calendar import GrainPeriod, PeriodUnknown
from fourfold.engine.evaluate import last_complete
from fourfold.outward.home.pages.search_definitions import Sight, found_in_definitions
from fourfold.outward.home.pages.search_matching import Asked, Rank
from fourfold.outward.home.pages.search_page import Found, FoundGroup, FoundKind, SearchPage, SearchWish
from fourfold.outward.home.pages.search_written import Written, known_subjects
from fourfold.outward.home.queries.colleagues import Colleague, known_colleagues
from fourfold.outward.home.queries.searching import TextWish, texts_in_sight
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.ui.glossary import TERMS
from fourfold.scorecard.evaluation.queries.current import known
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["read_search"]

MOST_OF_A_KIND = 10
"""Lines of each kind beside the others."""

MOST_OF_ONE_KIND = 200
"""Lines where only one kind is asked for: more are narrowed by another word sooner than by scrolling."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found; of what people wrote only as much as is listed, so `totals` says how much there is."""

    found: tuple[Found, ...] = ()
    totals: Mapping[FoundKind, int] = field(default_factory=dict)


def read_search(scope: Scope, wish: SearchWish, *, at: datetime) -> SearchPage:
    """Find definitions, units, people, what people wrote about a period or a value, and words of the glossary.

    Reads names and words, never values. Constant queries; none where nothing was asked.
    """
    asked = Asked.read(wish.text)
    kind = next((each for each in FoundKind if each.value == wish.kind), None)
    if not asked.is_long_enough:
        return SearchPage(asked, wish, kind=kind)
    here = _found_here(asked, scope, wish, at=at)
    answers = Answers((*here.found, *_terms(asked)), here.totals)
    return SearchPage(asked, wish, _grouped(answers, kind), kind)


def _found_here(asked: Asked, scope: Scope, wish: SearchWish, *, at: datetime) -> Answers:
    if not (scope.sees_everything or scope.unit_keys):
        return Answers()
    try:
        with known(at) as cube:
            sight = _sight(cube, scope, wish)
    except NotFounded:
        return Answers()
    most = MOST_OF_ONE_KIND if wish.kind else MOST_OF_A_KIND
    texts = texts_in_sight(scope, TextWish(asked.words, known_subjects(sight), most))
    return Answers(
        (
            *found_in_definitions(asked, sight),
            *_people(asked, known_colleagues(scope, above=sight.above)),
            *(written := Written(asked, sight, texts)).found(),
        ),
        written.totals,
    )


def _sight(cube: KnownCube, scope: Scope, wish: SearchWish) -> Sight:
    """Links lead where the person stood; from elsewhere, to their own unit at its last complete month."""
    book = cube.book
    first = next(key for key in book.units.keys if scope.sees(key))
    wanted = (wish.unit, scope.home or "", first)
    unit = next(key for key in wanted if key in book.units.positions and scope.sees(key))
    period = _period(book, wish.period) or last_complete(book, cube.cube, unit=unit)
    calendar = book.timeline.calendar
    names = {each.key: each.name for each in book.definitions.units}
    return Sight(book, scope, unit, names[unit], calendar.key_of(period), calendar.label(period))


def _period(book: Book, text: str) -> GrainPeriod | None:
    """The period of the page that somebody came from, where it has begun."""
    try:
        page = book.timeline.calendar.parse_grain(text) if text else None
    except PeriodUnknown:
        return None
    is_known = page is not None and book.timeline.calendar.first_day(page) <= book.today
    return page if is_known else None


def _people(asked: Asked, people: Iterable[Colleague]) -> Iterator[Found]:
    for each in people:
        rank = asked.rank(each.name)
        if rank is not None:
            address = reverse("people:person", kwargs={"person": each.key}) if each.is_managed else ""
            roles = " · ".join(each.roles)
            yield Found(FoundKind.PERSON, rank, each.name, asked.marked(each.name), address, roles)


def _terms(asked: Asked) -> Iterator[Found]:
    for term in TERMS:
        name, definition = str(term.name), str(term.definition)
        rank = asked.rank(name, definition, *term.said)
        if rank is not None:
            address = f"{reverse('ui:glossary')}#{term.key}"
            yield Found(
                FoundKind.TERM, rank, name, asked.marked(name), address, excerpt=asked.excerpt(definition)
            )


def _grouped(answers: Answers, kind: FoundKind | None) -> tuple[FoundGroup, ...]:
    """By kind, the best first; what people wrote stays newest first among its equals."""
    wanted = (kind,) if kind else tuple(FoundKind)
    most = MOST_OF_ONE_KIND if kind else MOST_OF_A_KIND
    groups = []
    for each in wanted:
        ranked = sorted((one for one in answers.found if one.kind is each), key=_best_first)
        if ranked:
            groups.append(FoundGroup(each, tuple(ranked[:most]), answers.totals.get(each, len(ranked))))
    return tuple(groups)


def _best_first(found: Found) -> tuple[Rank, str]:
    return found.rank, "" if found.kind.is_written else found.name.casefold()
