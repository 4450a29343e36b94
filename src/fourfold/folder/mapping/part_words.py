"""What headers call the parts of a value. These are other people's words, so they need not be ours."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["PART_WORDS"]

PART_WORDS: Mapping[str, tuple[str, ...]] = {
    "value": ("value", "actual", "actuals", "result", "amount", "ist", "wert", "reading", "réel"),
    "target": ("target", "plan", "budget", "goal", "soll", "ziel", "planned", "aim", "objectif", "cible"),
    "numerator": ("numerator", "zähler"),
    "denominator": ("denominator", "nenner", "base"),
    "n": ("n", "count", "responses", "answers", "sample", "sample size", "respondents"),
}
"""Part → its words, in lower case."""
