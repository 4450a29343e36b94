"""The rules that call a point special cause, each by its own name, and the sets in which they are used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.spc.patterns import (
    ALTERNATING,
    BEYOND,
    BEYOND_EITHER,
    MOST_RULES,
    ONE_SIDE,
    OUT_OF,
    TREND,
    WITHIN,
)
from fourfold.engine.spc.refusals import UnknownRules

__all__ = ["RULES", "RULE_SETS", "SIGMAS", "Rule", "rules_named"]

SIGMAS: Final = np.array([1.0 / 3.0, 2.0 / 3.0, 1.0])
"""One, two and three sigma as shares of the reach."""
SIGMAS.flags.writeable = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Args:
        key: its name, by which it is asked for and reported.
        sentence: what it finds.
        pattern: a shape of `patterns`.
        length: how many points in a row it looks at.
        needed: how many of them must show it.
        sigmas: how far from the centre, in sigma.
        agrees: all points in a row must lie on the same side of the centre.
    """

    key: str
    sentence: str
    pattern: int
    length: int = 1
    needed: int = 1
    sigmas: int = 3
    agrees: bool = False

    @property
    def is_directed(self) -> bool:
        """Whether it says which way: up or down."""
        return self.pattern in (BEYOND, ONE_SIDE, TREND, OUT_OF)

    @property
    def is_of_level(self) -> bool:
        """Whether it speaks of where the points lie, not of where they head."""
        return self.pattern in (BEYOND, ONE_SIDE, OUT_OF)


_LISTED = (
    Rule("mdc.outside", "a point beyond a limit", BEYOND),
    Rule("mdc.shift", "seven points or more in a row on one side of the mean", ONE_SIDE, 7, 7),
    Rule("mdc.trend", "seven points in a row, each higher or each lower than the one before", TREND, 7, 7),
    Rule(
        "mdc.two-of-three", "two of three points close to a limit or beyond it", OUT_OF, 3, 2, 2, agrees=True
    ),
    Rule("nelson.1", "a point beyond three sigma", BEYOND),
    Rule("nelson.2", "nine points in a row on one side of the centre", ONE_SIDE, 9, 9),
    Rule("nelson.3", "six points in a row, each higher or each lower than the one before", TREND, 6, 6),
    Rule("nelson.4", "fourteen points in a row, alternating up and down", ALTERNATING, 14, 14),
    Rule("nelson.5", "two of three points beyond two sigma on one side", OUT_OF, 3, 2, 2),
    Rule("nelson.6", "four of five points beyond one sigma on one side", OUT_OF, 5, 4, 1),
    Rule("nelson.7", "fifteen points in a row within one sigma", WITHIN, 15, 15, 1),
    Rule("nelson.8", "eight points in a row beyond one sigma on either side", BEYOND_EITHER, 8, 8, 1),
    Rule("weco.1", "a point beyond three sigma", BEYOND),
    Rule("weco.2", "two of three points beyond two sigma on one side", OUT_OF, 3, 2, 2),
    Rule("weco.3", "four of five points beyond one sigma on one side", OUT_OF, 5, 4, 1),
    Rule("weco.4", "eight points in a row on one side of the centre", ONE_SIDE, 8, 8),
    Rule("rule1", "a point beyond a limit", BEYOND),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.key: rule for rule in _LISTED})
"""Every rule by its key. Making Data Count; Nelson, J. Quality Technology 16, 1984; Western Electric, 1956."""

RULE_SETS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        name: tuple(rule for rule in _LISTED if rule.key.partition(".")[0] == name)
        for name in ("mdc", "nelson", "weco", "rule1")
    }
)
"""The sets of METHOD M3.4; `mdc` is the default."""


def rules_named(name: str | Sequence[str]) -> tuple[Rule, ...]:
    """A set by its name, or single rules by theirs: `"mdc"`, `"mdc.trend"`, `["rule1", "nelson.4"]`.

    Raises:
        UnknownRules: no such rule or set, none at all, or more than eight.

    Source: METHOD M3.4.

    >>> [rule.key for rule in rules_named("weco")]
    ['weco.1', 'weco.2', 'weco.3', 'weco.4']
    >>> rules_named(["mdc.shift"])[0].length
    7
    """
    names = [name] if isinstance(name, str) else list(name)
    found = dict.fromkeys(rule for each in names for rule in _of(each))
    if not 0 < len(found) <= MOST_RULES:
        raise UnknownRules(f"a chart takes 1 to {MOST_RULES} rules, not {len(found)}")
    return tuple(found)


def _of(name: str) -> tuple[Rule, ...]:
    if name in RULE_SETS:
        return RULE_SETS[name]
    if name in RULES:
        return (RULES[name],)
    raise UnknownRules(f"there is no rule or rule set {name!r}; the sets are {', '.join(RULE_SETS)}")


def packed(rules: Sequence[Rule]) -> NDArray[np.int64]:
    """As the kernels take them: pattern, length, needed, sigma, agreement; a row a rule."""
    rows = [(rule.pattern, rule.length, rule.needed, rule.sigmas, int(rule.agrees)) for rule in rules]
    return np.array(rows, dtype=np.int64).reshape(-1, 5)
