"""Words that say what rows hold: which of them are values, which targets, and which are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fourfold.folder.mapping.look.naming import normalised
from fourfold.folder.mapping.look.values import PartText
from fourfold.folder.mapping.part_words import LEAVE_OUT, part_said

__all__ = ["guessed_parts", "parts_seen"]

_LESS_A_TARGET = (
    frozenset({"budget", "budgets", "budgeted", "presupuesto", "budgété"}),
    frozenset({"plan", "plans"}),
)
"""Beside a target these are what was granted or expected; the first gives way first."""


def guessed_parts(texts: Sequence[str]) -> dict[str, str]:
    """What words mean here other than by themselves: of a target and a budget, one is the target.

    >>> guessed_parts(["Actual", "Target", "Budget"]), guessed_parts(["Actual", "Budget"])
    ({'Budget': 'leave_out'}, {})
    """
    wanted = [text for text in texts if part_said(text) == "target"]
    out: dict[str, str] = {}
    for less in _LESS_A_TARGET:
        giving_way = [text for text in wanted if less & set(normalised(text).split())]
        if len(giving_way) < len(wanted):
            out |= dict.fromkeys(giving_way, LEAVE_OUT)
            wanted = [text for text in wanted if text not in giving_way]
    return out


def parts_seen(texts: Sequence[str], *, said: Mapping[str, str]) -> tuple[PartText, ...]:
    """Each word with what it means, as somebody said it or by itself."""
    return tuple(PartText(text, said.get(text) or part_said(text)) for text in texts)
