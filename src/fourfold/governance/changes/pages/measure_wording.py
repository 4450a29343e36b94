"""Whether somebody else could count the same number from an operational definition (METHOD §6, A7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["WordingHint", "check_operational_definition"]

FEWEST_WORDS = 8
"""Below this nobody has said what, from where, and until when; our judgement, advice only."""


@dataclass(frozen=True, slots=True)
class WordingHint:
    """One thing a second counter would have to ask. `words` are those that prompted it."""

    sentence: Promise
    words: str = ""


_VAGUE = re.compile(
    r"\b(appropriate|adequate|reasonable|sufficient|significant|major|relevant|timely|promptly|regularly|usually|"
    r"typically|roughly|approximately|etc|and so on|good|better|high|low|quality|important)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(from|source|system|register|ledger|record|records|recorded|log|logs|survey|invoice|invoices|database|report|"
    r"payroll|till|scan|scans|booked|according to)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(day|days|week|month|quarter|year|period|hour|hours|minute|minutes|midnight|date|end of|last|within|until|"
    r"before|after|per)\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(all|every|each|only|excluding|excludes|except|including|includes|without|not counted|counted|less|divided by|"
    r"share of|number of|sum of|mean of)\b|÷|/",
    re.IGNORECASE,
)


def check_operational_definition(text: str) -> tuple[WordingHint, ...]:
    """What is missing for a second person to count the same number; advice, never a refusal."""
    words = text.split()
    if not words:
        return (WordingHint(_("Say what is counted, from which source, and until when.")),)
    hints = []
    if len(words) < FEWEST_WORDS:
        hints.append(WordingHint(_("It is short: name what is counted, from which source, and until when.")))
    vague = list(dict.fromkeys(match.group(0) for match in _VAGUE.finditer(text)))
    if vague:
        hints.append(
            WordingHint(
                _("Two people would read these words differently; give a number or a rule."), ", ".join(vague)
            )
        )
    for pattern, sentence in _WANTED:
        if not pattern.search(text):
            hints.append(WordingHint(sentence))
    return tuple(hints)


_WANTED = (
    (_SOURCE, _("Name the source: the system, register or survey the number comes from.")),
    (_TIME, _("Say until when something counts: a day, a cut-off, a period.")),
    (_LIMITS, _("Say what is included and what is not.")),
)
