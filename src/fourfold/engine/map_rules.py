"""Whether a strategy map can be read as a hypothesis: which way its links run, and where a chain breaks off.

Identity links are another kind (METHOD §3.2): they explain no effect, so no rule here counts them as a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from fourfold.engine.cycles import cycles_in, reachable
from fourfold.engine.definitions import CausalLink, Definitions, Objective, Theme
from fourfold.engine.finding import Finding, ObjectKind, Severity
from fourfold.engine.map_thresholds import MapThresholds

__all__ = ["check_map"]


def check_map(definitions: Definitions, *, thresholds: MapThresholds | None = None) -> tuple[Finding, ...]:
    """What is wrong with the shape of a strategy map; empty for a sound one.

    Rules in order: MAP_LINK_DOWNWARD and MAP_CYCLE (critical), MAP_NO_WAY_OUT, MAP_NO_WAY_IN and THEME_PATH_BROKEN
    (major), MAP_SPAGHETTI, LINK_REPEATED, LINK_IS_IDENTITY and LINK_WITHOUT_HYPOTHESIS (minor), LINK_WITHOUT_LAG
    (info). Keys that resolve to nothing are the reader's business (`KEY_UNKNOWN`); such links are passed over.

    Source: METHOD §3.2.

    >>> from fourfold.engine.calendar import FiscalCalendar
    >>> from fourfold.engine.definitions import Organisation, Perspective, Strategy
    >>> acme = Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar())
    >>> owners, people = Perspective("owners", "Owners"), Perspective("people", "People")
    >>> empty = ((), Strategy("", "", (), None, None), (owners, people), (Theme("growth", "Growth"),), *[()] * 7)
    >>> check_map(Definitions(acme, *empty))[0].message
    'Growth has no unbroken path from People to Owners: it has no objective in People.'
    """
    drawn = _Map.of(definitions)
    limits = thresholds or MapThresholds()
    return (
        *_downward(drawn),
        *_cycles(drawn),
        *_dead_ends(drawn),
        *_broken_themes(drawn),
        *_spaghetti(drawn, limits),
        *_repeated(drawn),
        *_identities(drawn),
        *_unspoken(drawn),
    )


@dataclass(frozen=True, slots=True)
class _Map:
    """Objectives by height (0 is the top perspective) and the links whose ends exist.

    `forward` follows the links that are not feedback, `backward` the same against their direction.
    """

    definitions: Definitions
    height: dict[str, int]
    links: tuple[CausalLink, ...]
    forward: dict[str, list[str]]
    backward: dict[str, list[str]]

    @classmethod
    def of(cls, definitions: Definitions) -> Self:
        rank = {perspective.key: each for each, perspective in enumerate(definitions.perspectives)}
        height = {
            each.key: rank[each.perspective] for each in definitions.objectives if each.perspective in rank
        }
        links = tuple(
            each for each in definitions.causal_links if {each.source, each.target} <= height.keys()
        )
        forward: dict[str, list[str]] = {key: [] for key in height}
        backward: dict[str, list[str]] = {key: [] for key in height}
        for link in links:
            if not link.feedback:
                forward[link.source].append(link.target)
                backward[link.target].append(link.source)
        return cls(definitions, height, links, forward, backward)

    @property
    def bottom(self) -> int:
        """The height of the lowest perspective."""
        return len(self.definitions.perspectives) - 1

    def perspective(self, height: int) -> str:
        return self.definitions.perspectives[height].name

    def spoken(self, link: CausalLink) -> str:
        return self.chained((link.source, link.target))

    def chained(self, keys: Iterable[str]) -> str:
        """Objectives by name, the way the arrows run."""
        names = {each.key: each.name for each in self.definitions.objectives}
        return " → ".join(names[key] for key in keys)

    def placed(self) -> Iterator[tuple[Objective, int]]:
        for objective in self.definitions.objectives:
            if objective.key in self.height:
                yield objective, self.height[objective.key]


def _downward(drawn: _Map) -> Iterator[Finding]:
    for link in drawn.links:
        start, end = drawn.height[link.source], drawn.height[link.target]
        above, below = drawn.perspective(start), drawn.perspective(end)
        if start < end and not link.feedback:
            yield Finding(
                "MAP_LINK_DOWNWARD",
                Severity.CRITICAL,
                ObjectKind.CAUSAL_LINK,
                _named(link),
                f"The link {drawn.spoken(link)} runs down, from {above} to {below}.",
                "Turn it round, or declare it as feedback.",
                {"from": above, "to": below},
            )


def _cycles(drawn: _Map) -> Iterator[Finding]:
    for loop in cycles_in(drawn.forward):
        yield Finding(
            "MAP_CYCLE",
            Severity.CRITICAL,
            ObjectKind.STRATEGY_MAP,
            drawn.definitions.organisation.key,
            f"The links run in a circle: {drawn.chained((*loop, loop[0]))}.",
            "Remove one link of the circle, or declare it as feedback.",
            {"objectives": loop},
        )


def _dead_ends(drawn: _Map) -> Iterator[Finding]:
    for objective, height in drawn.placed():
        if height > 0 and not drawn.forward[objective.key]:
            yield _dead_end(
                objective,
                "MAP_NO_WAY_OUT",
                message=f"{objective.name} leads to no other objective.",
                remedy="Say which objective above it is for, or retire it.",
            )
        if height < drawn.bottom and not drawn.backward[objective.key]:
            yield _dead_end(
                objective,
                "MAP_NO_WAY_IN",
                message=f"Nothing drives {objective.name}.",
                remedy="Say which objective below brings it about.",
            )


def _dead_end(objective: Objective, rule: str, *, message: str, remedy: str) -> Finding:
    evidence = {"perspective": objective.perspective}
    return Finding(rule, Severity.MAJOR, ObjectKind.OBJECTIVE, objective.key, message, remedy, evidence)


def _broken_themes(drawn: _Map) -> Iterator[Finding]:
    for theme in drawn.definitions.themes:
        members = [objective.key for objective, _ in drawn.placed() if theme.key in objective.themes]
        inside = {key: [each for each in drawn.forward[key] if each in members] for key in members}
        from_below = reachable(inside, [key for key in members if drawn.height[key] == drawn.bottom])
        top_reached = min((drawn.height[key] for key in from_below), default=None)
        if top_reached != 0:
            yield _broken_theme(drawn, theme, reached=top_reached)


def _broken_theme(drawn: _Map, theme: Theme, *, reached: int | None) -> Finding:
    lowest, highest = drawn.perspective(drawn.bottom), drawn.perspective(0)
    if reached is None:
        where, evidence = f"it has no objective in {lowest}", ""
    else:
        where = evidence = drawn.perspective(reached)
        where = f"its chain ends in {where}"
    return Finding(
        "THEME_PATH_BROKEN",
        Severity.MAJOR,
        ObjectKind.THEME,
        theme.key,
        f"{theme.name} has no unbroken path from {lowest} to {highest}: {where}.",
        "Add the missing objective or link inside the theme.",
        {"reached": evidence},
    )


def _spaghetti(drawn: _Map, limits: MapThresholds) -> Iterator[Finding]:
    for objective, _ in drawn.placed():
        causes = sum(link.target == objective.key for link in drawn.links)
        if causes > limits.causes_many:
            yield Finding(
                "MAP_SPAGHETTI",
                Severity.MINOR,
                ObjectKind.OBJECTIVE,
                objective.key,
                f"{causes} links lead to {objective.name}; more than {limits.causes_many} explain nothing.",
                "Keep the links someone would act on.",
                {"links": causes, "limit": limits.causes_many},
            )
    most = limits.links_per_objective * len(drawn.height)
    if len(drawn.links) > most:
        yield Finding(
            "MAP_SPAGHETTI",
            Severity.MINOR,
            ObjectKind.STRATEGY_MAP,
            drawn.definitions.organisation.key,
            f"{len(drawn.links)} links among {len(drawn.height)} objectives can no longer be read.",
            f"Keep at most {limits.links_per_objective} links per objective.",
            {"links": len(drawn.links), "limit": most},
        )


def _repeated(drawn: _Map) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for link in drawn.links:
        if (link.source, link.target) in seen:
            yield _of_link(
                drawn, link, rule="LINK_REPEATED", message="is drawn twice", remedy="Keep one hypothesis."
            )
        seen.add((link.source, link.target))


def _identities(drawn: _Map) -> Iterator[Finding]:
    identities = {
        frozenset((each.source, each.target)): each.sentence for each in drawn.definitions.identity_links
    }
    for link in drawn.links:
        sentence = identities.get(frozenset((link.source, link.target)))
        if sentence is not None:
            yield _of_link(
                drawn,
                link,
                rule="LINK_IS_IDENTITY",
                message=f"is also an identity ({sentence})",
                remedy="Keep the identity link: what holds by definition is no hypothesis.",
            )


def _unspoken(drawn: _Map) -> Iterator[Finding]:
    for link in drawn.links:
        if not link.hypothesis.strip():
            yield _of_link(
                drawn,
                link,
                rule="LINK_WITHOUT_HYPOTHESIS",
                message="states no hypothesis",
                remedy="Write in one sentence why the one brings about the other.",
            )
        if link.lag_months is None:
            yield _of_link(
                drawn,
                link,
                rule="LINK_WITHOUT_LAG",
                message="names no lag",
                remedy="Say after how many months the effect should show; it decides what can be tested.",
                severity=Severity.INFO,
            )


def _of_link(
    drawn: _Map,
    link: CausalLink,
    *,
    rule: str,
    message: str,
    remedy: str,
    severity: Severity = Severity.MINOR,
) -> Finding:
    sentence = f"The link {drawn.spoken(link)} {message}."
    return Finding(rule, severity, ObjectKind.CAUSAL_LINK, _named(link), sentence, remedy)


def _named(link: CausalLink) -> str:
    return f"{link.source} → {link.target}"
