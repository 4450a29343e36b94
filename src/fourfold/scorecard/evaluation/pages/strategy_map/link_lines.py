"""The links of a strategy map in words: what is expected of what, after how long, and how sure anybody is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from fourfold.engine.definitions import CausalLink, Definitions, IdentityLink
from fourfold.platform.ui.components import StatusMark

__all__ = ["LinkEnd", "LinkKind", "LinkLine", "link_lines", "links_of"]


class LinkKind(StrEnum):
    """How a link is drawn; `identity` is never tested statistically (METHOD §3.2)."""

    HYPOTHESIS = "hypothesis"
    FEEDBACK = "feedback"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """An objective at one end of a link, as it stands in the shown unit and period."""

    key: str
    name: str
    score: float | None
    mark: StatusMark


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One link between two objectives that are both shown. `sign` is 0 for an identity.

    `address` leads to what is known of the link, where a higher app has a page of it; `found` is what it found there.
    """

    kind: LinkKind
    source: LinkEnd
    target: LinkEnd
    sign: int
    hypothesis: str
    lag: str = ""
    strength: str = ""
    evidence: str = ""
    address: str = ""
    found: str = ""

    @property
    def key(self) -> str:
        """What the slot `map.edges` knows a causal link by."""
        return f"{self.source.key}>{self.target.key}"

    @property
    def is_negative(self) -> bool:
        """Whether more of the one is expected to mean less of the other."""
        return self.sign < 0

    @property
    def expectation(self) -> str:
        """What the source does to the target, as the middle of a sentence."""
        if self.kind is LinkKind.IDENTITY:
            return "is part of, by definition,"
        return "is expected to hold back" if self.is_negative else "is expected to further"

    @property
    def facts(self) -> str:
        """Lag, strength and evidence, as far as somebody stated them."""
        feedback = "feedback" if self.kind is LinkKind.FEEDBACK else ""
        return ", ".join(fact for fact in (feedback, self.lag, self.strength, self.evidence) if fact)

    @property
    def sentence(self) -> str:
        """Everything about the link, for a tooltip."""
        facts = f" ({self.facts})" if self.facts else ""
        return f"{self.source.name} {self.expectation} {self.target.name}{facts}. {self.hypothesis}".strip()


def link_lines(definitions: Definitions, *, ends: Mapping[str, LinkEnd]) -> tuple[LinkLine, ...]:
    """Causal links, then identities, in listed order; a link with an end that is not shown is left out."""
    causal = (_causal(link, ends=ends) for link in _shown(definitions.causal_links, ends))
    identities = (_identity(link, ends=ends) for link in _shown(definitions.identity_links, ends))
    return (*causal, *identities)


def links_of(
    objective: str, *, lines: Iterable[LinkLine]
) -> tuple[tuple[LinkLine, ...], tuple[LinkLine, ...]]:
    """What drives an objective, and what it drives."""
    listed = tuple(lines)
    return (
        tuple(line for line in listed if line.target.key == objective),
        tuple(line for line in listed if line.source.key == objective),
    )


Link = TypeVar("Link", CausalLink, IdentityLink)


def _shown(links: Iterable[Link], ends: Mapping[str, LinkEnd]) -> Iterable[Link]:
    return (link for link in links if link.source in ends and link.target in ends)


def _causal(link: CausalLink, *, ends: Mapping[str, LinkEnd]) -> LinkLine:
    return LinkLine(
        kind=LinkKind.FEEDBACK if link.feedback else LinkKind.HYPOTHESIS,
        source=ends[link.source],
        target=ends[link.target],
        sign=link.sign,
        hypothesis=link.hypothesis,
        lag=_lag(link.lag_months),
        strength=f"judged {link.strength}" if link.strength else "",
        evidence=f"evidence {link.evidence.value}",
    )


def _identity(link: IdentityLink, *, ends: Mapping[str, LinkEnd]) -> LinkLine:
    return LinkLine(
        kind=LinkKind.IDENTITY,
        source=ends[link.source],
        target=ends[link.target],
        sign=0,
        hypothesis=link.sentence,
    )


def _lag(months: int | None) -> str:
    if months is None:
        return "no lag stated"
    return "without lag" if months == 0 else f"lag {months} month{'s' if months > 1 else ''}"
