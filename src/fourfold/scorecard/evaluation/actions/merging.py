"""One listing laid over another: what the new one names counts, what it does not name stays."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from fourfold.engine.definitions import CausalLink, Definitions, IdentityLink
from fourfold.platform.policies.actions.write_policies import policy_name
from fourfold.scorecard.measures.actions.write_targets import target_name

__all__ = ["link_ends", "merged"]

T = TypeVar("T")


def link_ends(link: CausalLink | IdentityLink) -> tuple[str, str]:
    """What makes a link this one and no other."""
    return link.source, link.target


def merged(known: Definitions, offered: Definitions) -> Definitions:
    """`offered` in its own order, followed by what only `known` has; measures by key."""
    return replace(
        offered,
        units=_over(known.units, offered.units, key=lambda each: each.key),
        perspectives=_over(known.perspectives, offered.perspectives, key=lambda each: each.key),
        themes=_over(known.themes, offered.themes, key=lambda each: each.key),
        objectives=_over(known.objectives, offered.objectives, key=lambda each: each.key),
        causal_links=_over(known.causal_links, offered.causal_links, key=link_ends),
        identity_links=_over(known.identity_links, offered.identity_links, key=link_ends),
        measures=tuple(
            # By key, as the files of a folder are: sums run in this order, and both must give the same digits.
            sorted(
                _over(known.measures, offered.measures, key=lambda each: each.key), key=lambda each: each.key
            )
        ),
        targets=_over(known.targets, offered.targets, key=target_name),
        initiatives=_over(known.initiatives, offered.initiatives, key=lambda each: each.key),
        people=_over(known.people, offered.people, key=lambda each: each.key),
        policies=_over(known.policies, offered.policies, key=policy_name),
    )


def _over(known: Sequence[T], offered: Sequence[T], *, key: Callable[[T], Hashable]) -> tuple[T, ...]:
    named = {key(each) for each in offered}
    return (*offered, *(each for each in known if key(each) not in named))
